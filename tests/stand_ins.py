"""Stand-ins: what somebody with a shell on the server can put where a file is kept, none of it an ordinary file."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _a_socket(path: Path) -> None:
    path.unlink()
    os.mknod(path, stat.S_IFSOCK | 0o600)


def _a_link_to_a_device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _a_link_to_the_same_bytes(path: Path) -> None:
    path.symlink_to(path.rename(path.with_suffix(".moved")))


#: Each puts itself in the place of a file.
STAND_INS: tuple[Callable[[Path], None], ...] = (
    _a_folder,
    _a_pipe,
    _a_socket,
    _a_link_to_a_device,
    _a_link_to_the_same_bytes,
)
