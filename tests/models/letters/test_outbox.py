"""The outbox as it is kept: claims and settlements."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from models.letters import administration, notices, outbox
from models.store.engine import Store
from notifications.outbox import PAUSES, LetterState, Settlement
from pathways.grammar.refusals import remark
from tests.models.post import DEAD, MINUTE, NOW, SENT, TODAY, a_follow_up, a_letter, a_person, claim, settle, the


@pytest.fixture
def store(store_url):
    store = Store(store_url)
    yield store
    store.dispose()


def test_a_letter_comes_with_its_reader_and_their_language(store):
    person = a_person(store, "Mission")
    letter = a_letter(store, person)
    [claimed] = claim(store)
    assert (claimed.id, claimed.person_id, claimed.name, claimed.language) == (letter, person, "Mission", "fr")
    with store.reading() as connection:
        [notice] = outbox.notices_of(connection, [letter])
    assert (notice.letter_id, notice.role, notice.state, notice.overtaken) == (letter, "champion", None, False)


def test_what_is_not_due_yet_stays_where_it_is(store):
    a_letter(store, a_person(store), due_at=NOW + MINUTE)
    assert claim(store) == []
    assert len(claim(store, now=NOW + MINUTE)) == 1


def test_a_day_of_the_record_that_has_not_come_keeps_its_letters(store):
    a_letter(store, a_person(store), today=TODAY + timedelta(days=1))
    assert claim(store) == []
    assert len(claim(store, today=TODAY + timedelta(days=1))) == 1


def test_who_claims_second_finds_it_taken_until_the_next_try_is_due_and_the_lease_has_run_out(store):
    letter = a_letter(store, a_person(store))
    assert claim(store, lease=PAUSES[0] + MINUTE) != []
    assert claim(store, now=NOW + PAUSES[0], worker="another") == []
    assert [c.id for c in claim(store, now=NOW + PAUSES[0] + MINUTE, worker="another", lease=MINUTE)] == [letter]


def test_a_claim_that_lasts_longer_than_it_can_holds_nothing(store):
    """It was made while the clock was an hour ahead."""
    letter = a_letter(store, a_person(store))
    assert claim(store, now=NOW + 60 * MINUTE) != []
    assert [c.id for c in claim(store, worker="another")] == [letter]


@pytest.mark.parametrize("tries", [1, 2, len(PAUSES)])
def test_a_next_try_that_is_further_off_than_its_pause_is_not_waited_for(store, tries):
    letter, wrong = a_letter(store, a_person(store)), NOW + timedelta(days=30)
    for number in range(tries):
        claim(store, now=wrong)
        wrong += PAUSES[number]
        assert settle(store, letter, Settlement(state=LetterState.AGAIN, reason="450 busy", due_at=wrong))
    assert [c.id for c in claim(store)] == [letter]
    in_time = Settlement(state=LetterState.AGAIN, reason="450 busy", due_at=NOW + PAUSES[min(tries, len(PAUSES) - 1)])
    assert settle(store, letter, in_time)
    assert claim(store, now=NOW + MINUTE) == []


def test_a_digest_is_not_kept_for_a_morning_after_tomorrow(store):
    letter = a_letter(store, a_person(store), due_at=NOW + timedelta(days=1))
    assert claim(store) == []
    far = a_letter(store, a_person(store), due_at=NOW + timedelta(days=300))
    assert [c.id for c in claim(store)] == [far]
    assert letter != far


def test_a_sign_of_life_keeps_a_letter_and_a_lost_one_is_told(store):
    letter = a_letter(store, a_person(store))
    claim(store)
    with store.writing() as connection:
        assert outbox.renew(connection, [letter], worker="us", until=NOW + 5 * MINUTE) == {letter}
        assert outbox.renew(connection, [letter], worker="another", until=NOW + 9 * MINUTE) == frozenset()
    assert claim(store, now=NOW + 4 * MINUTE, worker="another") == []


def test_a_try_is_counted_and_the_next_one_dated_when_a_letter_is_taken_up(store):
    """What comes of it may never be written: the disk may be full by then, or this machine off."""
    letter, hour = a_letter(store, a_person(store)), NOW
    for tries, pause in enumerate((*PAUSES, PAUSES[-1])):
        [claimed] = claim(store, now=hour, lease=MINUTE)
        row = the(store, letter)
        assert (claimed.attempts, row.attempts, row.due_at) == (tries, tries + 1, hour + pause)
        assert claim(store, now=hour + pause - MINUTE / 60) == []
        hour += pause


def test_what_was_tried_and_not_settled_is_not_released_by_the_end_of_a_sweep(store):
    letter = a_letter(store, a_person(store))
    claim(store)
    with store.writing() as connection:
        notices.release(connection, day=TODAY, now=NOW + MINUTE)
    assert the(store, letter).due_at == NOW + PAUSES[0]


def test_what_is_put_back_is_as_it_was_and_only_by_its_holder(store):
    letter = a_letter(store, a_person(store))
    before, in_hand = the(store, letter), claim(store)
    with store.writing() as connection:
        outbox.put_back(connection, in_hand, worker="another")
    assert claim(store, worker="third") == []
    with store.writing() as connection:
        outbox.put_back(connection, in_hand, worker="us")
    assert the(store, letter) == before
    assert len(claim(store, worker="third")) == 1


def test_two_posts_at_once_never_hold_the_same_letter(store):
    for n in range(40):
        a_letter(store, a_person(store, f"P{n}"))
    held, go = {"one": [], "two": [], "three": []}, threading.Barrier(3)

    def work(name):
        go.wait(20)
        while found := claim(store, worker=name, limit=3):
            held[name] += [letter.id for letter in found]

    threads = [threading.Thread(target=work, args=(name,)) for name in held]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    every = [id_ for ids in held.values() for id_ in ids]
    assert len(every) == len(set(every)) == 40


def test_every_try_leaves_a_record(store):
    letter = a_letter(store, a_person(store))
    claim(store)
    again = Settlement(state=LetterState.AGAIN, reason="450 busy", due_at=NOW + 5 * MINUTE)
    assert settle(store, letter, again)
    row = the(store, letter)
    assert (row.state, row.reason, row.due_at, row.attempts) == ("again", "450 busy", NOW + 5 * MINUTE, 1)
    assert claim(store, now=NOW + 4 * MINUTE) == []
    claim(store, now=NOW + 5 * MINUTE)
    assert settle(store, letter, SENT, at=NOW + 6 * MINUTE)
    row = the(store, letter)
    assert (row.state, row.reason, row.sent_at, row.claimed_by) == ("sent", None, NOW + 6 * MINUTE, None)
    with store.reading() as connection:
        tries = administration.tries(connection, letter)
    assert [(t.outcome, t.reason) for t in tries] == [("again", "450 busy"), ("sent", "")]


@pytest.mark.parametrize("settlement", [DEAD, Settlement(state=LetterState.HELD, reason="no address"), SENT])
def test_what_is_settled_is_not_taken_up_again(store, settlement):
    letter = a_letter(store, a_person(store))
    claim(store)
    settle(store, letter, settlement)
    assert claim(store, now=NOW + timedelta(days=30)) == []


def test_waiting_for_an_address_uses_up_no_try(store):
    letter = a_letter(store, a_person(store))
    claim(store)
    settle(store, letter, Settlement(state=LetterState.HELD, reason="no address"))
    assert the(store, letter).attempts == 0


def test_a_failure_told_by_one_who_lost_the_claim_is_noted_and_changes_nothing(store):
    letter = a_letter(store, a_person(store))
    claim(store)
    claim(store, now=NOW + PAUSES[0], worker="another")
    assert not settle(store, letter, DEAD)
    row = the(store, letter)
    assert (row.state, row.claimed_by) == ("waiting", "another")
    with store.reading() as connection:
        assert [t.outcome for t in administration.tries(connection, letter)] == ["dead"]


def test_that_it_was_sent_is_so_whoever_holds_the_claim(store):
    letter = a_letter(store, a_person(store))
    claim(store)
    claim(store, now=NOW + PAUSES[0], worker="another")
    assert settle(store, letter, SENT)
    assert not settle(store, letter, DEAD, worker="another")
    assert the(store, letter).state == "sent"


def test_what_a_sent_letter_told_was_told_even_if_it_was_withdrawn_meanwhile(store):
    a_follow_up(store, "k")
    letter = a_letter(store, a_person(store))
    claim(store)
    with store.writing() as connection:
        told = outbox.notices_of(connection, [letter])
        outbox.withdraw(connection, told, reason=remark("letter_mandate_ended"), day=TODAY)
    assert the(store, letter).state == "given_up"
    settle(store, letter, SENT, told=[n.id for n in told])
    assert the(store, letter).state == "sent"
    with store.reading() as connection:
        assert [n.id for n in outbox.notices_of(connection, [letter])] == [n.id for n in told]


def test_what_is_withdrawn_is_told_no_more_and_an_empty_letter_is_given_up_with_the_reason(store):
    letter = a_letter(store, a_person(store), "a", "b")
    claim(store)
    with store.writing() as connection:
        first, second = outbox.notices_of(connection, [letter])
        outbox.withdraw(connection, [first], reason=remark("letter_mandate_ended"), day=TODAY)
        assert outbox.notices_of(connection, [letter]) == [second]
    assert the(store, letter).state == "waiting"
    with store.writing() as connection:
        outbox.withdraw(connection, [second], reason=remark("letter_mandate_ended"), day=TODAY)
    row = the(store, letter)
    assert (row.state, row.reason, row.claimed_by) == ("given_up", remark("letter_mandate_ended"), None)


def test_a_notice_whose_follow_up_was_closed_is_known_to_be_overtaken(store):
    a_follow_up(store, "k", closed_on=TODAY, outcome="done")
    letter = a_letter(store, a_person(store))
    with store.reading() as connection:
        [notice] = outbox.notices_of(connection, [letter])
    assert notice.overtaken


def test_an_address_says_whether_letters_may_go_to_it(store):
    vouched = a_person(store)
    verified = a_person(store, vouched_by=None, verified_at=NOW)
    neither = a_person(store, vouched_by=None)
    returned = a_person(store, returned_at=NOW, returned_reason="full")
    with store.reading() as connection:
        found = {a.person_id: a for a in outbox.addresses_of(connection, [vouched, verified, neither, returned])}
    assert [found[p].is_vouched for p in (vouched, verified, neither, returned)] == [True, True, False, True]
    assert [found[p].came_back for p in (vouched, verified, neither, returned)] == [False, False, False, True]
