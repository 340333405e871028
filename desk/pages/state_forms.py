"""What is done on a State's page: a fact filed or proposed, a step taken, a contradiction settled. Each is one verb."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, TypeVar

from fastapi import APIRouter, Form
from starlette.responses import Response

from casework.evidence import FiledAlready, file_fact, settle_contradiction
from casework.marks import Stale
from casework.proposing import propose
from casework.steps import take_step
from desk.pages.filing import Sending, Sent
from desk.pages.state import Answer, Asked, Fault, show_state
from desk.pages.typed import NotReadable, day
from desk.refusals import sentences
from desk.visit import Visit, Visiting
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.journey import Refusal
from sources.states import load_register

router = APIRouter()
_Text = Annotated[str, Form()]
_Done = TypeVar("_Done")
_REFUSED = (NotAdmitted, NotReadable, Stale)


@router.post("/states/{state}/facts")
def file(visit: Visiting, state: str, form: Sending) -> Response:
    """Put a fact on file."""
    try:
        _bring(visit, state, form, file_fact)
    except _REFUSED as wrong:
        return _form_again(visit, state, form, wrong)
    except FiledAlready:
        return visit.go(f"/states/{state}", said="filed-already")
    return visit.go(f"/states/{state}", said="fact-filed")


@router.post("/states/{state}/proposals")
def bring(visit: Visiting, state: str, form: Sending) -> Response:
    """Bring a fact before the Secretariat."""
    try:
        brought = _bring(visit, state, form, propose)
    except _REFUSED as wrong:
        return _form_again(visit, state, form, wrong)
    return visit.go("/proposals", said="proposed-already" if brought.repeated else "proposed")


@router.post("/states/{state}/steps/{step}")
def take(visit: Visiting, state: str, step: str, on: _Text = "", reason: _Text = "", mark: _Text = "") -> Response:
    """Take a step."""
    try:
        taken = take_step(
            visit.office,
            state,
            step,
            treaty=visit.treaty,
            name=load_register().name_of(state),
            on=day(on, field="on"),
            reason=reason,
            reader=visit.reader,
            mark=mark,
        )
    except (Refusal, NotReadable, Stale) as wrong:
        return _again(visit, state, Asked(), wrong, step=step, typed={"on": on, "reason": reason})
    return visit.go(f"/states/{state}", said="step-taken-already" if taken.is_repeat else "step-taken")


@router.post("/states/{state}/settle")
def settle(visit: Visiting, state: str, fact: _Text = "", reason: _Text = "", mark: _Text = "") -> Response:
    """Settle a contradiction in favour of one side."""
    try:
        if not fact:
            raise NotReadable("fact", "Choose which of the two holds.")
        settle_contradiction(
            visit.office,
            state,
            fact,
            treaty=visit.treaty,
            name=load_register().name_of(state),
            reason=reason,
            reader=visit.reader,
            mark=mark,
        )
    except _REFUSED as wrong:
        return _again(visit, state, Asked(), wrong, typed={"fact": fact, "settle_reason": reason})
    return visit.go(f"/states/{state}", said="contradiction-settled")


def _bring(visit: Visit, state: str, form: Sent, verb: Callable[..., _Done]) -> _Done:
    """File or propose what was sent; the file that came with it is taken in for as long."""
    with form.attachment(visit.office) as attachment:
        return verb(
            visit.office,
            state,
            form.filing(attachment),
            treaty=visit.treaty,
            name=load_register().name_of(state),
            reader=visit.reader,
            mark=form.mark,
        )


def _form_again(visit: Visit, state: str, form: Sent, wrong: Exception) -> Response:
    """Show the page with the form as it was sent and what was wrong with it; the form alone where it has no place."""
    return _again(visit, state, Asked(kind=form.kind), wrong, sent=form)


def _again(
    visit: Visit,
    state: str,
    asked: Asked,
    wrong: Exception,
    *,
    sent: Sent | None = None,
    step: str = "",
    typed: Mapping[str, str] | None = None,
) -> Response:
    stale = wrong if isinstance(wrong, Stale) else None
    answer = Answer(
        status=409 if stale else 422,
        faults=() if stale else tuple(_faults(visit, wrong, sent)),
        stale=stale,
        sent=sent,
        step=step,
        typed=typed or {},
    )
    return show_state(visit, state, asked, answer)


def _faults(visit: Visit, wrong: Exception, sent: Sent | None) -> Iterator[Fault]:
    """Yield what was wrong, each sentence with the field that it names, so that the page can lead there."""
    if isinstance(wrong, NotReadable):
        yield wrong.field, str(wrong)
        return
    kind = visit.office.pathway(visit.treaty).kind(sent.kind) if sent else None
    for sentence in sentences(wrong):
        named = (f"x_{f.name}" for f in kind.fields if f.name in sentence) if kind else iter(())
        place = next(named, None)
        yield (place, sentence) if place else sentence
