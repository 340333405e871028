"""The storm: commands, the desk and its clerks at once, over and over, while what was planned goes wrong.

What happens is measured by what has been done so far, hardly by seconds: a slow machine meets as much as a quick one.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from signal import SIGCONT, SIGKILL, SIGSTOP, SIGTERM
from time import monotonic, sleep

from tests.chaos.clerks import Clerk
from tests.chaos.faults import ROLES, Fate, Plan, Spell, Weather
from tests.chaos.ground import Ground
from tests.chaos.processes import DESK, Crowd, Running
from tests.chaos.world import World, address_of
from tests.mailserver import Answer, MailServer
from tests.running_desk import is_healthy

#: Seconds between two runs of one command.
_PAUSES = {"sweep": (0.1, 1.0), "post": (0.1, 0.6), "intake": (0.5, 3.0)}
#: A storm lasts until each command was given so often, and each clerk has sent so many forms.
_TURNS, _FORMS = {"sweep": 3, "post": 4, "intake": 2}, 3
_LONGEST = 120.0  # seconds
_AT_THE_LATEST = 5.0  # seconds until something happens that was to happen at its time
_TICK = 0.01


@dataclass(kw_only=True)
class Storm:
    """Everything that happens at once in a round."""

    world: World
    ground: Ground
    crowd: Crowd
    mail: MailServer
    plan: Plan
    clerks: list[Clerk]
    chance: random.Random
    met: Counter[Weather] = field(default_factory=Counter)
    _over: threading.Event = field(default_factory=threading.Event)
    _turns: list[int] = field(default_factory=lambda: [0] * len(ROLES))

    def rage(self) -> None:
        """Let it all happen, and return when the last process has ended and every fault is over."""
        desk, began = self._open_desk(), monotonic()
        _until(lambda: desk.code is not None or is_healthy(self.clerks[0].port), _LONGEST)
        work = [partial(self._repeat, role) for role in range(len(ROLES))]
        work += [partial(clerk.work, self._over) for clerk in self.clerks]
        faults = [partial(self._bring, spells) for spells in self._spells() if spells]
        tasks: Sequence[Callable[[], None]] = [partial(self._serve, desk), *work, *faults]
        with ThreadPoolExecutor(len(tasks)) as pool:
            done = [pool.submit(task) for task in tasks]
            _until(lambda: any(one.done() and one.exception() for one in done) or self._is_enough(began), _LONGEST)
            self._over.set()
        for one in done:
            one.result()

    def _is_enough(self, began: float) -> bool:
        return (
            monotonic() > began + self.plan.crosses_after + 1
            and all(len(clerk.saves) >= _FORMS for clerk in self.clerks)
            and all(turns >= _TURNS[role] for role, turns in zip(ROLES, self._turns, strict=True))
        )

    def _repeat(self, role: int) -> None:
        """Give one command over and over."""
        pauses, name = random.Random(self.chance.random()), ROLES[role]
        while not self._over.is_set():
            running, before = self.crowd.start(*self._words(name)), len(self.mail.messages)
            self._meets(running, self.plan.fates.get((role, self._turns[role])))
            self.crowd.wait(running)
            self._turns[role] += 1
            self._over.wait(pauses.uniform(*_PAUSES[name]))
            running.letters = len(self.mail.messages) - before  # what was under way when it was killed has come by now

    def _words(self, name: str) -> tuple[str, ...]:
        if name == "intake":
            table = self.crowd.place.home / "table.csv"
            return name, str(table), "--published", str(self.world.published)
        return (name,)

    def _open_desk(self) -> Running:
        return self.crowd.start(DESK, "--port", str(self.clerks[0].port))

    def _serve(self, desk: Running) -> None:
        """Let the desk meet what it is to meet, and open it again whenever it has ended."""
        self._meets(desk, self.plan.desk)
        while not self._over.wait(_TICK):
            desk.letters = len(self.mail.messages)
            if desk.code is not None:
                desk = self._open_desk()
        desk.send(SIGTERM)
        self.crowd.wait(desk)

    def _meets(self, running: Running, fate: Fate | None) -> None:
        """Let a process meet its fate while it is at work."""
        if fate is None:
            return
        letters = len(self.mail.messages) + fate.letters

        def is_there() -> bool:
            if running.carries_letters:
                return len(self.mail.messages) >= letters
            return running.worked() >= fate.worked

        _until(lambda: running.code is not None or is_there(), _AT_THE_LATEST)
        if fate.stops_for is None:
            running.send(SIGKILL)
        elif running.send(SIGSTOP):
            running.was_stopped = True
            sleep(fate.stops_for)
            running.send(SIGCONT)

    def _spells(self) -> list[list[Spell]]:
        """Return the spells, those of the mail server one after the other."""
        of_mail = [spell for spell in self.plan.spells if spell.weather.is_of_mail]
        return [of_mail, *([spell] for spell in self.plan.spells if not spell.weather.is_of_mail)]

    def _bring(self, spells: Sequence[Spell]) -> None:
        """Begin and end spells, each at its time; whatever else happens, none outlasts the storm."""
        for spell in spells:
            while self._done(spell) < spell.begins:
                if self._over.wait(_TICK):
                    return
            self._turn(spell, begins=True)
            self.met[spell.weather] += 1
            if spell.seconds:
                sleep(spell.seconds)
            else:
                self._until_met(spell)
            self._turn(spell, begins=False)

    def _done(self, spell: Spell) -> int:
        return len(self.mail.messages) if spell.weather.is_of_mail else len(self.crowd.all)

    def _until_met(self, spell: Spell) -> None:
        def came() -> int:
            return self.mail.visits if spell.weather.is_of_mail else len(self.crowd.all)

        enough = came() + spell.meets
        _until(lambda: came() >= enough or self._over.is_set(), _AT_THE_LATEST)

    def _turn(self, spell: Spell, *, begins: bool) -> None:
        match spell.weather:
            case Weather.FULL if begins:
                self.crowd.fill_disk(spell.room)
                self.ground.fill_disk(spell.room)
            case Weather.FULL:
                self.crowd.free_disk()
                self.ground.fill_disk()
            case Weather.OUTAGE:
                assert self.ground.server is not None
                self.ground.server.go_away() if begins else self.ground.server.come_back()
            case Weather.SHUT:
                self.mail.is_shut = begins
            case Weather.REFUSED:
                somebody = self.chance.choice([*self.world.reaching_out.values()])
                self.mail.answers = {address_of(somebody): Answer.REFUSE} if begins else {}
            case _:
                self.mail.otherwise = spell.weather.answer if begins else Answer.ACCEPT


def _until(what: Callable[[], bool], seconds: float) -> bool:
    """Wait until something is so, so many seconds at most; tell whether it came to be."""
    ends = monotonic() + seconds
    while not what():
        if monotonic() > ends:
            return False
        sleep(_TICK)
    return True
