"""A State's page: everything one reader may know of one State, on one day, and what that reader may do about it.

Reads each table once. What the reader may not know looks like what does not exist, on every part of the page alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from casework.core.actors import names_of
from casework.core.as_of import AsOf, look
from casework.core.days_ahead import falling
from casework.core.workspace import Workspace
from casework.dossiers.derived_steps import heirs_among
from casework.dossiers.dossier_view import DossierView, on_file, view_of
from casework.dossiers.fact_view import FactView
from casework.dossiers.filing_form import FilingForm, FormGroup, Manner, filing_form, kinds_for, manner_of
from casework.dossiers.steps_view import StepView, steps_seen
from casework.follow_ups.closings import ended_by, facts_read, stays_closed
from casework.follow_ups.delivery_history import ToldView, letters_seen
from casework.follow_ups.listing import FollowUpView, Listing
from casework.follow_ups.visibility import Visibility
from casework.overview.state_ahead import Deadline, deadlines
from casework.overview.state_path import Milestone, path_of
from casework.overview.state_people import ServingView, on_duty, serving
from casework.overview.timeline import Entry, Timeline, TimelinePart, entries_of, timeline
from models.follow_ups import follow_up
from models.follow_ups.follow_up import FollowUp
from models.ledger.dossiers import Record
from models.people import terms_of_service as service
from models.store.engine import Connection
from pathways.grammar.agenda import agenda
from pathways.grammar.clearance import Reader
from pathways.grammar.dossier import Dossier
from pathways.grammar.duties import owed
from pathways.grammar.facts import Fact, FactKind
from pathways.grammar.journey import due_steps
from pathways.grammar.pathway import Route
from pathways.grammar.roles import Right

_MOST = 60  # entries of the timeline, unless all are asked for


@dataclass(frozen=True, kw_only=True, slots=True)
class Contradiction:
    """What the depositary's file says beside what we hold."""

    theirs: FactView
    ours: tuple[FactView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StatePage:
    """One State's page. `path`, `due` and `steps` are empty, `route` is None to who may not know our assessment.

    `is_now`: it shows today with everything known, so something can be done on it; of another day it is for looking.
    `names` tells how an actor (`person:7`) is called, of those whom the reader may know. `manner` is how the reader
    brings facts on file, if at all. `may_miss`: a proof that is missing here may be on file, told to others in
    confidence; it is so for all but the Secretariat, whatever there is.
    """

    dossier: DossierView
    is_now: bool
    path: tuple[Milestone, ...]
    due: tuple[str, ...]  # the steps whose day has come, which the next sweep takes
    ahead: tuple[Deadline, ...]
    steps: tuple[StepView, ...]
    route: Route | None
    routes: tuple[Route, ...]
    contradictions: tuple[Contradiction, ...]
    people: tuple[ServingView, ...]
    timeline: Timeline
    names: Mapping[str, str]
    manner: Manner | None
    may_follow_up: bool
    may_step: bool
    may_settle: bool
    may_release: bool
    may_miss: bool
    kinds: Mapping[FormGroup, tuple[FactKind, ...]]
    form: FilingForm | None

    def facts_shown(self) -> Iterator[FactView]:
        """Yield the facts that stand on the page as it is."""
        for month in self.timeline.months:
            yield from (entry.fact for entry in month.entries if entry.fact is not None)
        for step in self.steps:
            yield from (proof.fact for proof in step.proofs if proof.fact is not None)
        yield from (fact for fact in self.dossier.facts if fact.attachment_name)
        yield from self.form.annuls if self.form else ()


def state_page(
    workspace: Workspace,
    state: str,
    *,
    treaty: str,
    reader: Reader,
    on: date | None = None,
    known: date | None = None,
    strand: TimelinePart | None = None,
    left_out: frozenset[TimelinePart] = frozenset(),
    kind: str | None = None,
    in_full: bool = False,
) -> StatePage:
    """Show a State's page, with the form for a kind of fact if one is asked for; NotOnFile when it has no dossier."""
    asked = look(workspace, treaty=treaty, on=on, known=known, reader=reader)
    with workspace.reading() as connection:
        page = _Page(workspace, connection, asked, *on_file(connection, treaty, state, asked.register(connection)))
        return page.laid_out(strand, left_out, kind, in_full=in_full)


@dataclass(frozen=True)
class _Page:
    """A page in the making: what was read once, and what follows from it."""

    workspace: Workspace
    connection: Connection
    asked: AsOf
    record: Record
    facts: Sequence[Fact]

    def laid_out(
        self, strand: TimelinePart | None, left_out: frozenset[TimelinePart], kind: str | None, *, in_full: bool
    ) -> StatePage:
        """Put the parts together."""
        asked, reader, state = self.asked, self.asked.reader, self.record.state
        dossier = asked.dossier(state, self.facts)
        view = view_of(asked, self.connection, self.record, self.facts, dossier)
        knows_stage, is_now = asked.may_know_stage(state), asked.is_today and asked.until is None
        served = self._served()
        follow_ups = self._follow_ups(dossier)
        entries = self._entries(view, follow_ups, served)
        by_id = {fact.fact: fact for fact in view.facts}
        return StatePage(
            dossier=view,
            is_now=is_now,
            path=path_of(dossier) if knows_stage else (),
            due=tuple(d.step.name for d in due_steps(asked.pathway, dossier)) if knows_stage and is_now else (),
            ahead=self._ahead(dossier, follow_ups),
            steps=steps_seen(asked.pathway, dossier, by_id) if knows_stage else (),
            route=asked.pathway.route(dossier.route) if knows_stage else None,
            routes=asked.pathway.routes,
            contradictions=tuple(self._contradiction(c, dossier, by_id) for c in view.conflicts),
            people=on_duty(served, asked.on),
            timeline=timeline(entries, strand, left_out, most=len(entries) if in_full else _MOST),
            names=self._names(view, follow_ups),
            manner=manner_of(reader, state) if is_now else None,
            may_follow_up=is_now and reader.may(Right.FOLLOW_UP, state),
            may_step=is_now and reader.may(Right.STEP, state),
            may_settle=is_now and reader.may(Right.SETTLE, state),
            may_release=reader.may(Right.RELEASE, state),
            may_miss=not reader.is_secretariat,
            kinds=kinds_for(asked.pathway, reader, state) if is_now else {},
            form=self._form(kind, view) if kind and is_now else None,
        )

    def _ahead(self, dossier: Dossier, follow_ups: Sequence[FollowUpView]) -> tuple[Deadline, ...]:
        state, treaty, is_open = self.record.state, self.record.treaty, [f for f in follow_ups if f.closed_on is None]
        knows_stage, is_own = self.asked.may_know_stage(state), state in self.asked.reader.own
        ended = ended_by(self._on_file, self._until)
        read = facts_read(self.workspace, self.connection, self.asked.reader, treaty, ended.values())
        closed = stays_closed(ended, read, self.asked.reader)
        spoken_of = {(f.kind, f.about) for f in is_open}
        new = (
            item
            for item in agenda(self.asked.pathway, dossier).items
            if (knows_stage or (is_own and item.is_public))
            and f"{treaty}/{state}:{item.key}" not in closed
            and (item.occasion, item.about) not in spoken_of
        )
        duties = owed(self.asked.pathway, dossier) if self.asked.may_know_reports(state) else ()
        return deadlines(dossier.on, falling(dossier, duties), new, is_open)

    @cached_property
    def _on_file(self) -> list[FollowUp]:
        return follow_up.of_dossier(self.connection, self.record.id)

    def _form(self, kind: str, view: DossierView) -> FilingForm | None:
        training = self.workspace.training is not None
        pathway, reader = self.asked.pathway, self.asked.reader
        return filing_form(pathway, kind, view.facts, reader, self.record.state, training=training)

    def _served(self) -> tuple[ServingView, ...]:
        """Return who ever served the State; who holds what is for those who may know the list of contacts."""
        if not self.asked.may_know_reports(self.record.state):
            return ()
        return serving(self.record, service.terms(self.connection, self.record.treaty))

    def _follow_ups(self, dossier: Dossier) -> list[FollowUpView]:
        """Return the State's follow-ups within the reader's reach, as they stood on the day."""
        treaty, state, reader = self.record.treaty, self.record.state, self.asked.reader
        found = self._on_file
        if not found:
            return []
        today = dossier if self.asked.is_today else self.asked.dossier(state, self.facts, on=self.workspace.today())
        items = agenda(self.asked.pathway, today).items
        visibility = Visibility.over(self.workspace, self.connection, reader, treaty=treaty, state=state, items=items)
        there = [f for f in found if visibility.has(f) and f.opened_on <= self._until]
        register = self.asked.register(self.connection)
        listing = Listing.of(self.connection, there, visibility, today=self._until, register=register)
        return [listing.view(follow_up.as_of(f, self._until)) for f in there]

    @property
    def _until(self) -> date:
        """Return the last day of which anything is shown that is no fact."""
        return min(self.asked.on, self.asked.known)

    def _entries(
        self, view: DossierView, follow_ups: Iterable[FollowUpView], served: Iterable[ServingView]
    ) -> list[Entry]:
        return entries_of(
            facts=view.facts,
            follow_ups=follow_ups,
            letters=self._letters(),
            served=served,
            until=self._until,
            zone=self.workspace.settings.timezone,
        )

    def _letters(self) -> tuple[ToldView, ...]:
        """Return the letters about the State that the reader may see; none of them once the mandate for it is over."""
        state, reader = self.record.state, self.asked.reader
        if not (self.asked.may_know_stage(state) or state in reader.own):
            return ()
        return letters_seen(self.connection, self.record.id, state, reader)

    def _contradiction(self, theirs: FactView, dossier: Dossier, by_id: Mapping[str, FactView]) -> Contradiction:
        places = heirs_among(self.facts, theirs.contests or "")
        ours = (by_id[fact.id] for fact in dossier.in_force if fact.id in places and fact.id in by_id)
        return Contradiction(theirs=theirs, ours=tuple(ours))

    def _names(self, view: DossierView, follow_ups: Iterable[FollowUpView]) -> Mapping[str, str]:
        if not self.asked.may_know_reports(self.record.state):
            return {}
        actors = {fact.actor for fact in view.facts} | {f.closed_by for f in follow_ups}
        actors |= {str(fact.fields["audience"]) for fact in view.facts if "audience" in fact.fields}
        return names_of(self.connection, actors)
