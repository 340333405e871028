"""Promises: what States have promised, with its age; and the form that says what became of one."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.promises.listing import AGES, one_promise, promise_list, sources_of_outcomes
from casework.promises.settling import NotSettled, Outcome, settle_promise
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import NotReadable, Text, level, partial, source_of, wanted_partial
from desk.web.visit import Visit, Visiting
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.refusals import refusal
from pathways.grammar.terms import Became

router = APIRouter()
_AS_IS_USUAL = "usual"  # who may know it: as for its source
_LEVELS = (Sensitivity.PUBLIC, Sensitivity.COORDINATION, Sensitivity.CONFIDENTIAL)


@router.get("/promises")
def promises(visit: Visiting, region: str = "") -> Response:
    """Show what States have promised, of one region or of all: what is to be kept, then what is over."""
    every = promise_list(visit.workspace, treaty=visit.treaty, reader=visit.reader)
    counted = every.counted()
    there = region if region in [one.region for one in counted] else ""
    shown = [one for one in every.promises if not there or one.region == there]
    return visit.show(
        "promises.html",
        standing=[one for one in shown if one.is_to_be_kept],
        over=[one for one in shown if not one.is_to_be_kept],
        counted=counted,
        region=there,
        ages=AGES,
    )


@router.get("/promises/{state}/{promise}")
def settling(visit: Visiting, state: str, promise: str) -> Response:
    """Show the form that says what became of a promise."""
    return _form(visit, state, promise)


@router.post("/promises/{state}/{promise}")
def settle(
    visit: Visiting,
    state: str,
    promise: str,
    outcome: Text = "",
    on: Text = "",
    source: Text = "",
    reference: Text = "",
    by: Text = "",
    condition: Text = "",
    sensitivity: Text = "",
    note: Text = "",
) -> Response:
    """Put on file what became of a promise."""
    one_promise(visit.workspace, state, promise, treaty=visit.treaty, reader=visit.reader)
    try:
        told = Outcome(
            became=_became(outcome),
            on=wanted_partial(on, refusal("say_since_when", field="on"), visit=visit),
            source=source_of(source),
            reference=reference.strip(),
            by=partial(by, field="by", visit=visit),
            condition=condition,
            sensitivity=None if sensitivity in ("", _AS_IS_USUAL) else level(sensitivity),
            note=note.replace("\r\n", "\n").strip() or None,
        )
        settled = settle_promise(visit.workspace, state, promise, told, treaty=visit.treaty, reader=visit.reader)
    except (NotReadable, NotSettled, NotAdmitted) as wrong:
        typed = {"outcome": outcome, "on": on, "source": source, "reference": reference, "by": by}
        typed |= {"condition": condition, "sensitivity": sensitivity, "note": note}
        return _form(visit, state, promise, refused(wrong, typed, {"effective": "on"}))
    return visit.go("/promises", said="promise-again" if settled.repeated else f"promise-{told.became}")


def _form(visit: Visit, state: str, promise: str, answer: Answer = NOTHING_SENT) -> Response:
    shown = one_promise(visit.workspace, state, promise, treaty=visit.treaty, reader=visit.reader)
    sources = sources_of_outcomes(visit.workspace, treaty=visit.treaty)
    return visit.show(
        "promise.html", answer, shown=shown, outcomes=[*Became], sources=sources, usual=_AS_IS_USUAL, levels=_LEVELS
    )


def _became(text: str) -> Became:
    try:
        return Became(text)
    except ValueError:
        raise NotReadable(refusal("say_what_became_of_it", field="outcome")) from None
