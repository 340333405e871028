"""Commands about what States have promised: a list with its age, and what became of one."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import LEVEL, STATE, Day, Partial, Source, common

if TYPE_CHECKING:
    from pathways.grammar.dates import PartialDate
    from pathways.grammar.facts import SourceKind
    from sources.states import State


@click.command()
@click.option("--on", type=Day(), help="As of this day (today).")
@click.option("--region", metavar="R", help="One region only.")
@common(of_treaty=True, as_json=True, acts=True)
def promises(call: Call, *, on: date | None, region: str | None) -> None:
    """List what States have promised, the oldest first, with its age and how it stands."""
    from casework.promises.listing import promise_list
    from desk.cli.printed.promises import as_told, print_promises

    with call.workspace() as workspace:
        found = promise_list(workspace, treaty=call.treaty, reader=call.reader(), on=on, region=region)
    call.show(as_told(found) if call.as_json else found, partial(print_promises, treaty=call.treaty))


@click.command()
@STATE
@click.argument("fact")
@click.argument("outcome", type=click.Choice(["kept", "renewed", "lapsed"]))
@click.option("--on", type=Partial(), required=True, help="When that was so: a day, a month or a year.")
@click.option("--source", type=Source(), required=True, help="Who says so, such as note_verbale:12/2024.")
@click.option("--by", type=Partial(), help="Of a renewed one, the day or month that it names now.")
@click.option("--condition", metavar="TEXT", help="Of a renewed one, on what it depends now.")
@click.option("--sensitivity", type=LEVEL, help="Who may know it; otherwise as is usual for its source.")
@click.option("--note", metavar="TEXT", help="Free text, kept beside the ledger.")
@common(of_treaty=True, as_json=True, acts=True)
def promise(
    call: Call,
    *,
    state: State,
    fact: str,
    outcome: str,
    on: PartialDate,
    source: tuple[SourceKind, str],
    by: PartialDate | None,
    condition: str | None,
    sensitivity: str | None,
    note: str | None,
) -> None:
    """Say what became of a promise: kept, renewed or lapsed. FACT is its id, as `accede promises` shows it."""
    from casework.promises.settling import Outcome, settle_promise
    from pathways.grammar.clearance import Sensitivity
    from pathways.grammar.terms import Became

    told = Outcome(
        became=Became(outcome),
        on=on,
        source=source[0],
        reference=source[1],
        by=by,
        condition=condition or "",
        sensitivity=Sensitivity.named(sensitivity) if sensitivity else None,
        note=note,
    )
    with call.workspace() as workspace:
        settled = settle_promise(workspace, state.iso3, fact, told, treaty=call.treaty, reader=call.reader())
    already = " already" if settled.repeated else ""
    sentence = f"It is on file{already} that {state.name} has {_SAID[outcome]}: fact {settled.fact.id[:8]}."
    call.tell({"fact": settled.fact.id}, sentence)


_SAID = {"kept": "kept its promise", "renewed": "renewed its promise", "lapsed": "let its promise lapse"}
