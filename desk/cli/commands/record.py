"""Commands about the record as a whole: open it, move a training clock, prove it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import Day, common
from desk.terminal.console import counted, long_day, progress, say

if TYPE_CHECKING:
    from casework.record.opening import Opened


@click.command()
@click.option("--empty", is_flag=True, help="States and pathways only, no participation.")
@click.option("--training", type=Day(), metavar="DATE", help="A record to learn and to test on, as of that day.")
@common(of_treaty=True, as_json=True)
def init(call: Call, *, empty: bool, training: date | None) -> None:
    """Open the record, with what is bundled; again, add what this release knows besides, and change nothing."""
    from casework.record.opening import open_record

    with call.workspace(must_exist=False) as workspace:
        opened = open_record(workspace, treaty=call.treaty, empty=empty, training=training)
        call.say_training()
    call.tell(opened, _opened(opened))


def _opened(opened: Opened) -> str:
    holds = f"{opened.dossiers} States, {opened.facts} facts"
    new = [counted(number, one) for number, one in ((opened.learnt, "act"), (opened.meetings, "meeting")) if number]
    if new and opened.was_there:
        return f"The record was open already ({holds}); {' and '.join(new)} that this release knows of came on file."
    if opened.was_there:
        return f"The record was open already ({holds}); nothing was changed."
    return f"The record is open: {holds}."


@click.command()
@click.argument("day", type=Day(), required=False, metavar="[DATE]")
@common(as_json=True)
def clock(call: Call, day: date | None) -> None:
    """Say a training record's day, or move it forward."""
    from casework.record.opening import move_clock

    with call.workspace(quietly=True) as workspace:
        stands = move_clock(workspace, day)
        call.say_training()
    call.tell({"clock": stands}, f"The clock stands on {long_day(stands)}.")


@click.command()
@click.option("--since", metavar="HEAD", help="A line of seals.txt that you kept: nothing before it changed.")
@common(as_json=True)
def verify(call: Call, *, since: str | None) -> int:
    """Check the ledger's chain, replay its facts, and look at their files."""
    from casework.record.audit import verify as check

    with call.workspace() as workspace, progress("Verifying") as bar:
        found = check(workspace, progress=bar, since=since)
    differences = [*found.chain, *found.replay, *found.files, *found.seals, *found.guards]
    said = f"{found.facts} facts in {found.dossiers} dossiers: "
    whole = "the chain holds, the replay is equal, every file of a fact is there, and its guards stand."
    named = "1 difference." if len(differences) == 1 else f"{len(differences)} differences."
    said += whole if found.is_sound else named
    said += f" Purged: {found.purged} facts." if found.purged else ""
    said += f" Erased: {found.erased} persons." if found.erased else ""
    said += " Nothing has changed of what was sealed then." if since is not None and not found.seals else ""
    call.tell(
        {
            "facts": found.facts,
            "dossiers": found.dossiers,
            "chain": found.chain or "ok",
            "replay": found.replay or "ok",
            "files": found.files or "ok",
            "seals": found.seals or "ok",
            "guards": found.guards or "ok",
            "purged": found.purged,
            "erased": found.erased,
        },
        said,
        says=differences,
    )
    return 0 if found.is_sound else 1


@click.command()
@common(as_json=True)
def doctor(call: Call) -> int:
    """Say what is late or broken, and what to do next."""
    from casework.operations.checkup import check_up
    from casework.operations.findings import Condition
    from desk.cli.printed.checkup import named, print_checkup
    from desk.cli.printed.spoken import words_of
    from notifications.refusals import sentence

    with call.workspace(must_exist=False) as workspace:
        found = check_up(workspace)
        if found.findings[0].condition is Condition.FINE:
            call.say_training()
    call.show(found, partial(print_checkup, treaty=call.treaty))
    for finding in found.findings:
        if finding.condition in (Condition.BROKEN, Condition.NOT_MADE):
            say(f"{named(finding, words_of(call.treaty))}: {sentence(finding.says)}")
    return 0 if found.is_sound else 1
