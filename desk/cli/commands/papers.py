"""The command that makes a paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import Day, Formats, common
from pathways.grammar.refusals import refusal

if TYPE_CHECKING:
    from casework.papers.document import Paper
    from casework.papers.kinds import Asked, Version

_FORMATS = ("docx", "pdf", "xlsx", "md")


@click.command()
@click.argument("kind", metavar="KIND")
@click.option("--state", "of_state", metavar="STATE", help="The State it is about.")
@click.option("--region", metavar="R", help="One region only.")
@click.option("--meeting", metavar="ID", help="The meeting it is for.")
@click.option("--open/--closed", "is_open", default=None, help="For anybody, or for those whom it names.")
@click.option("--on", type=Day(), help="As of this day (today).")
@click.option("--known", type=Day(), help="As known at the end of this day (now).")
@click.option("--since", type=Day(), help="What changed since this day (the last Conference).")
@click.option("--symbol", metavar="TEXT", default="", help="Under this symbol (a report alone has one).")
@click.option("--language", metavar="CODE", default="en", show_default=True, help="In this language.")
@click.option("--format", "formats", type=Formats(_FORMATS), help="Word, PDF, Excel (its tables), plain text.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Where to write it (printed as text).")
@common(of_treaty=True, as_json=True, acts=True)
def brief(
    call: Call,
    *,
    kind: str,
    of_state: str | None,
    region: str | None,
    meeting: str | None,
    is_open: bool | None,
    on: date | None,
    known: date | None,
    since: date | None,
    symbol: str,
    language: str,
    formats: tuple[str, ...] | None,
    out: Path | None,
) -> None:
    """Make a paper for States, the President and the chair.

    KIND is status, meeting, report, state or continuity. The same question again gives the same file.
    """
    from casework.papers.kinds import Asked
    from casework.papers.making import kind_named, make_paper, version_of

    asked = Asked(
        kind=kind_named(kind.strip().lower()),
        treaty=call.treaty,
        version=_version(is_open=is_open),
        state=call.state(of_state).iso3 if of_state is not None else None,
        region=region,
        meeting=meeting,
        on=on,
        known=known,
        since=since,
        symbol=" ".join(symbol.split()),
        language=language.strip().lower(),
    )
    with call.workspace() as workspace:
        paper = make_paper(workspace, asked, reader=call.reader())
    wanted = formats or (_of_name(out),)
    if out is None and wanted == ("md",):
        _print(call, asked, paper)
        return
    files = _write(paper, wanted, out or Path(f"{asked.kind}-{paper.on}"))
    answer = {"kind": asked.kind, "version": version_of(asked), "on": paper.on, "known": paper.known, "files": files}
    call.tell(answer, f"{paper.title}: {', '.join(map(str, files))}.")


def _version(*, is_open: bool | None) -> Version | None:
    from casework.papers.kinds import Version

    if is_open is None:
        return None
    return Version.OPEN if is_open else Version.CLOSED


def _of_name(out: Path | None) -> str:
    """Return the format that a file is named for; plain text where it is named for none."""
    suffix = out.suffix.removeprefix(".").lower() if out else ""
    return suffix if suffix in _FORMATS else "md"


def _print(call: Call, asked: Asked, paper: Paper) -> None:
    from casework.papers.making import version_of, written_as
    from desk.terminal.console import clean

    text = written_as(paper, "md").decode()
    told = {"kind": asked.kind, "version": version_of(asked), "on": paper.on, "known": paper.known, "text": text}
    call.show(told, lambda _, __: click.echo("\n".join(map(clean, text.splitlines()))))


def _write(paper: Paper, formats: tuple[str, ...], out: Path) -> list[Path]:
    """Write a paper in each format, under the name given with the ending of the format; what was there is replaced."""
    from casework.papers.making import written_as
    from casework.papers.shelf import put_down

    if out.is_dir():
        from casework.papers.kinds import NotMade

        raise NotMade(refusal("paper_is_a_folder", field="out", file=str(out)))
    named = out if len(formats) == 1 and out.suffix else None
    files = []
    for one in formats:
        file = named or out.with_name(f"{out.stem if out.suffix[1:] in _FORMATS else out.name}.{one}")
        put_down(file, written_as(paper, one))
        files.append(file)
    return files
