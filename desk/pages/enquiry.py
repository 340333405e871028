"""The yearly enquiry: how the round stands, and to the Secretariat how one is opened and closed."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.enquiries.overview import enquiry_page
from casework.enquiries.rounds import NotOpened, close_enquiry, open_enquiry
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import NotReadable, Text, wanted_day
from desk.web.visit import Visit, Visiting
from pathways.grammar.refusals import refusal

router = APIRouter()


@router.get("/enquiry")
def show(visit: Visiting) -> Response:
    """Show how the round stands."""
    return _show(visit)


@router.post("/enquiry")
def begin(visit: Visiting, until: Text = "") -> Response:
    """Open a round until a day."""
    try:
        last = wanted_day(until, refusal("say_until_when", field="until"), visit=visit)
        open_enquiry(visit.workspace, until=last, treaty=visit.treaty, reader=visit.reader)
    except (NotOpened, NotReadable) as wrong:
        return _show(visit, refused(wrong, {"until": until}))
    return visit.go("/enquiry", said="enquiry-opened")


@router.post("/enquiry/close")
def end(visit: Visiting) -> Response:
    """Close the round that is open."""
    try:
        close_enquiry(visit.workspace, treaty=visit.treaty, reader=visit.reader)
    except NotOpened as wrong:
        return _show(visit, refused(wrong))
    return visit.go("/enquiry", said="enquiry-closed")


def _show(visit: Visit, answer: Answer = NOTHING_SENT) -> Response:
    shown = enquiry_page(visit.workspace, treaty=visit.treaty, reader=visit.reader)
    return visit.show("enquiries/enquiry.html", answer, page=shown)
