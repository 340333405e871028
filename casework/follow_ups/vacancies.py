"""Vacancies: a role that nobody holds is one follow-up for each region, not one for each State (E3.9)."""

from __future__ import annotations

from datetime import date

from casework.core.commit import Committed
from casework.core.directory import Directory
from casework.core.workspace import Workspace
from casework.follow_ups.periods import due
from casework.follow_ups.secretariat_tasks import Task, enter, leave
from models.follow_ups import lifecycle
from models.ledger import dossiers, states
from models.store.engine import Connection
from pathways.grammar.roles import Vacancy

NOBODY = "nobody"
_APPOINTED = "overtaken: somebody was appointed"


def name_the_vacant(
    workspace: Workspace,
    connection: Connection,
    day: date,
    treaty: str | None,
    directory: Directory,
    committed: Committed,
) -> None:
    """Open one follow-up per role and region that nobody serves, and close those since filled."""
    on_file = [one for one in dossiers.treaties(connection) if treaty in (None, one)]
    entries = [
        _entry(one, role, region, day) for one in on_file for role, region in _vacant(connection, directory, one)
    ]
    committed.opened += enter(workspace, connection, entries, day, committed)
    known = lifecycle.open_with_prefix(connection, _beginning(treaty))
    still = {entry.key for entry in entries}
    filled = [id_ for key, id_ in known.items() if key not in still]
    leave(connection, filled, day, _APPOINTED, anew=True)
    committed.closed += len(filled)


def close_filled(workspace: Workspace, connection: Connection, treaty: str, *, by: str) -> None:
    """Close what was opened for want of somebody, where somebody serves today."""
    directory = Directory.of(connection, workspace.today())
    vacant = {_key(treaty, role, region) for role, region in directory.vacant(treaty, Vacancy.FOLLOWED_UP)}
    known = lifecycle.open_with_prefix(connection, _beginning(treaty))
    filled = [id_ for key, id_ in known.items() if key not in vacant]
    leave(connection, filled, workspace.today(), _APPOINTED, by=by, anew=True)


def _vacant(connection: Connection, directory: Directory, treaty: str) -> list[tuple[str, str]]:
    """Return the roles nobody holds, each with its region; of regions only those where a State is on its way."""
    vacant = directory.vacant(treaty, Vacancy.FOLLOWED_UP)
    on_the_way = states.regions_on_the_way(connection, treaty) if any(region for _, region in vacant) else []
    return [(role, region) for role, region in vacant if not region or region in on_the_way]


def _entry(treaty: str, role: str, region: str, day: date) -> Task:
    return Task(
        key=_key(treaty, role, region),
        occasion=NOBODY,
        about=role,
        treaty=treaty,
        region=region,
        due_on=due(NOBODY, day),
        is_public=True,
    )


def _key(treaty: str, role: str, region: str = "") -> str:
    return f"{_beginning(treaty)}{role}:{region}"


def _beginning(treaty: str | None) -> str:
    """Return how the keys of a treaty's vacancies begin, or those of every treaty."""
    return f"{NOBODY}:{treaty}:" if treaty else f"{NOBODY}:"
