"""The States: a table to search, narrow and sort, and the same as a file; what was asked stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from casework.overview.cases import Case
from casework.overview.state_search import LONGEST
from casework.overview.states_columns import COLUMNS, STATE, USUAL, Column, SaidAs
from casework.overview.states_table import StatesSearch, StatesTable, states_table
from desk.i18n.catalogues import translations
from desk.web.fragment_cache import part
from desk.web.rendering import environment
from desk.web.spreadsheets import Sheet, Value, as_csv, as_xlsx
from desk.web.visit import Visit, Visiting
from notifications.languages import OF_PAGES
from pathways.grammar.dates import PartialDate

router = APIRouter()
_LONGEST = LONGEST + 1  # what is cut off here is too long to name anything
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked_of(
    q: str = "", region: str = "", stage: str = "", status: str = "", standing: str = "", tier: str = "",
    sort: str = "", columns: Annotated[list[str] | None, Query()] = None,
) -> StatesSearch:  # fmt: skip
    """Read from the address what is asked of the table; a column that is none is left out, what is too long cut off."""
    chosen = {name for given in columns or () for name in given.split(",")}
    order = sort.removeprefix("-")
    return StatesSearch(
        text=q[:_LONGEST],
        region=region[:_LONGEST],
        stage=stage[:_LONGEST],
        status=status[:_LONGEST],
        standing=standing[:_LONGEST],
        tier=tier[:_LONGEST],
        sort=COLUMNS.get(order),
        descending=sort.startswith("-"),
        columns=_chosen(chosen),
    )


Asking = Annotated[StatesSearch, Depends(asked_of)]


@router.get("/states")
def show(visit: Visiting, asked: Asking) -> Response:
    """Show the States that are asked for; one named in full in the box of every page is gone to at once."""
    shown = _table(visit, asked)
    if shown.exact is not None and visit.request.query_params.keys() <= {"q", "lang"}:
        return visit.go(f"/states/{shown.exact}")
    return visit.show("states.html", body=part(visit, "states/body.html", shown, lambda: _besides(shown.asked)))


@router.get("/states.csv")
def as_text(visit: Visiting, asked: Asking) -> Response:
    """Give the table as seen, as CSV."""
    return _file(visit, as_csv(_sheet(visit, asked)), "csv", "text/csv; charset=utf-8")


@router.get("/states.xlsx")
def as_workbook(visit: Visiting, asked: Asking) -> Response:
    """Give the table as seen, as an Excel workbook."""
    return _file(visit, as_xlsx(_sheet(visit, asked)), "xlsx", _XLSX)


def _chosen(names: Set[str]) -> tuple[Column, ...]:
    """Return the columns of these names, the State's always among them; the usual ones where no name is one."""
    if not names & COLUMNS.keys():
        return USUAL
    return tuple(column for column in COLUMNS.values() if column is STATE or column.name in names)


def _table(visit: Visit, asked: StatesSearch) -> StatesTable:
    return states_table(visit.workspace, asked, treaty=visit.treaty, reader=visit.reader, language=visit.language)


def _besides(asked: StatesSearch) -> Mapping[str, object]:
    """Return what the template needs to lead on: headings, and the addresses of each order and of the files."""
    return {
        "every_column": tuple(COLUMNS.values()),
        "orders": {name: f"/states?{_address(asked, _turned(asked, column))}" for name, column in COLUMNS.items()},
        "order": _order(asked),
        "query": _address(asked, _order(asked)),
    }


def _turned(asked: StatesSearch, column: Column) -> str:
    """Return the order that a click on a heading asks for: by it, or the other way round."""
    return f"-{column}" if asked.sort is column and not asked.descending else str(column)


def _order(asked: StatesSearch) -> str:
    return f"{'-' if asked.descending else ''}{asked.sort}" if asked.sort else ""


def _address(asked: StatesSearch, order: str) -> str:
    pairs = {
        "q": asked.text, "region": asked.region, "stage": asked.stage, "status": asked.status,
        "standing": asked.standing, "tier": asked.tier, "sort": order,
        "columns": "" if asked.columns == USUAL else ",".join(map(str, asked.columns)),
    }  # fmt: skip
    return urlencode({name: value for name, value in pairs.items() if value})


def _sheet(visit: Visit, asked: StatesSearch) -> Sheet:
    """Return the table as seen: the same rows, columns and reader, in the reader's language."""
    settings = visit.workspace.settings
    speak = environment(visit.language, settings.zone, settings.treaty).filters["words"]
    heading = translations(visit.language).gettext
    return Sheet(
        title=heading("States"),
        headings=tuple(heading(column.title) for column in asked.columns),
        rows=tuple(
            tuple(_value(case, column, speak) for column in asked.columns) for case in _table(visit, asked).rows
        ),
        right_to_left=OF_PAGES[visit.language].direction == "rtl",
    )


def _value(case: Case, column: Column, speak: Callable[[object], str]) -> Value:
    """Return what stands in a cell: a date as a date where it is known to the day, a code in words."""
    value = column.value(case)
    if column.said_as is SaidAs.CODE and value is not None:
        return speak(value)
    if isinstance(value, PartialDate):
        return value.first if value.first == value.last else str(value)
    return value


def _file(visit: Visit, data: bytes, suffix: str, media_type: str) -> Response:
    name = f"states-{visit.today}.{suffix}"
    return Response(data, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})
