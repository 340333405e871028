"""The faults of a round, drawn from its seed: who is killed or stopped, and what the world outside does meanwhile."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from enum import Enum

from tests.mailserver import Answer

LEASE = 5  # seconds: the least that may be configured
SHARED_FROM = 8  # dossiers due, from which the sweeps that run at once share the work, where the database is a server
#: The commands that are given over and over, each by somebody of its own.
ROLES = ("sweep", "sweep", "post", "post", "intake", "intake")


class Weather(Enum):
    """What goes wrong outside; of the mail server, what it does to whoever comes."""

    SHUT = "the mail server is away"
    REFUSED = "it refuses one address for good"
    GREYLIST = "it takes nothing from whoever it does not know yet"
    HANGS = "it does not answer"
    CUT = "it hangs up before the letter"
    UNSAID = "it hangs up after the letter, before it says that it took it"
    FULL = "the disk is full"
    OUTAGE = "the database is away"

    @property
    def answer(self) -> Answer:
        """Return what the mail server does with everybody's letters."""
        return _ANSWERS.get(self, Answer.ACCEPT)

    @property
    def is_of_mail(self) -> bool:
        """Tell whether it is the mail server's."""
        return self in _OF_MAIL


_ANSWERS = {
    Weather.GREYLIST: Answer.GREYLIST,
    Weather.HANGS: Answer.HANG,
    Weather.CUT: Answer.CLOSE,
    Weather.UNSAID: Answer.CLOSE_AFTER,
}
_OF_MAIL = (Weather.SHUT, Weather.REFUSED, *_ANSWERS)


@dataclass(frozen=True, kw_only=True)
class Spell:
    """A time of such weather. It begins when the mail server has taken so many letters, or so many were set to work.

    It lasts until so many more came to the mail server, or were set to work; an outage of the database, some seconds.
    `room`: up to which size files may grow.
    """

    weather: Weather
    begins: int
    meets: int = 0
    seconds: float = 0.0
    room: int = 0


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What meets a process: it is killed, or stopped for some seconds.

    That is once it has worked for so many seconds of the processor, or the mail server has taken so many more letters.
    """

    worked: float
    letters: int
    stops_for: float | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that goes wrong in one round; `fates`: by the place of a role and how often it was begun before."""

    crosses_after: float  # seconds
    spells: tuple[Spell, ...]
    fates: dict[tuple[int, int], Fate]
    desk: Fate | None


def draw(chance: random.Random, *, on_server: bool, outages: tuple[float, float]) -> Plan:
    """Draw a plan. `outages`: how long the database is away, at least and at most, where it is a server."""
    first, second = chance.sample(_OF_MAIL, 2)
    spells = [
        Spell(weather=first, begins=chance.randint(0, 3), meets=chance.randint(2, 10)),
        Spell(weather=second, begins=chance.randint(10, 35), meets=chance.randint(2, 10)),
    ]
    if chance.random() < 0.5:
        room, meets = chance.randint(1, 16) * 32_768, chance.randint(2, 6)
        spells.append(Spell(weather=Weather.FULL, begins=chance.randint(3, 12), meets=meets, room=room))
    if on_server and chance.random() < 0.8:
        spells.append(Spell(weather=Weather.OUTAGE, begins=chance.randint(3, 16), seconds=chance.uniform(*outages)))
    fates = {(role, turn): _fate(chance) for role in range(len(ROLES)) for turn in range(4) if chance.random() < 0.35}
    if chance.random() < 0.6:
        fates[chance.randrange(len(ROLES)), chance.randrange(2)] = _stop(chance)
    return Plan(
        crosses_after=chance.uniform(1.0, 6.0),
        spells=tuple(spells),
        fates=fates,
        desk=chance.choice((None, None, _fate(chance), _stop(chance))),
    )


def _fate(chance: random.Random) -> Fate:
    return Fate(worked=chance.uniform(0.0, 0.25), letters=chance.randint(0, 12))


def _stop(chance: random.Random) -> Fate:
    """Draw a stop that outlasts the lease."""
    return replace(_fate(chance), stops_for=LEASE + chance.uniform(1.0, 3.0))
