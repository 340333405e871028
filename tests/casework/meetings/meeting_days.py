"""What the tests of meetings share: a line as somebody says it, taken down and checked, and readers."""

from itertools import count

from casework.meetings.checking import check_all
from casework.meetings.room import room
from casework.meetings.said import NotTakenDown, Said
from casework.meetings.taking_down import take_down
from pathways.grammar.clearance import OPERATOR, Reader
from pathways.grammar.dates import PartialDate
from pathways.grammar.roles import Role

WEBCAST, CLOSED, OF_A_WEEK = "wgtu-2023-02-15", "preparatory-2024-05-16", "csp-2023-08-21"
SECRETARIAT = Reader.of("person:1", {Role.SECRETARIAT: ()})
CHAIR = Reader.of("person:2", {Role.CHAIR: ()})
PRESIDENT = Reader.of("person:3", {Role.PRESIDENT: ()})
CHAMPION = Reader.of("person:4", {Role.CHAMPION: {"COM"}}, of_states={"NAM"})
ELSEWHERE = Reader.of("person:5", {Role.COORDINATOR: {"KHM"}}, of_states={"JPN"})
CONTACT = Reader.of("person:6", {Role.CONTACT: {"COM"}})
_sent = count()


def said(speaker="Comoros", about="promise", words="Will ratify.", *, by=None, on=None, **more):
    days = {name: PartialDate.parse(day) if day else None for name, day in (("by", by), ("on", on))}
    return Said(speaker=speaker, about=about, words=words, **days, **more)


def take(workspace, *told, meeting=WEBCAST, sent=None, reader=SECRETARIAT, **more):
    key = sent or f"a line {next(_sent)}"
    return take_down(workspace, meeting, said(*told, **more), sent=key, treaty="att", reader=reader)


def check(workspace, meeting=WEBCAST, reader=SECRETARIAT):
    return check_all(workspace, meeting, treaty="att", reader=reader)


def lines(workspace, meeting=WEBCAST, reader=OPERATOR):
    return room(workspace, meeting, treaty="att", reader=reader).lines


def faults(workspace, *told, **more):
    try:
        take(workspace, *told, **more)
    except NotTakenDown as wrong:
        return list(zip(wrong.codes, wrong.fields, strict=True))
    return []
