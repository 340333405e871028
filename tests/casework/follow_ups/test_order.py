"""What is due, or was closed, on one day stands by the States' names in the reader's alphabet, in every list."""

from datetime import date

import pytest

from casework.follow_ups.actions import close
from casework.follow_ups.inbox import PAGE, follow_up_inbox
from casework.follow_ups.listing import follow_up_list
from casework.follow_ups.own import Intention, open_own
from casework.overview.overview import overview
from casework.people.leaving_page import leaving_mandate
from pathways.grammar.clearance import OPERATOR
from sources.alphabet import alphabetical
from tests.appointments import a_champion, eyes, silent_states, the_secretariat

ON = date(2026, 11, 16)  # the day of the silent States as well
#: As opened, one after the other.
MIXED = ["ZWE", "AGO", "CIV", "TUR", "BEN", "URY", "EGY", "AFG", "PER", "DZA", "JOR", "ISL", "OMN", "CHE", "GBR", "USA"]


@pytest.fixture
def workspace(silent_record):
    return silent_record


@pytest.fixture
def officer(workspace):
    """Give an officer who means to do something about many States on one day, and again on another."""
    person, _ = the_secretariat(workspace)
    silent_states(workspace)
    reader = eyes(workspace, person)
    for on in (ON, ON.replace(day=20)):
        for state in MIXED:
            open_own(workspace, Intention(words="call", on=on, state=state), reader=reader, treaty="att")
    return reader


def pages(workspace, reader, **said):
    """Return the open ones, page after page."""
    found, page = [], 1
    while True:
        shown = follow_up_inbox(workspace, treaty="att", reader=reader, page=page, **said)
        found += shown.open
        if not shown.has_more:
            return found
        page += 1


def place(workspace, view, language="en"):
    return view.due_on, alphabetical(workspace.register().name_of(view.state, language) if view.state else "")


def mine(views):
    return [view.state for view in views if view.kind == "own" and view.due_on == ON]


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_inbox_goes_through_a_day_by_name_over_all_its_pages(workspace, officer, language):
    found = pages(workspace, officer, language=language)
    assert len({view.id for _, view in found}) == len(found) > PAGE
    for part in {part for part, _ in found}:
        there = [place(workspace, view, language) for kind, view in found if kind is part]
        assert there == sorted(there)


def test_so_does_the_inbox_of_who_may_not_know_of_all(workspace, officer):
    found = pages(workspace, eyes(workspace, a_champion(workspace)[0]))
    places = [place(workspace, view) for _, view in found if view.kind == "own"]
    assert places == sorted(places) != []


def test_what_was_closed_on_one_day_stands_by_name_too(workspace, officer):
    by_state = {view.state: view.id for _, view in pages(workspace, officer) if view.kind == "own"}
    for state in MIXED[:6]:
        close(workspace, by_state[state], "not needed: elections", reader=officer, treaty=None)
    by_name = ["AGO", "BEN", "CIV", "TUR", "URY", "ZWE"]
    shown = follow_up_inbox(workspace, treaty="att", reader=officer)
    assert [view.state for view in shown.closed] == by_name
    listed = follow_up_list(workspace, treaty="att", reader=OPERATOR)
    assert [view.state for view in listed if view.closed_on] == by_name


def test_the_command_line_the_overview_and_the_page_of_leaving_list_a_day_as_the_inbox_does(workspace, officer):
    by_name = mine(view for _, view in pages(workspace, officer))
    assert by_name != MIXED
    assert mine(follow_up_list(workspace, treaty="att", reader=OPERATOR)) == by_name
    assert mine(overview(workspace, treaty="att", reader=officer).matters) == by_name
    left = leaving_mandate(workspace, 1, treaty="att", reader=OPERATOR).left
    assert mine(one.follow_up for one in left) == by_name
