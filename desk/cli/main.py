"""The command line. Each command turns a line of text into one verb or one view; none of them thinks."""

from __future__ import annotations

import atexit
import gc
import sys
from typing import NoReturn

import click

from desk.cli.commands.appointing import mandate
from desk.cli.commands.attention import next_step, next_steps
from desk.cli.commands.backups import backup, restore
from desk.cli.commands.enquiries import enquiry
from desk.cli.commands.exports import export, import_
from desk.cli.commands.filing import fact, purge, settle
from desk.cli.commands.follow_ups import follow_up
from desk.cli.commands.letters import letters
from desk.cli.commands.looking import agenda, dossier, status, treaty
from desk.cli.commands.meetings import meeting
from desk.cli.commands.papers import brief
from desk.cli.commands.people import people
from desk.cli.commands.promises import promise, promises
from desk.cli.commands.record import clock, doctor, init, verify
from desk.cli.commands.retention import retention
from desk.cli.commands.running import intake, post, sweep, up
from desk.cli.commands.statements import statements
from desk.cli.commands.states import state
from desk.cli.commands.stepping import step
from desk.cli.commands.upgrading import upgrade
from desk.cli.errors import SentenceGroup


@click.group("accede", cls=SentenceGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="accede", prog_name="accede")
def cli() -> None:
    """Accompany States from first interest in a treaty to its implementation."""


_COMMANDS = (
    *(init, clock, up, intake, verify, doctor),
    *(backup, restore, upgrade, export, import_),
    *(status, dossier, agenda, next_steps, promises, treaty),
    *(fact, settle, purge, step, next_step, state, meeting, statements, promise, enquiry),
    brief,
    *(sweep, post, letters),
    *(follow_up, mandate, people, retention),
)
for _command in _COMMANDS:
    cli.add_command(_command)


def main() -> NoReturn:
    """Answer one line of text, and leave."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal that lacks a letter shows “?”
    # A command makes little garbage. Looking for it, and once more in all there is when leaving, takes longer.
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)
    cli.main()
