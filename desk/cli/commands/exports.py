"""Commands that give the record to other programs, and take a whole one in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import Formats, common
from desk.terminal.console import progress
from pathways.grammar.refusals import refusal

if TYPE_CHECKING:
    from casework.core.workspace import Workspace
    from casework.record.importing import Imported
    from casework.record.whole_record import WholeRecord

_READ, _WHOLE = ("csv", "xlsx", "json"), "jsonl"


@click.command()
@click.option(
    "--format",
    "formats",
    type=Formats((*_READ, _WHOLE)),
    default=",".join(_READ),
    show_default=True,
    help="csv, xlsx and json: what one may read; jsonl: the whole record, which accede import takes in.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="A new folder for it (one of its own here)."
)
@common(of_treaty=True, as_json=True, acts=True)
def export(call: Call, *, formats: tuple[str, ...], out: Path | None) -> int:
    """Write everything that one may read for other programs, with what each column means."""
    from casework.exports.folder import NotExported, new_folder, next_name
    from casework.record.whole_record import write_whole_record

    if _WHOLE in formats and call.acting is not None:
        raise NotExported(refusal("whole_record_for_the_operator"))
    with call.workspace() as workspace:
        place = out or next_name(workspace, call.treaty)
        with new_folder(place) as folder:
            rows = _write_tables(call, workspace, folder, [one for one in formats if one != _WHOLE])
            whole = write_whole_record(workspace, folder) if _WHOLE in formats else None
    said = "; ".join([*_told(rows), *_whole(whole)])
    lost = len(whole.lost) if whole else 0
    says = [f"Files of facts that are lost, and not in it: {lost}. accede verify names their facts."] if lost else []
    call.tell({"folder": place, "rows": rows, "whole_record": whole}, f"{place}: {said}.", says=says)
    return 1 if lost else 0


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


def _write_tables(call: Call, workspace: Workspace, folder: Path, formats: Sequence[str]) -> dict[str, int]:
    """Write what the reader may read in each of the formats; return how many rows each table has."""
    if not formats:
        return {}
    from casework.exports.export import export as read
    from casework.record.unfinished import written_new
    from desk.cli.printed.exported import files_of
    from desk.cli.printed.spoken import words_of

    made = read(workspace, treaty=call.treaty, reader=call.reader(), say=words_of(call.treaty))
    for name, held in (file for one in formats for file in files_of(made, one)):
        with written_new(folder / name) as file:
            file.write(held)
    return {filled.table.name: len(filled.rows) for filled in made.tables}


def _told(rows: dict[str, int]) -> list[str]:
    return [f"{len(rows)} tables, {sum(rows.values())} rows"] if rows else []


def _whole(whole: WholeRecord | None) -> list[str]:
    if whole is None:
        return []
    holds = f"the whole record, {whole.dossiers} dossiers, {whole.facts} facts, {whole.files} files"
    return [f"{holds}. It is not encrypted: whoever has it reads everything"]


def _taken(taken: Imported) -> str:
    holds = f"{taken.dossiers} dossiers, {taken.facts} facts, {taken.files} files"
    return f"The record of {taken.made_at} is here and verified: {holds}."
