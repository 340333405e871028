"""What needs somebody: what stands on the dossiers' agendas and on the Secretariat's own list, late first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casework.folder import OF_THE_AGENDA
from casework.office import Office
from casework.views.look import Look, in_region, look
from models import archive, follow_ups
from models.archive import Record
from models.follow_ups import Listed
from pathways.grammar.agenda import Item, agenda
from pathways.grammar.clearance import OPERATOR, Reader
from pathways.grammar.facts import Fact
from sources.states import load_register

#: What the sweep itself will do; everything else on the list wants a person.
BY_DATE = "step_by_date"


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """One thing that needs somebody; of one State, or of none (a dead letter, a vacant role).

    `roles` are asked in order. `follow_up` is None until a sweep has opened one.
    """

    state: str | None
    name: str | None
    region: str
    occasion: str
    about: str
    since: date
    due_on: date
    is_late: bool
    roles: tuple[str, ...]
    follow_up: int | None
    owner: str | None
    snoozed_until: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaView:
    """What needs somebody on a day and in the days after it."""

    treaty: str
    on: date
    within: int
    items: tuple[Matter, ...]


def agenda_view(
    office: Office,
    *,
    treaty: str = "att",
    on: date | None = None,
    within: int = 0,
    region: str | None = None,
    reader: Reader = OPERATOR,
) -> AgendaView:
    """List what needs somebody on a day, and within so many days of it if nothing is done until then."""
    asked = look(office, treaty=treaty, on=on, known=None, reader=reader)
    with office.reading() as connection:
        found = in_region(archive.records(connection, treaty), region)
        facts = archive.all_facts(connection, treaty)
        on_list = follow_ups.listed(connection, treaty)
    until = asked.on + timedelta(days=within)
    matters = list(_of_dossiers(asked, until, found, facts, {entry.key: entry for entry in on_list}))
    if reader.is_secretariat:
        regions = {record.region for record in found}
        matters += _of_the_secretariat(asked, [e for e in on_list if region is None or e.region in regions])
    matters.sort(key=lambda m: (m.due_on, m.state or "", m.occasion, m.about))
    return AgendaView(treaty=asked.pathway.key, on=asked.on, within=within, items=tuple(matters))


def _of_dossiers(
    asked: Look,
    until: date,
    found: Sequence[Record],
    facts: Mapping[int, list[Fact]],
    on_list: Mapping[str, Listed],
) -> Iterator[Matter]:
    for record in found:
        if not (asked.may_know_stage(record.state) or record.state in asked.reader.own):
            continue
        on_file = facts.get(record.id, [])
        yield from _steps_by_date(asked, until, record, on_file)
        for item in _standing(asked, until, record, on_file):
            entry = on_list.get(f"{record.treaty}/{record.state}:{item.key}")
            if entry is None or entry.closed_on is None or entry.closed_on > asked.on:
                yield _matter(asked, record, item, entry)


def _standing(asked: Look, until: date, record: Record, facts: list[Fact]) -> Iterable[Item]:
    """Return what stands on the day, then what comes up until the last; the public part to a State's own contact."""
    days = sorted({asked.on, until})
    items: dict[str, Item] = {}
    for day in days:
        for item in agenda(asked.pathway, asked.dossier(record.state, facts, on=day)).items:
            items.setdefault(item.key, item)
    all_of_it = asked.may_know_stage(record.state)
    return [item for item in items.values() if all_of_it or item.is_public]


def _matter(asked: Look, record: Record, item: Item, entry: Listed | None) -> Matter:
    due = entry.due_on if entry else item.due_on
    return Matter(
        state=record.state,
        name=_name(record.state),
        region=record.region,
        occasion=item.occasion.value,
        about=item.about,
        since=entry.opened_on if entry else item.since,
        due_on=due,
        is_late=due < asked.on,
        roles=tuple(item.rungs),
        follow_up=entry.id if entry else None,
        owner=entry.owner if entry else None,
        snoozed_until=entry.snoozed_until if entry else None,
    )


def _steps_by_date(asked: Look, until: date, record: Record, facts: list[Fact]) -> Iterator[Matter]:
    for due in agenda(asked.pathway, asked.dossier(record.state, facts, on=until)).steps:
        yield Matter(
            state=record.state,
            name=_name(record.state),
            region=record.region,
            occasion=BY_DATE,
            about=due.step.name,
            since=due.on,
            due_on=due.on,
            is_late=due.on < asked.on,
            roles=(),
            follow_up=None,
            owner=None,
            snoozed_until=None,
        )


def _of_the_secretariat(asked: Look, on_list: Iterable[Listed]) -> Iterator[Matter]:
    """Yield open entries that no dossier's agenda opens."""
    for entry in on_list:
        open_then = entry.opened_on <= asked.on and (entry.closed_on is None or entry.closed_on > asked.on)
        if open_then and entry.occasion not in OF_THE_AGENDA:
            yield Matter(
                state=entry.state,
                name=_name(entry.state) if entry.state else None,
                region=entry.region,
                occasion=entry.occasion,
                about=entry.about,
                since=entry.opened_on,
                due_on=entry.due_on,
                is_late=entry.due_on < asked.on,
                roles=(entry.role,),
                follow_up=entry.id,
                owner=entry.owner,
                snoozed_until=entry.snoozed_until,
            )


def _name(state: str) -> str:
    entry = load_register().get(state)
    return entry.name if entry else state
