"""People: who is on file, how each is reached, and who is invited in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from casework.addresses import add_channel, ask_to_verify, note_returned
from casework.asking_in import invite
from casework.entering import enter_person
from casework.people import NotEntered
from casework.rights import NotYours
from casework.views.people_page import people_page
from casework.views.person_page import person_page
from desk.equipment import postman_of
from desk.pages.typed import Fault, faults_of, id_of, number
from desk.visit import Visit, Visiting
from sources.states import load_register

router = APIRouter()
_Text = Annotated[str, Form()]


@router.get("/people")
def everybody(visit: Visiting, q: str = "", page: str = "") -> Response:
    """Show whom the visitor may see, and which roles nobody holds."""
    return show_people(visit, search=q, page=number(page, 1) or 1)


@router.post("/people")
def enter(
    visit: Visiting, name: _Text = "", email: _Text = "", language: _Text = "en", vouched: _Text = ""
) -> Response:
    """Put somebody on file."""
    try:
        person = enter_person(
            visit.office,
            name,
            email=email,
            language=language,
            vouched=vouched == "yes",
            treaty=visit.treaty,
            reader=visit.reader,
        )
    except NotEntered as wrong:
        kept = {"form": "person", "name": name, "email": email, "language": language, "vouched": vouched}
        return show_people(visit, status=422, faults=faults_of(wrong), kept=kept)
    return _written(visit, f"/people/{person}", said="person-entered" if vouched == "yes" else "person-asked")


@router.get("/people/{person}")
def one(visit: Visiting, person: str) -> Response:
    """Show one person."""
    return _show(visit, id_of(person))


@router.post("/people/{person}/channels")
def add(visit: Visiting, person: str, address: _Text = "") -> Response:
    """Give a person a further address, and ask there whether it is theirs."""
    id_ = id_of(person)
    try:
        add_channel(visit.office, id_, address, treaty=visit.treaty, reader=visit.reader)
    except NotEntered as wrong:
        return _show(visit, id_, status=422, faults=faults_of(wrong), kept={"form": "address", "address": address})
    return _written(visit, f"/people/{id_}", said="address-asked")


@router.post("/people/channels/{channel}/verify")
def ask(visit: Visiting, channel: str, person: _Text = "") -> Response:
    """Ask at an address whether it is its person's."""
    ask_to_verify(visit.office, id_of(channel), treaty=visit.treaty, reader=visit.reader)
    return _written(visit, _back(person), said="address-asked")


@router.post("/people/channels/{channel}/returned")
def came_back(visit: Visiting, channel: str, person: _Text = "", reason: _Text = "") -> Response:
    """Note that letters to an address come back."""
    try:
        note_returned(visit.office, id_of(channel), reason=reason, reader=visit.reader)
    except NotEntered as wrong:
        kept = {"form": f"returned-{channel}", "reason": reason}
        return _show(visit, id_of(person), status=422, faults=faults_of(wrong), kept=kept)
    return visit.go(_back(person), said="address-returned")


@router.post("/people/{person}/invite")
def ask_in(visit: Visiting, person: str) -> Response:
    """Write a letter with a link that lets somebody in."""
    id_ = id_of(person)
    try:
        invite(visit.office, id_, treaty=visit.treaty, reader=visit.reader)
    except NotYours as wrong:
        if not visit.reader.is_secretariat:
            raise
        return _show(visit, id_, status=422, faults=faults_of(wrong), kept={"form": "invite"})
    return _written(visit, f"/people/{id_}", said="invited")


def _written(visit: Visit, path: str, *, said: str) -> Response:
    """Send the visitor on, and the letter that was just written on its way."""
    postman_of(visit.request).soon()
    return visit.go(path, said=said)


def show_people(
    visit: Visit,
    *,
    search: str = "",
    page: int = 1,
    status: int = 200,
    faults: Sequence[Fault] = (),
    kept: Mapping[str, str] | None = None,
) -> Response:
    """Show the list, and beside its forms what was wrong with what was typed."""
    shown = people_page(visit.office, treaty=visit.treaty, reader=visit.reader, search=search, page=page)
    states = [state.iso3 for state in load_register().states]
    return visit.show("people.html", status=status, people=shown, faults=faults, kept=kept or {}, states=states)


def _show(
    visit: Visit, person: int, *, status: int = 200, faults: Sequence[Fault] = (), kept: Mapping[str, str] | None = None
) -> Response:
    shown = person_page(visit.office, person, treaty=visit.treaty, reader=visit.reader)
    return visit.show("person.html", status=status, shown=shown, faults=faults, kept=kept or {})


def _back(person: str) -> str:
    return f"/people/{id_of(person)}" if person else "/people"
