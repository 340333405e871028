"""Commands that carry the record out of the house and bring it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import common
from desk.terminal.console import progress

if TYPE_CHECKING:
    from casework.core.settings import Settings
    from casework.record.backup import BackedUp
    from casework.record.restore import Restored


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False, metavar="[FILE]")
@common(as_json=True)
def backup(call: Call, file: Path | None) -> int:
    """Write the record into one file, while everything runs; without FILE into the folder of backups."""
    from casework.record.backup import back_up
    from casework.record.backup_folder import next_name
    from casework.record.encryption import recipients_of

    with call.workspace() as workspace:
        recipients = recipients_of(workspace.settings.backup_recipients.split(","))
        made = back_up(workspace, file or next_name(workspace, by_hand=True), recipients=recipients)
    said = [f"{len(made.lost)} files of facts are lost, and not in it: accede verify names them."] if made.lost else []
    if not made.encrypted:
        said.append("It is not encrypted: whoever has it reads everything. See backup_recipients in docs/operating.md.")
    call.tell(made, _made(made), says=said)
    return 1 if made.lost else 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--identity", type=click.Path(path_type=Path), metavar="FILE", help="The key of an encrypted backup.")
@common(as_json=True)
def restore(call: Call, file: Path, *, identity: Path | None) -> None:
    """Bring a record back into a home and a database that hold nothing yet, and verify it."""
    from casework.record.restore import keys_in
    from casework.record.restore import restore as bring_back

    with call.workspace(must_exist=False) as workspace, progress("Restoring") as bar:
        brought = bring_back(workspace, file, identities=keys_in(identity), progress=bar)
    call.tell(brought, _brought(brought), says=_of_then(brought, workspace.settings))


def _of_then(brought: Restored, settings: Settings) -> Iterator[str]:
    """Say where the configuration of then lies, and what would go wrong with it as it is."""
    from casework.core.settings import names_another_database

    if not brought.configuration:
        return
    yield f"The configuration of then lies in {brought.configuration}: look at it, then call it accede.toml."
    if names_another_database(settings.home / brought.configuration, settings):
        yield "Its database_url is not where the record is now: take that line out, or restore into that database."


def _made(made: BackedUp) -> str:
    return (
        f"{made.file}: {made.dossiers} dossiers, {made.facts} facts, {made.files} files;"
        f" {made.size / 1_000_000:.1f} MB{', encrypted' if made.encrypted else ''}."
    )


def _brought(brought: Restored) -> str:
    holds = f"{brought.dossiers} dossiers, {brought.facts} facts, {brought.files} files"
    return f"The record of {brought.made_at} is back and verified: {holds}."
