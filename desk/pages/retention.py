"""Retention: what was kept long enough, erased by an administrator one at a time; and what is kept about one person."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import Response

from casework.retention.kept_about import kept_about
from casework.retention.proposals import proposed
from casework.retention.releasing import NotProposed, release
from desk.terminal.json_output import as_json
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import NotReadable, Text, id_of
from desk.web.visit import Visit, Visiting, the_secretariats
from pathways.grammar.refusals import refusal

router = APIRouter()


@router.get("/retention", dependencies=[Depends(the_secretariats)])
def show(visit: Visiting) -> Response:
    """Show what is proposed to be erased."""
    return _show(visit)


@router.post("/retention", dependencies=[Depends(the_secretariats)])
def erase(visit: Visiting, key: Text = "", meant: Text = "") -> Response:
    """Erase one thing for good, once it is said that this is meant."""
    try:
        if meant != "yes":
            raise NotReadable(refusal("say_that_erasing_is_meant", field=f"meant-{key}"))
        release(visit.workspace, key, reader=visit.reader)
    except (NotProposed, NotReadable) as wrong:
        return _show(visit, refused(wrong, {"key": key}))
    return visit.go("/retention", said="erased")


@router.get("/people/{person}/kept")
def about(visit: Visiting, person: str) -> Response:
    """Hand out what is kept about a person, to that person or to an administrator."""
    number = id_of(person)
    kept = kept_about(visit.workspace, number, reader=visit.reader)
    name = f"accede-kept-about-{number}-{visit.today}.json"
    headers = {"content-disposition": f'attachment; filename="{name}"', "x-content-type-options": "nosniff"}
    return Response(as_json(kept) + "\n", media_type="application/json", headers=headers)


def _show(visit: Visit, answer: Answer = NOTHING_SENT) -> Response:
    return visit.show("retention.html", answer, proposed=proposed(visit.workspace, reader=visit.reader))
