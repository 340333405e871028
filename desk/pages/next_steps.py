"""Next steps: a line for each State that is not party, narrowed and sorted, written where it stands, and as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.responses import Response

from casework.attention.list_page import NEAR, Asked, NextStepsPage, Order, Show, next_steps_page
from casework.attention.next_steps import Line
from casework.attention.writing import LONGEST, NotWritten, WrittenMeanwhile, leave_to_pathway, write_next_step
from casework.attention.written_before import written_before
from desk.i18n.catalogues import marked as _
from desk.i18n.catalogues import translations
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import NotReadable, Text, day, number
from desk.web.rendering import environment
from desk.web.spreadsheets import Sheet, Value, as_csv, as_xlsx
from desk.web.visit import Visit, Visiting
from notifications.languages import OF_PAGES

router = APIRouter()
_LONGEST = 60  # characters of what is asked for; what is longer names nothing
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked_of(region: str = "", tier: str = "", show: str = "", sort: str = "") -> Asked:
    """Read from the address what is asked of the lines; an order that is none is that of their days."""
    order = next((one for one in Order if one.value == sort), Order.DAY)
    return Asked(region=region[:_LONGEST], tier=tier[:_LONGEST], show=show[:_LONGEST], sort=order)


Asking = Annotated[Asked, Depends(asked_of)]


@router.get("/next-steps")
def show(visit: Visiting, asked: Asking, write: str = "") -> Response:
    """Show the lines that are asked for; one of them with the form in which it is written, if that is asked."""
    return _show(visit, asked, write[:3])


@router.get("/next-steps.csv")
def as_text(visit: Visiting, asked: Asking) -> Response:
    """Give the lines as seen, as CSV."""
    return _file(visit, as_csv(_sheet(visit, asked)), "csv", "text/csv; charset=utf-8")


@router.get("/next-steps.xlsx")
def as_workbook(visit: Visiting, asked: Asking) -> Response:
    """Give the lines as seen, as an Excel workbook."""
    return _file(visit, as_xlsx(_sheet(visit, asked)), "xlsx", _XLSX)


@router.post("/next-steps/{state}")
def write(
    visit: Visiting, state: str, asked: Asking, words: Text = "", by: Text = "", seen: Text = "", done: Text = ""
) -> Response:
    """Write what comes next for a State, or let the pathway say it again; then show the lines asked for before."""
    about = visit.about(state)
    try:
        if done:
            leave_to_pathway(visit.workspace, state, seen=number(seen), **about)
        else:
            on = day(by, field="by", visit=visit)
            write_next_step(visit.workspace, state, words, by=on, seen=number(seen), **about)
    except (NotWritten, NotReadable, WrittenMeanwhile) as wrong:
        return _show(visit, asked, state, refused(wrong, {"words": words, "by": by}))
    said = "next-step-done" if done else "next-step-written"
    return visit.go(f"{_address(asked)}#s-{state}", said=said)


def _show(visit: Visit, asked: Asked, write: str = "", answer: Answer = NOTHING_SENT) -> Response:
    shown = _page(visit, asked)
    writing = next((line for line in shown.everything if line.state == write and line.may_write), None)
    return visit.show(
        "next_steps.html",
        answer,
        shown=shown,
        writing=writing,
        before=written_before(visit.workspace, writing.state, **visit.about(writing.state)) if writing else (),
        address=lambda **other: _address(asked, **other),
        most=LONGEST,
        near=NEAR.days,
        Show=Show,
        Order=Order,
    )


def _page(visit: Visit, asked: Asked) -> NextStepsPage:
    return next_steps_page(visit.workspace, asked, treaty=visit.treaty, reader=visit.reader, language=visit.language)


def _address(asked: Asked, path: str = "/next-steps", **other: str) -> str:
    """Return where the lines asked for stand, but for what is named otherwise."""
    there = {"region": asked.region, "tier": asked.tier, "show": asked.show, "sort": asked.sort.value}
    there = {name: value for name, value in (there | other).items() if value and value != Order.DAY}
    return f"{path}?{urlencode(there)}" if there else path


#: The columns of the file: heading, and what stands in it of a line.
_COLUMNS: Mapping[str, Callable[[Line], object]] = {
    _("State"): lambda line: line.name,
    _("Code"): lambda line: line.state,
    _("Region"): lambda line: line.region,
    _("Tier"): lambda line: line.tier,
    _("Next step"): lambda line: line.next_step,
    _("Written by"): lambda line: line.written_by,
    _("Written on"): lambda line: line.written_on,
    _("By"): lambda line: line.due_on,
    _("Owner"): lambda line: line.owner.name if line.owner else None,
    _("Last heard of"): lambda line: line.last_word.on if line.last_word else None,
    _("Heard by"): lambda line: line.last_word.kind if line.last_word else None,
    _("Unanswered since"): lambda line: line.unanswered_since,
    _("Promise"): lambda line: line.promise.said.id if line.promise else None,
    _("Promised on"): lambda line: str(line.promise.made_on) if line.promise else None,
    _("Promise due"): lambda line: line.promise.by.last if line.promise and line.promise.by else None,
}
_IN_WORDS = frozenset({"Region", "Heard by"})


def _sheet(visit: Visit, asked: Asked) -> Sheet:
    """Return the lines as seen: the same ones, in the reader's language."""
    settings = visit.workspace.settings
    filters = environment(visit.language, settings.zone, settings.treaty).filters
    heading, shown = translations(visit.language).gettext, _page(visit, asked)

    def cell(name: str, line: Line) -> Value:
        value = _COLUMNS[name](line)
        if name in _IN_WORDS and value:
            return str(filters["words"](value))
        if name == "Promise" and line.promise:
            return shown.words.get(line.promise.said.id)
        return str(filters["said"](value)) if name == "Next step" and line.written_by is None else value  # type: ignore[return-value]

    return Sheet(
        title=heading("Next steps"),
        headings=tuple(heading(name) for name in _COLUMNS),
        rows=tuple(tuple(cell(name, line) for name in _COLUMNS) for line in shown.lines),
        right_to_left=OF_PAGES[visit.language].direction == "rtl",
    )


def _file(visit: Visit, data: bytes, suffix: str, media_type: str) -> Response:
    name = f"next-steps-{visit.today}.{suffix}"
    return Response(data, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})
