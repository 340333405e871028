"""The yearly enquiry: how the round stands, and to the Secretariat how one is opened and closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from fastapi import APIRouter
from starlette.responses import Response

from casework.dossiers.proposal_list import ProposalView, proposal_list
from casework.enquiries.overview import EnquiryPage, OfYear, enquiry_page
from casework.enquiries.rounds import NotOpened, close_enquiry, open_enquiry
from desk.i18n.catalogues import marked as _
from desk.i18n.catalogues import translations
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import NotReadable, Text, wanted_day
from desk.web.rendering import environment
from desk.web.spreadsheets import Sheet, Value, as_csv, as_xlsx
from desk.web.visit import Visit, Visiting
from notifications.languages import LANGUAGES
from pathways.grammar.refusals import refusal

router = APIRouter()
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/enquiry")
def show(visit: Visiting) -> Response:
    """Show how the round stands."""
    return _show(visit)


@router.get("/enquiry.csv")
def as_text(visit: Visiting) -> Response:
    """Give the table by year and region, as CSV."""
    return _file(visit, as_csv(_sheet(visit)), "csv", "text/csv; charset=utf-8")


@router.get("/enquiry.xlsx")
def as_workbook(visit: Visiting) -> Response:
    """Give the table by year and region, as an Excel workbook."""
    return _file(visit, as_xlsx(_sheet(visit)), "xlsx", _XLSX)


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
    shown = _page(visit)
    return visit.show("enquiries/enquiry.html", answer, page=shown, to_accept=_waiting(visit) if shown.waiting else ())


def _page(visit: Visit) -> EnquiryPage:
    return enquiry_page(visit.workspace, treaty=visit.treaty, reader=visit.reader)


def _waiting(visit: Visit) -> Sequence[ProposalView]:
    """Return what States have answered and the Secretariat has still to accept, the latest first."""
    found = proposal_list(visit.workspace, treaty=visit.treaty, most=None, reader=visit.reader)
    return [one for one in found if one.is_waiting and one.is_answer]


#: The columns of the file: heading, and what stands in it of a line.
_COLUMNS: Mapping[str, Callable[[OfYear], Value]] = {
    _("Opened"): lambda line: line.opened_on,
    _("Region"): lambda line: line.region,
    _("Asked"): lambda line: line.asked,
    _("Written to"): lambda line: line.sent,
    _("Answered"): lambda line: line.answered,
    _("Silent"): lambda line: line.silent,
    _("Never answered"): lambda line: line.never_answered,
}


def _sheet(visit: Visit) -> Sheet:
    """Return the table as it is shown, in the reader's language."""
    settings, heading = visit.workspace.settings, translations(visit.language).gettext
    words = environment(visit.language, settings.zone, settings.treaty).filters["words"]

    def cell(name: str, line: OfYear) -> Value:
        if name == "Region":
            return str(words(line.region)) if line.region else heading("All regions")
        return _COLUMNS[name](line)

    return Sheet(
        title=heading("Enquiry"),
        headings=tuple(heading(name) for name in _COLUMNS),
        rows=tuple(tuple(cell(name, line) for name in _COLUMNS) for line in _page(visit).table),
        right_to_left=LANGUAGES[visit.language].direction == "rtl",
    )


def _file(visit: Visit, data: bytes, suffix: str, media_type: str) -> Response:
    name = f"enquiry-{visit.today}.{suffix}"
    return Response(data, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})
