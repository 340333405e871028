"""Commands about States as the record names them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import STATE, Day, Source, common

if TYPE_CHECKING:
    from pathways.grammar.facts import SourceKind
    from sources.states import State


@click.group()
def state() -> None:
    """Say what a State is called."""


@state.command("alias")
@STATE
@click.argument("name")
@click.option("--from", "from_", type=Day(), required=True, help="Its first day.")
@click.option("--until", type=Day(), help="Its last day.")
@click.option("--source", type=Source(), required=True, help="Who says so, such as note_verbale:7/2026.")
@click.option("--language", default="", metavar="CODE", help="What the State is called in this language from then on.")
@common(of_treaty=True, as_json=True, acts=True)
def alias(
    call: Call,
    *,
    state: State,
    name: str,
    from_: date,
    until: date | None,
    source: tuple[SourceKind, str],
    language: str,
) -> None:
    """Give a State a further name, by which every file, search and command finds it.

    With --language it is also what pages and letters in that language call the State while the name holds.
    """
    from casework.dossiers.state_names import Naming, add_name

    asked = Naming(
        name=name, since=from_, until=until, source=source[0], reference=source[1], language=language.strip()
    )  # fmt: skip
    with call.workspace() as workspace:
        given = add_name(workspace, state.iso3, asked, treaty=call.treaty, reader=call.reader())
    there = "On file already" if given.repeated else "On file"
    call.tell(
        {"state": state.iso3, "name": name, "number": given.number},
        f"{there}: {state} is “{name}” from {from_}.",
    )
