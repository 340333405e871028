"""The page of people: who is on file, which mandates there are, and which roles nobody holds. Shows no address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casework.core.actors import Named, by_name
from casework.core.workspace import Workspace
from casework.people.roster import HoldRow, MandateRow, Roster, roster_of
from models.people import addresses as address_rows
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.roles import Vacancy, every_role, place, see_roster
from sources.alphabet import alphabetical
from sources.states import fold

PAGE = 50
_LONGEST = 200  # characters of a search that are read


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRow(Named):
    """Somebody on file, with what is held now or will be; `is_reachable` is None to who may not know."""

    holds: tuple[HoldRow, ...]
    is_reachable: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class VacantRole:
    """A role that nobody holds; `region` is empty for one that serves every State."""

    role: str
    region: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PeoplePage:
    """Who is on file, a page at a time; mandates; and which roles are vacant."""

    persons: tuple[PersonRow, ...]
    count: int
    page: int
    has_more: bool
    mandates: tuple[MandateRow, ...]
    vacant: tuple[VacantRole, ...]
    search: str
    may_edit: bool
    roles: tuple[str, ...]  # that a mandate may give
    regions: tuple[str, ...]
    groups: tuple[str, ...]


def people_page(
    workspace: Workspace, *, treaty: str, reader: Reader, search: str = "", page: int = 1, language: str = "en"
) -> PeoplePage:
    """Show whom the reader may see, by name, narrowed by a text if asked."""
    with workspace.reading() as connection:
        seen = roster_of(workspace, connection, treaty=treaty, reader=reader, language=language)
        found = _found(connection, seen, search)
        page = min(max(page, 1), 1 + max(len(found) - 1, 0) // PAGE)
        reachable = reached(connection) if reader.is_secretariat else None
        return PeoplePage(
            persons=tuple(_person(seen, p, reachable) for p in found[(page - 1) * PAGE : page * PAGE]),
            count=len(found),
            page=page,
            has_more=len(found) > page * PAGE,
            mandates=tuple(sorted(seen.mandates, key=by_role)),
            vacant=_vacant(seen, treaty) if see_roster(reader.roles) else (),
            search=search.strip()[:_LONGEST],
            may_edit=reader.is_secretariat,
            roles=every_role(),
            regions=tuple(sorted({region for region, _ in seen.directory.regions.values() if region})),
            groups=tuple(sorted({group for _, group in seen.directory.regions.values() if group})),
        )


def everybody(seen: Roster) -> tuple[Named, ...]:
    """Return everybody whom the reader may see, by name."""
    return by_name(Named(person=p, name=seen.persons[p]["name"]) for p in seen.seen)


def _found(connection: Connection, seen: Roster, search: str) -> tuple[Named, ...]:
    wanted = fold(search[:_LONGEST])
    if not wanted:
        return everybody(seen)
    addresses = _addresses(connection) if seen.reader.is_secretariat else {}

    def fits(one: Named) -> bool:
        texts = (*_texts(seen, one), *addresses.get(one.person, ()))
        return any(wanted in fold(text) for text in texts)

    return tuple(filter(fits, everybody(seen)))


def _addresses(connection: Connection) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for channel in address_rows.every_channel(connection):
        found.setdefault(channel.person_id, []).append(channel.address)
    return found


def _texts(seen: Roster, one: Named) -> Iterator[str]:
    yield one.name
    for held in seen.holds_of(one.person):
        yield from (held.role, held.region, held.of)
        entry = seen.register.get(held.of) if held.of_state else None
        yield from entry.names.values() if entry else ()


def _person(seen: Roster, one: Named, reachable: set[int] | None) -> PersonRow:
    return PersonRow(
        person=one.person,
        name=one.name,
        holds=tuple(h for h in seen.holds_of(one.person) if not h.is_over),
        is_reachable=None if reachable is None else one.person in reachable,
    )


def reached(connection: Connection) -> set[int]:
    """Return the persons with an address that letters go to; for the Secretariat's eyes."""
    return {channel.person_id for channel in address_rows.every_channel(connection) if channel.takes_letters}


def _vacant(seen: Roster, treaty: str) -> tuple[VacantRole, ...]:
    vacant = seen.directory.vacant(treaty, Vacancy.SHOWN, Vacancy.FOLLOWED_UP)
    return tuple(VacantRole(role=role, region=region) for role, region in vacant)


def by_role(mandate: MandateRow) -> tuple[bool, int, str, tuple[str, str], int]:
    """Return where a mandate stands in a list: those in term first, then by role, region and name."""
    return (not mandate.in_term, place(mandate.role), mandate.region, alphabetical(mandate.name), mandate.mandate)
