"""The outbox: what it promises, and posting, that is carrying what is due.

At least once towards the world, never lost. Letters are claimed with a lease and carried several at a time, so that a
slow server holds up none but its own; each is handed over in its turn and settled at once. Whoever dies between handing
over and settling repeats that one letter and no other.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from notifications.carried import Carried, NoChannel, Rejected, Sent, TryAgain
from notifications.pulse import Pulse
from notifications.turns import LetGo, Turn, Turns
from pathways.grammar.refusals import Remark, remark

if TYPE_CHECKING:  # who only keeps letters need not load what carries them
    from notifications.channels import Channel, OutgoingLetter

#: How long to wait after each try that met a closed way: two days in all.
PAUSES = tuple(timedelta(minutes=m) for m in (5, 10, 15, 30, 60, 120, 240, 480, 720, 1200))
_BATCH, _HANDS = 20, 8

logger = logging.getLogger(__name__)


class LetterState(StrEnum):
    """Where a letter stands, who moves it on, and what a crash leaves."""

    #: Written. The next post after it is due takes it up. A crash before that changes nothing; a crash while it is
    #: in hand leaves it waiting, and it is taken up again after the pause of a try in vain.
    WAITING = "waiting"
    #: Tried; the server asked for patience or could not be reached. The first post after its pause tries again. A
    #: crash leaves it as WAITING does.
    AGAIN = "again"
    #: Accepted by the first server. Nothing moves it on, except a person who reports that it came back: then dead. A
    #: crash after the server's yes and before it is settled leaves it waiting: that letter is repeated, with its id.
    SENT = "sent"
    #: Rejected for good, or tried in vain for two days: on the Secretariat's list with the reason. A person tries it
    #: again (waiting) or gives it up.
    DEAD = "dead"
    #: There is no way to carry it: no address that letters may go to, or no mail server. The first post that finds a
    #: way takes it up (waiting); a person gives it up.
    HELD = "held"
    #: Given up by a person, or nothing in it is to be told any more. Nothing moves it on but a person.
    GIVEN_UP = "given_up"


class LetterInHand(Protocol):
    """A letter that was claimed: what posting needs to know of it."""

    @property
    def id(self) -> str:
        """Its random id."""

    @property
    def attempts(self) -> int:
        """How often it was tried before, since somebody last put it on its way."""


L = TypeVar("L", bound=LetterInHand)


@dataclass(frozen=True, kw_only=True, slots=True)
class Settlement:
    """What a try comes to. `due_at` is the next try; `lack` names what was wanting, when the letter is held."""

    state: LetterState
    reason: Remark | str = ""
    due_at: datetime | None = None
    lack: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ready:
    """A letter that is written, and the channel it goes by."""

    letter: OutgoingLetter
    channel: Channel


class Outbox(Protocol[L]):
    """What keeps letters. Each method is a transaction of its own."""

    def claim(self, *, now: datetime, worker: str, until: datetime, limit: int) -> Sequence[L]:
        """Take up letters that are due and in nobody's hand, each with its try counted and its next one dated."""

    def renew(self, ids: Collection[str], *, worker: str, until: datetime) -> frozenset[str]:
        """Keep letters in hand; return those that are still ours."""

    def put_back(self, letters: Collection[L], *, worker: str) -> None:
        """Let go of letters that were not tried: no try is counted."""

    def settle(self, letter: L, settlement: Settlement, *, now: datetime, worker: str) -> None:
        """Write down one try. A claim that somebody took over is theirs: then only the try is noted, unless it sent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Posted:
    """What became of the letters that were due."""

    sent: int = 0
    again: int = 0
    dead: int = 0
    held: int = 0


def post(
    outbox: Outbox[L],
    prepare: Callable[[L], Ready | NoChannel],
    *,
    now: Callable[[], datetime],
    worker: str,
    lease: timedelta,
    batch: int = _BATCH,
    hands: int = _HANDS,
) -> Posted:
    """Carry every letter that is due, so many at a time as there are hands.

    `prepare` writes a letter and chooses its channel; `worker` is a name nobody else has, `lease` how long it may be
    silent.
    """
    came_to = dict.fromkeys(LetterState, 0)
    with ThreadPoolExecutor(hands, thread_name_prefix="letters in hand") as pool:
        while letters := outbox.claim(now=now(), worker=worker, until=(until := now() + lease), limit=batch):
            ids = {letter.id for letter in letters}
            pulse = Pulse(partial(outbox.renew, worker=worker), ids, now=now, lease=lease, until=until)
            turns = Turns(pulse.holds)
            try:
                with pulse:
                    work = partial(_settled, outbox, prepare, turns, now=now, worker=worker)
                    for state in _side_by_side(pool, work, letters, turns):
                        came_to[state] += 1
            finally:
                outbox.put_back([letter for letter in letters if letter.id not in turns.taken], worker=worker)
    return Posted(**{name: came_to[LetterState(name)] for name in ("sent", "again", "dead", "held")})


def _side_by_side(
    pool: Executor, work: Callable[[L], LetterState | None], letters: Sequence[L], turns: Turns
) -> Iterator[LetterState]:
    """Carry letters; whatever goes wrong with one, no other is left in the middle of it."""
    carried = [pool.submit(work, letter) for letter in letters]
    try:
        for one in as_completed(carried):
            if (state := one.result()) is not None:
                yield state
    finally:
        turns.end()
        for one in carried:
            one.cancel()
        wait(carried)


def _settled(
    outbox: Outbox[L],
    prepare: Callable[[L], Ready | NoChannel],
    turns: Turns,
    letter: L,
    *,
    now: Callable[[], datetime],
    worker: str,
) -> LetterState | None:
    """Carry one letter and write down what it came to; None when it was let go."""
    try:
        with turns.of(letter.id) as turn:
            settlement = settlement_of(_try(prepare, letter, turn), letter.attempts, now())
            turn()
            outbox.settle(letter, settlement, now=now(), worker=worker)
            return settlement.state
    except LetGo as let_go:
        if let_go.__cause__ is not None:
            raise let_go.__cause__ from None
        return None


def settlement_of(carried: Carried, attempts: int, now: datetime) -> Settlement:
    """Say what a try comes to, after so many tries before it."""
    match carried:
        case Sent():
            return Settlement(state=LetterState.SENT)
        case Rejected(reason):
            return Settlement(state=LetterState.DEAD, reason=reason)
        case NoChannel(reason, lack):
            return Settlement(state=LetterState.HELD, reason=reason, lack=lack)
        case TryAgain(reason) if attempts < len(PAUSES):
            return Settlement(state=LetterState.AGAIN, reason=reason, due_at=now + PAUSES[attempts])
        case TryAgain(reason):
            return Settlement(state=LetterState.DEAD, reason=remark("tried_in_vain", last=reason))


def _try(prepare: Callable[[L], Ready | NoChannel], letter: L, turn: Turn) -> Carried:
    """Carry one letter; a fault of ours costs this letter a try and no other letter anything."""
    try:
        ready = prepare(letter)
        return ready if isinstance(ready, NoChannel) else ready.channel.carry(ready.letter, turn)
    except LetGo:
        raise
    except Exception as wrong:  # noqa: BLE001  # told in the letter's own list, with its next try
        logger.error("Letter %s could not be tried: %s", letter.id, type(wrong).__name__)
        return TryAgain(remark("fault_of_this_program", kind=type(wrong).__name__))
