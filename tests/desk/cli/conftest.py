"""The command line as a person meets it: what was typed, what came back on which stream, with which code."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from casework.core.workspace import Workspace, open_workspace
from casework.record.opening import open_record
from desk.cli.main import cli

ROOT = Path(__file__).resolve().parents[3]
#: The day before a real entry into force: the Philippines is bound from 22 June 2022.
TRAINING_DAY = date(2022, 6, 21)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Read what was printed, which must be JSON and nothing else."""
        return json.loads(self.out)

    @property
    def said(self) -> list[str]:
        """Return the sentences on stderr."""
        return self.err.splitlines()


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A home, and commands typed at it."""

    home: Path

    def __call__(self, *words: str, **environment: str) -> Answer:
        """Run a command in this process."""
        result = CliRunner().invoke(cli, [*words], env={"ACCEDE_HOME": str(self.home), **environment})
        return Answer(code=result.exit_code, out=result.stdout, err=result.stderr)

    def json(self, *words: str) -> Any:
        """Run a command that must do, and read its JSON."""
        answer = self(*words, "--json")
        assert answer.code == 0, answer.err
        return answer.json

    def process(self, *words: str, **environment: str) -> Answer:
        """Run a command as a process of its own, as a shell would."""
        done = subprocess.run(
            self.command(*words), capture_output=True, text=True, check=False, env=self.environment(environment)
        )
        return Answer(code=done.returncode, out=done.stdout, err=done.stderr)

    def command(self, *words: str) -> list[str]:
        """Return the words that start a command."""
        return [sys.executable, "-m", "desk", *words]

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """Return an environment that holds nothing of Accede's but this home."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("ACCEDE_")}
        return {**kept, "ACCEDE_HOME": str(self.home), "PYTHONPATH": str(ROOT), **more}


@pytest.fixture
def desk(real_record: Path, tmp_path: Path) -> Desk:
    """Give a real record of one's own."""
    return Desk(home=_copied(real_record, tmp_path))


@pytest.fixture
def training(training_record: Path, tmp_path: Path) -> Desk:
    """Give a training record of one's own, on 21 June 2022."""
    return Desk(home=_copied(training_record, tmp_path))


@pytest.fixture
def bare(tmp_path: Path) -> Desk:
    """Give a home with nothing in it."""
    return Desk(home=tmp_path / "home")


@pytest.fixture
def workspace_of() -> Iterator[Callable[[Desk], Workspace]]:
    """Give a way to look at a home behind the desk's back."""
    opened: list[Workspace] = []

    def look(desk: Desk) -> Workspace:
        opened.append(open_workspace(desk.home))
        return opened[-1]

    yield look
    for workspace in opened:
        workspace.close()


@pytest.fixture(scope="session")
def real_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the bundled record, opened once; to be copied."""
    return _opened(tmp_path_factory.mktemp("real"), None)


@pytest.fixture(scope="session")
def training_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the bundled record as of 21 June 2022, opened once; to be copied."""
    return _opened(tmp_path_factory.mktemp("training"), TRAINING_DAY)


def _opened(home: Path, training: date | None) -> Path:
    with closing(open_workspace(home)) as workspace:
        open_record(workspace, training=training, treaty="att")
    return home


def _copied(record: Path, tmp_path: Path) -> Path:
    home = tmp_path / "home"
    shutil.copytree(record, home)
    return home
