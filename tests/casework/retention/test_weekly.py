"""Each week what was kept long enough is looked for, and the Secretariat asked once, until nothing of it is left."""

from datetime import timedelta

import pytest

from casework.follow_ups.listing import follow_up_list
from casework.people.persons import add_person
from casework.retention.releasing import release
from casework.retention.weekly import KEPT_LONG_ENOUGH, look_through
from pathways.grammar.clearance import OPERATOR, Sensitivity
from tests.appointments import fallen_silent
from tests.builders import clock_of, file


@pytest.fixture
def workspace(record):
    return fallen_silent(record)


def asked(workspace):
    """Return what stands on the list of it: whether it is open, and what came of it."""
    found = follow_up_list(workspace, treaty="att", reader=OPERATOR)
    return [(one.closed_on is None, one.outcome) for one in found if one.kind == KEPT_LONG_ENOUGH]


def never_served(workspace, name="Ruritania Jones"):
    person = add_person(workspace, name, email=f"{name.split()[0].lower()}@x.test", reader=OPERATOR)
    return f"person:{person}"


def passes(workspace, days):
    clock_of(workspace).hour += timedelta(days=days)


def test_where_nothing_was_kept_long_enough_nobody_is_asked(workspace):
    never_served(workspace)
    assert look_through(workspace) == 0
    assert asked(workspace) == []


def test_the_secretariat_is_asked_once_however_often_it_is_looked_through(workspace):
    never_served(workspace)
    passes(workspace, 400)
    assert [look_through(workspace), look_through(workspace)] == [1, 1]
    assert asked(workspace) == [(True, None)]


def test_it_is_off_the_list_once_the_last_is_erased_and_on_it_again_with_the_next(workspace):
    first, second = never_served(workspace, "Ada One"), never_served(workspace, "Bela Two")
    passes(workspace, 400)
    look_through(workspace)
    release(workspace, first, reader=OPERATOR)
    assert asked(workspace) == [(True, None)]
    release(workspace, second, reader=OPERATOR)
    assert asked(workspace) == [(False, "done: nothing is kept longer than the rules say")]
    third = never_served(workspace, "Cleo Three")
    passes(workspace, 400)
    look_through(workspace)
    assert sorted(is_open for is_open, _ in asked(workspace)) == [False, True]
    release(workspace, third, reader=OPERATOR)
    assert [is_open for is_open, _ in asked(workspace)] == [False, False]


def test_words_that_are_purged_take_it_off_the_list_too(workspace):
    told = file(workspace, "AGO", "signal", "2026-06-01", "statement", note="mine", sensitivity=Sensitivity.PERSONAL)
    passes(workspace, 5 * 366)
    look_through(workspace)
    assert asked(workspace) == [(True, None)]
    release(workspace, f"fact:{told.fact.id}", reader=OPERATOR)
    assert [is_open for is_open, _ in asked(workspace)] == [False]


def test_nothing_is_erased_by_looking(workspace):
    key = never_served(workspace)
    passes(workspace, 400)
    look_through(workspace)
    assert release(workspace, key, reader=OPERATOR).about == "Ruritania Jones"
