"""The calm after: everything is run again, hour after hour of the record's clock, until nothing is left to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from casework.core.workspace import Workspace
from casework.depositary.intake import take_in
from casework.letters.posting import post
from casework.operations.sweep import sweep
from notifications.outbox import PAUSES
from tests.builders import a_workspace, clock_of
from tests.chaos.faults import LEASE
from tests.chaos.world import TREATY, World
from tests.mailserver import MailServer

DAYS = 2  # after the day that the round began on


def a_calm_workspace(home: Path, url: str, mail: MailServer, world: World, now: datetime) -> Workspace:
    """Open the record of a round at an hour that stands."""
    return a_workspace(
        home,
        url,
        opened=False,
        now=now,
        zone=world.moment.zone,
        lease_seconds=LEASE,
        smtp_host=mail.host,
        smtp_port=mail.port,
        smtp_security="none",
    )


def calm_down(home: Path, url: str, mail: MailServer, world: World, now: datetime) -> None:
    """Take in, sweep and post until no letter waits, then on each of the days after."""
    with closing(a_calm_workspace(home, url, mail, world, now)) as workspace:
        clock_of(workspace).hour = now + timedelta(seconds=LEASE + 1)
        assert not take_in(workspace, world.table, treaty=TREATY, published=world.published).is_refused
        for hour in (clock_of(workspace).hour, *_mornings(world, now)):
            clock_of(workspace).hour = hour
            assert sweep(workspace, TREATY, run=f"calm of {hour}").failed == ()
            for pause in (timedelta(), *PAUSES):
                clock_of(workspace).hour += pause
                post(workspace, run="calm")
                if not _waiting(workspace):
                    break


def rehearse(home: Path, url: str, world: World) -> None:
    """Do once what is done in a day, with nobody to take letters."""
    with closing(a_workspace(home, url, opened=False, now=world.moment.crosses, zone=world.moment.zone)) as workspace:
        take_in(workspace, world.table, treaty=TREATY, published=world.published)
        sweep(workspace, TREATY, run="rehearsal")
        post(workspace, run="rehearsal")


def _mornings(world: World, now: datetime) -> Iterator[datetime]:
    """Yield six o'clock of the days after, as far as they are still to come."""
    mornings = (world.moment.at(world.moment.day + timedelta(days=days), 6) for days in range(1, DAYS + 1))
    yield from (morning for morning in mornings if morning > now)


def _waiting(workspace: Workspace) -> bool:
    with workspace.reading() as connection:
        query = text("SELECT COUNT(*) FROM letter WHERE state IN ('waiting', 'again') AND day <= :today")
        return bool(connection.execute(query, {"today": workspace.today()}).scalar())
