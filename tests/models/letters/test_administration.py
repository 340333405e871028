"""Letters as people decide on them: returned, tried again, resumed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.letters import administration, outbox
from models.store.engine import Store
from notifications.outbox import LetterState, Settlement
from pathways.grammar.refusals import remark
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
    next_rung,
    settle,
    the,
)


@pytest.fixture
def store(store_url):
    store = Store(store_url)
    yield store
    store.dispose()


def test_a_letter_that_came_back_is_unread_and_names_the_address_it_went_to(store):
    a_follow_up(store, "k")
    person = a_person(store)
    letter = a_letter(store, person, rung=1)
    claim(store)
    with store.reading() as connection:
        [address] = outbox.addresses_of(connection, [person])
    settle(store, letter, SENT, channel_id=address.channel_id)
    assert next_rung(store, "k") == TODAY + timedelta(days=14)
    with store.writing() as connection:
        assert administration.sent_by(connection, letter) == address.channel_id
        administration.returned(connection, letter, reason="mailbox full", day=TODAY)
    assert (the(store, letter).state, the(store, letter).reason) == (
        "dead",
        remark("letter_came_back", reason="mailbox full"),
    )
    assert next_rung(store, "k") == TODAY


def test_a_letter_tried_again_starts_afresh(store):
    letter = a_letter(store, a_person(store))
    claim(store)
    settle(store, letter, DEAD)
    with store.writing() as connection:
        administration.retry(connection, letter, now=NOW + MINUTE)
    row = the(store, letter)
    assert (row.state, row.reason, row.attempts, row.due_at) == ("waiting", None, 0, NOW + MINUTE)
    with store.reading() as connection:
        [listed] = administration.listed(connection)
    assert listed.attempts == 1, "what was tried stays on record"


def test_a_held_letter_says_whether_its_reader_has_an_address_by_now(store):
    one, two = a_person(store, "one"), a_person(store, "two", vouched_by=None)
    for person in (one, two):
        letter = a_letter(store, person)
        claim(store)
        settle(store, letter, Settlement(state=LetterState.HELD, reason="-"))
    with store.writing() as connection:
        held = administration.held(connection)
        assert {(h.name, h.has_address) for h in held} == {("one", True), ("two", False)}
        administration.resume(connection, [h.id for h in held if h.has_address], now=NOW)
    assert [c.person_id for c in claim(store)] == [one]
