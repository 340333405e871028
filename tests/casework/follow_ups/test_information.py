"""What is for information stands apart in the inbox, and is somebody's own once it is taken."""

from datetime import date

import pytest

from casework.follow_ups.actions import take
from casework.follow_ups.inbox import follow_up_inbox
from casework.follow_ups.whose import Part
from casework.overview.waiting import waiting
from casework.people.holds import hold
from pathways.grammar.clearance import OPERATOR
from tests.appointments import a_champion, a_coordinator, a_mandate, eyes, silent_states
from tests.builders import clock_of

TODAY = date(2026, 11, 2)
NEXT_WEEK = date(2026, 11, 9)


@pytest.fixture
def workspace(silent_record_with_mail):
    return silent_record_with_mail


def inbox(workspace, reader=OPERATOR, **said):
    return follow_up_inbox(workspace, treaty="att", reader=reader, **said)


def told_beyond_the_first_rung(workspace):
    """Sweep on two days: the first sweep of a record asks the first rung alone; return the silent States."""
    silent_states(workspace)
    clock_of(workspace).stand_on("2026-11-03")
    return silent_states(workspace)


def test_a_silence_that_reached_the_coordinator_is_for_information_and_is_its_own_once_taken(workspace):
    """E3.7: where there is no champion, the coordinator is informed; that the State is silent asks nothing of it."""
    coordinator, _ = a_coordinator(workspace)
    silent = told_beyond_the_first_rung(workspace)
    parts = dict(inbox(workspace, eyes(workspace, coordinator)).parts)
    assert Part.FOR_MY_ROLE not in parts
    assert silent["AGO"] in [f.id for f in parts[Part.FOR_INFORMATION]]
    assert all(f.is_for_information for f in parts[Part.FOR_INFORMATION])
    assert waiting(workspace, treaty="att", reader=eyes(workspace, coordinator)).follow_ups == 0
    take(workspace, silent["AGO"], reader=eyes(workspace, coordinator), treaty=None)
    parts = dict(inbox(workspace, eyes(workspace, coordinator)).parts)
    assert [(f.id, f.is_for_information) for f in parts[Part.MINE]] == [(silent["AGO"], False)]
    assert waiting(workspace, treaty="att", reader=eyes(workspace, coordinator)).follow_ups == 1


def test_who_reaches_out_to_one_region_is_only_informed_of_the_other(workspace):
    person, _ = a_champion(workspace, "NAM", "Africa")
    mandate = a_mandate(workspace, "coordinator", "JPN", region="Asia")
    hold(workspace, person, mandate, from_=TODAY, reader=OPERATOR, treaty=None)
    told_beyond_the_first_rung(workspace)
    shown = inbox(workspace, eyes(workspace, person))
    there = {part: {f.region for f in found if f.kind == "silence"} for part, found in shown.parts}
    assert there == {Part.FOR_MY_ROLE: {"Africa"}, Part.FOR_INFORMATION: {"Asia"}}
    order = [part for part, _ in shown.open]
    assert order == sorted(order, key=list(Part).index)


def test_who_champions_one_region_and_coordinates_another_is_asked_as_champion_in_the_first_alone(workspace):
    """A role counts with the States that it serves: what asks the champion of Africa asks no champion of Asia."""
    person, _ = a_coordinator(workspace)  # of Africa
    a_champion(workspace)  # of Africa too: whom silence there asks
    mandate = a_mandate(workspace, "champion", "JPN", region="Asia")
    hold(workspace, person, mandate, from_=TODAY, reader=OPERATOR, treaty=None)
    silent_states(workspace)
    shown = inbox(workspace, eyes(workspace, person))
    parts = {f.region: part for part, f in shown.open if f.kind == "silence"}
    assert parts == {"Africa": Part.OTHERS, "Asia": Part.FOR_MY_ROLE}
