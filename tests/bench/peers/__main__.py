"""Let every peer do the same work, print what it took as a table, and write it to build/peers.json."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psycopg
from rich.console import Console
from rich.table import Table

from tests.bench.per_state import QUIET
from tests.postgres import Cluster, NoPostgres, cluster

_ROOT = Path(__file__).resolve().parents[3]
_THEIRS = _ROOT / "build/peers-venv/bin/python"
_RESULTS = _ROOT / "build/peers.json"
_DATABASES = ("sqlite", "postgres")
_console = Console(width=None if sys.stdout.isatty() else 150)


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A module of this folder, and what the table calls it."""

    module: str
    title: str
    chain: bool = False  # keeps a chain of hashes
    ours: bool = False  # runs with what Accede runs with, not in the peers' environment
    dear: bool = False  # takes so long that it is left out where there are many cases, unless it is named
    shares: str = ""  # the peer whose database it begins with


PEERS = (
    Peer(module="core", title="bare loop in SQLAlchemy Core"),
    Peer(module="core_with_chain", title="bare loop, with a chain", chain=True, shares="core"),
    Peer(module="core_on_our_tables", title="bare loop on Accede's tables", chain=True, ours=True, shares="accede"),
    Peer(module="accede", title="Accede", chain=True, ours=True),
    Peer(module="sqlmodel_by_hand", title="SQLModel, by hand", shares="core"),
    Peer(module="viewflow_states", title="viewflow, states alone", shares="core"),
    Peer(module="dbos_batches", title="DBOS, by batches"),
    Peer(module="prefect_batches", title="Prefect, by batches", shares="core"),
    Peer(module="python_statemachine", title="python-statemachine", shares="core"),
    Peer(module="spiffworkflow", title="SpiffWorkflow"),
    Peer(module="core_case_by_case", title="bare loop, a commit a case", shares="core"),
    Peer(module="prefect_tasks", title="Prefect, a task a case", dear=True, shares="core"),
    Peer(module="dbos_workflows", title="DBOS, a workflow a case", dear=True),
    Peer(module="viewflow_timers", title="viewflow, a flow a case", dear=True),
)
_MANY = 50_000


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What one peer took on one database: the middle of its rounds."""

    peer: str
    title: str
    chain: bool
    database: str
    cases: int
    due: int
    cpu: float
    server_cpu: float
    wall: float
    peak_mb: float
    kept_mb: float
    bytes_per_due: float
    rounds: Sequence[dict[str, float]] = field(repr=False)

    @property
    def work(self) -> float:
        """Return all processor time, a server's too."""
        return self.cpu + self.server_cpu


def main() -> None:
    """Measure, show and keep."""
    asked = _asked()
    if not _THEIRS.exists():
        sys.exit("The peers are not installed here; make bench-peers installs them.")
    figures: list[Figure] = []
    with TemporaryDirectory(prefix="accede-peers-") as place:
        for database in asked.databases.split(","):
            figures += _measured(Path(place), database, asked.cases, _chosen(asked), asked.rounds)
    for database in dict.fromkeys(figure.database for figure in figures):
        _console.print(_table([figure for figure in figures if figure.database == database]))
    _RESULTS.parent.mkdir(exist_ok=True)
    _RESULTS.write_text(json.dumps([vars(figure) for figure in figures], indent=1) + "\n")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-peers WITH=")
    parser.add_argument("--cases", type=int, default=10_000, help="how many; one in fifty is due")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--databases", default=",".join(_DATABASES))
    parser.add_argument("--peers", default="", help=f"some of {', '.join(peer.module for peer in PEERS)}")
    return parser.parse_args()


def _chosen(asked: argparse.Namespace) -> list[Peer]:
    named = asked.peers.split(",") if asked.peers else []
    if unknown := set(named) - {peer.module for peer in PEERS}:
        sys.exit(f"There is no peer {', '.join(sorted(unknown))}.")
    return [peer for peer in PEERS if peer.module in named or not (named or (peer.dear and asked.cases > _MANY))]


