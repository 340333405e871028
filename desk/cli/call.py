"""One call of a command: where, for which treaty, in whose name, and how the answer is wanted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desk.terminal.console import clean, console, long_day, say
from desk.terminal.json_output import as_json, plain
from notifications.refusals import sentence
from pathways.grammar.refusals import Remark

if TYPE_CHECKING:
    from rich.console import Console

    from casework.core.workspace import Workspace
    from desk.about import About
    from pathways.grammar.clearance import Reader
    from sources.states import State


@dataclass
class Call:
    """What every command is given, and the workspace it opened."""

    home: Path | None = None
    chosen: str | None = None  # the treaty named by --treaty
    as_json: bool = False
    acting: str | None = None
    debug: bool = False
    opened: Workspace | None = None
    training: date | None = None

    @contextmanager
    def workspace(self, *, must_exist: bool = True, quietly: bool = False) -> Iterator[Workspace]:
        """Open the workspace; unless quietly, say on stderr when the record is one for training."""
        from casework.core.workspace import open_workspace

        self.opened = open_workspace(self.home)
        try:
            if must_exist:
                self.opened.store.require()
            if must_exist and not quietly:
                self.say_training()
            yield self.opened
        finally:
            self.opened.close()

    @property
    def treaty(self) -> str:
        """Return the treaty that was named, or else the one this home is configured for."""
        from casework.core.settings import load

        return self.chosen or (self.opened.settings if self.opened else load(self.home)).treaty

    def reader(self) -> Reader:
        """Return who acts: the operator of the machine, or the person named by --as with that person's rights."""
        from pathways.grammar.clearance import OPERATOR

        if self.acting is None:
            return OPERATOR
        from casework.core.readers import acting_as

        assert self.opened is not None
        return acting_as(self.opened, self.acting, treaty=self.treaty)

    def state(self, text: str) -> State:
        """Return the State with this code or name, as the record calls it where there is one; UnknownState if none."""
        from casework.core.workspace import open_workspace
        from models.store.schema import SCHEMA
        from sources.states import load_register

        workspace = open_workspace(self.home)
        try:
            there = workspace.store.revision() == SCHEMA
            return (workspace.register() if there else load_register()).find(text)
        finally:
            workspace.close()

    def today(self, home: Path | None) -> date:
        """Return the day of the record in a home, or of the clock where there is no record yet."""
        from casework.core.workspace import open_workspace
        from models.store.schema import SCHEMA

        workspace = open_workspace(home)
        try:
            if workspace.store.revision() == SCHEMA:
                return workspace.today()
            return workspace.clock.now().astimezone(workspace.settings.timezone).date()
        finally:
            workspace.close()

    def about(self, state: State) -> About:
        """Return what every verb about a State is told."""
        return {"treaty": self.treaty, "name": state.name, "reader": self.reader()}

    def say_training(self) -> None:
        """Say that this is a training record, and its day."""
        assert self.opened is not None
        self.training = self.opened.training
        if self.training is not None:
            say(f"training record, {long_day(self.training)}")

    def show(self, answer: object, printed: Callable[[Console, Any], None]) -> None:
        """Print an answer: as JSON alone on stdout, or as a view for people."""
        if self.as_json:
            self._show_json(answer)
        else:
            printed(console(), answer)

    def tell(self, answer: object, done: str, *, says: Iterable[Remark | str] = ()) -> None:
        """Print an answer: as JSON alone on stdout, or as a sentence; what else it says goes to stderr."""
        if self.as_json:
            self._show_json(answer)
        else:
            click.echo(clean(done))
        for further in says:
            say(sentence(further) if isinstance(further, Remark) else further)

    def _show_json(self, answer: object) -> None:
        whole = plain(answer)
        if self.training is not None and isinstance(whole, dict):
            whole["training"] = self.training.isoformat()
        click.echo(as_json(whole, ascii_only=not _is_utf8()))

    def interrupted(self) -> str:
        """Say what an interruption left behind."""
        if self.opened is None or not self.opened.store.has_written:
            return "Interrupted; nothing was written."
        return "Interrupted. What was finished by then stands; run the same command again for the rest."


def _is_utf8() -> bool:
    return (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
