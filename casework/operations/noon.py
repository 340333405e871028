"""Noon: whether the day's sweep has completed by then, asked by the desk, which runs when nothing else does.

Decided once a day and treaty, however many desks ask, and whenever one of them is killed. Sweeps nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from casework.core.directory import Directory
from casework.core.workspace import Workspace
from casework.follow_ups.failures import RUN_FAILED, note_failure
from casework.letters.noon_letters import write_noon_letter
from casework.record.opening import opened_on
from models.ledger import due_dossiers
from models.letters import outbox
from models.runs import runs
from models.store import record_settings
from models.store.engine import Connection
from pathways.grammar.refusals import remark
from pathways.grammar.roles import Role

_NOON = time(12, 0)
_TOLD = "not_swept_told:"


def alert_at_noon(workspace: Workspace) -> tuple[str, ...]:
    """Return the treaties that after noon no sweep of the day has completed, each once told to the Secretariat.

    A training record's clock is moved by hand, and opening a record does what its first day brings: of neither
    anything is told.
    """
    workspace.forget()
    here = workspace.clock.now().astimezone(workspace.settings.timezone)
    today = here.date()
    if workspace.training or here.time() < _NOON:
        return ()
    expected = [key for key in sorted(workspace.opened_with()) if (opened_on(workspace, key) or today) < today]
    with workspace.reading() as connection:
        unswept = tuple(key for key in expected if not _is_swept(connection, key, today))
    for treaty in unswept:
        _tell_once(workspace, treaty, today)
    return unswept


def _is_swept(connection: Connection, treaty: str, day: date) -> bool:
    """Tell whether a day is swept; where a clock that went ahead left a sweep of a later one, nothing may be due."""
    if runs.has_completed(connection, treaty, day):
        return True
    last = runs.last_completed(connection, treaty)
    return last is not None and last > day and not due_dossiers.count_due(connection, day, treaty=treaty)


def _tell_once(workspace: Workspace, treaty: str, day: date) -> None:
    with workspace.registry() as connection:
        if not record_settings.keep_other(connection, f"{_TOLD}{treaty}", day.isoformat()):
            return
        key = note_failure(
            workspace,
            connection,
            RUN_FAILED,
            treaty=treaty,
            mark="sweep:noon",
            about="sweep",
            reasons=[remark("not_swept_by_noon", day=day)],
            tell=False,
        )
        for person in _who_can_be_reached(connection, treaty, day):
            write_noon_letter(workspace, connection, person, treaty=treaty, day=day, follow_up=key)


def _who_can_be_reached(connection: Connection, treaty: str, day: date) -> Sequence[int]:
    """Return who serves as Secretariat and has an address that letters go to."""
    serving = {held.person_id for held in Directory.of(connection, day).office_holders(Role.SECRETARIAT, treaty)}
    addresses = outbox.addresses_of(connection, serving)
    return sorted({one.person_id for one in addresses if one.is_vouched and not one.came_back})
