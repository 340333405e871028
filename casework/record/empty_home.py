"""An empty home: where a record may be restored, a scratch folder in it, and nothing taken away that was there."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from casework.core.workspace import Workspace
from casework.record import archive
from casework.record.unfinished import remember
from models.store import rows
from models.store.engine import Connection
from pathways.grammar.refusals import Refused, refusal

#: What may lie in a home that holds no record: the configuration of the record to come, and what was left half done.
_MAY_BE_THERE = frozenset({archive.CONFIGURATION})
_SCRATCH = ".restoring-"
_BEGUN = ".put-in-place"
LEFT_ASIDE = "accede.toml.restored"


class NotEmpty(Refused):
    """There is something already where a record is to be restored."""


@contextmanager
def scratch_in(workspace: Workspace) -> Iterator[Path]:
    """Hold a home without a record, and yield a scratch folder in it; if the block fails, nothing else is touched."""
    home = workspace.settings.home
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _held(home):
        half_done = _half_done(workspace, home)
        before = _refuse_what_is_there(workspace, home, half_done) - half_done
        _take_away(home, half_done)
        _forget_scratch(home)
        scratch = Path(mkdtemp(prefix=_SCRATCH, dir=home))
        try:
            yield scratch
        except BaseException:
            workspace.close()
            _take_away(home, _database_in(workspace, home) | _LAID_DOWN - before)
            raise
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def put_in_place(workspace: Workspace, scratch: Path) -> None:
    """Move what was laid down to where it belongs, where nothing is; who is killed then leaves a list of it."""
    home = workspace.settings.home
    names = sorted(_LAID_DOWN & {place.name for place in scratch.iterdir()})
    (scratch / _BEGUN).write_text("\n".join([workspace.store.where, *names]))
    remember(scratch)
    for name in names:
        (scratch / name).rename(home / name)


def forget_the_killed(home: Path) -> None:
    """Take away the scratch folder of a restore that was killed when all was done but that."""
    with suppress(NotEmpty), _held(home):
        _forget_scratch(home)


def _half_done(workspace: Workspace, home: Path) -> frozenset[str]:
    """Return what restores into this database had put in place when they were killed; it was to hold the rows."""
    lists = [left / _BEGUN for left in home.glob(f"{_SCRATCH}*")]
    said = [one.read_text().split("\n") for one in lists if one.is_file()]
    return _LAID_DOWN.intersection(name for where, *names in said if where == workspace.store.where for name in names)


def _forget_scratch(home: Path) -> None:
    """Take away scratch folders that nobody works in: nothing but a restore that was killed leaves one."""
    for left in home.glob(f"{_SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)


#: What a restore puts into a home, beside the embedded database.
_LAID_DOWN = frozenset({archive.SEALS, LEFT_ASIDE, archive.ATTACHMENTS.rstrip("/")})


def _take_away(home: Path, names: frozenset[str]) -> None:
    """Take away what this restore put into the home, and nothing that was there before it."""
    for place in (home / name for name in names):
        with suppress(OSError):
            shutil.rmtree(place) if place.is_dir() else place.unlink()


def _database_in(workspace: Workspace, home: Path) -> frozenset[str]:
    """Return the files of the database, where it is an embedded one in this very home; it holds no table here."""
    file = Path(str(workspace.store.url.database)).resolve() if workspace.store.is_sqlite else None
    if file is None or file.parent != home.resolve():
        return frozenset()
    return frozenset({file.name, *(f"{file.name}-{kind}" for kind in ("wal", "shm", "journal", "upgrading"))})


@contextmanager
def _held(home: Path) -> Iterator[None]:
    """Let nobody else restore into a home meanwhile."""
    descriptor = os.open(home, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotEmpty(refusal("restore_under_way", home=str(home))) from None
        yield
    finally:
        os.close(descriptor)


def _refuse_what_is_there(workspace: Workspace, home: Path, half_done: frozenset[str]) -> frozenset[str]:
    """Refuse a home that holds anything, then a database that does; return what is there and may be."""
    names, embedded = frozenset(one.name for one in home.iterdir()), _database_in(workspace, home)
    strange = {name for name in names - _MAY_BE_THERE - embedded - half_done if not name.startswith(_SCRATCH)}
    if not workspace.store.is_sqlite or Path(str(workspace.store.url.database)).exists():
        with workspace.reading(of_any_schema=True) as connection:
            if embedded and not rows.is_empty(connection):
                strange |= names & embedded
            elif not strange:
                refuse_tables(workspace, connection)
    if strange:
        raise NotEmpty(refusal("home_not_empty", home=str(home), there=tuple(sorted(strange)[:3])))
    return names


def refuse_tables(workspace: Workspace, connection: Connection) -> None:
    """Refuse a database that holds any table, of ours or of anybody."""
    if not rows.is_empty(connection):
        raise NotEmpty(refusal("database_not_empty", where=workspace.store.where))
