"""The names of a State: shown to everybody, given and taken back by the Secretariat."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from casework.dossiers.state_names import NAMERS, Naming, NotNamed, add_name, names_of_state, take_name_back
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import NotReadable, Text, day, id_of, wanted_day
from desk.web.visit import Visit, Visiting
from pathways.grammar.facts import SourceKind
from pathways.grammar.refusals import refusal

router = APIRouter()


@router.get("/states/{state}/names")
def show(visit: Visiting, state: str) -> Response:
    """Show what a State is called, and was."""
    return _show(visit, state)


@router.post("/states/{state}/names")
def give(
    visit: Visiting,
    state: str,
    name: Text = "",
    since: Annotated[str, Form(alias="from")] = "",
    until: Text = "",
    language: Text = "",
    source: Text = "",
    reference: Text = "",
) -> Response:
    """Give a State a name."""
    try:
        if source not in [*NAMERS]:
            raise NotReadable(refusal("say_the_source", field="source"))
        asked = Naming(
            name=name,
            since=wanted_day(since, refusal("say_from_when_it_is_called_so", field="from"), visit=visit),
            until=day(until, field="until", visit=visit),
            language=language,
            source=SourceKind(source),
            reference=reference,
        )
        given = add_name(visit.workspace, state, asked, treaty=visit.treaty, reader=visit.reader)
    except (NotNamed, NotReadable) as wrong:
        kept = {"name": name, "from": since, "until": until, "language": language, "source": source}
        return _show(visit, state, refused(wrong, kept | {"reference": reference}))
    return visit.go(f"/states/{state}/names", said="name-again" if given.repeated else "name-given")


@router.post("/states/{state}/names/{number}/take-back")
def take_back(visit: Visiting, state: str, number: str, name: Text = "") -> Response:
    """Take a name back that was added by mistake."""
    take_name_back(visit.workspace, state, id_of(number), name=name, reader=visit.reader)
    return visit.go(f"/states/{state}/names", said="name-taken-back")


def _show(visit: Visit, state: str, answer: Answer = NOTHING_SENT) -> Response:
    shown = names_of_state(visit.workspace, state, treaty=visit.treaty, reader=visit.reader)
    return visit.show("state_names.html", answer, shown=shown, sources=NAMERS)
