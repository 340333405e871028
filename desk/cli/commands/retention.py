"""Commands about how long what is kept about persons is kept."""

from __future__ import annotations

import sys

import click

from desk.cli.call import Call
from desk.cli.options import common


@click.group()
def retention() -> None:
    """See what was kept long enough, and erase it for good."""


@retention.command("list")
@common(of_treaty=True, as_json=True, acts=True)
def list_(call: Call) -> None:
    """List what is proposed: persons who served long ago or never, and personal words."""
    from casework.retention.proposals import proposed
    from desk.cli.printed.retention import print_proposed

    with call.workspace() as workspace:
        found = proposed(workspace, reader=call.reader())
    call.show(found, print_proposed)


@retention.command("release")
@click.argument("key")
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
@common(of_treaty=True, as_json=True, acts=True)
def release(call: Call, *, key: str, yes: bool) -> None:
    """Erase for good what is proposed under KEY, such as person:7."""
    from casework.retention.releasing import release as erase

    if not yes and not sys.stdin.isatty():
        raise click.UsageError("This cannot be undone, and there is no terminal to ask on: add --yes if it is meant.")
    if not yes:
        click.confirm(f"Erase {key} for good?", abort=True, err=True)
    with call.workspace() as workspace:
        found = erase(workspace, key, reader=call.reader())
    call.tell({"key": found.key, "rule": found.rule}, f"Erased for good: {found.key}.")
