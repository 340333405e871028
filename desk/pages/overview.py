"""The overview: how the treaty stands for the visitor today, as a board or as a table."""

from __future__ import annotations

from functools import lru_cache

from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import Response

from casework.overview.news import come, news, seen_everything
from casework.overview.overview import overview
from desk.web.fragment_cache import part
from desk.web.map import dots, shares
from desk.web.rendering import environment
from desk.web.visit import Visiting
from pathways.grammar.stages import Stage

router = APIRouter()


@router.get("/")
def show(visit: Visiting, region: str | None = None, view: str = "board") -> Response:
    """Show one region or all of them; the region and the view stand in the address."""
    treaty, reader = visit.treaty, visit.reader
    shown = overview(visit.workspace, treaty=treaty, region=region, reader=reader, language=visit.language)
    settings, place = visit.workspace.settings, "table" if view == "table" else "board"
    head = part(visit, "overview/head.html", shown, view=place)
    body = part(
        visit,
        "overview/body.html",
        shown,
        lambda: {
            "world": _world(visit.language, settings.zone, settings.treaty, tuple(shown.stages.items()), shown.near)
        },
        view=place,
    )
    since = come(visit.workspace, treaty=treaty, reader=reader)
    found = news(visit.workspace, since, treaty=treaty, reader=reader, language=visit.language) if since else None
    return visit.show(
        "overview.html", shown=shown, head=head, body=body, news=found if found and found.entries else None,
        has_map=view != "table",
    )  # fmt: skip


@router.post("/seen")
def seen(visit: Visiting) -> Response:
    """Note that everything is seen."""
    seen_everything(visit.workspace, treaty=visit.treaty, reader=visit.reader)
    return visit.go("/", said="all-seen")


@lru_cache(maxsize=64)
def _world(
    language: str, zone: str, treaty: str, stages: tuple[tuple[str, Stage | None], ...], near: frozenset[str]
) -> Markup:
    """Return the map: it is of nothing but the stages shown, so whoever is shown the same may have the same.

    Its bar and its key count the States looked at; the dots of the others stay, unmarked.
    """
    page = environment(language, zone, treaty).get_template("overview/world.html")
    known = dict(stages)
    here = [stage for state, stage in stages if not near or state in near]
    elsewhere = any(stage is None for state, stage in stages if state not in near)
    return Markup(
        page.render(
            dots=dots(known, near=near),
            shares=shares(here),
            hidden=here.count(None),
            rings=bool(near),
            elsewhere=elsewhere,
        )
    )
