"""Papers: what can be made for a meeting, and each of them as a file."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from casework.core.rights import NotOnFile
from casework.papers.kinds import FORMATS, VERSIONS, Asked, NotMade, PaperKind, Version
from casework.papers.making import make_paper, written_as
from casework.papers.page import papers_page
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import NotReadable, day
from desk.web.visit import Visit, Visiting
from notifications.languages import OF_LETTERS
from pathways.grammar.refusals import refusal
from sources.states import UnknownState

router = APIRouter()


@router.get("/papers")
def show(visit: Visiting, meeting: str = "", on: str = "", language: str = "en") -> Response:
    """Show the papers of a meeting, as of a day."""
    return _show(visit, meeting, on, language)


@router.get("/papers/{paper}")
def file(
    visit: Visiting, paper: str, meeting: str = "", state: str = "", on: str = "", language: str = "en"
) -> Response:
    """Make a paper and hand it out: `status-open.docx`."""
    kind, version, ending = _named(paper)
    try:
        asked = Asked(
            kind=kind,
            treaty=visit.treaty,
            version=version,
            meeting=meeting or None,
            state=visit.workspace.register().find(state).iso3 if state.strip() else None,
            on=day(on, field="on", visit=visit),
            language=language,
        )
        made = make_paper(visit.workspace, asked, reader=visit.reader)
    except (NotReadable, NotMade, UnknownState) as wrong:
        return _show(visit, meeting, "", "en", refused(wrong, {"on": on, "state": state}))
    name = quote(f"{kind}-{version}-{made.on}.{ending}")
    return Response(
        written_as(made, ending),
        media_type=FORMATS[ending],
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )


def _named(paper: str) -> tuple[PaperKind, Version, str]:
    """Return kind, version and format of a file by its name; NotOnFile where there is none of that name."""
    of = {
        f"{kind}-{version}.{ending}": (kind, version, ending)
        for kind in PaperKind
        for version in VERSIONS[kind]
        for ending in FORMATS
    }
    if paper not in of:
        raise NotOnFile(refusal("nothing_at_this_address"))
    return of[paper]


def _show(visit: Visit, meeting: str, on: str, language: str, answer: Answer = NOTHING_SENT) -> Response:
    try:
        as_of = day(on, field="on", visit=visit)
    except NotReadable as wrong:
        return _show(visit, meeting, "", language, refused(wrong, {"on": on}))
    shown = papers_page(visit.workspace, treaty=visit.treaty, reader=visit.reader, meeting=meeting or None, on=as_of)
    chosen = language if language in OF_LETTERS else "en"
    return visit.show("papers.html", answer, shown=shown, chosen=chosen, formats=_FORMATS)


_FORMATS = (("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel"), ("md", "Markdown"))
