"""The narrator: a training record lived day by day, so that a story reads like a chronicle.

Each evening the dossier is remembered; when the story ends, every one of those days must still look as it did then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from casework.core.workspace import Workspace
from casework.depositary.intake import take_in
from casework.depositary.intaken import Intaken
from casework.dossiers.dossier_view import DossierView, DutyView, dossier_view
from casework.dossiers.filing import Filed
from casework.dossiers.steps import Taken
from casework.follow_ups.listing import FollowUpView, follow_up_list
from casework.letters.posting import post
from casework.operations.sweep import Swept, sweep
from casework.people.mandates import NotAppointed
from casework.record.audit import audit, verify
from models.ledger import dossiers
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.dossier import Dossier
from pathways.grammar.facts import Fact
from pathways.grammar.journey import NotTaken
from pathways.grammar.projection import project
from pathways.grammar.stages import LegalStatus, Stage
from tests import appointments, builders
from tests.mailserver import MailServer
from tests.refusals import said
from tests.stories.discretion import indiscreet

OUTSIDE, INTEREST, ASSISTANCE = Stage.OUTSIDE, Stage.INTEREST, Stage.ASSISTANCE
LEGISLATION, DEPOSIT, IMPLEMENTATION = Stage.LEGISLATION, Stage.DEPOSIT, Stage.IMPLEMENTATION
NON_SIGNATORY, SIGNATORY = LegalStatus.NON_SIGNATORY, LegalStatus.SIGNATORY
DEPOSITED, STATE_PARTY = LegalStatus.DEPOSITED, LegalStatus.STATE_PARTY

#: What a champion or coordinator reads of a step that a person took, forward or back.
NEWS = "- A State of your region: there is news on the way into the treaty."
SILENCE = "- A State of your region: nothing has been heard for some time."
A_WORD_MAY_HELP = f"{SILENCE} A word from you may help."
NOW_WITH_YOU = "those asked before could not be told or have not answered. It is now with you."
READY = "- A State: every proof for a step is on file, and the step waits for a person to take it."

_REMEMBERED = (
    "legal_status", "signature_date", "deposit_date", "deposit_precision", "instrument", "entry_into_force",
    "entry_into_force_earliest", "stage", "stage_since", "standing", "tier", "route", "route_is_assumed",
    "open_steps", "missing", "duties", "unconfirmed", "conflicts", "overtaken",
)  # fmt: skip
_PROJECTED = ("stage", "standing", "tier", "entered_by", "entered_on")


@dataclass
class Story:
    """One State's way, in a training record of all States."""

    state: str
    workspace: Workspace
    mail: MailServer
    evenings: dict[date, DossierView] = field(default_factory=dict)
    opened: Counter[str] = field(default_factory=Counter)

    def night_falls(self, until: str) -> None:
        """Let days pass without a sweep; how the dossier stood on the last evening is remembered."""
        self.evenings[self.workspace.today()] = self.view()
        builders.days_pass(self.workspace, until)

    def on(self, day: str) -> Swept:
        """Go on to the morning of a day: its sweep runs, and the letters leave."""
        if day != str(self.workspace.today()):
            self.night_falls(until=day)
        swept = sweep(self.workspace, run=f"sweep of {day}", treaty="att")
        self.posts()
        assert swept.failed == ()
        return swept

    def posts(self) -> None:
        """Let the letters that are due leave."""
        post(self.workspace, run="post")

    def appoints(self, role: str, of: str, **said: Any) -> None:
        """Give a role to a State or an organ, as of today; its office has a mailbox, and a champion has consented."""
        today = self.workspace.today()
        office = f"Office of the {role}, {of}"
        appointments.held(self.workspace, office, role, of, email=_mailbox(role), from_=today, **said)

    def reads(self, role: str) -> str:
        """Return the text of what has come to an office since it last read its letters."""
        letters = self.mail.to(_mailbox(role))[self.opened[role] :]
        self.opened[role] += len(letters)
        return "\n".join(letter.text for letter in letters)

    def learns(self, kind: str, on: str | None = None, source: str = "example", **said: Any) -> Filed:
        """File a fact, of today unless a day is told; its typed fields follow."""
        return builders.file(self.workspace, self.state, kind, on or str(self.workspace.today()), source, **said)

    def takes(self, step: str, on: str | None = None, reason: str | None = None) -> Taken:
        """Take a step as a person does."""
        return builders.step(self.workspace, self.state, step, on, reason)

    def receives(self, table: bytes, as_at: str) -> Intaken:
        """Take in a table of the depositary."""
        return take_in(self.workspace, table, published=date.fromisoformat(as_at), treaty="att")

    @contextmanager
    def refuses(self, *sentences: str) -> Iterator[None]:
        """Expect a refusal in just these sentences, and nothing written."""
        before = self.view().version
        with pytest.raises((NotTaken, NotAdmitted, NotAppointed)) as refused:
            yield
        assert said(refused.value) == sentences
        assert self.view().version == before

    def view(self, on: str | None = None, known: str | None = None) -> DossierView:
        """Look at the dossier, on a day, as known on a day."""
        return dossier_view(self.workspace, self.state, on=_day(on), known=_day(known), treaty="att", reader=OPERATOR)

    def stands(self, stage: Stage, status: LegalStatus) -> None:
        """Expect the State there today."""
        view = self.view()
        assert (view.stage, view.legal_status) == (stage, status)

    def was(self, on: str, stage: Stage, status: LegalStatus, known: str | None = None) -> None:
        """Expect the State there on a past day, as known today or on another past day."""
        view = self.view(on, known)
        assert (view.stage, view.legal_status) == (stage, status)

    def duty(self, name: str, covers: int | None = None, **when: str) -> DutyView:
        """Return a duty of the State."""
        return next(d for d in self.view(**when).duties if (d.name, d.covers) == (name, covers))

    def follow_ups(self, kind: str, about: str | None = None) -> list[FollowUpView]:
        """Return the State's follow-ups of a kind, in the order they were opened."""
        found = [
            f
            for f in follow_up_list(self.workspace, treaty="att", reader=OPERATOR)
            if f.state == self.state and f.kind == kind
        ]
        return sorted((f for f in found if about in (None, f.about)), key=lambda f: f.id)

    def waits_for(self, kind: str, about: str | None = None) -> list[FollowUpView]:
        """Return those of the State's follow-ups that are open."""
        return [f for f in self.follow_ups(kind, about) if f.closed_on is None]

    def facts(self, kind: str) -> list[Fact]:
        """Return the facts of a kind as they lie in the ledger."""
        return [f for f in self._ledger()[1] if f.kind == kind]

    def steps(self) -> list[tuple[str, str]]:
        """Return the steps that count, each with its day as it is known, in their order."""
        steps = [f for f in self.view().facts if f.kind == "step" and f.counts]
        return [(str(f.fields["step"]), f.effective_on) for f in sorted(steps, key=lambda f: f.effective_on)]

    def ends(self) -> None:
        """Close the book: the ledger is sound, the row is its replay, every past evening is as it was, letters too."""
        verified = verify(self.workspace)
        assert (verified.chain, verified.replay) == ((), ())
        assert audit(self.workspace, run="the last night").sealed
        record, facts = self._ledger()
        again = project(self.workspace.pathway("att"), self.state, facts, on=self.workspace.today(), reader=None)
        assert {n: getattr(record, n) for n in _PROJECTED} == {n: getattr(again, n) for n in _PROJECTED}
        assert (record.legal_status, record.entry_into_force) == (again.legal.status, _latest(again))
        for day, evening in self.evenings.items():
            then = self.view(str(day), str(day))
            assert {n: getattr(then, n) for n in _REMEMBERED} == {n: getattr(evening, n) for n in _REMEMBERED}, day
        assert indiscreet(self.mail.messages) == []

    def _ledger(self) -> tuple[dossiers.Record, Sequence[Fact]]:
        with self.workspace.reading() as connection:
            record = dossiers.record_of(connection, "att", self.state)
            assert record is not None
            return record, dossiers.facts_of(connection, [record])[record.id]


#: What the fixture `tell` gives: begins a State's story in a record that opened on a day.
Tell = Callable[..., Story]


def _latest(dossier: Dossier) -> date | None:
    force = dossier.legal.entry_into_force
    return force.last if force else None


def _mailbox(role: str) -> str:
    return f"{role}@office.example"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
