"""Promises on the page of next steps: their words, how many are due, and nothing to whoever may not know of one."""

from datetime import timedelta

from casework.attention.list_page import Asked, Show, next_steps_page
from casework.dossiers.disclosure_log import readings_of
from models.ledger import contents
from pathways.grammar.clearance import Sensitivity
from tests.casework.meetings.meeting_days import CHAMPION, CLOSED, SECRETARIAT, check, take
from tests.casework.overview.test_overview import statements

WORDS = "Will ratify, once conditions are met."


def page(workspace, reader=SECRETARIAT, show=""):
    return next_steps_page(workspace, Asked(show=show), treaty="att", reader=reader)


def promise_of(shown, state):
    return next(line.promise for line in shown.lines if line.state == state)


def read(shown):
    """Return the words of the promises that a page shows, by State."""
    return {one.state: shown.words.get(one.promise.said.id) for one in shown.lines if one.promise}


def test_lines_show_the_words_of_their_promises_and_no_others(record):
    take(record, "Comoros", words=WORDS)
    take(record, "Cambodia", words="Will lay the law before parliament.", by="2099-06")
    take(record, "Cambodia", words="Will speak of it again.")
    check(record)
    assert read(page(record)) == {"COM": WORDS, "KHM": "Will lay the law before parliament."}
    assert len(page(record).words) == 2
    assert page(record, show=Show.WRITTEN).words == {}


def test_words_that_were_deleted_are_none_and_the_promise_stands(record):
    take(record, "Comoros", words=WORDS)
    check(record)
    said = promise_of(page(record), "COM").said.id
    with record.registry() as connection:
        contents.purge(connection, [said], at=record.stamp())
    assert read(page(record)) == {"COM": None}


def test_a_promise_is_due_once_its_day_has_come_or_comes_within_thirty_days(record):
    for state, days in (("Comoros", -1), ("Cambodia", 30), ("Angola", 31)):
        take(record, state, by=str(record.today() + timedelta(days=days)))
    take(record, "Malawi")
    check(record)
    assert page(record).counts[Show.PROMISE] == 2
    assert {line.state for line in page(record, show=Show.PROMISE).lines} == {"COM", "KHM"}


def test_who_may_not_know_of_a_promise_is_shown_none_and_counts_none(record):
    held = {"meeting": CLOSED, "on": "2024-05-16", "sensitivity": Sensitivity.CONFIDENTIAL}
    take(record, "Comoros", words=WORDS, by="2024-12", **held)
    check(record, CLOSED)
    assert read(page(record)) == {"COM": WORDS}
    told = page(record, CHAMPION)
    assert [line.promise for line in told.lines] == [None]
    assert (told.words, told.counts[Show.PROMISE]) == ({}, 0)


def test_it_is_noted_that_words_in_confidence_were_shown(record):
    take(record, "Comoros", words=WORDS, meeting=CLOSED, on="2024-05-16", sensitivity=Sensitivity.CONFIDENTIAL)
    check(record, CLOSED)
    shown = page(record)
    [reading] = readings_of(record, promise_of(shown, "COM").said.id, treaty="att", reader=SECRETARIAT)
    assert (reading.actor, reading.day) == ("person:1", record.today())


def test_the_words_of_all_lines_are_read_in_one_statement(record):
    bare = page(record) and len(statements(record, lambda: page(record)))
    for state in ("Comoros", "Cambodia", "Angola", "Malawi"):
        take(record, state)
    check(record)
    page(record)
    assert len(statements(record, lambda: page(record))) == bare + 1
