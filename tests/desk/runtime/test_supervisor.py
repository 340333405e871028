"""`accede up`: everything runs on this machine alone, a second one says so, and nothing is left behind."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import httpx
import pytest

from desk.processes.ports import HOST, answers, free_from
from desk.runtime.prefect_server import Prefect
from desk.scheduling.prefect_http import PrefectRefused
from tests.desk.running_processes import comes_about, running_for, told

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
#: Prefect starts in ten seconds on a machine at ease; what is on trial here is not how fast.
_PATIENCE = 150.0  # seconds


@dataclass(frozen=True, kw_only=True)
class Up:
    """An `accede up` at work."""

    process: subprocess.Popen[str]
    home: Path
    prefect: Prefect
    port: int  # the desk's

    @property
    def desk(self):
        """Return the address of its desk."""
        return f"http://127.0.0.1:{self.port}"

    def said(self):
        """Return what it has printed so far."""
        return (self.home.parent / "said").read_text()

    def says(self, words):
        """Wait until it has printed some words."""
        came = comes_about(lambda: words in self.said() or self.process.poll() is not None, _PATIENCE)
        return came and words in self.said()

    def processes(self):
        """Return every process that belongs to its home."""
        return running_for(self.home)

    def named(self, words):
        """Return the number of its one process whose line has these words."""
        [line] = [line for line in self.processes() if words in line]
        return int(line.split()[0])

    def let_in(self):
        """Return its Prefect as whoever knows the password asks it."""
        return replace(self.prefect, auth=told(self.named("prefect worker start"), "PREFECT_API_AUTH_STRING"))

    def stop(self):
        """Press Ctrl-C, and wait until it has ended well."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(60) == 0

    def leaves_nothing(self):
        """Wait until nothing of it runs or listens."""
        return comes_about(lambda: not self.processes() and not answers(self.prefect.port) and not answers(self.port))


@contextmanager
def _terminal(said):
    """Give the far end of a terminal, and write down what is shown on it."""
    shown, far = os.openpty()

    def copy():
        with suppress(OSError):  # nobody is left who could write on it
            while words := os.read(shown, 4096):
                said_by.write(words.decode())
                said_by.flush()

    said_by = os.fdopen(os.dup(said.fileno()), "w")
    Thread(target=copy, daemon=True).start()
    try:
        yield far
    finally:
        os.close(far)


@contextmanager
def _starter(tmp_path):
    """Give a starter of `accede up`; what is left of it is killed."""
    started = []

    def start(*words, home=tmp_path / "home", port=None, with_prefect=True, on_terminal=False):
        port, desk_port = port or free_from(0), free_from(0)
        command = [sys.executable, "-m", "desk", "up", "--home", home, "--port", str(desk_port), *words]
        command += ["--prefect-port", str(port)] if with_prefect else ["--no-prefect"]
        with (tmp_path / "said").open("w") as said, _terminal(said) if on_terminal else nullcontext(said) as out:
            process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, text=True)
        started.append(Up(process=process, home=home, prefect=Prefect(port=port), port=desk_port))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait()
    assert all(one.leaves_nothing() for one in started)


@pytest.fixture
def up(tmp_path):
    """Give a way to start one's own."""
    with _starter(tmp_path) as start:
        yield start


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """Give one for all who only look at it, in a shell that names proxies and a zone; the last test of them ends it."""
    with _starter(tmp_path_factory.mktemp("running")) as start:
        with pytest.MonkeyPatch.context() as shell:
            shell.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
            shell.setenv("http_proxy", "http://127.0.0.1:9")
            shell.setenv("NO_PROXY", "chat.example.org")
            shell.setenv("ACCEDE_ZONE", "Asia/Manila")
            first = start()
        assert first.says("Ctrl-C ends it"), first.said()
        yield first


