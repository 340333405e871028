"""A file or folder under way: it has its name once it is whole, and what a killed writer left is taken away later.

Whoever writes holds a lock that ends with the process, so that nobody takes away what is still being written.
"""

from __future__ import annotations

import errno
import fcntl
import glob
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_UNFINISHED = ".unfinished"
#: What a disk says on which a file has one name only, such as a memory stick.
_ONE_NAME_ONLY = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS})


@contextmanager
def written_whole(file: Path) -> Iterator[IO[bytes]]:
    """Yield a stream that stands at its name, its owner's alone to read, once the block has ended well.

    Else nothing stands there. FileExistsError where something does already: it is left as it is.
    """
    forget_unfinished(file.parent, file.name)
    if os.path.lexists(file):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file))
    waiting, stream = _begun(file)
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            give_name(waiting, file)
    finally:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)


@contextmanager
def folder_written_whole(folder: Path) -> Iterator[Path]:
    """Yield a folder to write files into, that stands at its name once the block has ended well; the owner's alone.

    Else nothing stands there. FileExistsError where something does already, but for an empty folder: it is left so.
    """
    forget_unfinished(folder.parent, folder.name)
    if os.path.lexists(folder) and not _is_empty(folder):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))
    waiting, held = _begun_folder(folder)
    try:
        yield waiting
        _give_folder_its_name(waiting, folder)
    finally:
        os.close(held)
        shutil.rmtree(waiting, ignore_errors=True)


def _give_folder_its_name(waiting: Path, folder: Path) -> None:
    for place in sorted(waiting.rglob("*"), reverse=True):
        if place.is_dir():
            remember(place)
    remember(waiting)
    try:
        waiting.rename(folder)
    except OSError as wrong:
        if wrong.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder)) from None
        raise
    remember(folder.parent)


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir())


@contextmanager
def written_new(place: Path) -> Iterator[IO[bytes]]:
    """Yield a stream to a new file, its owner's alone, that is on the disk once the block has ended well."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def give_name(waiting: Path, file: Path) -> None:
    """Let a file that is whole be called so; FileExistsError where another wrote there meanwhile."""
    try:
        os.link(waiting, file)
    except FileExistsError:
        raise
    except OSError as wrong:
        if wrong.errno not in _ONE_NAME_ONLY:
            raise
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        waiting.replace(file)
    waiting.unlink(missing_ok=True)
    remember(file.parent)


def forget_unfinished(folder: Path, beginning: str) -> None:
    """Take away what writers that were killed left in a folder, of the files whose names begin so."""
    for path in folder.glob(f".{glob.escape(beginning)}*{_UNFINISHED}"):
        if not _is_written(path):
            with suppress(OSError):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def remember(folder: Path) -> None:
    """Write a folder out, so that a power cut does not take back what is in it under which name."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _begun(file: Path) -> tuple[Path, IO[bytes]]:
    """Begin a file beside the one it is to be, and lock it."""
    while True:
        waiting = file.with_name(f".{file.name}.{secrets.token_hex(4)}{_UNFINISHED}")
        stream = os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        with suppress(OSError):  # where there are no locks, what is left is not taken away
            fcntl.flock(stream, fcntl.LOCK_EX)
        if waiting.exists():
            return waiting, stream
        stream.close()  # taken for one that was left, before it was locked


def _begun_folder(folder: Path) -> tuple[Path, int]:
    """Make a folder beside the one it is to be, and lock it."""
    while True:
        waiting = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}{_UNFINISHED}")
        waiting.mkdir(mode=0o700)
        held = os.open(waiting, os.O_RDONLY)
        with suppress(OSError):
            fcntl.flock(held, fcntl.LOCK_EX)
        if waiting.exists():
            return waiting, held
        os.close(held)


def _is_written(path: Path) -> bool:
    """Tell whether somebody writes a file or folder still, or that cannot be told."""
    try:
        descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    except OSError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False
