"""A State's page, as the visitor may see it, and the form for one kind of fact alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from casework.core.rights import NotOnFile
from casework.core.staleness import Stale
from casework.dossiers.disclosure_log import note_reading
from casework.overview.news import seen_until
from casework.overview.state_page import StatePage, state_page
from casework.overview.timeline import LEAVABLE, TimelinePart
from desk.pages.states.filing import Sent
from desk.pages.states.state_layout import filable, goes_back, main_button, places
from desk.web.form_answers import Answer, status_of
from desk.web.form_parsing import NotReadable, day
from desk.web.visit import Visit, Visiting
from pathways.grammar.refusals import Refusal, refusal

router = APIRouter()


@dataclass(frozen=True, kw_only=True)
class StatePageQuery:
    """What of a State's page is asked for: a day, a part of the timeline, a form."""

    on: date | None = None
    known: date | None = None
    strand: TimelinePart | None = None
    left_out: frozenset[TimelinePart] = frozenset()
    kind: str | None = None
    in_full: bool = False


@dataclass(frozen=True, kw_only=True)
class StateAnswer(Answer):
    """What became of something that was sent from a State's page; `kept` is what was typed beside `step`, or to settle.

    `sent` is the form for a fact as it was sent; `stale` says what came on file meanwhile.
    """

    stale: Stale | None = None
    sent: Sent | None = None
    step: str = ""


_NOTHING_SENT = StateAnswer()


@router.get("/states/{state}")
def show(
    visit: Visiting,
    state: str,
    on: str = "",
    known: str = "",
    kind: str = "",
    without: str = "",
    file: str = "",
    all: str = "",  # noqa: A002
) -> Response:
    """Show a State, as of today or of another day."""
    try:
        asked = StatePageQuery(
            on=day(on, field="on", visit=visit),
            known=day(known, field="known", visit=visit),
            strand=next((strand for strand in TimelinePart if strand.value == kind), None),
            left_out=frozenset(strand for strand in LEAVABLE if strand.value in without.split(",")),
            kind=file or None,
            in_full=bool(all),
        )
    except NotReadable as wrong:
        return show_state(visit, state, StatePageQuery(), StateAnswer(status=status_of(wrong), faults=wrong.refusals))
    return show_state(visit, state, asked)


@router.get("/states/{state}/file/{kind}")
def form(visit: Visiting, state: str, kind: str) -> Response:
    """Show the form for a kind of fact, and nothing else; NotOnFile when there is none."""
    asked = StatePageQuery(kind=kind)
    shown = _page(visit, state, asked)
    if shown.form is None:
        raise NotOnFile(refusal("no_such_form"))
    note_reading(visit.workspace, visit.reader, shown.form.annuls)
    return _show(visit, "state_form.html", shown, asked, _NOTHING_SENT)


@router.get("/states/{state}/file/{kind}/who-may-know")
def who_may_know(visit: Visiting, state: str, kind: str, source: str = "", sensitivity: str = "") -> Response:
    """Show who may know such a fact from a source: the part of its form that follows what is chosen there."""
    shown = _page(visit, state, StatePageQuery(kind=kind))
    if shown.form is None:
        raise NotOnFile(refusal("no_such_form"))
    return visit.show("state/question.html", shown=shown, source=source, chosen=sensitivity)


def show_state(visit: Visit, state: str, asked: StatePageQuery, answer: StateAnswer = _NOTHING_SENT) -> Response:
    """Show a State's page, with what became of what was sent."""
    shown = _page(visit, state, asked)
    note_reading(visit.workspace, visit.reader, shown.facts_shown())
    return _show(visit, "state.html", shown, asked, answer)


def _page(visit: Visit, state: str, asked: StatePageQuery) -> StatePage:
    return state_page(
        visit.workspace,
        state,
        treaty=visit.treaty,
        reader=visit.reader,
        on=asked.on,
        known=asked.known,
        strand=asked.strand,
        left_out=asked.left_out,
        kind=asked.kind,
        in_full=asked.in_full,
    )


def _show(visit: Visit, template: str, shown: StatePage, asked: StatePageQuery, answer: StateAnswer) -> Response:
    return visit.show(
        template,
        answer,
        shown=shown,
        seen_until=seen_until(visit.workspace, treaty=visit.treaty, reader=visit.reader),
        view=shown.dossier,
        asked=asked,
        leavable=LEAVABLE,
        answer=answer,
        pathway=visit.workspace.pathway(visit.treaty),
        refused=_refused(shown, answer),
        places=places(shown),
        filable=filable(shown),
        main_button=main_button(shown),
        goes_back=goes_back(shown, answer.step),
    )


def _refused(shown: StatePage, answer: StateAnswer) -> tuple[tuple[str, ...], tuple[Refusal, ...]]:
    """Part what a refused step says: proofs that can be filed, by kind, and everything else."""
    step = next((step for step in shown.steps if step.name == answer.step), None)
    missing = tuple(proof.kind for proof in step.proofs if proof.is_missing) if step and not answer.stale else ()
    return missing, tuple(fault for fault in answer.faults if fault.values.get("kind") not in missing)
