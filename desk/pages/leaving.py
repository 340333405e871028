"""Leaving: a mandate or a person's hold ends, once each open follow-up that depends on it has somebody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from casework.core.rights import NotOnFile
from casework.follow_ups.reassignment import OutOfReach
from casework.people.ending_holds import end_hold
from casework.people.holds import NotHeld
from casework.people.leaving_page import Leaving, leaving_hold, leaving_mandate
from casework.people.mandates import NotAppointed, end_mandate
from desk.web.form_answers import Answer, refused
from desk.web.form_parsing import NotReadable, Text, id_of, wanted_day
from desk.web.visit import Visit, Visiting
from pathways.grammar.refusals import refusal

router = APIRouter()
_Several = Annotated[list[str] | None, Form()]
#: What the page calls what the verb asks for.
_FIELDS = {"hand_over": "successor"}
_REFUSED = (NotAppointed, NotHeld, OutOfReach, NotReadable)


@router.get("/people/mandates/{mandate}/end")
def leave_mandate(visit: Visiting, mandate: str) -> Response:
    """Ask who takes over what depends on a mandate."""
    return _ask(visit, _without_mandate(visit, id_of(mandate)))


@router.post("/people/mandates/{mandate}/end")
def end(visit: Visiting, mandate: str, on: Text = "", rest: Text = "", heir: _Several = None) -> Response:
    """End a mandate, once each of its follow-ups has somebody."""
    id_ = id_of(mandate)
    leaving = _without_mandate(visit, id_)
    try:
        end_mandate(
            visit.workspace,
            id_,
            on=wanted_day(on, refusal("say_from_which_day_over", field="on"), visit=visit),
            heirs=_heirs(heir or ()),
            otherwise=rest or None,
            reader=visit.reader,
            treaty=visit.treaty,
        )
    except _REFUSED as wrong:
        return _ask(visit, _without_mandate(visit, id_), refused(wrong, {"on": on, "rest": rest}), heirs=heir or ())
    return visit.go(f"/people/mandates/{id_}", said=_with_nothing_left("mandate-ended", leaving))


@router.get("/people/holds/{hold_id}/end")
def leave_hold(visit: Visiting, hold_id: str) -> Response:
    """Ask who takes over what depends on a person's hold."""
    return _ask(visit, _without_hold(visit, id_of(hold_id)))


@router.post("/people/holds/{hold_id}/end")
def end_one_hold(
    visit: Visiting,
    hold_id: str,
    on: Text = "",
    successor: Text = "",
    rest: Text = "",
    heir: _Several = None,
) -> Response:
    """End a person's hold of a mandate, once each follow-up has somebody; who takes over the mandate gets the rest."""
    id_ = id_of(hold_id)
    leaving = _without_hold(visit, id_)
    assert leaving.hold is not None
    try:
        end_hold(
            visit.workspace,
            leaving.hold.person,
            leaving.mandate.mandate,
            on=wanted_day(on, refusal("say_from_which_day_over", field="on"), visit=visit),
            hold=id_,
            hand_over=successor or None,
            heirs=_heirs(heir or ()),
            otherwise=rest or None,
            reader=visit.reader,
            treaty=visit.treaty,
        )
    except (*_REFUSED, NotOnFile) as wrong:
        kept = {"on": on, "rest": rest, "successor": successor}
        return _ask(visit, _without_hold(visit, id_), refused(wrong, kept, _FIELDS), heirs=heir or ())
    said = _with_nothing_left("handed-on" if successor else "hold-ended", leaving)
    return visit.go(f"/people/mandates/{leaving.mandate.mandate}", said=said)


def _with_nothing_left(said: str, leaving: Leaving) -> str:
    """Return what to say of an end; where nothing depended on it, nobody was told of anything."""
    return said if leaving.left else f"{said}-alone"


def _heirs(chosen: Sequence[str]) -> dict[int, str]:
    """Read “follow-up:person” for each follow-up for which somebody was chosen."""
    pairs = (text.partition(":") for text in chosen)
    return {id_of(follow_up): person for follow_up, _, person in pairs if person}


def _without_mandate(visit: Visit, mandate: int) -> Leaving:
    return leaving_mandate(visit.workspace, mandate, treaty=visit.treaty, reader=visit.reader, language=visit.language)


def _without_hold(visit: Visit, hold: int) -> Leaving:
    return leaving_hold(visit.workspace, hold, treaty=visit.treaty, reader=visit.reader, language=visit.language)


def _ask(visit: Visit, leaving: Leaving, answer: Answer | None = None, *, heirs: Sequence[str] = ()) -> Response:
    said = answer or Answer(kept={"on": str(visit.today)})
    return visit.show("leaving.html", said, leaving=leaving, chosen=set(heirs))
