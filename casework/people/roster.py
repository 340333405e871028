"""The roster: who may see which person and which mandate, and what is held by whom.

The Secretariat sees all; whoever holds a mandate, those in term; a State's contact, those who serve that State.
Everybody sees the own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

from casework.core.actors import number_of
from casework.core.directory import Directory
from casework.core.workspace import Workspace
from casework.people.holds import is_over
from casework.people.mandates import as_held
from models.people import addresses, people
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.roles import Reach, powers, see_roster
from sources.states import Register


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """A role, whose it is and where it serves, for a term: `until` is the last day, `ended_on` when it was ended.

    `of` is a State's code, where `of_state`, or an organ's name. From the day of `ended_on` on it serves no more.
    """

    mandate: int
    role: str
    of: str
    of_state: bool
    region: str
    states: tuple[str, ...]
    from_: date
    until: date | None
    ended_on: date | None

    @property
    def serves_all(self) -> bool:
        """Tell whether it is about every State."""
        return powers(self.role).serves is Reach.EVERYWHERE


@dataclass(frozen=True, kw_only=True, slots=True)
class HoldRow(Service):
    """A mandate as a person holds it: the term is the person's."""

    hold: int
    person: int
    person_name: str
    lead: bool
    is_current: bool
    is_over: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MandateRow(Service):
    """A mandate with everybody who holds it, the lead first, as far as the reader may see."""

    in_term: bool
    name: str  # of the State or organ, in the language asked for, by which it is sorted
    consent: str | None
    has_consent: bool
    holds: tuple[HoldRow, ...]

    @property
    def is_over(self) -> bool:
        """Tell whether it will never be held again."""
        return not self.in_term and all(h.is_over for h in self.holds)


@dataclass(frozen=True, kw_only=True)
class Roster:
    """Persons and mandates of a treaty as one reader may see them, on the record's day."""

    persons: Mapping[int, Any]
    mandates: tuple[MandateRow, ...]
    directory: Directory
    reader: Reader
    today: date
    register: Register

    @cached_property
    def seen(self) -> frozenset[int]:
        """Return the persons whom the reader may see."""
        if self.reader.is_secretariat:
            return frozenset(self.persons)
        me = number_of(self.reader)
        return frozenset({*self._holds} | ({me} if me is not None and me in self.persons else set()))

    def holds_of(self, person: int) -> tuple[HoldRow, ...]:
        """Return what somebody holds, as far as the reader may see."""
        return tuple(self._holds.get(person, ()))

    @cached_property
    def _holds(self) -> Mapping[int, Sequence[HoldRow]]:
        found: dict[int, list[HoldRow]] = {}
        for hold in (h for m in self.mandates for h in m.holds):
            found.setdefault(hold.person, []).append(hold)
        return found


def roster_of(
    workspace: Workspace, connection: Connection, *, treaty: str, reader: Reader, language: str = "en"
) -> Roster:
    """Read who holds what, and leave out what the reader may not see; States are named in the language."""
    today, register = workspace.today(), workspace.register(connection)
    called = partial(register.name_of, language=language)
    persons = {row["id"]: row for row in people.persons(connection)}
    directory = Directory.of(connection, today, treaties={treaty})
    current = {held.hold_id for held in directory.held}
    holds: dict[int, list[Any]] = {}
    for row in addresses.holds_of_treaty(connection, treaty):
        holds.setdefault(row["mandate_id"], []).append(row)
    in_term = {row["id"] for row in people.mandates(connection, on=today)}
    mandates = []
    for row in people.mandates(connection):
        theirs = [_hold(h, row, persons, current, today) for h in holds.get(row["id"], [])]
        theirs = [h for h in theirs if _may_see(reader, row, directory, h)]
        if row["treaty"] == treaty and (theirs or _may_see_mandate(reader, row, directory, row["id"] in in_term)):
            mandates.append(_mandate(row, theirs, row["id"] in in_term, reader, called))
    return Roster(
        persons=persons, mandates=tuple(mandates), directory=directory, reader=reader, today=today, register=register
    )


def _may_see(reader: Reader, mandate: Any, directory: Directory, hold: HoldRow) -> bool:
    return hold.person == number_of(reader) or _may_see_mandate(reader, mandate, directory, hold.is_current)


def _may_see_mandate(reader: Reader, mandate: Any, directory: Directory, is_current: bool) -> bool:
    if reader.is_secretariat:
        return True
    if not is_current:
        return False
    if see_roster(reader.roles):
        return True
    held = as_held(mandate)
    return any(directory.serves(held, state) for state in reader.own)


def _hold(row: Any, mandate: Any, persons: Mapping[int, Any], current: set[int], today: date) -> HoldRow:
    term = {**row, "ended_on": _ended(row, mandate)}
    return HoldRow(
        **_service(mandate, term),
        hold=row["id"],
        person=row["person_id"],
        person_name=persons[row["person_id"]]["name"],
        lead=row["lead"],
        is_current=row["id"] in current,
        is_over=is_over(term, today),
    )


def _ended(row: Any, mandate: Any) -> date | None:
    """Return from which day a hold was ended, by itself or with its mandate; None when its own term was over before."""
    ended = min((day for day in (row["ended_on"], mandate["ended_on"]) if day), default=None)
    last = row["ends_on"]
    return None if ended is None or (last is not None and last < ended) else ended


def _mandate(row: Any, holds: list[HoldRow], in_term: bool, reader: Reader, called: Callable[[str], str]) -> MandateRow:
    knows = reader.is_secretariat or number_of(reader) in {h.person for h in holds}
    return MandateRow(
        **_service(row, row),
        in_term=in_term,
        name=called(row["of"]) if row["of_state"] else row["of"],
        consent=row["consent"] if knows else None,
        has_consent=bool(row["consent"]),
        holds=tuple(sorted(holds, key=lambda h: (h.is_over, not h.lead, h.from_, h.hold))),
    )


def _service(mandate: Any, term: Any) -> dict[str, Any]:
    """Return what a mandate and a hold of it are both: the role in its place, for the term of either."""
    return {
        "mandate": mandate["id"],
        "role": mandate["role"],
        "of": mandate["of"],
        "of_state": mandate["of_state"],
        "region": mandate["region"],
        "states": _states(mandate),
        "from_": term["starts_on"],
        "until": term["ends_on"],
        "ended_on": term["ended_on"],
    }


def _states(mandate: Any) -> tuple[str, ...]:
    if powers(mandate["role"]).serves is Reach.OWN:
        return (mandate["of"],)
    return tuple(code for code in mandate["states"].split(",") if code)
