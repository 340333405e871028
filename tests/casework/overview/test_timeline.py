"""The timeline of a State's page: what happened, the newest first, also within one day."""

from datetime import date, time, timedelta

import pytest

from casework.follow_ups.actions import close
from casework.operations.sweep import sweep
from casework.overview.state_page import state_page
from casework.overview.timeline import Event, TimelinePart
from casework.people.ending_holds import end_hold
from casework.people.holds import hold
from casework.people.mandates import end_mandate
from pathways.grammar.clearance import OPERATOR
from tests.appointments import a_mandate, a_person, held, silent_states, the_secretariat
from tests.builders import a_workspace, clock_of, days_pass, file, step

STATE = "KHM"  # a signatory that has not deposited


@pytest.fixture
def workspace(tmp_path, sqlite_record_url):
    workspace = a_workspace(tmp_path, sqlite_record_url, opened=False)
    yield workspace
    workspace.close()


def shown(workspace, **said):
    return state_page(workspace, STATE, treaty="att", reader=OPERATOR, **said).timeline


def drafting(workspace):
    file(workspace, STATE, "contact_named", "2026-05-03", "note_verbale:12", ministry="Defence")
    step(workspace, STATE, "start_drafting", "2026-06-01")


def test_the_timeline_holds_facts_follow_ups_letters_and_people_the_newest_first(workspace):
    the_secretariat(workspace)
    held(workspace, "Champion of Japan", "champion", "JPN", region="Asia", from_=date(2021, 6, 1))
    drafting(workspace)
    workspace.clock.stand_on("2027-02-01")
    sweep(workspace, run="a sweep", treaty="att")
    found = shown(workspace)
    assert {strand for strand, count in found.counts.items() if count} == set(TimelinePart)
    days = [entry.day for month in found.months for entry in month.entries]
    assert days == sorted(days, reverse=True)
    told = [e.letter for m in found.months for e in m.entries if e.letter]
    assert "Champion of Japan" in {letter.name for letter in told}
    narrowed = shown(workspace, strand=TimelinePart.STAGE)
    assert {e.strand for m in narrowed.months for e in m.entries} == {TimelinePart.STAGE}
    assert narrowed.counts == found.counts


def test_within_a_day_what_came_later_stands_above_what_came_before(workspace):
    held(workspace, "Champion of Japan", "champion", "JPN", region="Asia", from_=date(2021, 6, 1))
    drafting(workspace)
    workspace.clock.stand_on("2027-02-01")
    sweep(workspace, run="a sweep", treaty="att")
    workspace.clock.stand_on("2027-02-01", time(9, 30))
    [silence] = [e.follow_up for m in shown(workspace).months for e in m.entries if e.follow_up]
    close(workspace, silence.id, "done: the mission was called", reader=OPERATOR, treaty="att")
    [*day] = [e for m in shown(workspace).months for e in m.entries if e.on == "2027-02-01"]
    above = [e.fact.kind if e.fact else e.event for e in day]
    assert above == [Event.CLOSED, "exchange", Event.TOLD, Event.OPENED]


def test_so_it_does_on_a_training_day_whose_letters_are_written_years_later_by_the_machines_clock(training):
    held(training, "Champion of Japan", "champion", "JPN", region="Asia", from_=date(2021, 6, 1))
    days_pass(training, "2022-10-03")
    silence = silent_states(training)[STATE]
    clock_of(training).hour += timedelta(minutes=15)
    close(training, silence, "done: the mission was called", reader=OPERATOR, treaty="att")
    day = [e for m in shown(training).months for e in m.entries if e.on == "2022-10-03"]
    above = [e.fact.kind if e.fact else e.event for e in day]
    assert above == [Event.CLOSED, "exchange", Event.TOLD, Event.OPENED]


def people_on(workspace):  # the newest first
    return [(e.event, e.on) for m in shown(workspace, strand=TimelinePart.PEOPLE).months for e in m.entries]


def test_an_early_end_is_dated_the_day_from_which_it_counts_and_a_term_by_its_last_day(workspace):
    person, mandate = held(workspace, "Jane Doe", "contact", STATE, from_=date(2022, 6, 22))
    end_hold(workspace, person, mandate, on=date(2022, 6, 22), reader=OPERATOR, treaty=None)
    assert people_on(workspace) == [(Event.ENDED, "2022-06-22"), (Event.BEGAN, "2022-06-22")]
    second = a_mandate(workspace, "contact", STATE, from_=date(2022, 7, 1), until=date(2022, 7, 31))
    hold(workspace, person, second, from_=date(2022, 7, 1), reader=OPERATOR, treaty=None)
    assert people_on(workspace)[:2] == [(Event.ENDED, "2022-07-31"), (Event.BEGAN, "2022-07-01")]


def test_who_would_have_begun_after_the_end_of_a_mandate_neither_begins_nor_ends(workspace):
    _, mandate = held(workspace, "Jane Doe", "contact", STATE, from_=date(2022, 6, 1))
    hold(workspace, a_person(workspace, "John Doe"), mandate, from_=date(2022, 8, 1), reader=OPERATOR, treaty=None)
    end_mandate(workspace, mandate, on=date(2022, 7, 1), reader=OPERATOR, treaty=None)
    assert people_on(workspace) == [(Event.ENDED, "2022-07-01"), (Event.BEGAN, "2022-06-01")]
