"""Commands that give the record to other programs, and take a whole one in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import Formats, common
from desk.terminal.console import progress
from pathways.grammar.refusals import refusal

if TYPE_CHECKING:
    from casework.record.importing import Imported
    from casework.record.whole_record import WholeRecord


WHOLE = "jsonl"


@click.command()
@click.option("--format", "formats", type=Formats((WHOLE,)), default=WHOLE, show_default=True, help="Which files.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="A new folder for it (one of its own here)."
)
@common(of_treaty=True, as_json=True, acts=True)
def export(call: Call, *, formats: tuple[str, ...], out: Path | None) -> int:
    """Write the record for other programs: jsonl is the whole of it, the operator's alone, to be imported elsewhere."""
    from casework.exports.folder import NotExported, new_folder, next_name
    from casework.record.whole_record import write_whole_record

    with call.workspace() as workspace:
        if WHOLE in formats and call.acting is not None:
            raise NotExported(refusal("whole_record_for_the_operator"))
        place = out or next_name(workspace, call.treaty)
        with new_folder(place) as folder:
            whole = write_whole_record(workspace, folder)
    lost = f"Files of facts that are lost, and not in it: {len(whole.lost)}. accede verify names their facts."
    call.tell(
        {"folder": place, "whole_record": whole},
        f"{place}: {_whole(whole)}. It is not encrypted: whoever has it reads everything.",
        says=[lost] if whole.lost else [],
    )
    return 1 if whole.lost else 0


def _whole(whole: WholeRecord) -> str:
    return f"the whole record, {whole.dossiers} dossiers, {whole.facts} facts, {whole.files} files"


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@common(as_json=True)
def import_(call: Call, file: Path) -> None:
    """Take a whole record that was exported into a home and a database that hold nothing yet, and verify it."""
    from casework.record.importing import import_record

    with call.workspace(must_exist=False) as workspace, progress("Verifying") as bar:
        taken = import_record(workspace, file, progress=bar)
    lost = f"Files of facts that were not beside it: {taken.lost}. accede verify names their facts."
    call.tell(taken, _taken(taken), says=[lost] if taken.lost else [])


def _taken(taken: Imported) -> str:
    holds = f"{taken.dossiers} dossiers, {taken.facts} facts, {taken.files} files"
    return f"The record of {taken.made_at} is here and verified: {holds}."