def _measured(place: Path, database: str, cases: int, peers: Sequence[Peer], rounds: int) -> list[Figure]:
    """Prepare each peer's database once; then all of them in turn, round by round, each on a copy."""
    took: dict[str, list[dict[str, float]]] = {peer.module: [] for peer in peers}
    try:
        with cluster(on_disk=True) if database == "postgres" else nullcontext() as server:
            kept: dict[str, _Kept] = {}
            for peer in peers:
                if (base := peer.shares or peer.module) not in kept:
                    _console.print(f"[dim]{database}, {cases:,} cases: preparing {peer.title}[/dim]")
                    kept[base] = _Kept(place / database / base, server)
                    _run("prepare", peer, kept[base].url, cases, kept[base].folder)
                    kept[base].settle()
            for _ in range(rounds):
                for peer in peers:
                    begun = kept[peer.shares or peer.module]
                    with begun.copied() as (url, folder):
                        said = _run("sweep", peer, url, cases, folder, *begun.server_process())
                    took[peer.module].append(json.loads(said.splitlines()[-1]))
                    _console.print(f"[dim]{database}: {peer.title}: {took[peer.module][-1]['cpu']:.2f} s[/dim]")
    except NoPostgres as none:
        _console.print(f"[bold]Not measured:[/bold] {none}")
        return []
    return [_figure(peer, database, cases, took[peer.module]) for peer in peers]


class _Kept:
    """A prepared database of one peer: a folder, and with a server a database of that."""

    def __init__(self, folder: Path, server: Cluster | None) -> None:
        self.folder = folder / "kept"
        self.folder.mkdir(parents=True)
        self._server = server
        self._name = server.create() if server else ""
        self.url = server.url(self._name) if server else f"sqlite:///{self.folder / 'record.db'}"

    def settle(self) -> None:
        """Let PostgreSQL look at what it has, as one does by itself that stands for longer than a measurement."""
        if self._server:
            with psycopg.connect(self._server.address(self._name), autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")

    @contextmanager
    def copied(self) -> Iterator[tuple[str, Path]]:
        """Give a copy, written out, so that nobody pays for the copying."""
        copy = self.folder.with_name("copy")
        shutil.copytree(self.folder, copy)
        name = self._server.create(self._name) if self._server else ""
        os.sync()
        yield (self._server.url(name) if self._server else f"sqlite:///{copy / 'record.db'}"), copy
        shutil.rmtree(copy)
        if self._server:
            self._server.drop(name)

    def server_process(self) -> list[str]:
        """Return the server's process, if there is one."""
        return [(self._server.socket / "data/postmaster.pid").read_text().split()[0]] if self._server else []


def _run(what: str, peer: Peer, url: str, cases: int, place: Path, *more: str) -> str:
    python = sys.executable if peer.ours else str(_THEIRS)
    command = [python, "-m", "tests.bench.peers.measure", what, peer.module, url, str(cases), str(place), *more]
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ACCEDE_", "PREFECT_", "DBOS_", "DJANGO_"))}
    environment = {**kept, **QUIET, "TMPDIR": str(place), "PREFECT_HOME": str(place / "prefect")}
    done = subprocess.run(command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"{peer.title} did not {what}; what it said stands above.")
    return done.stdout


def _figure(peer: Peer, database: str, cases: int, took: Sequence[dict[str, float]]) -> Figure:
    middle = {name: median(one[name] for one in took) for name in took[0]}
    return Figure(
        peer=peer.module,
        title=peer.title,
        chain=peer.chain,
        database=database,
        cases=cases,
        due=int(middle.pop("due")),
        rounds=took,
        **middle,
    )


def _table(figures: Sequence[Figure]) -> Table:
    least = next((figure.work for figure in figures if figure.peer == "core"), None)
    first = figures[0]
    table = Table(
        title=f"make bench-peers: {first.database}, {first.cases:,} cases, {first.due:,} due",
        caption="The middle of the rounds. Times: all processor time, a server's too, divided by the bare loop's.",
    )
    table.add_column("peer")
    for column in ("chain", "times", "CPU s", "server s", "by the clock s", "peak MB", "kept MB", "bytes a due case"):
        table.add_column(column, justify="right")
    for figure in sorted(figures, key=lambda one: one.work):
        table.add_row(
            figure.title,
            "yes" if figure.chain else "",
            f"{figure.work / least:,.1f}" if least else "",
            f"{figure.cpu:,.2f}",
            f"{figure.server_cpu:,.2f}" if figure.server_cpu else "",
            f"{figure.wall:,.2f}",
            f"{figure.peak_mb:,.0f}",
            f"{figure.kept_mb:,.1f}",
            f"{figure.bytes_per_due:,.0f}",
        )
    return table


if __name__ == "__main__":
    main()
