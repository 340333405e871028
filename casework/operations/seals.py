"""Seals: a root over the heads of all chains, one a night, each bound to the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from casework.core.workspace import Workspace
from models.ledger import verification
from models.ledger.hash_chain import canonical
from models.runs import runs
from models.store.engine import Connection

#: A seal covers facts recorded so long before it: a writer under way may still commit an earlier hour.
_SETTLED = timedelta(minutes=5)


def seal(workspace: Workspace, connection: Connection, *, dossiers: int, facts: int) -> None:
    """Seal all heads as they stand by now, unless that is sealed already; the counts are of what was verified."""
    through = _settled_by(workspace)
    last = runs.last_seal(connection)
    if last is not None and last["sealed_at"] >= through:
        return
    previous = last["hash"] if last else ""
    root = _root(verification.heads(connection, through))
    runs.add_seal(
        connection,
        sealed_at=through,
        dossiers=dossiers,
        facts=facts,
        root=root,
        previous=previous,
        hash=_seal_hash(previous, root, through),
    )


def broken_seals(connection: Connection) -> list[str]:
    """Check the chain of seals, and that the ledger still holds what the newest one sealed."""
    found = runs.seals(connection)
    previous = ""
    wrong: list[str] = []
    for one in found:
        if one["previous"] != previous or one["hash"] != _seal_hash(previous, one["root"], one["sealed_at"]):
            wrong.append(f"seal {one['id']}: it does not follow from the one before")
        previous = one["hash"]
    if found and _root(verification.heads(connection, found[-1]["sealed_at"])) != found[-1]["root"]:
        wrong.append(f"seal {found[-1]['id']}: the ledger no longer holds what was sealed then")
    return wrong


def _settled_by(workspace: Workspace) -> datetime:
    """Return an hour up to which nothing more is recorded; a training day may stand for many real ones."""
    if workspace.training is None:
        return workspace.stamp() - _SETTLED
    return datetime.combine(workspace.training, time.min, workspace.settings.timezone).astimezone(UTC)


def _root(heads: Iterator[tuple[str, str, int, str]]) -> str:
    digest = hashlib.sha256()
    for head in heads:
        digest.update(canonical(list(head)).encode())
    return digest.hexdigest()


def _seal_hash(previous: str, root: str, through: datetime) -> str:
    return hashlib.sha256(canonical([previous, root, through.isoformat()]).encode()).hexdigest()
