"""A drawer: an outbox in memory, with the rules of the real one, and channels that do what a test says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from notifications.carried import Carried
from notifications.channels import OutgoingLetter
from notifications.letters import Message
from notifications.outbox import PAUSES, LetterState, Ready, post

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
