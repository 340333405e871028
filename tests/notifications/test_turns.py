"""Turns: letters travel side by side, are handed over one after the other, and only by whoever has them still."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from notifications.carried import NoChannel, Sent
from notifications.outbox import LetterState, Posted, post
from notifications.turns import LetGo, Turns
from tests.notifications.drawer import LEASE, Drawer, Hour, posted


def test_a_letter_is_settled_before_the_next_is_handed_over():
    drawer, seen = Drawer.of(9), []
    posted(drawer, lambda _: seen.append(len(drawer.tries)) or Sent())
    assert seen == list(range(9))


def test_while_a_server_keeps_one_letter_waiting_others_are_on_their_way():
    drawer, on_their_way = Drawer.of(4), threading.Barrier(4)
    assert posted(drawer, lambda _: Sent(), before=lambda _: on_their_way.wait(10)) == Posted(sent=4)


def test_of_letters_that_arrive_together_one_at_a_time_is_in_doubt():
    drawer, arrived, handed, another = Drawer.of(4), threading.Barrier(4), [], threading.Event()

    def carry(letter):
        handed.append(letter.id)
        if len(handed) - len(drawer.tries) > 1:
            another.set()
        another.wait(0.05)
        return Sent()

    assert posted(drawer, carry, before=lambda _: arrived.wait(10)) == Posted(sent=4)
    assert not another.is_set()


def test_where_the_record_takes_no_more_only_the_letter_in_doubt_has_left():
    drawer, left = Drawer.of(9), []

    def settle(*_, **__):
        raise OSError("the disk is full")

    drawer.settle = settle
    with pytest.raises(OSError, match="full"):
        posted(drawer, lambda letter: left.append(letter.id) or Sent())
    assert len(left) == 1
    assert [letter.id for letter in drawer.letters.values() if letter.worker] == left


def test_a_letter_of_which_nobody_can_tell_whose_it_is_keeps_no_other_from_the_door():
    def holds(_id):
        raise OSError("the record is out of reach")

    turns = Turns(holds)
    for id_ in ("one", "another"):
        with pytest.raises(LetGo), turns.of(id_) as turn:
            turn()


def test_a_claim_that_was_taken_over_is_not_carried_by_the_first():
    """A post that slept past its lease looks before it hands over a letter whether it is still its own."""
    drawer, hour, carried = Drawer.of(3), Hour(), []

    def carry(letter):
        carried.append(letter.id)
        if letter.id == "letter0":
            hour.now += 2 * LEASE
            drawer.letters["letter1"] = replace(drawer.letters["letter1"], worker="another", until=hour.now + LEASE)
        return Sent()

    assert posted(drawer, carry, hour=hour) == Posted(sent=2)
    assert carried == ["letter0", "letter2"]


def test_what_found_no_way_is_written_down_by_nobody_who_lost_it_meanwhile():
    """It was never handed over, so it has had no turn yet when it is to be settled."""
    drawer, hour = Drawer.of(2), Hour()

    def prepare(letter):
        if letter.id == "letter1":
            hour.now += 2 * LEASE
            drawer.letters["letter1"] = replace(drawer.letters["letter1"], worker="another", until=hour.now + LEASE)
        return NoChannel("-", "-")

    assert post(drawer, prepare, now=hour, worker="us", lease=LEASE) == Posted(held=1)
    assert drawer.tries == [("letter0", LetterState.HELD)]
    assert drawer.letters["letter1"].worker == "another"
