"""Rungs: counted from the day one was told, and passed on at once when nobody was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.letters import administration, outbox
from models.store.engine import Store
from notifications.outbox import LetterState, Settlement
from tests.models.post import (
    DEAD,
    MINUTE,
    NOW,
    SENT,
    TODAY,
    a_follow_up,
    a_letter,
    a_person,
    claim,
    due_on,
    next_rung,
    settle,
)


@pytest.fixture
def store(store_url):
    store = Store(store_url)
    yield store
    store.dispose()


def test_the_next_rung_is_counted_from_the_day_this_one_was_sent(store):
    a_follow_up(store, "k", patience=14)
    letter = a_letter(store, a_person(store), rung=1)
    claim(store, now=NOW + timedelta(days=2), today=TODAY + timedelta(days=2))
    settle(store, letter, SENT, day=TODAY + timedelta(days=2))
    assert next_rung(store, "k") == date(2026, 3, 18)


@pytest.mark.parametrize(
    ("occasion", "has_owner", "days"),
    [("silence", False, 14), ("date_near", False, 5), ("silence", True, 5)],
)
def test_with_the_letter_begins_the_own_day_of_whoever_has_it_but_for_a_treatys(store, occasion, has_owner, days):
    """Due in five days, and a rung has fourteen."""
    owner = a_person(store, "owner") if has_owner else None
    a_follow_up(store, "k", occasion=occasion, due_on=TODAY + timedelta(days=5), owner_id=owner)
    letter = a_letter(store, a_person(store), rung=1)
    claim(store)
    settle(store, letter, SENT)
    assert due_on(store, "k") == TODAY + timedelta(days=days)


@pytest.mark.parametrize("state", [LetterState.DEAD, LetterState.HELD])
def test_a_rung_whose_letter_is_held_or_dead_passes_on_at_once(store, state):
    a_follow_up(store, "k")
    letter = a_letter(store, a_person(store), rung=1)
    claim(store)
    settle(store, letter, Settlement(state=state, reason="-"))
    assert next_rung(store, "k") == TODAY


def test_a_server_that_asks_for_patience_keeps_the_rung(store):
    a_follow_up(store, "k")
    letter = a_letter(store, a_person(store), rung=1)
    claim(store)
    settle(store, letter, Settlement(state=LetterState.AGAIN, reason="-", due_at=NOW + MINUTE))
    assert next_rung(store, "k") is None


def test_a_rung_that_was_withdrawn_or_given_up_passes_on_at_once(store):
    a_follow_up(store, "a")
    a_follow_up(store, "b")
    one, two = a_person(store, "one"), a_person(store, "two")
    withdrawn, given_up = a_letter(store, one, "a", rung=1), a_letter(store, two, "b", rung=1)
    claim(store)
    with store.writing() as connection:
        outbox.withdraw(connection, outbox.notices_of(connection, [withdrawn]), reason="-", day=TODAY)
        administration.give_up(connection, given_up, reason="-", day=TODAY)
    assert [next_rung(store, key) for key in "ab"] == [TODAY, TODAY]


def test_a_rung_that_another_of_its_readers_is_told_does_not_pass_on(store):
    a_follow_up(store, "k", rung=2)
    first, second = (a_letter(store, a_person(store, name), "k", rung=2) for name in ("one", "two"))
    claim(store)
    settle(store, first, DEAD)
    assert next_rung(store, "k") is None
    settle(store, second, DEAD)
    assert next_rung(store, "k") == TODAY


AGAIN = Settlement(state=LetterState.AGAIN, reason="-", due_at=NOW + MINUTE)
HELD = Settlement(state=LetterState.HELD, reason="-")
LATER, AFTER_PATIENCE = TODAY + timedelta(days=3), TODAY + timedelta(days=14)
# What became of the letter to another reader, and of which rung it told; the next rung, once mine is dead.
THE_OTHER = {
    "waits": (None, 2, None),
    "is tried again": (AGAIN, 2, None),
    "was sent": (SENT, 2, AFTER_PATIENCE),
    "is dead": (DEAD, 2, LATER),
    "is held": (HELD, 2, LATER),
    "waits, and is of the rung before": (None, 1, LATER),
    "was sent on the rung before": (SENT, 1, LATER),
}


@pytest.mark.parametrize(("became", "rung", "expected"), THE_OTHER.values(), ids=THE_OTHER)
def test_a_rung_passes_on_when_no_letter_of_it_reached_or_may_reach_anybody(store, became, rung, expected):
    a_follow_up(store, "k", rung=2, patience=14)
    other, mine = a_letter(store, a_person(store, "one"), rung=rung), a_letter(store, a_person(store), rung=2)
    claim(store)
    if became is not None:
        settle(store, other, became)
    settle(store, mine, DEAD, day=LATER)
    assert next_rung(store, "k") == expected


def test_a_notice_withdrawn_from_a_letter_counts_for_nothing_when_the_letter_is_sent(store):
    a_follow_up(store, "a")
    a_follow_up(store, "b")
    letter = a_letter(store, a_person(store), "a", "b", rung=1)
    claim(store)
    with store.writing() as connection:
        gone, _ = outbox.notices_of(connection, [letter])
        outbox.withdraw(connection, [gone], reason="-", day=TODAY)
    settle(store, letter, SENT, day=TODAY)
    assert [next_rung(store, key) for key in "ab"] == [TODAY, TODAY + timedelta(days=14)]


def test_a_notice_withdrawn_from_another_letter_holds_no_rung(store):
    a_follow_up(store, "a")
    a_follow_up(store, "b")
    other = a_letter(store, a_person(store, "one"), "a", "b", rung=1)
    mine = a_letter(store, a_person(store), "a", rung=1)
    claim(store)
    with store.writing() as connection:
        gone, _ = outbox.notices_of(connection, [other])
        outbox.withdraw(connection, [gone], reason="-", day=TODAY)
    assert next_rung(store, "a") is None, "the letter to the second reader is under way"
    settle(store, mine, DEAD)
    assert next_rung(store, "a") == TODAY


def test_an_old_rungs_letter_moves_no_newer_rung(store):
    a_follow_up(store, "k", rung=2)
    letter = a_letter(store, a_person(store), rung=1)
    claim(store)
    settle(store, letter, DEAD)
    assert next_rung(store, "k") is None


@pytest.mark.parametrize(
    ("settlement", "expected"), [(SENT, date(2026, 3, 16)), (DEAD, date(2026, 3, 16)), (HELD, None)]
)
def test_the_last_rung_is_asked_again_unless_its_letter_is_kept_until_it_can_leave(store, settlement, expected):
    a_follow_up(store, "k", rung=3)
    letter = a_letter(store, a_person(store), rung=3)
    claim(store)
    settle(store, letter, settlement)
    assert next_rung(store, "k") == expected


def test_what_has_no_rungs_is_never_asked(store):
    a_follow_up(store, "k", rungs="", rung=0)
    letters = [a_letter(store, a_person(store, name), "k", rung=0) for name in ("one", "two")]
    claim(store)
    for letter, settlement in zip(letters, (SENT, DEAD), strict=True):
        settle(store, letter, settlement)
    assert next_rung(store, "k") is None


def test_a_closed_follow_up_climbs_no_further(store):
    a_follow_up(store, "k", closed_on=TODAY)
    letter = a_letter(store, a_person(store), rung=1)
    claim(store)
    settle(store, letter, SENT)
    assert next_rung(store, "k") is None
