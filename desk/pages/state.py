"""A State's page, through the visitor's eyes, and the form for one kind of fact alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from casework.marks import Stale
from casework.reading_notes import note_reading
from casework.rights import NotOnFile
from casework.views.state_page import StatePage, state_page
from casework.views.timeline import Strand
from desk.pages.filing import Sent
from desk.pages.typed import NotReadable, day
from desk.visit import Visit, Visiting

router = APIRouter()
#: A sentence, or the field it belongs to and a sentence.
Fault = str | tuple[str, str]
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What of a State's page is asked for: a day, a part of the timeline, a form."""

    on: date | None = None
    known: date | None = None
    strand: Strand | None = None
    kind: str | None = None
    in_full: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of something that was sent, to be said on the page: what was typed is kept in its form."""

    status: int = 200
    faults: Sequence[Fault] = ()
    stale: Stale | None = None
    sent: Sent | None = None
    step: str = ""  # that was asked for
    typed: Mapping[str, str] = field(default_factory=dict)  # beside a step or a settlement


@router.get("/states/{state}")
def show(
    visit: Visiting,
    state: str,
    on: str = "",
    known: str = "",
    kind: str = "",
    file: str = "",
    all: str = "",  # noqa: A002
) -> Response:
    """Show a State, as of today or of another day."""
    try:
        asked = Asked(
            on=_looked_at(on, "on"),
            known=_looked_at(known, "known"),
            strand=next((strand for strand in Strand if strand.value == kind), None),
            kind=file or None,
            in_full=bool(all),
        )
    except NotReadable as wrong:
        return show_state(visit, state, Asked(), Answer(status=422, faults=((wrong.field, str(wrong)),)))
    return show_state(visit, state, asked)


@router.get("/states/{state}/file/{kind}")
def form(visit: Visiting, state: str, kind: str) -> Response:
    """Show the form for a kind of fact, and nothing else."""
    return show_form(visit, state, kind)


def show_state(visit: Visit, state: str, asked: Asked, answer: Answer | None = None) -> Response:
    """Show a State's page, with what became of what was sent."""
    return _show(visit, "state.html", state, asked, answer)


def show_form(visit: Visit, state: str, kind: str, answer: Answer | None = None) -> Response:
    """Show the form for a kind of fact alone, with what became of what was sent; NotOnFile when there is none."""
    return _show(visit, "state_form.html", state, Asked(kind=kind), answer)


def _show(visit: Visit, template: str, state: str, asked: Asked, answer: Answer | None) -> Response:
    shown = state_page(
        visit.office,
        state,
        treaty=visit.treaty,
        reader=visit.reader,
        on=asked.on,
        known=asked.known,
        strand=asked.strand,
        kind=asked.kind,
        in_full=asked.in_full,
    )
    is_alone = template == "state_form.html"
    if is_alone and shown.form is None:
        raise NotOnFile("There is no such form.")
    facts = shown.form.annuls if is_alone and shown.form else shown.facts_shown()
    note_reading(visit.office, visit.reader, facts)
    said = answer or Answer()
    return visit.show(
        template,
        status=said.status,
        shown=shown,
        view=shown.dossier,
        asked=asked,
        answer=said,
        pathway=visit.office.pathway(visit.treaty),
        refused=_refused(shown, said),
    )


def _refused(shown: StatePage, answer: Answer) -> tuple[tuple[str, ...], tuple[Fault, ...]]:
    """Part what a refused step says: proofs that can be filed, by kind, and everything else as it was said."""
    step = next((step for step in shown.steps if step.name == answer.step), None)
    missing = tuple(proof.kind for proof in step.proofs if proof.is_missing) if step and answer.status == 422 else ()
    named = tuple(f"({kind})." for kind in missing)
    rest = tuple(f for f in answer.faults if not (isinstance(f, str) and f.endswith(named)))
    return missing, rest


def _looked_at(text: str, name: str) -> date | None:
    found = day(text, field=name)
    if found is not None and not _FIRST <= found <= _LAST:
        raise NotReadable(name, f"Look at a day between {_FIRST} and {_LAST}, not at {found}.")
    return found
