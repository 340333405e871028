"""Proposals: what State's contacts brought before the Secretariat, which accepts or declines it. Each is one verb."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import Response

from casework.dossiers.deciding import NotDecided, accept, decline
from casework.dossiers.proposal_list import proposal_list, require_side
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import Text, id_of
from desk.web.visit import Visit, Visiting
from pathways.grammar.admission import NotAdmitted

router = APIRouter()


def either_side(visit: Visiting) -> None:
    """Let in who proposes and who decides."""
    require_side(visit.reader)


@router.get("/proposals", dependencies=[Depends(either_side)])
def show(visit: Visiting) -> Response:
    """Show what was proposed: all of it to the Secretariat, a State's own to its contact."""
    return _show(visit)


@router.post("/proposals/{proposal}/accept")
def accepted(visit: Visiting, proposal: str, back: Text = "") -> Response:
    """Put what was proposed on file; then show the page that it was accepted from."""
    try:
        accept(visit.workspace, id_of(proposal), treaty=visit.treaty, reader=visit.reader)
    except (NotAdmitted, NotDecided) as wrong:
        return _show(visit, refused(wrong, {proposal: ""}))
    return visit.go("/enquiry" if back == "enquiry" else "/proposals", said="proposal-accepted")


@router.post("/proposals/{proposal}/decline")
def declined(visit: Visiting, proposal: str, reason: Text = "") -> Response:
    """Decline what was proposed, with the reason."""
    try:
        decline(visit.workspace, id_of(proposal), reason=reason, treaty=visit.treaty, reader=visit.reader)
    except NotDecided as wrong:
        return _show(visit, refused(wrong, {proposal: reason}, {"reason": f"reason-{proposal}"}))
    return visit.go("/proposals", said="proposal-declined")


def _show(visit: Visit, answer: Answer = NOTHING_SENT) -> Response:
    shown = proposal_list(visit.workspace, treaty=visit.treaty, reader=visit.reader)
    return visit.show("proposals.html", answer, proposals=shown, pathway=visit.workspace.pathway(visit.treaty))
