"""Commands that put something on a State's file: a fact, a settled contradiction, a purge."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import LEVEL, STATE, Partial, Setting, Source, common
from pathways.grammar.refusals import Refusal, refusal

if TYPE_CHECKING:
    from casework.dossiers.filing import Filed
    from pathways.grammar.dates import PartialDate
    from pathways.grammar.facts import SourceKind
    from pathways.grammar.pathway import Pathway
    from sources.states import State


@click.command()
@STATE
@click.argument("kind")
@click.option("--on", type=Partial(), required=True, help="When it took effect: a day, a month or a year.")
@click.option("--source", type=Source(), required=True, help="Who says so, such as gazette:12/2024.")
@click.option("--set", "fields", type=Setting(), multiple=True, help="A field of this kind; again for another.")
@click.option("--annuls", multiple=True, metavar="FACT", help="A fact that it undoes, by id or number.")
@click.option("--sensitivity", type=LEVEL, help="Who may know it; otherwise as is usual for its source.")
@click.option("--attach", type=click.Path(path_type=Path), metavar="FILE", help="A file to keep with it.")
@click.option("--note", metavar="TEXT", help="Free text, kept beside the ledger.")
@common(of_treaty=True, as_json=True, acts=True)
def fact(
    call: Call,
    *,
    state: State,
    kind: str,
    on: PartialDate,
    source: tuple[SourceKind, str],
    fields: tuple[tuple[str, str], ...],
    annuls: tuple[str, ...],
    sensitivity: str | None,
    attach: Path | None,
    note: str | None,
) -> None:
    """File a fact about a State.

    `accede treaty` lists the kinds of fact, the fields of each and the sources it accepts. `accede dossier` shows
    facts with their ids, the same for everybody, and with numbers, which each reader has of their own.
    """
    from casework.dossiers.filing import Filing, file_fact
    from casework.files.attachments import received_from
    from notifications.typed_dates import days_in_iso
    from pathways.grammar.admission import NotAdmitted
    from pathways.grammar.clearance import Sensitivity

    with call.workspace() as workspace, received_from(workspace, attach) as attachment:
        declared = workspace.pathway(call.treaty).kind(kind)
        filing = Filing(
            kind=kind,
            effective=on,
            source=source[0],
            reference=source[1],
            fields=days_in_iso(declared, dict(fields), today=workspace.today()) if declared else dict(fields),
            annuls=annuls,
            sensitivity=Sensitivity.named(sensitivity) if sensitivity else None,
            note=note,
            attachment=attachment,
        )
        try:
            filed = file_fact(workspace, state.iso3, filing, **call.about(state))
        except NotAdmitted as refused:
            how = _how_to_give(workspace.pathway(call.treaty), kind, fields)
            raise NotAdmitted(*refused.refusals, *how) from None
    _tell(call, state, filed)


def _how_to_give(pathway: Pathway, kind: str, fields: tuple[tuple[str, str], ...]) -> tuple[Refusal, ...]:
    """Say how fields are given that this kind of fact needs and that were left out."""
    declared, given = pathway.kind(kind), {name for name, value in fields if value.strip()}
    missing = [f.name for f in declared.fields if f.required and f.name not in given] if declared else []
    options = " ".join(f"--set {name}=…" for name in missing)
    return (refusal("give_it_with", options=options),) if missing else ()


@click.command()
@STATE
@click.argument("fact")
@click.option("--reason", required=True, metavar="TEXT", help="Why; the next person will want to know.")
@common(of_treaty=True, as_json=True, acts=True)
def settle(call: Call, *, state: State, fact: str, reason: str) -> None:
    """Settle a contradiction in favour of FACT.

    FACT is an id, or the beginning of one, as `accede dossier` shows it and the same for everybody; or a number,
    which each reader has of their own.
    """
    from casework.dossiers.contradictions import settle_contradiction

    with call.workspace() as workspace:
        filed = settle_contradiction(workspace, state.iso3, fact, reason=reason, **call.about(state))
    _tell(call, state, filed)


@click.command()
@STATE
@click.argument("fact")
@click.option("--reason", required=True, metavar="TEXT", help="Why; the note and the file go for good.")
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
@common(of_treaty=True, as_json=True, acts=True)
def purge(call: Call, *, state: State, fact: str, reason: str, yes: bool) -> None:
    """Delete a fact's note and file for good.

    FACT is an id, or the beginning of one, as `accede dossier` shows it and the same for everybody; or a number,
    which each reader has of their own.
    """
    from casework.dossiers.purging import purge as delete
    from casework.dossiers.purging import what_goes

    if not yes and not sys.stdin.isatty():
        raise click.UsageError(
            "Purging cannot be undone, and there is no terminal to ask on: add --yes if it is meant."
        )
    with call.workspace() as workspace:
        going = what_goes(workspace, state.iso3, fact, **call.about(state))
        doomed = f"{going.what} of fact {fact}, {going.title} of {going.fact.effective}, of {state}"
        if not yes:
            click.confirm(f"Delete {doomed} for good?", abort=True, err=True)
        filed = delete(workspace, state.iso3, fact, reason=reason, **call.about(state))
    _tell(call, state, filed, f"Deleted for good: {doomed}.")


def _tell(call: Call, state: State, filed: Filed, said: str = "") -> None:
    from desk.cli.printed.spoken import words_of

    words = words_of(call.treaty)
    steps = f" Taken with it: {', '.join(map(words, filed.steps))}." if filed.steps else ""
    on_file = filed.fact
    call.tell(
        {
            "state": state.iso3,
            "fact": on_file.id,
            "kind": on_file.kind,
            "effective_on": str(on_file.effective),
            "sensitivity": on_file.sensitivity.label,
            "steps": filed.steps,
            "stage": filed.stage,
        },
        said
        or f"On file for {state}: {words(on_file.kind)} of {on_file.effective}, held as {words(on_file.sensitivity)}"
        f" (fact {on_file.id[:8]}).{steps}",
    )
