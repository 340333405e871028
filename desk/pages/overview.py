"""The overview: how the treaty stands for the visitor today, as a board or as a table."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.views.overview import overview
from desk.keeping import part
from desk.visit import Visiting
from desk.world import dots, shares

router = APIRouter()


@router.get("/")
def show(visit: Visiting, region: str | None = None, view: str = "board") -> Response:
    """Show one region or all of them; the region and the view stand in the address."""
    shown = overview(
        visit.office, treaty=visit.treaty, region=region, reader=visit.reader, language=visit.language
    )  # fmt: skip
    body = part(
        visit,
        "overview/body.html",
        shown,
        lambda: {"dots": dots(shown.stages, near=shown.near), "shares": shares(shown.stages.values())},
        view="table" if view == "table" else "board",
    )
    return visit.show("overview.html", shown=shown, body=body)
