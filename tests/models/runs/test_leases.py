"""A lease has one holder at a time, on either database; who falls silent loses it."""

from datetime import timedelta

import pytest

from models.runs import runs
from models.store.engine import Store
from tests.builders import AN_HOUR

LATER = AN_HOUR + timedelta(seconds=61)


@pytest.fixture
def store(store_url):
    opened = Store(store_url)
    yield opened
    opened.dispose()


def takes(store, holder, *, now=AN_HOUR, name="audit"):
    with store.writing() as connection:
        return runs.take_lease(connection, name, holder, now=now, seconds=60)


def renews(store, holder, *, now=AN_HOUR):
    with store.writing() as connection:
        return runs.renew_lease(connection, "audit", holder, now=now, seconds=60)


def test_what_one_holds_another_cannot_take(store):
    assert takes(store, "one")
    assert not takes(store, "another")
    assert renews(store, "one")
    assert not renews(store, "another")


def test_the_same_holder_may_take_it_again(store):
    assert takes(store, "one")
    assert takes(store, "one")


def test_a_silent_holder_is_taken_over_and_then_told(store):
    assert takes(store, "one")
    assert takes(store, "another", now=LATER)
    assert not renews(store, "one", now=LATER)


def test_a_sign_of_life_keeps_it(store):
    assert takes(store, "one")
    assert renews(store, "one", now=AN_HOUR + timedelta(seconds=30))
    assert not takes(store, "another", now=LATER)


def test_a_lease_that_lasts_longer_than_it_can_was_written_by_a_wrong_clock(store):
    """The clock was an hour ahead when one took it, and was put right."""
    assert takes(store, "one", now=AN_HOUR + timedelta(hours=1))
    assert takes(store, "another")
    assert not renews(store, "one")


def test_the_clocks_of_two_machines_may_differ_a_little(store):
    assert takes(store, "one", now=AN_HOUR + timedelta(seconds=5))
    assert not takes(store, "another")


def test_what_is_given_back_is_free(store):
    assert takes(store, "one")
    with store.writing() as connection:
        runs.drop_lease(connection, "audit", "another")  # not its own: nothing happens
    assert not takes(store, "another")
    with store.writing() as connection:
        runs.drop_lease(connection, "audit", "one")
    assert takes(store, "another")


def test_each_thing_has_its_own_lease(store):
    assert takes(store, "one", name="sweep:att")
    assert takes(store, "another", name="sweep:ccm")
