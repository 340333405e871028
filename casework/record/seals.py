"""Seals: a root over the heads of all chains, one a night, each bound to the one before.

Whoever has the database in hand could cut the last ones off, or make all of them anew: so number and hash of each are
kept in a file beside the record too, and in one elsewhere where a folder is named for it; both only grow.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from casework.core.workspace import Workspace
from models.ledger import verification
from models.ledger.hash_chain import canonical
from models.runs import runs
from models.store.engine import Connection
from pathways.grammar.refusals import Remark, remark

#: A seal covers facts recorded so long before it: a writer under way may still commit an earlier hour.
_SETTLED = timedelta(minutes=5)
_KEPT = "seals.txt"
#: A line of the file; what a full disk cut off, or somebody else wrote there, is none.
_A_LINE = re.compile(r"([0-9]{1,18}) ([0-9a-f]{64})")


def seal(workspace: Workspace, connection: Connection, *, dossiers: int, facts: int) -> None:
    """Seal all heads as they stand by now, unless that is sealed already; the counts are of what was verified."""
    through = settled_by(workspace)
    last = runs.last_seal(connection)
    if last is not None and last["sealed_at"] == through:
        return  # one of a later hour is of a clock that went ahead, and keeps no night from being sealed
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


def keep_seals(workspace: Workspace) -> None:
    """Keep beside the record what is not kept there yet; call it once the seals are written for good."""
    _keep(workspace, seals_file(workspace))


def keep_seals_elsewhere(workspace: Workspace) -> Remark | None:
    """Keep in the folder elsewhere what is not kept there yet; return why that could not be done."""
    file = seals_file_elsewhere(workspace)
    if file is None:
        return None
    try:
        _keep(workspace, file, how=os.O_NOFOLLOW)
    except OSError as wrong:
        return remark("seals_not_kept_elsewhere", folder=str(file.parent), why=wrong.strerror or type(wrong).__name__)
    return None


def _keep(workspace: Workspace, file: Path, *, how: int = 0) -> None:
    """Write what a file does not hold yet; after a line that was cut off, on a new one."""
    kept, is_cut_off = _read(file, how)
    with workspace.reading() as connection:
        new = [f"{_line(one)}\n" for one in runs.seals(connection) if one["id"] not in dict(kept)]
    if new:
        descriptor = _opened(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | how)
        with os.fdopen(descriptor, "a", encoding="ascii") as to:
            to.writelines(["\n", *new] if is_cut_off else new)
            to.flush()
            os.fsync(to.fileno())


def last_head(connection: Connection) -> str:
    """Return the head of the newest seal as it stands in the files of seals; empty where there is none."""
    last = runs.last_seal(connection)
    return _line(last) if last else ""


def _line(seal_: Mapping[str, Any]) -> str:
    return f"{seal_['id']} {seal_['hash']}"


def kept_seals(workspace: Workspace) -> list[tuple[int, str]]:
    """Return number and hash of every seal that is kept beside the record, oldest first."""
    return _read(seals_file(workspace))[0]


def kept_seals_elsewhere(workspace: Workspace) -> list[tuple[int, str]]:
    """Return those that are kept elsewhere; none where that cannot be read, which the check-up says."""
    file = seals_file_elsewhere(workspace)
    try:
        return [] if file is None else _read(file, os.O_NOFOLLOW)[0]
    except OSError:
        return []


def _read(file: Path, how: int = 0) -> tuple[list[tuple[int, str]], bool]:
    """Return number and hash of every whole line, and whether the last was cut off."""
    if not os.path.lexists(file):
        return [], False
    with os.fdopen(_opened(file, os.O_RDONLY | how), encoding="ascii", errors="replace") as held:
        text = held.read()
    lines = [_A_LINE.fullmatch(line) for line in text.splitlines()]
    return [(int(line[1]), line[2]) for line in lines if line], bool(text) and not text.endswith("\n")


def _opened(file: Path, flags: int) -> int:
    """Open a file without waiting for anybody; OSError where it is a pipe, a folder or a device."""
    descriptor = os.open(file, flags | os.O_NONBLOCK, 0o600)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, f"{file.name} there is no file", str(file))
    return descriptor


def begin_anew(workspace: Workspace) -> None:
    """Put away what was kept of an earlier record in the same home, which has no seals of this one."""
    if seals_file(workspace).exists():
        seals_file(workspace).replace(seals_file(workspace).with_suffix(".earlier"))
    elsewhere = seals_file_elsewhere(workspace)
    if elsewhere is not None and elsewhere.exists():
        elsewhere.rename(elsewhere.with_name(f"seals.until-{workspace.clock.now().astimezone(UTC):%Y%m%dT%H%M%S}Z.txt"))


def unlike_the_kept(workspace: Workspace, connection: Connection) -> list[tuple[int, str]]:
    """Return each seal that was made, and that the record has no more or has another of, with what is wrong with it."""
    there = {one["id"]: one["hash"] for one in runs.seals(connection)}
    gone = "it was made, and is not there any more"
    return [
        (number, "it is not the one that was made" if number in there else gone)
        for number, hash_ in dict.fromkeys([*kept_seals(workspace), *kept_seals_elsewhere(workspace)])
        if there.get(number) != hash_
    ]


def seals_file(workspace: Workspace) -> Path:
    """Return where the seals are kept beside the record."""
    return workspace.settings.home / _KEPT


def seals_file_elsewhere(workspace: Workspace) -> Path | None:
    """Return where they are kept elsewhere, if a folder is named for it; it is made by whoever named it."""
    folder = workspace.settings.seals_folder
    return None if folder is None else folder / _KEPT


def broken_seals(connection: Connection, by: datetime | None = None) -> list[str]:
    """Check the chain of seals, and that the ledger still holds what the newest one sealed.

    One of an hour after `by` is of a clock that went ahead: facts are recorded in its time yet, so it proves nothing.
    """
    found = runs.seals(connection)
    previous = ""
    wrong: list[str] = []
    for one in found:
        if one["previous"] != previous or one["hash"] != _seal_hash(previous, one["root"], one["sealed_at"]):
            wrong.append(f"seal {one['id']}: it does not follow from the one before")
        previous = one["hash"]
    newest = next((one for one in reversed(found) if by is None or one["sealed_at"] <= by), None)
    if newest is not None and _root(verification.heads(connection, newest["sealed_at"])) != newest["root"]:
        wrong.append(f"seal {newest['id']}: the ledger no longer holds what was sealed then")
    return wrong


def unlike_what_was_sealed(connection: Connection, head: str, by: datetime) -> list[str]:
    """Check that the ledger still holds what a seal sealed whose head somebody kept elsewhere, to the last fact."""
    asked = head.strip().split(" ")[-1].lower()  # as it stands in the file of seals, or the hash alone
    found = runs.seals(connection)
    one = next((one for one in found if one["hash"] == asked), None)
    if one is None:
        return ["no seal with this head is in the record: it was made anew, or was never this record's"]
    if _root(verification.heads(connection, one["sealed_at"])) == one["root"]:
        return []
    if one["sealed_at"] > min([by, *(later["sealed_at"] for later in found if later["id"] > one["id"])]):
        return [f"seal {one['id']}: it was made by a clock that went ahead, and proves nothing; take the one before"]
    return [f"seal {one['id']}: the ledger no longer holds what was sealed then"]


def settled_by(workspace: Workspace) -> datetime:
    """Return an hour up to which nothing more is recorded; a training day may stand for many real ones."""
    if workspace.training is None:
        return workspace.stamp() - _SETTLED
    return datetime.combine(workspace.training, time.min, workspace.settings.timezone).astimezone(UTC)


def ledger_root(heads: Iterator[tuple[str, str, int, str]]) -> tuple[int, int, str]:
    """Return how many chains there are, how many facts are in them, and the root over their heads."""
    digest, chains, facts = hashlib.sha256(), 0, 0
    for head in heads:
        digest.update(canonical(list(head)).encode())
        chains, facts = chains + 1, facts + head[2]
    return chains, facts, digest.hexdigest()


def _root(heads: Iterator[tuple[str, str, int, str]]) -> str:
    return ledger_root(heads)[2]


def _seal_hash(previous: str, root: str, through: datetime) -> str:
    return hashlib.sha256(canonical([previous, root, through.isoformat()]).encode()).hexdigest()
