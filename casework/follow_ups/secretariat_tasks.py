"""The Secretariat's tasks: follow-ups that no dossier's agenda opens, such as a dead letter or a vacant role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casework.core.commit import Committed, write_notices
from casework.core.directory import Directory
from casework.core.escalation import ask
from casework.core.workspace import Workspace
from casework.follow_ups.periods import PATIENCE
from models.follow_ups import lifecycle
from models.letters import notices as notice_rows
from models.store.engine import Connection
from pathways.grammar.roles import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """Something for the Secretariat to do; the same key is entered once, or once at a time if it `recurs`."""

    key: str
    occasion: str
    about: str
    treaty: str
    due_on: date
    region: str = ""
    dossier_id: int | None = None
    is_public: bool = False
    recurs: bool = False


def enter(
    workspace: Workspace,
    connection: Connection,
    entries: Sequence[Task],
    day: date,
    committed: Committed | None = None,
    *,
    tell: bool = True,
) -> int:
    """Enter what is not on the list yet, and tell who leads the Secretariat; return how many are new.

    Without `tell` whoever calls writes the letter of it.
    """
    lifecycle.free_occasions(connection, lifecycle.closed(connection, [e.key for e in entries if e.recurs]))
    known = lifecycle.keys_of(connection, [entry.key for entry in entries])
    fresh = [entry for entry in entries if entry.key not in known]
    if not fresh:
        return 0
    directory = Directory.of(connection, day)
    notices = []
    rows = []
    for entry in fresh:
        asked = ask(directory, (Role.SECRETARIAT,), 0, "", entry.treaty)
        notices += asked.notices(entry, entry.key, entry.treaty, entry.dossier_id) if tell else []
        rows.append({**_row(entry, day, asked.rung), "moved_at": workspace.stamp()})
    lifecycle.insert_new(connection, rows)
    write_notices(workspace, connection, notices, day, committed or Committed(), in_sweep=committed is not None)
    return len(fresh)


def leave(
    connection: Connection, ids: Sequence[int], day: date, outcome: str, by: str = "system", *, anew: bool = False
) -> None:
    """Take entries off the list, withdrawing what was not yet sent; `anew`: the same matter may come up again."""
    lifecycle.close_all(connection, ids, on=day, outcome=outcome, by=by)
    notice_rows.withdraw(connection, ids)
    if anew:
        lifecycle.free_occasions(connection, ids)


def _row(entry: Task, day: date, rung: int) -> dict[str, object]:
    return {
        "key": entry.key,
        "treaty": entry.treaty,
        "dossier_id": entry.dossier_id,
        "occasion": entry.occasion,
        "about": entry.about,
        "role": Role.SECRETARIAT.value,
        "region": entry.region,
        "opened_on": day,
        "due_on": entry.due_on,
        "rungs": Role.SECRETARIAT.value,
        "rung": rung,
        "patience": PATIENCE.days,
        "next_rung_on": None if rung else day + timedelta(days=1),  # whoever comes to serve is told then
        "is_public": entry.is_public,
    }
