"""One Accede on a home, and ports that others use, are sentences before anything starts."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from desk.processes.children import Children
from desk.processes.home_lock import AlreadyUp, locked
from desk.processes.ports import HOST, PortInUse, free_from, is_free, require_free, require_two
from desk.processes.stop_signal import StopSignal
from desk.runtime.desk_process import DeskServer

ROOT = Path(__file__).parents[3]


@pytest.fixture
def taken():
    """Give a port that another program listens on."""
    with socket.create_server((HOST, 0)) as other:
        yield other.getsockname()[1]


def test_a_second_one_on_the_same_home_is_told_who_has_it(tmp_path):
    with locked(tmp_path), pytest.raises(AlreadyUp, match=rf"process {os.getpid()}.*--home"), locked(tmp_path):
        pass


def test_a_home_can_be_had_again_after_its_holder_ended(tmp_path):
    with locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


def test_a_killed_holder_leaves_no_lock(tmp_path):
    hold = "import os, signal, sys; from pathlib import Path; from desk.processes.home_lock import locked\n"
    hold += "with locked(Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    killed = subprocess.run([sys.executable, "-c", hold, tmp_path], check=False, cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    with locked(tmp_path):
        pass


def test_two_homes_do_not_disturb_each_other(tmp_path):
    with locked(tmp_path / "one"), locked(tmp_path / "two"):
        pass


def test_a_new_home_is_closed_to_others(tmp_path):
    with locked(tmp_path / "new"):
        assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_a_port_in_use_names_the_option_that_chooses_another(taken):
    with pytest.raises(PortInUse, match=rf"Port {taken} .* --prefect-port"):
        require_free(taken, "--prefect-port")


def test_one_port_does_not_serve_two():
    with pytest.raises(PortInUse, match="--prefect-port"):
        require_two(8300, 8300)
    require_two(8300, 4200)


def test_a_port_that_was_in_use_a_moment_ago_is_free():
    with socket.create_server((HOST, 0)) as server:
        port = server.getsockname()[1]
        client = socket.create_connection((HOST, port))
        server.accept()[0].close()  # whoever closes first keeps the port half open for a minute
    client.close()
    assert is_free(port)


def test_another_port_is_found_when_the_wished_one_is_taken(taken):
    found = free_from(taken)
    assert found != taken
    assert is_free(found)
    assert free_from(found) == found
    assert free_from(0) != 0


def test_a_port_taken_while_the_rest_was_started_is_named_too(taken, tmp_path):
    with ExitStack() as kept:
        stop = kept.enter_context(StopSignal())
        children = kept.enter_context(Children(stop, environment=os.environ, directory=ROOT, logs=tmp_path))
        with pytest.raises(PortInUse, match=rf"Port {taken} .* --port"):
            DeskServer(port=taken, children=children).start()
    assert not list(tmp_path.iterdir())
