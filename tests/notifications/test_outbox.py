"""Posting: claim, carry, settle; what a closed way comes to; and a claim that outlives a slow server."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from notifications.carried import Carried, NoChannel, Rejected, Sent, TryAgain
from notifications.channels import OutgoingLetter
from notifications.letters import Message
from notifications.outbox import PAUSES, LetterState, Posted, Ready, post, settlement_of
from notifications.pulse import Pulse
from notifications.turns import LetGo, Turns
from pathways.grammar.refusals import remark

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)


@dataclass(frozen=True)
class KeptLetter:
    id: str
    attempts: int = 0
    state: LetterState = LetterState.WAITING
    due_at: datetime = NOW
    reason: str = ""
    worker: str | None = None
    until: datetime = NOW


@dataclass
class Drawer:
    """An outbox in memory, with the rules of the real one."""

    letters: dict[str, KeptLetter] = field(default_factory=dict)
    claims: list[int] = field(default_factory=list)
    tries: list[tuple[str, LetterState]] = field(default_factory=list)

    @classmethod
    def of(cls, count):
        return cls({f"letter{n}": KeptLetter(f"letter{n}") for n in range(count)})

    def claim(self, *, now, worker, until, limit):
        free = [
            letter
            for letter in self.letters.values()
            if letter.state in (LetterState.WAITING, LetterState.AGAIN)
            and letter.due_at <= now
            and (letter.worker is None or letter.until <= now)
        ][:limit]
        for letter in free:
            next_try = now + PAUSES[min(letter.attempts, len(PAUSES) - 1)]
            self.letters[letter.id] = replace(
                letter, worker=worker, until=until, attempts=letter.attempts + 1, due_at=next_try
            )
        self.claims.append(len(free))
        return free

    def renew(self, ids, *, worker, until):
        ours = {id_ for id_ in ids if self.letters[id_].worker == worker}
        for id_ in ours:
            self.letters[id_] = replace(self.letters[id_], until=until)
        return frozenset(ours)

    def put_back(self, letters, *, worker):
        for letter in letters:
            if self.letters[letter.id].worker == worker:
                self.letters[letter.id] = replace(letter, worker=None)

    def settle(self, letter, settlement, *, now, worker):
        self.tries.append((letter.id, settlement.state))
        kept = self.letters[letter.id]
        if settlement.state is LetterState.SENT or kept.worker == worker:
            self.letters[letter.id] = replace(
                kept,
                state=settlement.state,
                reason=settlement.reason,
                due_at=settlement.due_at or kept.due_at,
                worker=None,
            )


class Hour:
    def __init__(self, now=NOW):
        self.now = now

    def __call__(self):
        return self.now


@dataclass
class Way:
    """A channel that does what the test says."""

    letter: KeptLetter
    does: Callable[[KeptLetter], Carried]
    before: Callable[[KeptLetter], object]

    def carry(self, _, turn):
        self.before(self.letter)
        turn()
        return self.does(self.letter)


def by(carry, before=id):
    message = Message(subject="", body_text="", headers=())
    return lambda kept: Ready(letter=OutgoingLetter(id=kept.id, message=message), channel=Way(kept, carry, before))


def posted(drawer, carry, *, before=id, hour=None, worker="us", batch=20):
    return post(drawer, by(carry, before), now=hour or Hour(), worker=worker, lease=LEASE, batch=batch)


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
