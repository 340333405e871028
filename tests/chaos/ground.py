"""The ground of the rounds: records in SQLite files, or in databases of a PostgreSQL of our own that may go away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from resource import RLIM_INFINITY
from typing import Protocol

import psutil

from models.store.engine import Store
from tests.chaos.moments import Moment
from tests.chaos.world import World, make_world
from tests.postgres import Cluster, cluster


class Ground(Protocol):
    """Gives each round a record of its own."""

    @property
    def server(self) -> Cluster | None:
        """The server that keeps the record, if one does."""

    def record(self, moment: Moment, home: Path) -> tuple[World, str]:
        """Put the world of a moment into a home; return it and the address of its database."""

    def fill_disk(self, bytes_: int = RLIM_INFINITY) -> None:
        """Let the server that keeps the record, if one does, write no file beyond a size."""


@dataclass(kw_only=True)
class OnFiles:
    """SQLite: the database is a file of the home, written by whoever is at work."""

    folder: Path
    server: Cluster | None = None
    _worlds: dict[Moment, tuple[World, Path]] = field(default_factory=dict)

    def record(self, moment: Moment, home: Path) -> tuple[World, str]:
        """Copy the file."""
        if moment not in self._worlds:
            kept = self.folder / f"world-{len(self._worlds)}.db"
            self._worlds[moment] = make_world(home, f"sqlite:///{kept}", moment), kept
        world, kept = self._worlds[moment]
        return world, f"sqlite:///{shutil.copy(kept, home / 'accede.db')}"

    def fill_disk(self, bytes_: int = RLIM_INFINITY) -> None:
        """Do nothing: nobody else writes."""


@dataclass(kw_only=True)
class OnServer:
    """PostgreSQL: a database of each round's own."""

    server: Cluster
    _worlds: dict[Moment, tuple[World, str]] = field(default_factory=dict)
    _template: str = ""

    def record(self, moment: Moment, home: Path) -> tuple[World, str]:
        """Copy the database."""
        if moment not in self._worlds:
            name = self.server.create(self._migrated())
            self._worlds[moment] = make_world(home, self.server.url(name), moment), name
        world, name = self._worlds[moment]
        return world, self.server.url(self.server.create(name))

    def fill_disk(self, bytes_: int = RLIM_INFINITY) -> None:
        """Limit those of the server's processes that serve somebody just now, as whose they are."""
        for process in self._at_work():
            self.server.run("prlimit", f"--pid={process.pid}", f"--fsize={bytes_}:")

    def _at_work(self) -> list[psutil.Process]:
        try:
            master = int((self.server.socket / "data/postmaster.pid").read_text().split()[0])
            return [one for one in psutil.Process(master).children() if "accede" in " ".join(one.cmdline())]
        except (FileNotFoundError, psutil.NoSuchProcess):  # it is away
            return []

    def _migrated(self) -> str:
        if not self._template:
            self._template = self.server.create()
            store = Store(self.server.url(self._template))
            store.migrate()
            store.dispose()
        return self._template


@contextmanager
def ground(database: str, folder: Path) -> Iterator[Ground]:
    """Give the ground of one kind of database, `sqlite` or `postgres`."""
    if database == "sqlite":
        yield OnFiles(folder=folder)
        return
    with cluster(lasting=True) as running:
        yield OnServer(server=running)
