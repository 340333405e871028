"""A desk with the cast in its record, as the tests of the browser use it: its address, and the record from beside."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casework.core.workspace import Workspace, open_workspace
from tests.cast import Cast, read_cast
from tests.running_desk import running_desk


@dataclass(frozen=True, kw_only=True)
class Served:
    """A running desk: its address, the people of its record, and the record itself seen from beside."""

    url: str
    workspace: Workspace
    cast: Cast
    home: Path
    pid: int


@contextmanager
def serving(template: Path, home: Path, **configured: Any) -> Iterator[Served]:
    """Serve a copy of a home until the block ends; nothing may have gone wrong in its process."""
    shutil.copytree(template, home)
    with running_desk(home, **configured) as running, closing(open_workspace(home)) as workspace:
        yield Served(url=running.url, workspace=workspace, cast=read_cast(home), home=home, pid=running.pid)
        assert running.log.read_text() == ""
