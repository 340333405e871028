"""Releasing: the Secretariat lets somebody know a fact, and takes that back. Each is one verb."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.core.staleness import Stale
from casework.dossiers.release_page import release_page
from casework.dossiers.releasing import release, take_back
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import Text
from desk.web.visit import Visit, Visiting
from pathways.grammar.admission import NotAdmitted

router = APIRouter()


@router.get("/states/{state}/facts/{fact}/release")
def show(visit: Visiting, state: str, fact: str) -> Response:
    """Show who may know a fact, and who was shown it."""
    return _show(visit, state, fact)


@router.post("/states/{state}/facts/{fact}/release")
def to_somebody(
    visit: Visiting, state: str, fact: str, audience: Text = "", consent: Text = "", mark: Text = ""
) -> Response:
    """Release a fact to somebody."""
    try:
        done = release(
            visit.workspace, state, fact, audience=audience, consent=consent, mark=mark, **visit.about(state)
        )
    except (NotAdmitted, Stale) as wrong:
        return _show(visit, state, fact, refused(wrong, {"audience": audience, "consent": consent}))
    return visit.go(_page(state, fact), said="released-already" if done.repeated else "released")


@router.post("/states/{state}/facts/{fact}/take-back")
def back(visit: Visiting, state: str, fact: str) -> Response:
    """Take a release back; the address names the fact that is the release."""
    done = take_back(visit.workspace, state, fact, **visit.about(state))
    return visit.go(_page(state, done.fact), said="taken-back")


def _show(visit: Visit, state: str, fact: str, answer: Answer = NOTHING_SENT) -> Response:
    shown = release_page(visit.workspace, state, fact, treaty=visit.treaty, reader=visit.reader)
    return visit.show("release.html", answer, shown=shown, pathway=visit.workspace.pathway(visit.treaty))


def _page(state: str, fact: str) -> str:
    return f"/states/{state}/facts/{fact}/release"
