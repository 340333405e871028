"""The link in a letter: whoever it was written to is sent on to what it is about."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.letters.letter_link import follow
from desk.web.visit import Visiting

router = APIRouter()


@router.get("/l/{letter}")
def letter(visit: Visiting, letter: str) -> Response:
    """Follow a letter's link."""
    return visit.go(follow(visit.workspace, letter, reader=visit.reader))
