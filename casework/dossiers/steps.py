"""Steps: a person takes one when every proof is on file, or is told everything that is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from casework.core.open_dossier import OpenDossier
from casework.core.staleness import Stale
from casework.core.workspace import Workspace
from casework.dossiers.free_text import beside
from models.ledger.hash_chain import Content
from models.store.engine import Connection
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import Reader
from pathways.grammar.dossier import STEP
from pathways.grammar.facts import Fact
from pathways.grammar.journey import NotTaken, take
from pathways.grammar.pathway import By
from pathways.grammar.refusals import refusal
from pathways.grammar.roles import Right


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """A step that was taken."""

    state: str
    step: str
    source: str
    target: str
    on: date
    fact: Fact
    is_repeat: bool = False  # it had been taken already since the page was opened


def take_step(
    workspace: Workspace,
    state: str,
    step: str,
    *,
    treaty: str,
    name: str,
    on: date | None = None,
    reason: str | None = None,
    reader: Reader,
    mark: str | None = None,
    also: Callable[[Connection], None] | None = None,
) -> Taken:
    """Take a person's step on a day; NotTaken names every missing proof that the reader may know of.

    `mark` is that of the page the step is taken from: a second click there takes no second step. `also` is written in
    the same transaction, or not at all.
    """
    day = on or workspace.today()
    if day > workspace.today() + timedelta(days=1):
        raise NotTaken(refusal("step_in_the_future", field="on", day=day))
    why = reason_beside(reason)
    opening = workspace.open_dossier(
        state, treaty=treaty, reader=reader, right=Right.STEP, name=name, mark=mark, beat=also
    )
    try:
        with opening as open_dossier:
            fact = _take(open_dossier, step, day, why, reader)
    except Stale as stale:
        taken = next((f for f in stale.since if f.kind == STEP and f.text("step") == step), None)
        if taken is None:
            raise
        return _taken(taken, is_repeat=True)
    return _taken(fact)


def reason_beside(reason: str | None) -> Content | None:
    """Return the reason as it is to stand beside the step, if there is one; NotTaken when it cannot."""
    try:
        return beside(reason.strip(), "reason") if reason and reason.strip() else None
    except NotAdmitted as wrong:
        raise NotTaken(*wrong.refusals) from None


def _take(open_dossier: OpenDossier, step: str, day: date, why: Content | None, reader: Reader) -> Fact:
    dossier = open_dossier.dossier(day, reader=None if reader.is_secretariat else reader)
    last = open_dossier.all_told().last_step_on  # which may be dated tomorrow
    if last is not None and day < last:
        raise NotTaken(refusal("step_before_the_last", field="on", last=last, day=day))
    fact = open_dossier.move(take(open_dossier.pathway, dossier, step, by=By.PERSON, on=day))
    if why is not None:
        open_dossier.contents[fact.id] = why
    return fact


def _taken(fact: Fact, *, is_repeat: bool = False) -> Taken:
    return Taken(
        state=fact.state,
        step=fact.text("step"),
        source=fact.text("from"),
        target=fact.text("to"),
        on=fact.counts_from,
        fact=fact,
        is_repeat=is_repeat,
    )
