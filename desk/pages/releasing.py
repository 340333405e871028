"""Who may know a fact: the Secretariat releases it to somebody, and takes that back. Each is one verb."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from casework.marks import Stale
from casework.releasing import release, take_back
from casework.views.release_page import release_page
from desk.refusals import sentences
from desk.visit import Visit, Visiting
from pathways.grammar.admission import NotAdmitted
from sources.states import load_register

router = APIRouter()
_Text = Annotated[str, Form()]


@router.get("/states/{state}/facts/{fact}/release")
def show(visit: Visiting, state: str, fact: str) -> Response:
    """Show who may know a fact, and who was shown it."""
    return _show(visit, state, fact)


@router.post("/states/{state}/facts/{fact}/release")
def to_somebody(
    visit: Visiting, state: str, fact: str, audience: _Text = "", consent: _Text = "", mark: _Text = ""
) -> Response:
    """Release a fact to somebody."""
    try:
        done = release(
            visit.office,
            state,
            fact,
            audience=audience,
            consent=consent,
            treaty=visit.treaty,
            name=load_register().name_of(state),
            reader=visit.reader,
            mark=mark,
        )
    except (NotAdmitted, Stale) as wrong:
        kept = {"audience": audience, "consent": consent}
        status = 409 if isinstance(wrong, Stale) else 422
        return _show(visit, state, fact, status=status, faults=sentences(wrong), kept=kept)
    return visit.go(_page(state, fact), said="released-already" if done.repeated else "released")


@router.post("/states/{state}/facts/{fact}/take-back")
def back(visit: Visiting, state: str, fact: str) -> Response:
    """Take a release back; the address names the fact that is the release."""
    done = take_back(
        visit.office, state, fact, treaty=visit.treaty, name=load_register().name_of(state), reader=visit.reader
    )
    return visit.go(_page(state, done.fact), said="taken-back")


def _show(
    visit: Visit,
    state: str,
    fact: str,
    *,
    status: int = 200,
    faults: tuple[str, ...] = (),
    kept: Mapping[str, str] | None = None,
) -> Response:
    shown = release_page(visit.office, state, fact, treaty=visit.treaty, reader=visit.reader)
    return visit.show(
        "release.html",
        status=status,
        shown=shown,
        pathway=visit.office.pathway(visit.treaty),
        faults=faults,
        kept=kept or {},
    )


def _page(state: str, fact: str) -> str:
    return f"/states/{state}/facts/{fact}/release"
