"""Commands that do a day's work without Prefect, or start everything: intake, sweep, post, up."""

from __future__ import annotations

import logging
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from desk.cli.call import Call
from desk.cli.errors import REFUSED
from desk.cli.options import Day, common
from desk.refusals import sentences
from desk.terminal.console import counted, progress, say
from notifications.refusals import sentence

if TYPE_CHECKING:
    from casework.core.workspace import Workspace
    from casework.depositary.intaken import Intaken
    from casework.operations.sweep import Swept

_log = logging.getLogger("accede.up")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--published", type=Day(), help="When it was published; else the latest date in it.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@common(of_treaty=True, as_json=True, acts=True)
def intake(call: Call, *, files: tuple[Path, ...], published: date | None, dry_run: bool) -> int:
    """Take in depositary files (XML or CSV), each all or nothing."""
    from desk.cli.printed.intake import print_intake

    if published is not None and len(files) > 1:
        raise click.UsageError("--published speaks of one file; take the others in by themselves.")
    with call.workspace() as workspace:
        found = [_take_in(call, workspace, path, published, dry_run=dry_run) for path in files]
        name_of = workspace.register().name_of
    for path, one in zip(files, found, strict=True):
        for fault in one.faults:
            said = sentence(fault)
            say(f"{path.name}: {said}" if len(files) > 1 else said)
    call.show(
        found[0] if len(found) == 1 else found,
        lambda console, _: print_intake(console, found, name_of=name_of, dry_run=dry_run, dated=published is not None),
    )
    return 1 if any(one.is_refused for one in found) else 0


def _take_in(call: Call, workspace: Workspace, path: Path, published: date | None, *, dry_run: bool) -> Intaken:
    from casework.core.rights import require_secretariat
    from casework.depositary.intake import take_in

    reader = call.reader()
    require_secretariat(reader)
    with path.open("rb") as file:
        data = file.read(workspace.settings.intake_limit + 1)
    with progress(f"Taking in {path.name}") as bar:
        return take_in(
            workspace,
            data,
            treaty=call.treaty,
            published=published,
            dry_run=dry_run,
            actor=reader.actor,
            progress=bar,
        )


@click.command()
@click.option("--on", type=Day(), help="The day (today).")
@common(of_treaty=True, as_json=True, acts=True)
def sweep(call: Call, *, on: date | None) -> int:
    """Do what a day brings: steps by date, follow-ups, notices."""
    from casework.core.rights import require_secretariat
    from casework.operations.sweep import sweep as do

    with call.workspace() as workspace:
        reader = call.reader()
        require_secretariat(reader)
        with progress("Sweeping") as bar:
            swept = do(workspace, call.treaty, on=on, run=_run(), asked_by=reader.actor, progress=bar)
    call.tell(swept, _swept(swept))
    for failure in swept.failed:
        say(f"{failure.state} could not be treated; it is tried again tomorrow (incident {failure.incident}).")
    return 1 if swept.failed else 0


def _swept(swept: Swept) -> str:
    if swept.repeated:
        return f"The sweep of {swept.on} was done already; nothing more was due."
    return (
        f"Sweep of {swept.on}: {swept.due} due, {counted(swept.advanced, 'step')} taken,"
        f" {counted(swept.opened, 'follow-up')} opened, {swept.closed} closed,"
        f" {counted(swept.notices, 'notice')} in {counted(swept.letters, 'letter')}."
    )


@click.command()
@common(as_json=True)
def post(call: Call) -> None:
    """Empty the outbox once."""
    from casework.letters.posting import post as carry_what_is_due

    with call.workspace() as workspace:
        posted = carry_what_is_due(workspace, run=_run())
    call.tell(posted, f"{posted.sent} sent, {posted.again} to try again, {posted.dead} dead, {posted.held} held.")


def _run() -> str:
    """Name a run that nobody scheduled."""
    return f"by-hand-{uuid4().hex[:12]}"


@click.command()
@click.option("--demo", is_flag=True, help="A throw-away training record with sample offices.")
@click.option("--port", type=click.IntRange(1, 65535), default=8300, help="The desk's port (8300).")
@click.option("--prefect-port", type=click.IntRange(1, 65535), help="Prefect's port (4200).")
@click.option("--no-prefect", is_flag=True, help="Keep the hours in this process instead.")
@common()
def up(call: Call, *, demo: bool, port: int, prefect_port: int | None, no_prefect: bool) -> int:
    """Start it all, and stay until Ctrl-C."""
    from casework.core.log_lines import write_log
    from casework.core.settings import is_home_in_shell, load
    from desk.runtime.supervisor import up as run

    settings = load(call.home)
    in_json = settings.log_format == "json" and not demo  # a demonstration speaks to whoever looks on
    write_log("json" if in_json else "text")
    _log.setLevel(logging.INFO)
    try:
        return run(
            settings,
            demo=demo,
            port=port,
            prefect_port=prefect_port,
            with_prefect=not no_prefect,
            echo=_log.info if in_json else click.echo,
            is_watched=sys.stdout.isatty() and not in_json,
            is_home_given=call.home is not None or is_home_in_shell(),
        )
    except Exception as wrong:
        if not in_json or call.debug:
            raise
        for said in sentences(wrong):
            _log.error("%s", said)
        return REFUSED
