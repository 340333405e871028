"""The command that brings a record of an older program up to this one's schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import common
from desk.processes.home_lock import locked
from desk.refusals import sentences
from desk.terminal.console import progress, say
from notifications.refusals import sentence

if TYPE_CHECKING:
    from casework.core.workspace import Workspace
    from casework.record.upgrading import Upgraded


class LeftAlone(Exception):
    """An upgrade went wrong: why, and how the record stands now."""

    def __init__(self, wrong: Exception, stands: str) -> None:
        """Keep what is to be said."""
        super().__init__(stands)
        self.sentences = (*sentences(wrong), stands)


@click.command()
@common(as_json=True)
def upgrade(call: Call) -> None:
    """Bring the record up to this version of Accede: backed up, tried on a copy, verified, or left as it was."""
    from casework.record.upgrading import upgrade as bring_up

    with call.workspace(must_exist=False) as workspace:
        if workspace.store.revision() is None:
            workspace.store.require()
        with (
            locked(workspace.settings.home),
            _said_how_it_stands(workspace),
            progress("So far", in_a_log=True) as bar,
        ):
            done = bring_up(workspace, says=lambda one: say(sentence(one)), progress=bar)
    call.tell(done, _done(done))


@contextmanager
def _said_how_it_stands(workspace: Workspace) -> Iterator[None]:
    """Say of an upgrade that went wrong how the record stands now, as far as that can be told."""
    before = workspace.store.revision()
    try:
        yield
    except Exception as wrong:
        raise LeftAlone(wrong, _stands(workspace, str(before))) from wrong


def _stands(workspace: Workspace, before: str) -> str:
    try:
        now = workspace.store.revision()
    except Exception:  # noqa: BLE001  # why is said already: it is what went wrong
        now = None
    if now == before:
        return f"The record is as it was, of schema {before}: the version of Accede that it was with goes on with it."
    return "How the record stands cannot be told just now: type accede upgrade again once the database answers."


def _done(done: Upgraded) -> str:
    if done.backup is None:
        return f"The record is of schema {done.schema}, as Accede {done.program} has it; nothing was changed."
    return (
        f"The record is of schema {done.schema} now, as Accede {done.program} has it, and verified: {done.dossiers}"
        f" dossiers, {done.facts} facts. It was of {done.came_from}; the backup of then lies in {done.backup}."
    )
