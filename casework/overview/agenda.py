"""The agenda: what needs somebody, from the dossiers' agendas and from the Secretariat's own list, late first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from casework.core.as_of import AsOf, in_region, look
from casework.core.open_dossier import OF_THE_AGENDA
from casework.core.workspace import Workspace
from casework.follow_ups.closings import ended_by, facts_read, stays_closed
from casework.follow_ups.visibility import Visibility
from casework.overview.matter import Matter
from models.follow_ups import follow_up
from models.follow_ups.follow_up import FollowUp
from models.follow_ups.lifecycle import occasion_of
from models.ledger import dossiers
from models.ledger.dossiers import Record
from models.people import people
from pathways.grammar.agenda import OWN, Item, agenda, apart_from_the_day
from pathways.grammar.clearance import Reader
from pathways.grammar.facts import Fact
from sources.alphabet import alphabetical
from sources.states import Register

#: What the sweep itself will do; everything else on the list wants a person.
BY_DATE = "step_by_date"


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaMatter(Matter):
    """A matter on the day looked at; `roles` are asked in order."""

    since: date
    is_late: bool
    roles: tuple[str, ...]
    snoozed_until: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaView:
    """What needs somebody on a day, due whenever; `within` days of it: what is late or due by then."""

    treaty: str
    on: date
    within: int
    items: tuple[AgendaMatter, ...]


def agenda_view(
    workspace: Workspace,
    *,
    treaty: str,
    on: date | None = None,
    within: int = 0,
    region: str | None = None,
    reader: Reader,
) -> AgendaView:
    """List what needs somebody on a day; within so many days of it: what is late or due by then, if nothing is done."""
    asked = look(workspace, treaty=treaty, on=on, known=None, reader=reader)
    with workspace.reading() as connection:
        found = in_region(dossiers.records(connection, treaty), region)
        facts = dossiers.all_facts(connection, treaty)
        entries = [entry for entry in follow_up.of_treaty(connection, treaty) if entry.opened_on <= asked.on]
        visibility = Visibility(workspace, connection, reader)
        known = {entry.id for entry in entries if visibility.has(entry)}
        ended = ended_by(entries, asked.on)
        closed = stays_closed(ended, facts_read(workspace, connection, reader, treaty, ended.values()), reader)
        names = people.names(connection, {entry.owner_id for entry in entries if entry.owner_id is not None})
        register = asked.register(connection)
    is_open = [entry for entry in entries if entry.closed_on is None or entry.closed_on > asked.on]
    search = _Search(asked, asked.on + timedelta(days=within), _Open.of(is_open, known), closed, names, register)
    matters = [m for record in found for m in search.of_dossier(record, facts.get(record.id, []))]
    regions = {record.region for record in found}
    matters += search.of_no_agenda(e for e in is_open if region is None or e.region in regions)
    if within:
        matters = [matter for matter in matters if matter.due_on <= search.until]
    matters.sort(key=lambda m: (m.due_on, alphabetical(m.name or ""), m.occasion, m.about))
    return AgendaView(treaty=asked.pathway.key, on=asked.on, within=within, items=tuple(matters))


@dataclass(frozen=True, slots=True)
class _Open:
    """What is open on the day looked at, by its occasion, and apart from the day from which a silence is counted."""

    by_key: Mapping[str, FollowUp]
    alike: Mapping[str, FollowUp]
    known: Collection[int]  # the follow-ups that the reader may know of

    @classmethod
    def of(cls, entries: Iterable[FollowUp], known: Collection[int]) -> _Open:
        """Sort open follow-ups; what counts from another day than the reader's own stands there if it is known."""
        by_key = {occasion_of(entry): entry for entry in entries}
        alike = {apart_from_the_day(key): entry for key, entry in by_key.items() if entry.id in known}
        return cls(by_key, alike, known)

    def asking(self, key: str) -> FollowUp | None:
        """Return what asks for an occasion, whether or not the reader may know of it."""
        return self.by_key.get(key) or self.alike.get(apart_from_the_day(key))


@dataclass(frozen=True, slots=True)
class _Search:
    """A look for what needs somebody, from the day looked at until another."""

    asked: AsOf
    until: date
    open: _Open
    closed: Collection[str]  # occasions that do not come again to the reader
    names: Mapping[int, str]
    register: Register

    def of_dossier(self, record: Record, facts: list[Fact]) -> Iterator[AgendaMatter]:
        """Yield what one dossier brings; to a State's own contact only what is public of it."""
        knows_stage = self.asked.may_know_stage(record.state)
        if not knows_stage and record.state not in self.asked.reader.own:
            return
        if knows_stage:
            yield from self._steps_by_date(record, facts)
        for item in self._standing(record, facts):
            key = f"{record.treaty}/{record.state}:{item.key}"
            entry = self.open.asking(key)
            if (knows_stage or item.is_public) and (entry is not None or key not in self.closed):
                yield self._of_agenda(record, item, entry if entry and entry.id in self.open.known else None)

    def of_no_agenda(self, entries: Iterable[FollowUp]) -> Iterator[AgendaMatter]:
        """Yield open entries that no dossier's agenda opens: what persons have opened, and the Secretariat's own."""
        for entry in entries:
            is_listed = self.asked.reader.is_secretariat or entry.occasion == OWN
            if entry.occasion in OF_THE_AGENDA or not is_listed or entry.id not in self.open.known:
                continue
            yield self._matter(
                state=entry.state,
                region=entry.region,
                occasion=entry.occasion,
                about=entry.about,
                since=entry.opened_on,
                due_on=entry.due_on,
                roles=(entry.role,),
                entry=entry,
            )

    def _standing(self, record: Record, facts: list[Fact]) -> Iterable[Item]:
        """Return what stands on the day, then what comes up until the last if nothing is done."""
        items: dict[str, Item] = {}
        for day in sorted({self.asked.on, self.until}):
            for item in agenda(self.asked.pathway, self.asked.dossier(record.state, facts, on=day)).items:
                items.setdefault(item.key, item)
        return items.values()

    def _steps_by_date(self, record: Record, facts: list[Fact]) -> Iterator[AgendaMatter]:
        for due in agenda(self.asked.pathway, self.asked.dossier(record.state, facts, on=self.until)).steps:
            yield self._matter(
                state=record.state,
                region=record.region,
                occasion=BY_DATE,
                about=due.step.name,
                since=due.on,
                due_on=due.on,
                roles=(),
                entry=None,
            )

    def _of_agenda(self, record: Record, item: Item, entry: FollowUp | None) -> AgendaMatter:
        return self._matter(
            state=record.state,
            region=record.region,
            occasion=item.occasion.value,
            about=item.about,
            since=entry.opened_on if entry else item.since,
            due_on=entry.due_on if entry else item.due_on,
            roles=tuple(item.rungs),
            entry=entry,
        )

    def _matter(
        self,
        *,
        state: str | None,
        region: str,
        occasion: str,
        about: str,
        since: date,
        due_on: date,
        roles: tuple[str, ...],
        entry: FollowUp | None,
    ) -> AgendaMatter:
        until = entry.snoozed_until if entry else None
        return AgendaMatter(
            state=state,
            name=self.register.name_of(state) if state else None,
            region=region,
            occasion=occasion,
            about=about,
            since=since,
            due_on=due_on,
            is_late=due_on < self.asked.on,
            roles=roles,
            follow_up=entry.id if entry else None,
            owner=self.names.get(entry.owner_id) if entry and entry.owner_id else None,
            snoozed_until=until if until is not None and until > self.asked.on else None,  # on that day it asks again
            words=entry.words if entry else None,
        )
