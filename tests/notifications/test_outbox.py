"""Posting: claim, carry, settle; what a closed way comes to; and a claim that outlives a slow server."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from notifications.carried import NoChannel, Rejected, Sent, TryAgain
from notifications.outbox import PAUSES, LetterState, Posted, post, settlement_of
from notifications.pulse import Pulse
from pathways.grammar.refusals import remark
from tests.notifications.drawer import LEASE, NOW, Drawer, Hour, by, posted


def test_every_letter_that_is_due_is_carried_once():
    drawer, carried = Drawer.of(7), []
    assert posted(drawer, lambda letter: carried.append(letter.id) or Sent(), batch=3) == Posted(sent=7)
    assert sorted(carried) == [f"letter{n}" for n in range(7)]
    assert drawer.claims == [3, 3, 1, 0]


def test_a_second_post_finds_nothing_to_do():
    drawer = Drawer.of(3)
    posted(drawer, lambda _: Sent())
    assert posted(drawer, lambda _: Sent()) == Posted()


def test_each_answer_has_its_count():
    answers = {
        "letter0": Sent(),
        "letter1": TryAgain("busy"),
        "letter2": Rejected("no"),
        "letter3": NoChannel("-", "-"),
    }
    drawer = Drawer.of(4)
    assert posted(drawer, lambda letter: answers[letter.id]) == Posted(sent=1, again=1, dead=1, held=1)
    assert [letter.state for letter in drawer.letters.values()] == ["sent", "again", "dead", "held"]


def test_pauses_grow_to_two_days_in_all_and_then_the_letter_is_dead():
    drawer, hour = Drawer.of(1), Hour()
    for pause in PAUSES:
        assert posted(drawer, lambda _: TryAgain("450 busy"), hour=hour) == Posted(again=1)
        assert posted(drawer, lambda _: Sent(), hour=Hour(hour.now + pause - timedelta(seconds=1))) == Posted()
        hour.now += pause
    assert hour.now - NOW == timedelta(days=2)
    assert list(PAUSES) == sorted(PAUSES)
    assert posted(drawer, lambda _: TryAgain("450 busy"), hour=hour) == Posted(dead=1)
    assert drawer.letters["letter0"].reason == remark("tried_in_vain", last="450 busy")


def test_refused_for_good_is_dead_at_once_with_the_reason():
    settled = settlement_of(Rejected("550 no such mailbox"), 0, NOW)
    assert (settled.state, settled.reason, settled.due_at) == (LetterState.DEAD, "550 no such mailbox", None)


def test_a_fault_of_ours_costs_one_letter_a_try_and_says_no_secret():
    def carry(letter):
        if letter.id == "letter1":
            raise KeyError("password")
        return Sent()

    drawer = Drawer.of(3)
    assert posted(drawer, carry) == Posted(sent=2, again=1)
    assert drawer.letters["letter1"].reason == remark("fault_of_this_program", kind="KeyError")


def test_an_interrupted_post_lets_go_of_what_it_did_not_try():
    def carry(letter):
        if letter.id == "letter1":
            raise KeyboardInterrupt
        return Sent()

    drawer = Drawer.of(4)
    with pytest.raises(KeyboardInterrupt):
        posted(drawer, carry)
    assert [letter.worker for letter in drawer.letters.values()] == [None, "us", None, None]
    assert drawer.letters["letter1"].state is LetterState.WAITING, "whether it went out nobody knows: its lease decides"


def test_while_a_server_keeps_us_waiting_nobody_else_takes_the_letter():
    """Another post runs, again and again, while the first one hangs for longer than its lease."""
    drawer, hour, renewed = Drawer.of(2), Hour(), threading.Event()
    lease = timedelta(seconds=0.03)
    real = drawer.renew

    def renew(ids, *, worker, until):
        ours = real(ids, worker=worker, until=until)
        renewed.set()
        return ours

    drawer.renew = renew
    others = []

    def carry(letter):
        for _ in range(3):
            renewed.clear()
            hour.now += lease * 0.9
            assert renewed.wait(10)
            others.append(drawer.claim(now=hour.now, worker="another", until=hour.now + lease, limit=9))
        return Sent()

    assert post(drawer, by(carry), now=hour, worker="us", lease=lease) == Posted(sent=2)
    assert others == [[]] * 6


def test_a_pulse_that_fails_once_is_not_the_end_but_a_lost_claim_is_noticed():
    hour, calls = Hour(), []

    def renew(ids, *, until):
        calls.append(until)
        if len(calls) == 1:
            raise OSError("the record is busy")
        return frozenset({"a"})

    pulse = Pulse(renew, {"a", "b"}, now=hour, lease=LEASE, until=NOW + LEASE)
    assert pulse.holds("b")
    hour.now += LEASE
    with pytest.raises(OSError, match="busy"):
        pulse.holds("a")
    assert pulse.holds("a")
    assert not pulse.holds("b")
