"""Mandates: who serves by which, from when to when; given, and held by persons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from casework.core.rights import require_secretariat
from casework.people.appointments import Appointment
from casework.people.holds import NotHeld, hold
from casework.people.mandates import NotAppointed, add_mandate
from casework.people.person_page import mandate_page
from desk.pages.people import show_people
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import NotReadable, Text, chosen, day, id_of, wanted_day
from desk.web.visit import Visit, Visiting
from pathways.grammar.refusals import refusal

router = APIRouter()
_REFUSED = (NotAppointed, NotHeld, NotReadable)
#: What the page says of a mandate that was given, by what was remarked; addresses carry no name of a State.
_SAID = {
    (): "mandate-given",
    ("mandate_on_file_already",): "mandate-again",
    ("coordinator_without_a_last_day",): "mandate-no-term",
    ("coordinator_of_another_region",): "mandate-elsewhere",
}


@router.post("/people/mandates")
def give(
    visit: Visiting,
    role: Text = "",
    state: Text = "",
    organ: Text = "",
    from_: Annotated[str, Form(alias="from")] = "",
    until: Text = "",
    region: Text = "",
    states: Text = "",
    consent: Text = "",
) -> Response:
    """Give a State or an organ a role for a term."""
    require_secretariat(visit.reader)  # before a form is read that only the Secretariat may send
    kept = {
        "form": "mandate", "role": role, "state": state, "organ": organ, "from": from_, "until": until,
        "region": region, "states": states, "consent": consent,
    }  # fmt: skip
    try:
        given = add_mandate(visit.workspace, _asked(visit, kept), reader=visit.reader)
    except _REFUSED as wrong:
        return show_people(visit, refused(wrong, kept, {"of": "organ" if organ.strip() else "state"}))
    said = _SAID.get(tuple(remark.code for remark in given.says), "mandate-unusual")
    return visit.go(f"/people/mandates/{given.mandate}", said=said)


@router.get("/people/mandates/{mandate}")
def one(visit: Visiting, mandate: str) -> Response:
    """Show one mandate, and who holds it when."""
    return _show(visit, id_of(mandate))


@router.post("/people/mandates/{mandate}/holds")
def give_hold(
    visit: Visiting,
    mandate: str,
    person: Text = "",
    from_: Annotated[str, Form(alias="from")] = "",
    until: Text = "",
    lead: Text = "",
) -> Response:
    """Let a person hold a mandate for a time."""
    require_secretariat(visit.reader)  # before a form is read that only the Secretariat may send
    id_ = id_of(mandate)
    try:
        first = wanted_day(from_, refusal("say_from_which_day_held", field="from"), visit=visit)
        given = hold(
            visit.workspace,
            chosen(person, refusal("say_who_holds", field="person")),
            id_,
            from_=first,
            until=day(until, field="until", visit=visit),
            lead=lead == "yes",
            reader=visit.reader,
            treaty=visit.treaty,
        )
    except _REFUSED as wrong:
        kept = {"person": person, "from": from_, "until": until, "lead": lead}
        return _show(visit, id_, refused(wrong, kept))
    shown = mandate_page(visit.workspace, id_, treaty=visit.treaty, reader=visit.reader)
    is_reached = given.person not in shown.unreached
    return visit.go(f"/people/mandates/{id_}", said="hold-given" if is_reached else "hold-given-unreached")


def _asked(visit: Visit, said: Mapping[str, str]) -> Appointment:
    if said["state"] and said["organ"].strip():
        raise NotReadable(refusal("state_or_organ", field="organ"))
    return Appointment(
        role=said["role"],
        of=said["state"] or said["organ"],
        from_=wanted_day(said["from"], refusal("say_from_which_day_mandated", field="from"), visit=visit),
        until=day(said["until"], field="until", visit=visit),
        region=said["region"] or None,
        states=tuple(part.strip() for part in said["states"].replace(";", ",").split(",") if part.strip()),
        consent=said["consent"] or None,
        treaty=visit.treaty,
    )


def _show(visit: Visit, mandate: int, answer: Answer = NOTHING_SENT) -> Response:
    shown = mandate_page(visit.workspace, mandate, treaty=visit.treaty, reader=visit.reader)
    return visit.show("mandate.html", answer, shown=shown)
