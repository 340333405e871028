"""A round: a record of its own, a storm over it, the calm after, and the reckoning."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from signal import SIGKILL
from time import perf_counter

from casework.access.one_time_links import hand_over_link
from casework.core.workspace import Workspace
from desk.processes.ports import HOST, free_from
from pathways.grammar.clearance import OPERATOR
from tests.builders import clock_of
from tests.chaos.calm import DAYS, a_calm_workspace, calm_down
from tests.chaos.clerks import Clerk
from tests.chaos.faults import LEASE, SHARED_FROM, Weather, draw
from tests.chaos.ground import Ground
from tests.chaos.moments import MOMENTS, ShiftedClock, crossing
from tests.chaos.processes import Crowd, Place
from tests.chaos.reckoning import Reckoning, brought_in, reckon
from tests.chaos.storm import Storm
from tests.chaos.world import TREATY, World
from tests.mailserver import MailServer, serving

_CLERKS = 2
_SLOW = 0.01  # seconds that the mail server takes over a letter


@dataclass(frozen=True, kw_only=True)
class Round:
    """What was done in a round, and what it came to. `kills` and `stops` are of processes that were at work."""

    number: int
    moment: str
    kills: int
    stops: int
    weather: Counter[Weather]
    processes: int
    came_to: Reckoning
    seconds: float


def play(ground: Ground, folder: Path, *, seed: int, number: int, outages: tuple[float, float]) -> Round:
    """Play one round in a folder of its own; what is drawn depends on seed and number alone."""
    began, chance = perf_counter(), random.Random(f"{seed}:{number}")
    moment = MOMENTS[(number - 1) % len(MOMENTS)]
    plan = draw(chance, on_server=ground.server is not None, outages=outages)
    home = folder / f"round-{number}"
    home.mkdir(mode=0o700)
    world, url = ground.record(moment, home)
    clock = crossing(moment, timedelta(seconds=plan.crosses_after))
    crowd = Crowd(place=Place(home=home, clock=clock))
    with serving() as mail, closing(a_calm_workspace(home, url, mail, world, clock.now())) as workspace:
        mail.before_taken = _SLOW
        port = free_from(0)
        _configure(home, url, mail, world, port)
        clerks = _clerks(workspace, clock, world, port, chance)
        storm = Storm(world=world, ground=ground, crowd=crowd, mail=mail, plan=plan, clerks=clerks, chance=chance)
        storm.rage()
        in_part = _in_part(workspace, world)
        calm_down(home, url, mail, world, clock.now())
        clock_of(workspace).hour = moment.at(moment.day + timedelta(days=DAYS), 20)
        saves = [save for clerk in clerks for save in clerk.saves]
        broken = [page for clerk in clerks for page in clerk.broken]
        said = crowd.place.log.read_text()
        came_to = reckon(workspace, world, mail, crowd, saves, said)
    return Round(
        number=number,
        moment=moment.name,
        kills=sum(running.code == -SIGKILL for running in crowd.all),
        stops=sum(running.was_stopped for running in crowd.all),
        weather=storm.met,
        processes=len(crowd.all),
        came_to=replace(came_to, wrong=(*in_part, *broken, *came_to.wrong)),
        seconds=perf_counter() - began,
    )


def _in_part(workspace: Workspace, world: World) -> list[str]:
    """Look whether the depositary's file was taken in whole or not at all, before it is taken in again."""
    there = brought_in(workspace, world)
    return [] if there in (0, len(world.brought)) else [f"{there} of {len(world.brought)} deposits were taken in"]


def _configure(home: Path, url: str, mail: MailServer, world: World, port: int) -> None:
    (home / "table.csv").write_bytes(world.table)
    said = home / "accede.toml"
    said.touch(mode=0o600)
    said.write_text(
        f'database_url = "{url}"\nzone = "{world.moment.zone}"\nbase_url = "http://{HOST}:{port}"\n'
        f'smtp_host = "{mail.host}"\nsmtp_port = {mail.port}\nsmtp_security = "none"\nlease_seconds = {LEASE}\n'
        f"shared_from = {SHARED_FROM}\n"
    )


def _clerks(workspace: Workspace, clock: ShiftedClock, world: World, port: int, chance: random.Random) -> list[Clerk]:
    def link(person: int) -> str:
        clock_of(workspace).hour = clock.now()
        return hand_over_link(workspace, person, treaty=TREATY, reader=OPERATOR)

    return [
        Clerk(
            name=f"{person}",
            port=port,
            link=lambda person=person: link(person),  # type: ignore[misc]
            states=[*world.bound, *world.brought],
            effective=str(world.moment.day - timedelta(days=3)),
            chance=random.Random(chance.random()),
        )
        for person in world.officers[:_CLERKS]
    ]
