"""Reading: how a date that is being typed is read, for the field that it is typed in."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from desk.web.visit import Visit, Visiting
from notifications.typed_dates import read_date, read_day
from pathways.grammar.dates import NotADate, PartialDate

router = APIRouter()


@router.get("/reading/day")
def whole_day(visit: Visiting, request: Request) -> Response:
    """Show how a whole day is read."""
    typed = _typed(request)
    try:
        return _show(visit, typed, PartialDate.of(read_day(typed, visit.language, today=visit.today)))
    except NotADate as wrong:
        return _show(visit, typed, wrong=wrong)


@router.get("/reading/date")
def date_as_known(visit: Visiting, request: Request) -> Response:
    """Show how a day, a month or a year is read."""
    typed = _typed(request)
    try:
        return _show(visit, typed, read_date(typed, visit.language, today=visit.today))
    except NotADate as wrong:
        return _show(visit, typed, wrong=wrong)


def _typed(request: Request) -> str:
    """Return what stands in the field, whatever the field is called."""
    return next(iter(request.query_params.values()), "")


def _show(visit: Visit, typed: str, found: PartialDate | None = None, *, wrong: NotADate | None = None) -> Response:
    faults = wrong.refusals if wrong and typed.strip() else ()
    return visit.show("parts/reading.html", found=found, why=faults)
