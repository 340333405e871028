"""The demonstration: a real State goes from deposit to implementation, and sample offices are told."""

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from casework.office import open_office
from casework.views.dossier import dossier_view
from desk.mailbox_folder import Box
from desk.ports import free_from
from tests.desk.processes import comes_about

ELSEWHERE = Path(__file__).with_name("demo_elsewhere.py")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def demo(tmp_path):
    """Give a demonstration that has been played, with what it said."""
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

    yield play
    for process in running:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0, said_by()


def stage_of_the_philippines(home):
    with closing(open_office(home)) as office:
        return dossier_view(office, "PHL").stage


def test_letters_reach_sample_offices_each_in_its_language(demo):
    home, said = demo("--no-prefect")
    assert stage_of_the_philippines(home) == "implementation"
    letters = {letter.to[0]: letter for letter in Box(home / "mailbox").newest(50)}
    assert set(letters) == {
        "office@secretariat.example",
        "coordinator@asia.example",
        "champion.jpn@asia.example",
        "champion.lbn@asia.example",
    }
    assert "The mailbox holds 4 letters" in said
    assert f"record: {home}" in said.splitlines()
    assert re.search(rf"^Try: \S+ dossier philippines --home {home}$", said, re.MULTILINE)
    assert letters["champion.jpn@asia.example"].text.startswith("Training record, 22 June 2022")
    assert "22 juin 2022" in letters["champion.lbn@asia.example"].text
    assert not any("implementation" in letter.text for letter in letters.values())


def test_what_the_shell_says_of_another_home_is_not_heard(demo, tmp_path):
    elsewhere = tmp_path / "real.db"
    home, _ = demo(
        "--no-prefect", ACCEDE_DATABASE_URL=f"sqlite:///{elsewhere}", ACCEDE_MAIL_FROM="real@mission.example"
    )
    assert not elsewhere.exists()
    assert (home / "accede.db").exists()
    assert {letter.sender for letter in Box(home / "mailbox").newest(50)} == {"accede@secretariat.example"}


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
    assert Box(home / "mailbox").count() == 4
    with urlopen(f"http://127.0.0.1:{port}/api/artifacts/filter", data=b"{}") as answer:
        shown = [artifact["data"] for artifact in json.load(answer) if artifact["type"] == "markdown"]
    assert any("Sweep of att, 2022-06-21" in text for text in shown)
    assert any("Sweep of att, 2022-06-22" in text and "[PHL]" in text for text in shown)
