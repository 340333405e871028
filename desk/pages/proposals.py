"""Proposals: what State's contacts brought before the Secretariat, which accepts or declines it. Each is one verb."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from casework.proposing import AlreadyDecided, NotDecided, accept, decline
from casework.views.proposals import proposal_list
from desk.pages.typed import id_of
from desk.refusals import sentences
from desk.visit import Visit, Visiting
from pathways.grammar.admission import NotAdmitted

router = APIRouter()
_Text = Annotated[str, Form()]


@router.get("/proposals")
def show(visit: Visiting) -> Response:
    """Show what was proposed: all of it to the Secretariat, a State's own to its contact."""
    return _show(visit)


@router.post("/proposals/{proposal}/accept")
def accepted(visit: Visiting, proposal: str) -> Response:
    """Put what was proposed on file."""
    try:
        accept(visit.office, id_of(proposal), treaty=visit.treaty, reader=visit.reader)
    except (NotAdmitted, NotDecided) as wrong:
        return _show(visit, wrong, of=proposal)
    return visit.go("/proposals", said="proposal-accepted")


@router.post("/proposals/{proposal}/decline")
def declined(visit: Visiting, proposal: str, reason: _Text = "") -> Response:
    """Decline what was proposed, with the reason."""
    try:
        decline(visit.office, id_of(proposal), reason=reason, treaty=visit.treaty, reader=visit.reader)
    except NotDecided as wrong:
        return _show(visit, wrong, of=proposal, reason=reason)
    return visit.go("/proposals", said="proposal-declined")


def _show(visit: Visit, wrong: Exception | None = None, *, of: str = "", reason: str = "") -> Response:
    """Show the list; a refusal stands above it, and what was typed stays where it was typed."""
    shown = proposal_list(visit.office, treaty=visit.treaty, reader=visit.reader)
    status = 200 if wrong is None else 409 if isinstance(wrong, AlreadyDecided) else 422
    return visit.show(
        "proposals.html",
        status=status,
        proposals=shown,
        pathway=visit.office.pathway(visit.treaty),
        faults=sentences(wrong) if wrong else (),
        kept={of: reason} if of else {},
    )
