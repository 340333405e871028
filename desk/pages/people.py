"""People: who is on file, how each is reached, and who is invited in."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.access.sign_in_letters import invite
from casework.core.rights import NotYours
from casework.people.addresses import add_channel, ask_to_verify, enter_person, note_returned
from casework.people.people_page import people_page
from casework.people.person_page import person_page
from casework.people.persons import NotEntered
from desk.web.app_state import background_post_of
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import Text, id_of, page_number
from desk.web.visit import Visit, Visiting

router = APIRouter()


@router.get("/people")
def everybody(visit: Visiting, q: str = "", page: str = "") -> Response:
    """Show whom the visitor may see, and which roles nobody holds."""
    return show_people(visit, search=q, page=page_number(page))


@router.post("/people")
def enter(visit: Visiting, name: Text = "", email: Text = "", language: Text = "en", vouched: Text = "") -> Response:
    """Put somebody on file."""
    try:
        person = enter_person(
            visit.workspace,
            name,
            email=email,
            language=language,
            vouched=vouched == "yes",
            treaty=visit.treaty,
            reader=visit.reader,
        )
    except NotEntered as wrong:
        kept = {"form": "person", "name": name, "email": email, "language": language, "vouched": vouched}
        return show_people(visit, refused(wrong, kept))
    return _written(visit, f"/people/{person}", said="person-entered" if vouched == "yes" else "person-asked")


@router.get("/people/{person}")
def one(visit: Visiting, person: str) -> Response:
    """Show one person."""
    return _show(visit, id_of(person))


@router.post("/people/{person}/channels")
def add(visit: Visiting, person: str, address: Text = "") -> Response:
    """Give a person a further address, and ask there whether it is theirs."""
    id_ = id_of(person)
    try:
        add_channel(visit.workspace, id_, address, treaty=visit.treaty, reader=visit.reader)
    except NotEntered as wrong:
        return _show(visit, id_, refused(wrong, {"form": "address", "address": address}))
    return _written(visit, f"/people/{id_}", said="address-asked")


@router.post("/people/channels/{channel}/verify")
def ask(visit: Visiting, channel: str, person: Text = "") -> Response:
    """Ask at an address whether it is its person's."""
    ask_to_verify(visit.workspace, id_of(channel), treaty=visit.treaty, reader=visit.reader)
    return _written(visit, _back(person), said="address-asked")


@router.post("/people/channels/{channel}/returned")
def came_back(visit: Visiting, channel: str, person: Text = "", reason: Text = "") -> Response:
    """Note that letters to an address come back."""
    try:
        note_returned(visit.workspace, id_of(channel), reason=reason, reader=visit.reader)
    except NotEntered as wrong:
        kept = {"form": f"returned-{channel}", "reason": reason}
        return _show(visit, id_of(person), refused(wrong, kept, {"reason": kept["form"]}))
    return visit.go(_back(person), said="address-returned")


@router.post("/people/{person}/invite")
def ask_in(visit: Visiting, person: str) -> Response:
    """Write a letter with a link that lets somebody in."""
    id_ = id_of(person)
    try:
        invite(visit.workspace, id_, treaty=visit.treaty, reader=visit.reader)
    except NotYours as wrong:
        if not visit.reader.is_secretariat:
            raise
        return _show(visit, id_, refused(wrong, {"form": "invite"}))
    return _written(visit, f"/people/{id_}", said="invited")


def _written(visit: Visit, path: str, *, said: str) -> Response:
    """Send the visitor on, and the letter that was just written on its way."""
    background_post_of(visit.request).soon()
    promises = said != "person-entered" and not visit.workspace.settings.sends_mail
    return visit.go(path, said=f"{said}-unsent" if promises else said)


def show_people(visit: Visit, answer: Answer = NOTHING_SENT, *, search: str = "", page: int = 1) -> Response:
    """Show the list, and beside its forms what was wrong with what was typed."""
    shown = people_page(
        visit.workspace, treaty=visit.treaty, reader=visit.reader, search=search, page=page, language=visit.language
    )
    states = [state.iso3 for state in visit.workspace.register().states]
    return visit.show("people.html", answer, people=shown, states=states)


def _show(visit: Visit, person: int, answer: Answer = NOTHING_SENT) -> Response:
    shown = person_page(visit.workspace, person, treaty=visit.treaty, reader=visit.reader, language=visit.language)
    return visit.show("person.html", answer, shown=shown)


def _back(person: str) -> str:
    return f"/people/{id_of(person)}" if person else "/people"
