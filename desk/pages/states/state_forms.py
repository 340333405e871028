"""Forms of a State's page: a fact filed or proposed, a step taken, a contradiction settled. Each is one verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from casework.core.staleness import Stale
from casework.dossiers.contradictions import settle_contradiction
from casework.dossiers.filing import FiledAlready, file_fact
from casework.dossiers.proposing import propose
from casework.dossiers.steps import take_step
from desk.pages.states.filing import Sending, Sent
from desk.pages.states.state import StateAnswer, StatePageQuery, show_state
from desk.refusals import refusals_of
from desk.web.form_answers import status_of
from desk.web.form_parsing import NotReadable, Text, day
from desk.web.storage_faults import CANNOT_WRITE, note_storage_fault, refusal_of
from desk.web.visit import Visit, Visiting
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.facts import FIELDS, FactKind
from pathways.grammar.journey import NotTaken
from pathways.grammar.refusals import Refusal, refusal

router = APIRouter()
_OF_A_STEP = frozenset({"on", "reason"})
_OF_A_FACT = frozenset({"effective", "source", "reference", "sensitivity", "annuls", "note", "attachment", "fact"})
_REFUSED = (NotAdmitted, NotReadable, Stale, *CANNOT_WRITE)


@router.post("/states/{state}/facts")
def file(visit: Visiting, state: str, form: Sending) -> Response:
    """Put a fact on file."""
    try:
        with form.attachment(visit.workspace) as attachment:
            filed = file_fact(
                visit.workspace,
                state,
                form.filing(attachment, visit=visit, kind=_kind(visit, form)),
                mark=form.mark,
                **visit.about(state),
            )
    except _REFUSED as wrong:
        return _again(visit, state, wrong, StateAnswer(sent=form))
    except FiledAlready:
        return visit.go(f"/states/{state}", said="filed-already")
    return visit.go(f"/states/{state}", said=f"fact-filed-{filed.fact.sensitivity.label}")


@router.post("/states/{state}/proposals")
def bring(visit: Visiting, state: str, form: Sending) -> Response:
    """Bring a fact before the Secretariat."""
    try:
        with form.attachment(visit.workspace) as attachment:
            brought = propose(
                visit.workspace,
                state,
                form.filing(attachment, visit=visit, kind=_kind(visit, form)),
                mark=form.mark,
                **visit.about(state),
            )
    except _REFUSED as wrong:
        return _again(visit, state, wrong, StateAnswer(sent=form))
    return visit.go("/proposals", said="proposed-already" if brought.repeated else "proposed")


@router.post("/states/{state}/steps/{step}")
def take(visit: Visiting, state: str, step: str, on: Text = "", reason: Text = "", mark: Text = "") -> Response:
    """Take a step."""
    try:
        when = day(on, field="on", visit=visit)
        taken = take_step(visit.workspace, state, step, on=when, reason=reason, mark=mark, **visit.about(state))
    except (NotTaken, *_REFUSED) as wrong:
        return _again(visit, state, wrong, StateAnswer(step=step, kept={"on": on, "reason": reason}))
    return visit.go(f"/states/{state}", said="step-taken-already" if taken.is_repeat else "step-taken")


@router.post("/states/{state}/settle")
def settle(visit: Visiting, state: str, fact: Text = "", reason: Text = "", mark: Text = "") -> Response:
    """Settle a contradiction in favour of one side."""
    try:
        if not fact:
            raise NotReadable(refusal("say_which_holds", field="fact"))
        settle_contradiction(visit.workspace, state, fact, reason=reason, mark=mark, **visit.about(state))
    except _REFUSED as wrong:
        return _again(visit, state, wrong, StateAnswer(kept={"fact": fact, "settle_reason": reason}))
    return visit.go(f"/states/{state}", said="contradiction-settled")


def _kind(visit: Visit, form: Sent) -> FactKind | None:
    return visit.workspace.pathway(visit.treaty).kind(form.kind)


def _again(visit: Visit, state: str, wrong: Exception, said: StateAnswer) -> Response:
    """Show the page with what was sent as it was sent, and what was wrong with it."""
    if isinstance(wrong, CANNOT_WRITE):
        note_storage_fault(wrong, visit.request)
    stale = wrong if isinstance(wrong, Stale) else None
    faults = () if stale else tuple(_faults(wrong, said.step))
    asked = StatePageQuery(kind=said.sent.kind if said.sent else None)
    return show_state(visit, state, asked, replace(said, status=status_of(wrong), faults=faults, stale=stale))


def _faults(wrong: Exception, step: str) -> Iterator[Refusal]:
    """Yield what was wrong, each with the field of the page it is about, so that the page can lead there."""
    if isinstance(wrong, CANNOT_WRITE):
        yield refusal_of(wrong)
        return
    for fault in refusals_of(wrong):
        yield replace(fault, field=_place(fault.field, step))


def _place(field: str, step: str) -> str:
    """Return which field of the page that is; none where the page has no such field."""
    if step and field in _OF_A_STEP:
        return f"{field}-{step}"
    if field.startswith(FIELDS):
        return field.replace(FIELDS, "x_", 1)
    return field if field in _OF_A_FACT else ""
