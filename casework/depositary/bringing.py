"""Bringing: the Secretariat brings a depositary's file to the desk, looks at what it would change, and takes it in.

Between the two the file waits in the home under its hash: what is taken in is what was looked at, to the byte, and
only while it would still change what was shown.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from casework.core.rights import NotOnFile, require_secretariat
from casework.core.workspace import Workspace
from casework.depositary.intake import Agreed, take_in
from casework.depositary.intaken import Intaken
from casework.files.attachments import NotKept
from models.runs import journal, runs
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refused, refusal

_FOLDER = "brought"
_WAITS = timedelta(days=1)
_DIGEST = re.compile(r"[0-9a-f]{64}")


class ChangedMeanwhile(Refused):
    """A file would bring something else by now than whoever asks for it was shown."""


class NotSaidWhole(Refused):
    """A file leaves out many acts, and nobody has said that it is the whole table."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """A file that was looked at: its hash, and what it would bring, or why it is refused."""

    digest: str
    would_bring: Intaken

    @property
    def mark(self) -> str:
        """Return what stands for all that was shown."""
        return self.would_bring.mark


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenIn:
    """The file that was taken in last: by the real clock, of which day, and how many acts became what."""

    at: datetime
    published: date
    counts: Mapping[str, int]


def last_taken_in(workspace: Workspace, *, treaty: str, reader: Reader) -> TakenIn | None:
    """Return what the file brought that was taken in last, by whomever; None before the first."""
    require_secretariat(reader)
    with workspace.reading() as connection:
        row = journal.last_file(connection, treaty)
    return TakenIn(at=row["at"], published=row["published"], counts=json.loads(row["counts"])) if row else None


def look_at(workspace: Workspace, stream: BinaryIO, *, published: date | None, treaty: str, reader: Reader) -> Brought:
    """Say what a file would bring, and keep it until it is taken in; one that is refused is not kept."""
    require_secretariat(reader)
    data = stream.read(workspace.settings.intake_limit + 1)  # one more than allowed is enough to be refused
    found = _would_bring(workspace, data, published, treaty, reader)
    if not found.would_bring.is_refused:
        _keep(workspace, found.digest, data)
    return found


def look_again(workspace: Workspace, digest: str, *, published: date | None, treaty: str, reader: Reader) -> Brought:
    """Say what a file that waits would bring now; NotOnFile when none of that hash waits."""
    require_secretariat(reader)
    return _would_bring(workspace, _kept(workspace, digest), published, treaty, reader)


def take_in_brought(
    workspace: Workspace,
    digest: str,
    *,
    published: date | None,
    mark: str,
    is_whole: bool = False,
    treaty: str,
    reader: Reader,
) -> bool:
    """Take in a file that was looked at; False when somebody has done so by now.

    ChangedMeanwhile when it would change something else than was shown; NotSaidWhole when it leaves out many acts and
    nobody said that it `is_whole`; NotOnFile when no such file waits.
    """
    require_secretariat(reader)
    try:
        data = _kept(workspace, digest)
        agreed = _agreed(mark, is_whole=is_whole)
        take_in(workspace, data, treaty=treaty, published=published, actor=reader.actor, agreed=agreed)
    except (ChangedMeanwhile, NotOnFile):
        if _was_taken_in(workspace, digest, treaty):
            return False
        raise
    with suppress(OSError):  # what cannot be deleted now goes with the next file that is brought
        _place(workspace, digest).unlink(missing_ok=True)
    return True


def _agreed(mark: str, *, is_whole: bool) -> Agreed:
    def check(found: Intaken) -> None:
        if found.mark != mark:
            raise ChangedMeanwhile(refusal("file_brings_something_else"))
        if found.leaves_out_many and not is_whole:
            raise NotSaidWhole(refusal("table_not_said_whole", field="whole", count=len(found.vanished)))

    return check


def _was_taken_in(workspace: Workspace, digest: str, treaty: str) -> bool:
    """Tell whether a file is on record as taken in, and no longer waits."""
    with workspace.reading() as connection:
        return runs.has_file(connection, digest, treaty) and not _place(workspace, digest).exists()


def _would_bring(workspace: Workspace, data: bytes, published: date | None, treaty: str, reader: Reader) -> Brought:
    found = take_in(workspace, data, treaty=treaty, published=published, dry_run=True, actor=reader.actor)
    return Brought(digest=hashlib.sha256(data).hexdigest(), would_bring=found)


def _kept(workspace: Workspace, digest: str) -> bytes:
    nothing = NotOnFile(refusal("no_file_waits"))
    if not _DIGEST.fullmatch(digest):
        raise nothing
    try:
        data = _place(workspace, digest).read_bytes()
    except OSError:
        raise nothing from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise nothing
    return data


def _keep(workspace: Workspace, digest: str, data: bytes) -> None:
    """Put a file down for its owner alone, whole or not at all, and clear away those that nobody took in."""
    with _putting_down():
        folder = workspace.settings.home / _FOLDER
        folder.mkdir(exist_ok=True, mode=0o700)
        _clear_away(workspace, folder)
        coming = folder / secrets.token_hex(16)
        try:
            with os.fdopen(os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
            coming.replace(_place(workspace, digest))
        finally:
            coming.unlink(missing_ok=True)  # half of it, where the disk was full


def _clear_away(workspace: Workspace, folder: Path) -> None:
    oldest = workspace.clock.now().timestamp() - _WAITS.total_seconds()
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                path.unlink()


@contextmanager
def _putting_down() -> Iterator[None]:
    try:
        yield
    except OSError as wrong:
        raise NotKept(wrong) from wrong


def _place(workspace: Workspace, digest: str) -> Path:
    return workspace.settings.home / _FOLDER / digest
