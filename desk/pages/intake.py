"""The page on which the Secretariat brings a depositary's file: what it would change, then taken in."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, File, Request, UploadFile
from starlette.responses import Response

from casework.core.rights import NotOnFile
from casework.depositary.bringing import (
    Brought,
    ChangedMeanwhile,
    NotSaidWhole,
    last_taken_in,
    look_again,
    look_at,
    take_in_brought,
)
from casework.files.file_types import clean_name
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import NotReadable, Text, day, is_cut
from desk.web.storage_faults import CANNOT_WRITE, note_storage_fault, refusal_of
from desk.web.visit import Visit, Visiting, the_secretariats
from pathways.grammar.refusals import Refusal, refusal
from sources.rows import COLUMNS

router = APIRouter(dependencies=[Depends(the_secretariats)])
_PAGE = "/runs/intake"
_FILE = "file"


@router.get("/runs/intake")
def show(visit: Visiting) -> Response:
    """Ask for a file."""
    return _show(visit)


@router.post("/runs/intake")
def look(
    visit: Visiting, request: Request, file: Annotated[UploadFile | None, File()] = None, published: Text = ""
) -> Response:
    """Show what a file would change; nothing of it is written."""
    typed = {"published": published}
    try:
        on = day(published, field="published", visit=visit)
        if file is None or not (file.filename or "").strip():
            raise NotReadable(refusal("choose_a_file", field=_FILE))
        if is_cut(request):
            limit = f"{visit.workspace.settings.intake_limit:,}"
            raise NotReadable(refusal("table_too_large", field=_FILE, most=limit))
        brought = look_at(visit.workspace, file.file, published=on, treaty=visit.treaty, reader=visit.reader)
    except NotReadable as wrong:
        return _show(visit, refused(wrong, typed))
    except CANNOT_WRITE as wrong:
        note_storage_fault(wrong, request)
        return _show(visit, _answer(503, typed, refusal_of(wrong)))
    status = 422 if brought.would_bring.is_refused else 200
    return _show(visit, _answer(status, typed), brought, name=clean_name(file.filename or ""), on=on)


@router.post("/runs/intake/files/{digest}")
def take(visit: Visiting, digest: str, published: Text = "", mark: Text = "", whole: Text = "") -> Response:
    """Take in a file that was looked at."""
    on, workspace = _day(visit, published), visit.workspace
    try:
        is_new = take_in_brought(
            workspace,
            digest,
            published=on,
            mark=mark,
            is_whole=whole == "yes",
            treaty=visit.treaty,
            reader=visit.reader,
        )
    except NotOnFile as gone:
        return _show(visit, _answer(422, {}, *gone.refusals))
    except (ChangedMeanwhile, NotSaidWhole) as wrong:
        again = look_again(workspace, digest, published=on, treaty=visit.treaty, reader=visit.reader)
        return _show(visit, refused(wrong), again, on=on)
    return visit.go(_PAGE, said="file-taken-in" if is_new else "file-taken-in-already")


def _day(visit: Visit, text: str) -> date | None:
    """Return the day that the page wrote into its own form; one that is none is the form's fault, and shows nothing."""
    try:
        return day(text, field="published", visit=visit)
    except NotReadable:
        raise NotOnFile(refusal("nothing_at_this_address")) from None


def _answer(status: int, kept: dict[str, str], *faults: Refusal) -> Answer:
    return Answer(status=status, faults=faults, kept=kept)


def _show(
    visit: Visit,
    answer: Answer = NOTHING_SENT,
    brought: Brought | None = None,
    *,
    name: str = "",
    on: date | None = None,
) -> Response:
    return visit.show(
        "intake.html",
        answer,
        brought=brought,
        file_name=name,
        on=on,
        most_of_a_table=visit.workspace.settings.intake_limit / 1_000_000,
        columns=COLUMNS,
        last=None if brought else last_taken_in(visit.workspace, treaty=visit.treaty, reader=visit.reader),
    )
