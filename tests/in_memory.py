"""Where there is room, the files of the tests stand in memory: on a disk each commit waits until it is written there.

A pytest plugin, loaded by tests/conftest.py. pyproject.toml says that the files of a test that passed are not kept.
"""

import os
import shutil
from pathlib import Path
from typing import Final

MEMORY: Final = Path("/dev/shm")
ROOT: Final = "PYTEST_DEBUG_TEMPROOT"  # where pytest makes its temporary directories
#: Bytes. A server of tests/postgres.py with its templates and its log takes a quarter of it.
_ROOM: Final = 1 << 30


def pytest_configure() -> None:
    """Let pytest make its temporary directories in memory, unless somebody has said where."""
    if has_room():
        os.environ.setdefault(ROOT, str(MEMORY))


def has_room() -> bool:
    """Tell whether there is memory that files can stand in, and enough of it."""
    return os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= _ROOM
