"""Meetings: those of a year, and one with what was said there: taken down in one line, checked, struck out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Form
from starlette.responses import Response

from casework.core.rights import NotOnFile
from casework.meetings import checking
from casework.meetings.keeping import NotKept, Planned, add_meeting, end_meeting
from casework.meetings.kinds import Ended
from casework.meetings.line import LETTERS
from casework.meetings.listing import meetings_page
from casework.meetings.reading import read_at, take_down_line
from casework.meetings.room import room
from casework.meetings.said import Heard, NotTakenDown
from casework.meetings.taking_down import NotADraft, TakenDown, strike_out
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import NotReadable, Text, day, id_of, level, number, partial, wanted_partial
from desk.web.visit import Visit, Visiting
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.refusals import Refusal, refusal

router = APIRouter()
_ABOUT_LINES = (NotTakenDown, NotADraft, NotAdmitted, NotReadable)
_LONGEST_LINE = 20_000  # characters that are read while somebody types


@router.get("/meetings")
def meetings(visit: Visiting, year: str = "") -> Response:
    """Show the meetings of a year, those to come first."""
    return _show_list(visit, year=year)


@router.post("/meetings")
def add(
    visit: Visiting,
    kind: Text = "",
    title: Text = "",
    begins: Annotated[str, Form(alias="from")] = "",
    until: Text = "",
    place: Text = "",
    access: Text = "closed",
    documents_by: Text = "",
    source: Text = "",
    unconfirmed: Text = "",
) -> Response:
    """Put a meeting on file."""
    try:
        planned = Planned(
            kind=kind,
            title=title,
            from_=wanted_partial(begins, refusal("say_when_it_begins", field="from"), visit=visit),
            until=partial(until, field="until", visit=visit),
            place=place,
            is_webcast=access == "webcast",
            documents_by=day(documents_by, field="documents_by", visit=visit),
            source=source,
            is_unconfirmed=unconfirmed == "yes",
        )
        kept = add_meeting(visit.workspace, planned, treaty=visit.treaty, reader=visit.reader)
    except (NotKept, NotReadable) as wrong:
        typed = {"kind": kind, "title": title, "from": begins, "until": until, "place": place, "access": access}
        typed |= {"documents_by": documents_by, "source": source, "unconfirmed": unconfirmed}
        return _show_list(visit, refused(wrong, typed))
    return visit.go(f"/meetings/{kept.meeting}", said="meeting-again" if kept.repeated else "meeting-added")


@router.get("/meetings/{meeting}")
def one(visit: Visiting, meeting: str) -> Response:
    """Show a meeting and what was said there."""
    return _show(visit, meeting)


@router.post("/meetings/{meeting}/end")
def end(visit: Visiting, meeting: str, ended: Text = "") -> Response:
    """Say that a meeting was held, or that it does not take place."""
    if ended not in [*Ended]:
        raise NotOnFile(refusal("nothing_at_this_address"))
    try:
        end_meeting(visit.workspace, meeting, Ended(ended), treaty=visit.treaty, reader=visit.reader)
    except NotKept as wrong:
        return _show(visit, meeting, refused(wrong))
    return visit.go(f"/meetings/{meeting}", said=f"meeting-{ended}")


@router.get("/meetings/{meeting}/line")
def read(visit: Visiting, meeting: str, line: str = "") -> Response:
    """Show how a line that is being typed is read."""
    found: Heard | None = None
    why: Sequence[Refusal] = ()
    try:
        found = read_at(visit.workspace, meeting, line[:_LONGEST_LINE], treaty=visit.treaty, reader=visit.reader)
    except NotTakenDown as wrong:
        why = wrong.refusals
    return visit.show("meetings/read.html", read=found, why=why if line.strip() else (), LETTERS=LETTERS)


@router.post("/meetings/{meeting}/lines")
def take(visit: Visiting, meeting: str, line: Text = "", on: Text = "", held: Text = "", sent: Text = "") -> Response:
    """Take down a line."""
    try:
        taken = _take(visit, meeting, line, on=on, held=held, sent=sent)
    except (NotTakenDown, NotReadable) as wrong:
        kept = {"form": "line", "line": line, "on": on, "held": held}
        fields = dict.fromkeys(("speaker", "kind", "words", "condition", "by", ""), "line")
        return _show(visit, meeting, refused(wrong, kept, fields | {"sensitivity": "held"}))
    back = f"/meetings/{meeting}#f-line"  # where a browser puts the next line, also without scripts
    return visit.go(back, said="line-again" if taken.repeated else "line-taken-down")


@router.post("/meetings/{meeting}/kept")
def take_kept(
    visit: Visiting, meeting: str, line: Text = "", on: Text = "", held: Text = "", sent: Text = "", person: Text = ""
) -> Response:
    """Take down a line that a browser keeps until it is told what became of it (ADR 38)."""
    if person and person != str(visit.person):  # two tabs of a browser have one session
        return visit.show("meetings/became.html", Answer(status=409), sent=sent, became="of_another_person", why=())
    try:
        _take(visit, meeting, line, on=on, held=held, sent=sent)
    except (NotTakenDown, NotReadable) as wrong:
        answer = refused(wrong)
        return visit.show("meetings/became.html", answer, sent=sent, became="refused", why=answer.faults)
    return visit.show("meetings/became.html", sent=sent, became="taken_down", why=())


@router.post("/meetings/{meeting}/lines/{line}/check")
def check(visit: Visiting, meeting: str, line: str) -> Response:
    """Let a line become a fact."""
    try:
        checking.check(visit.workspace, meeting, [id_of(line)], treaty=visit.treaty, reader=visit.reader)
    except _ABOUT_LINES as wrong:
        return _show(visit, meeting, refused(wrong))
    return visit.go(f"/meetings/{meeting}", said="line-checked")


@router.post("/meetings/{meeting}/lines/{line}/strike")
def strike(visit: Visiting, meeting: str, line: str) -> Response:
    """Strike out a line that was taken down by mistake."""
    try:
        strike_out(visit.workspace, meeting, id_of(line), treaty=visit.treaty, reader=visit.reader)
    except _ABOUT_LINES as wrong:
        return _show(visit, meeting, refused(wrong))
    return visit.go(f"/meetings/{meeting}", said="line-struck")


@router.post("/meetings/{meeting}/check")
def check_all(visit: Visiting, meeting: str) -> Response:
    """Let every line that waits become a fact."""
    try:
        checking.check_all(visit.workspace, meeting, treaty=visit.treaty, reader=visit.reader)
    except _ABOUT_LINES as wrong:
        return _show(visit, meeting, refused(wrong))
    return visit.go(f"/meetings/{meeting}", said="lines-checked")


def _take(visit: Visit, meeting: str, line: str, *, on: str, held: str, sent: str) -> TakenDown:
    return take_down_line(
        visit.workspace,
        meeting,
        line,
        on=partial(on, field="on", visit=visit),
        sensitivity=level(held, field="held") if held else None,
        sent=sent or uuid4().hex,
        treaty=visit.treaty,
        reader=visit.reader,
    )


def _show_list(visit: Visit, answer: Answer = NOTHING_SENT, *, year: str = "") -> Response:
    shown = meetings_page(visit.workspace, treaty=visit.treaty, reader=visit.reader, year=number(year))
    kinds = visit.workspace.pathway(visit.treaty).meetings
    return visit.show("meetings/year.html", answer, shown=shown, kinds=kinds)


def _show(visit: Visit, meeting: str, answer: Answer = NOTHING_SENT) -> Response:
    shown = room(visit.workspace, meeting, treaty=visit.treaty, reader=visit.reader)
    return visit.show("meetings/room.html", answer, room=shown, LETTERS=LETTERS, sent=uuid4().hex)
