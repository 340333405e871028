"""Commands about what was said at a meeting: a sheet is taken in, lines are listed, and checked ones become facts."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import common
from desk.terminal.console import counted

if TYPE_CHECKING:
    from casework.meetings.take_in import TakenIn

_MEETING = click.option("--meeting", "of_meeting", metavar="MEETING", required=True, help="Where it was said.")


@click.group()
def statements() -> None:
    """Take in, list and check what was said at a meeting."""


@statements.command("take-in")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_MEETING
@click.option("--dry-run", is_flag=True, help="Say what it would bring, and write nothing.")
@click.option("--good-rows", is_flag=True, help="Take in the rows that are good, although others are not.")
@common(of_treaty=True, as_json=True, acts=True)
def take_in(call: Call, *, file: Path, of_meeting: str, dry_run: bool, good_rows: bool) -> int:
    """Take in a sheet, CSV or Excel, with the columns speaker, kind, words, on, by, condition, sensitivity.

    The first three are wanted, the order is free. A speaker is a State by code or any name, or an organization: one
    that has not spoken before has an asterisk before its name. What is taken in are drafts; `accede statements
    check` makes them facts.
    """
    from casework.meetings.take_in import take_in as take
    from notifications.refusals import sentence
    from sources.sheets import MAX_BYTES

    with file.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)  # one more than allowed is enough to be refused
    with call.workspace() as workspace:
        options = {"dry_run": dry_run, "good_rows": good_rows}
        taken = take(workspace, data, of_meeting, **options, treaty=call.treaty, reader=call.reader())
    names = ("read", "new", "unchanged", "faults")
    call.tell(
        {name: getattr(taken, name) for name in names},
        _said(taken, dry_run=dry_run),
        says=() if call.as_json else [f"{_where(one.row, one.column)}{sentence(one.sentence)}" for one in taken.faults],
    )
    return 1 if taken.is_refused else 0


def _said(taken: TakenIn, *, dry_run: bool) -> str:
    if taken.is_refused:
        return f"Refused, with {counted(len(taken.faults), 'fault')}; nothing was written."
    would = "Nothing was written; it would bring" if dry_run else "Taken in:"
    return f"{would} {taken.new} new of {counted(taken.read, 'row')}, {taken.unchanged} were there already."


def _where(row: int, column: str) -> str:
    if not row:
        return ""
    return f"Row {row}, {column}: " if column else f"Row {row}: "


@statements.command("list")
@_MEETING
@common(of_treaty=True, as_json=True, acts=True)
def list_(call: Call, *, of_meeting: str) -> None:
    """List what was said at a meeting, the newest first."""
    from casework.meetings.room import room
    from desk.cli.printed.meetings import print_lines

    with call.workspace() as workspace:
        found = room(workspace, of_meeting, treaty=call.treaty, reader=call.reader())
    call.show(found.lines, partial(print_lines, treaty=call.treaty))


@statements.command("check")
@click.argument("lines", type=int, nargs=-1, metavar="[LINE]...")
@_MEETING
@click.option("--all", "every", is_flag=True, help="Every line that waits to be checked.")
@common(of_treaty=True, as_json=True, acts=True)
def check(call: Call, *, lines: tuple[int, ...], of_meeting: str, every: bool) -> None:
    """Make lines facts, by their numbers in `accede statements list`, or all of them."""
    from casework.meetings import checking

    if bool(lines) == every:
        raise click.UsageError("Say which lines, by their numbers, or --all.")
    with call.workspace() as workspace:
        reader = call.reader()
        if every:
            done = checking.check_all(workspace, of_meeting, treaty=call.treaty, reader=reader)
        else:
            done = checking.check(workspace, of_meeting, lines, treaty=call.treaty, reader=reader)
    said = f"{counted(done.checked, 'statement')} checked and on file, of {counted(done.states, 'State')}"
    call.tell(done, f"{said}; {done.left} left to check.")
