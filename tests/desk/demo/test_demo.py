"""The demonstration: a real State goes from deposit to implementation, and sample offices are told."""

import os
import re
import signal
import subprocess
import sys
import tomllib
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from casework.core.workspace import open_workspace
from casework.dossiers.dossier_view import dossier_view
from casework.overview.status import status
from casework.record.opening import open_record
from desk.demo.mailbox_folder import Box
from desk.demo.sample_cases import CASES
from desk.processes.ports import free_from
from desk.runtime.prefect_server import Prefect
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.stages import Stage
from tests.desk.running_processes import comes_about, running_for, told

ELSEWHERE = Path(__file__).with_name("demo_elsewhere.py")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """Give one demonstration without Prefect, for all who only look at it, with what it said."""
    yield from _demo(tmp_path_factory.mktemp("played"), lambda play: play("--no-prefect"))


@pytest.fixture
def demo(tmp_path):
    """Give a way to play a demonstration of one's own; it returns its home, and what it said."""
    yield from _demo(tmp_path, lambda play: play)


@contextmanager
def running_demo(tmp_path, *words):
    """Play a demonstration without Prefect for the length of a block; give its home, and what it said."""
    yield from _demo(tmp_path, lambda play: play("--no-prefect", *words))


def _demo(tmp_path, give):
    running = []

    def play(*words, **environment):
        command = [sys.executable, ELSEWHERE, tmp_path / "demo", "up", "--demo", "--port", str(free_from(0)), *words]
        with (tmp_path / "said").open("w") as said:
            told = {**os.environ, **environment}
            running.append(subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, env=told))
        assert comes_about(lambda: "Ctrl-C ends it" in said_by() or running[0].poll() is not None, 200), said_by()
        return tmp_path / "demo", said_by()

    def said_by():
        return (tmp_path / "said").read_text()

    yield give(play)
    for process in running:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0, said_by()


def stage_of_the_philippines(home):
    with closing(open_workspace(home)) as workspace:
        return dossier_view(workspace, "PHL", treaty="att", reader=OPERATOR).stage


def test_letters_reach_sample_offices_each_in_its_language(played):
    home, said = played
    assert stage_of_the_philippines(home) == "implementation"
    box = Box(home / "mailbox")
    every = [one for one in box.newest(box.count()) if not one.to[0].startswith("mission@")]
    letters = {letter.to[0]: letter for letter in every[:3]}  # of the second day
    assert set(letters) == {"coordinator@asia.example", "champion.jpn@asia.example", "champion.lbn@asia.example"}
    assert {"office@secretariat.example", "champion.nam@africa.example"} <= {one.to[0] for one in every}
    assert f"The mailbox holds {box.count()} letters" in said
    assert f"record: {home}" in said.splitlines()
    assert re.search(rf"^Try: \S+ dossier philippines --home {home}$", said, re.MULTILINE)
    assert letters["champion.jpn@asia.example"].text.startswith("Training record, 22 June 2022")
    assert "22 juin 2022" in letters["champion.lbn@asia.example"].text
    assert not any("implementation" in letter.text for letter in box.newest(box.count()))


def test_a_newcomer_finds_states_at_every_stage_and_what_is_not_real_says_so(played):
    home, _ = played
    with closing(open_workspace(home)) as workspace:
        there = status(workspace, treaty="att", reader=OPERATOR).by_stage
        told = [
            fact for case in CASES for fact in dossier_view(workspace, case.state, treaty="att", reader=OPERATOR).facts
        ]
    assert all(there[stage] for stage in Stage)
    said = [fact for fact in told if fact.kind == "statement"]
    ours = {"step", "signature", "record_opened", "statement"}
    assert {fact.source for fact in told if fact.kind not in ours} == {"example"}
    assert {fact.reference for fact in said} == {"Workshop for Africa (sample)"}


def test_what_the_shell_says_of_another_home_is_not_heard(demo, tmp_path):
    elsewhere = tmp_path / "real.db"
    home, _ = demo(
        "--no-prefect", ACCEDE_DATABASE_URL=f"sqlite:///{elsewhere}", ACCEDE_MAIL_FROM="real@mission.example"
    )
    assert not elsewhere.exists()
    assert (home / "accede.db").exists()
    assert {letter.sender for letter in Box(home / "mailbox").newest(50)} == {"accede@secretariat.example"}


def test_a_demonstration_keeps_the_home_it_was_given_beside_another(played, tmp_path):
    with running_demo(tmp_path, "--home", tmp_path / "mine") as (_, said):
        assert f"record: {tmp_path / 'mine'}" in said.splitlines()
        assert stage_of_the_philippines(tmp_path / "mine") == "implementation"
        other, _ = played
        assert [line for line in running_for(other) if "desk.server.app" in line]
        ports = {tomllib.loads((home / "accede.toml").read_text())["smtp_port"] for home in (other, tmp_path / "mine")}
        assert len(ports) == 2


def test_a_home_that_holds_something_else_is_not_emptied_for_a_demonstration(tmp_path):
    with closing(open_workspace(tmp_path / "real")) as workspace:
        open_record(workspace, treaty="att", empty=True)
    command = [sys.executable, ELSEWHERE, tmp_path / "demo", "up", "--demo", "--no-prefect"]
    refused = subprocess.run([*command, "--home", tmp_path / "real"], capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "holds something else than a demonstration" in refused.stderr
    assert (tmp_path / "real" / "accede.db").exists()


def test_prefect_shows_the_sweeps_in_which_a_real_state_went_on(demo):
    port = free_from(0)
    home, said = demo("--prefect-port", str(port))
    lines = said.splitlines()
    assert f"prefect: http://127.0.0.1:{port}" in lines
    assert any(line.startswith("mailbox: http://127.0.0.1:") for line in lines)
    [desk] = [line.removeprefix("desk: ") for line in lines if line.startswith("desk: ")]
    ways_in = [line.partition(": ") for line in lines if line.startswith("sign-in")]
    assert [whose for whose, _, _ in ways_in] == [
        "sign-in",
        "sign-in as Regional coordinator, Africa (sample)",
        "sign-in as Regional champion, Africa, for NAM (sample)",
    ]
    assert all(re.fullmatch(rf"{desk}/sign-in/[\w-]{{40,}}", link) for _, _, link in ways_in)
    assert stage_of_the_philippines(home) == "implementation"
    assert f"The mailbox holds {Box(home / 'mailbox').count()} letters" in said
    [worker] = [line for line in running_for(home) if "prefect worker start" in line]
    prefect = Prefect(port=port, auth=told(int(worker.split()[0]), "PREFECT_API_AUTH_STRING"))
    artifacts = prefect.ask("POST", "/artifacts/filter", {})
    shown = [artifact["data"] for artifact in artifacts if artifact["type"] == "markdown"]
    assert any("Sweep of att, 2022-06-21" in text for text in shown)
    assert any("Sweep of att, 2022-06-22" in text and "[PHL]" in text for text in shown)
