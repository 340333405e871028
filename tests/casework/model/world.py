"""The world of a life: a real record of four States, the people who work on it, and the model beside it.

Whatever is asked of the record is foretold by the model first. What was refused changed nothing; what was done put on
file what was foretold, and beside it nothing but what the rules ask for.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from casework.core.readers import reader_for
from casework.core.rights import NotYours
from casework.dossiers.dossier_view import DossierView, dossier_view
from casework.record.audit import verify
from models.ledger import dossiers
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.refusals import Refused
from tests.builders import a_workspace, clock_of
from tests.casework.model.adding_up import Sum
from tests.casework.model.admitting import Counter
from tests.casework.model.deriving import assert_in_its_place, assert_whole, lines_of
from tests.casework.model.entries import ZONE, Entry, entry_of
from tests.casework.model.reading import REGIONS, Look, Person, is_held_back

STATES = tuple(REGIONS)
#: Where a page tells to whom facts are released, which is a matter of now on whichever day it is asked.
_LISTS = ("facts", "conflicts", "overtaken")


class World(RuleBasedStateMachine):
    """The record and the model, and how the two are held together."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        shutil.copy(self.template, self.home / "record.db")
        self.workspace = a_workspace(self.home, f"sqlite:///{self.home / 'record.db'}", opened=False)
        self.operator = Person("operator", sees_personal=True)
        self.people = [self.operator]
        self.files: dict[str, list[Entry]] = {state: [] for state in STATES}
        self.remembered: dict[tuple[str, date, date], Any] = {}
        self.runs = 0
        for state in STATES:
            self.newly_filed(state)
        self.began = self.today

    def teardown(self) -> None:
        try:
            self.look_at_everything()
            found = verify(self.workspace)
            assert (found.chain, found.replay, found.seals, found.guards) == ((), (), (), ())
        finally:
            self.workspace.close()
            shutil.rmtree(self.home)

    @property
    def today(self) -> date:
        """The record's day by the model: that of its clock, in its zone."""
        return clock_of(self.workspace).hour.astimezone(ZONE).date()

    def eyes(self, person: Person):
        """What the record lets somebody know today; NotYours without a mandate in term."""
        return OPERATOR if person is self.operator else reader_for(self.workspace, person.number, treaty="att")

    def serving(self) -> list[Person]:
        """Those who hold a mandate today, the operator first."""
        return [person for person in self.people if person.serving(self.today)]

    def look(self, person: Person, state: str) -> Look:
        """Somebody's look at a State today, by the model."""
        bound = ("state_party", "withdrawal_notified")
        parties = {s for s in STATES if Sum.of(self.files[s], self.today).legal in bound}
        return Look(person, state, self.today, frozenset(parties))

    def counter(self, person: Person, state: str) -> Counter:
        """Where somebody asks for something to be done, by the model."""
        return Counter(self.look(person, state), self.files[state])

    def newly_filed(self, state: str) -> list[Entry]:
        """Read what came on file since, and make sure that all before is as it was."""
        with self.workspace.reading() as connection:
            record = dossiers.record_of(connection, "att", state)
            assert record is not None
            facts = dossiers.facts_of(connection, [record])[record.id]
        file, known = [entry_of(fact) for fact in facts], len(self.files[state])
        assert file[:known] == self.files[state], f"{state}: what was on file is on file no more"
        assert [entry.seq for entry in file] == list(range(1, len(file) + 1))
        self.files[state] = file
        return file[known:]

    def ask(self, state: str, verb: Callable[..., Any], *args: Any, foretold: bool, **said: Any) -> Entry | None:
        """Ask for something that the model has foretold; return what was filed first, None when it was refused."""
        why: Refused | None = None
        try:
            verb(self.workspace, *args, treaty="att", **said)
        except Refused as refused:
            why = refused
        new = self.newly_filed(state)
        if why is not None:
            assert not foretold, f"refused, and nothing is against it: {why.codes}"
            assert not new, f"refused with {why.codes}, and filed all the same: {new}"
            return None
        assert foretold, f"done, and the rules are against it: {args} {new} {lines_of(self.files[state])}"
        for entry in new[1:]:
            assert_in_its_place(self.files[state], entry, self.today)
        self.hold(state)
        return new[0] if new else None

    def hold(self, state: str) -> None:
        """Hold the dossier's row, and its page, to what the model adds up."""
        file = self.files[state]
        assert_whole(file, self.today)
        with self.workspace.reading() as connection:
            row = dossiers.record_of(connection, "att", state)
        assert row is not None
        assert row.projected_on is not None
        then = Sum.of(file, row.projected_on)
        said = (row.stage, row.legal_status, row.standing, row.tier, row.entry_into_force)
        assert said == (then.stage, then.legal, then.standing, then.tier, then.force)
        self.hold_page(dossier_view(self.workspace, state, treaty="att", reader=OPERATOR), Sum.of(file, self.today))

    def hold_page(self, page: DossierView, found: Sum, *, is_now: bool = True) -> None:
        """Hold what a dossier's page says to the sum of all facts; what lies ahead stands on today's alone."""
        said = (page.stage, page.legal_status, page.standing, page.tier, page.entry_into_force, page.route)
        assert said == (found.stage, found.legal, found.standing, found.tier, found.force, found.route)
        assert {fact.fact for fact in page.facts if fact.counts} == {entry.id for entry in found.in_force}
        against = {entry.id for entry in found.conflicts if is_now or entry.day <= found.on}
        assert {fact.fact for fact in page.conflicts} == against
        assert set(page.open_steps) == found.open_steps()

    def answer(self, state: str, on: date, known: date) -> Any:
        """Ask what a dossier was on a day, as known on a day; what is a matter of now is left out."""
        page = dossier_view(self.workspace, state, treaty="att", on=on, known=known, reader=OPERATOR)
        self.hold_page(page, Sum.of([e for e in self.files[state] if e.filed <= known], on), is_now=False)
        plain: dict[str, Any] = {
            name: tuple(replace(fact, releases=()) for fact in getattr(page, name)) for name in _LISTS
        }
        return replace(page, version=None, mark="", **plain)

    def ask_again(self) -> None:
        """Ask what was asked before: of a day, as known on a day gone by, nothing ever changes."""
        for (state, on, known), answered in self.remembered.items():
            assert self.answer(state, on, known) == answered, f"{state} of {on}, as known on {known}, is another now"

    def look_at_everything(self) -> None:
        """Let everybody look at every State: each is shown what they may know, and nothing else."""
        for person in self.people:
            for state in STATES:
                self.let_look(person, state)
        self.ask_again()

    def let_look(self, person: Person, state: str) -> None:
        """Let somebody look at a State's page."""
        try:
            page = dossier_view(self.workspace, state, treaty="att", reader=self.eyes(person))
        except NotYours:
            assert not person.serving(self.today)
            return
        assert person.serving(self.today), "somebody without a mandate looked"
        shown = self.look(person, state).shown(self.files[state])
        seen = {fact.fact for fact in page.facts}
        unlike = [entry for entry in self.files[state] if (entry.id in seen) != (entry in shown)]
        assert unlike == [], f"{person} is {'shown' if unlike[0].id in seen else 'not shown'} this of {state}"
        assert [fact.fact for fact in page.facts] == [entry.id for entry in shown]
        told, written = {entry.id for entry in shown}, repr(page)
        for entry in self.files[state]:
            if is_held_back(entry) and entry.id not in told:
                assert entry.id not in written
                assert not entry.reference or entry.reference not in written

    def days_ago(self, before: int) -> date:
        """A day before today; or after, where that is less than none."""
        return self.today - timedelta(days=before)