def test_it_says_where_everything_is_and_a_second_one_says_that_it_runs(running):
    lines = running.said().splitlines()
    assert f"prefect: http://127.0.0.1:{running.prefect.port}" in lines
    assert f"desk: {running.desk}" in lines
    assert re.fullmatch(rf"{running.desk}/sign-in/[\w-]{{40,}}\n", (running.home / "sign-in-link").read_text())
    with urlopen(f"{running.desk}/health") as answer:
        assert (answer.status, answer.read()) == (200, b"ok")
        assert "server" not in answer.headers
    second = subprocess.run(
        [sys.executable, "-m", "desk", "up", "--home", running.home], capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    assert f"Accede already runs on {running.home} (process {running.process.pid})" in second.stderr
    with socket.socket() as caller:  # who listens on every address answers here too
        assert caller.connect_ex(("127.0.0.2", running.prefect.port)) != 0
        assert caller.connect_ex(("127.0.0.2", running.port)) != 0


def test_of_the_shell_a_socks_proxy_is_left_out_no_other_is_asked_for_this_machine_and_the_zone_is_kept(running):
    worker = running.named("prefect worker start")
    assert told(worker, "ALL_PROXY") is None
    assert told(worker, "NO_PROXY").split(",") == ["chat.example.org", "127.0.0.1", "localhost", "::1"]
    assert told(worker, "http_proxy") == "http://127.0.0.1:9"
    assert "only http and https proxies are: ALL_PROXY." in running.said()
    zones = set(re.findall(r"timezone: (\S+)", (running.home / "prefect" / "prefect.yaml").read_text()))
    assert zones == {"Asia/Manila", "UTC"}


def test_prefect_has_a_password_that_only_its_own_programs_and_the_desk_are_told(running):
    password = running.let_in().auth
    assert len(password) >= 40
    assert told(running.named("prefect_gate"), "PREFECT_SERVER_API_AUTH_STRING") == password
    assert told(running.named("desk.server.app"), "ACCEDE_PREFECT_AUTH_STRING") == password
    with pytest.raises(PrefectRefused, match="answered 401"):
        running.prefect.run("audit/ledger")
    everything = "".join(path.read_text() for path in (running.home / "log").iterdir())
    everything += running.said() + subprocess.run(["ps", "axww"], capture_output=True, text=True, check=True).stdout
    assert password not in everything
    assert "on the desk, Runs opens it" in running.said()


def test_ctrl_c_ends_all_of_it_and_no_file_keeps_the_password(running):
    password = running.let_in().auth
    running.stop()
    assert running.leaves_nothing(), running.processes()
    kept = [path for path in running.home.rglob("*") if path.is_file() and password.encode() in path.read_bytes()]
    assert kept == []


def test_killed_in_the_middle_of_a_flow_run_it_leaves_nothing(up):
    killed = up()
    assert killed.says("Ctrl-C ends it"), killed.said()
    run = killed.let_in().run("audit/ledger")
    assert comes_about(lambda: any("prefect.engine" in line for line in killed.processes()))
    killed.process.kill()
    assert killed.leaves_nothing(), killed.processes()

    again = up(port=killed.prefect.port)
    assert again.says("Ctrl-C ends it"), again.said()
    assert again.let_in().look(run).kind != "RUNNING"  # nobody is told that a killed run still runs


@pytest.mark.parametrize("moment", ["prefect-server", "prefect-worker", "desk"])
def test_ctrl_c_while_it_starts_leaves_nothing(up, moment):
    starting = up()
    assert comes_about((starting.home / "log" / f"{moment}.log").exists)
    starting.process.send_signal(signal.SIGINT)
    assert starting.process.wait(60) == 0
    assert starting.leaves_nothing(), starting.processes()


def test_without_prefect_there_is_a_desk_too_and_letters_link_to_it(up, tmp_path):
    alone = up(with_prefect=False)
    assert alone.says("Ctrl-C ends it"), alone.said()
    with urlopen(f"{alone.desk}/health") as answer:
        assert answer.read() == b"ok"
    [desk] = [line for line in alone.processes() if "desk.server.app" in line]
    assert f"ACCEDE_BASE_URL={alone.desk}" in desk.split()
    kept = [path for path in alone.home.iterdir() if path.name.startswith("accede.db")]
    assert kept
    assert [path.name for path in kept if path.stat().st_mode & 0o077] == [], "the record is its owner's alone to read"
    alone.stop()
    assert alone.leaves_nothing(), alone.processes()


def test_the_first_link_lets_the_administrator_in_is_in_no_log_and_not_given_again(up):
    first = up(with_prefect=False)
    assert first.says("Ctrl-C ends it"), first.said()
    file = first.home / "sign-in-link"
    link = file.read_text().strip()
    assert file.stat().st_mode & 0o777 == 0o600
    assert f"The link in {file} signs the administrator in" in first.said()
    assert link.rpartition("/")[2] not in first.said()
    with httpx.Client(base_url=first.desk, headers={"sec-fetch-site": "same-origin"}) as browser:
        assert browser.get("/runs").headers["location"] == "/sign-in?next=%2Fruns"
        assert browser.post(link).status_code == 303
        assert "The check-up" in browser.get("/runs").text
    assert httpx.post(link, headers={"sec-fetch-site": "same-origin"}).status_code != 303
    first.stop()
    again = up(with_prefect=False)
    assert again.says("Ctrl-C ends it"), again.said()
    assert f"sign-in: {again.desk}/sign-in" in again.said().splitlines()
    assert not file.exists()
    assert "accede people link PERSON" in again.said()


def test_who_looks_at_a_terminal_sees_the_link_there_and_it_is_kept_nowhere(up):
    seen = up(with_prefect=False, on_terminal=True)
    assert seen.says("Ctrl-C ends it"), seen.said()
    assert re.search(rf"^sign-in: {seen.desk}/sign-in/[\w-]{{40,}}\s*$", seen.said(), re.MULTILINE)
    assert not (seen.home / "sign-in-link").exists()


def test_a_desk_that_falls_ends_everything_and_says_where_to_look(up):
    alone = up(with_prefect=False)
    assert alone.says("Ctrl-C ends it"), alone.said()
    [desk] = [int(line.split()[0]) for line in alone.processes() if "desk.server.app" in line]
    os.kill(desk, signal.SIGKILL)
    assert alone.process.wait(60) == 1
    assert f"The desk has stopped by itself, so everything was stopped. Its last words are in {alone.home}" in (
        alone.said()
    )
    assert alone.leaves_nothing(), alone.processes()


def test_for_programs_every_line_is_an_object_and_no_link_is_among_them(up, monkeypatch):
    monkeypatch.setenv("ACCEDE_LOG_FORMAT", "json")
    with socket.create_server((HOST, 0)) as other:
        refused = up("--port", str(other.getsockname()[1]), with_prefect=False)
        assert refused.process.wait(60) == 1
    [wrong] = map(json.loads, refused.said().splitlines())
    assert (wrong["level"], "is in use" in wrong["message"]) == ("ERROR", True)
    alone = up(with_prefect=False, on_terminal=True)
    assert alone.says("Ctrl-C ends it"), alone.said()
    token = (alone.home / "sign-in-link").read_text().strip().rpartition("/")[2]
    alone.stop()
    assert comes_about(lambda: "Stopped." in alone.said())
    assert {json.loads(line)["logger"] for line in alone.said().splitlines()} == {"accede.up"}
    assert token not in alone.said()


def test_a_port_that_another_program_has_is_named_with_the_option_that_chooses_another(up):
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        refused = up("--port", str(port), with_prefect=False)
        assert refused.process.wait(60) == 1
    assert f"Port {port} on {HOST} is in use" in refused.said()
    assert "another port with --port." in refused.said()
    assert not (refused.home / "accede.db").exists()
