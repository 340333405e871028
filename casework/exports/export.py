"""An export: everything that one reader may read of a treaty today, as tables, with what each column means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import NamedTuple

from casework.core.actors import called, number_of
from casework.core.rights import NotOnFile, NotYours
from casework.core.workspace import Workspace
from casework.dossiers.disclosure_log import note_reading
from casework.exports.columns import TYPES, Cell, Row, Table, Type, code, day, hour, text
from casework.exports.material import Material
from casework.exports.tables_of_facts import FACT_FIELDS, FACTS, RELEASES
from casework.exports.tables_of_people import HOLDS, MANDATES, PEOPLE, SERVING
from casework.exports.tables_of_states import DUTIES, OPEN_STEPS, STATE_NAMES, STATES, STEPS
from casework.exports.tables_of_work import COMMENTS, FOLLOW_UPS, LETTERS, NOTICES, PROPOSAL_FIELDS, PROPOSALS
from pathways.grammar.clearance import Reader
from pathways.grammar.pathway import Pathway

Say = Callable[[object], str]

ABOUT = Table(
    name="about",
    means="this export: of what, for whom and when",
    rows=lambda about: (Row(None, about),),
    columns=(
        text("treaty", "the treaty, by its key"),
        text("title", "what the treaty is called"),
        day("on", "the day as of which everything stands"),
        hour("made_at", "when it was made"),
        text("reader", "for whom: person:NUMBER or operator; it holds what that reader may read, and nothing else"),
        text("reader_name", "what that reader is called"),
        text("program", "the version of Accede that made it"),
        day("training", "of a record to learn on: the day that it stands on"),
    ),
)
DICTIONARY = Table(
    name="dictionary",
    means="what each table, column and code of this export means",
    rows=lambda lines: (Row(None, line) for line in lines),
    columns=(
        text("table", "the table"),
        text("column", "the column; nothing: the line is about the table, and says what a row of it is"),
        text("means", "what it means"),
        code("type", "of what type it is", lambda _: TYPES),
        text("code", "a code that may stand in the column"),
        text("word", "what that code means"),
    ),
)
TABLES = (
    *(STATES, FACTS, FACT_FIELDS, RELEASES, STEPS, OPEN_STEPS, DUTIES, STATE_NAMES),
    *(FOLLOW_UPS, COMMENTS, NOTICES, LETTERS, PROPOSALS, PROPOSAL_FIELDS),
    *(PEOPLE, MANDATES, HOLDS, SERVING),
)


class Filled(NamedTuple):
    """A table with its rows, in the order of its columns."""

    table: Table
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(column.name for column in self.table.columns)


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """Everything one reader may read: the tables that there are for that reader, the data dictionary among them."""

    treaty: str
    on: date
    tables: tuple[Filled, ...]

    def __getitem__(self, name: str) -> Filled:
        """Return the table of that name, or raise KeyError."""
        return {filled.table.name: filled for filled in self.tables}[name]


def export(workspace: Workspace, *, treaty: str, reader: Reader, say: Say) -> Export:
    """Read everything that the reader may read, at one moment; `say` has the words of codes.

    That a person was given what is held in confidence is noted, as when it is shown on the desk.
    """
    with workspace.reading() as connection:
        seen = Material.at_one_moment(workspace, connection, treaty, reader)
        about = _fill(ABOUT, _about(seen, called(connection, reader.actor), workspace.clock.now()))
        tables = tuple(_of_the_reader(seen))
    if number_of(reader) is not None:
        note_reading(workspace, reader, (fact for _, fact in seen.facts))
    shown = (ABOUT, DICTIONARY, *(filled.table for filled in tables))
    dictionary = _fill(DICTIONARY, _lines(shown, workspace.pathway(treaty), say))
    return Export(treaty=treaty, on=workspace.today(), tables=(about, dictionary, *tables))


class _About(NamedTuple):
    treaty: str
    title: str
    on: date
    made_at: datetime
    reader: str
    reader_name: str
    program: str
    training: date | None


class _Line(NamedTuple):
    table: str
    column: str | None = None
    means: str | None = None
    type: Type | None = None
    code: str | None = None
    word: str | None = None


def _about(seen: Material, name: str, now: datetime) -> _About:
    return _About(
        treaty=seen.treaty,
        title=seen.workspace.pathway(seen.treaty).title,
        on=seen.workspace.today(),
        made_at=now.astimezone(UTC),
        reader=seen.reader.actor,
        reader_name=str(name),
        program=version("accede"),
        training=seen.workspace.training,
    )


def _of_the_reader(seen: Material) -> Iterator[Filled]:
    """Yield the tables that there are for a reader: where a view says that a list is not theirs, none is."""
    for table in TABLES:
        try:
            yield _fill(table, seen)
        except (NotYours, NotOnFile):
            continue


def _fill(table: Table, given: object) -> Filled:
    return Filled(table, tuple(tuple(column.value(row) for column in table.columns) for row in table.rows(given)))


def _lines(tables: Iterable[Table], pathway: Pathway, say: Say) -> Iterator[_Line]:
    for table in tables:
        yield _Line(table=table.name, means=table.means)
        for column in table.columns:
            at = (table.name, column.name)
            yield _Line(*at, means=column.means, type=column.type)
            codes = column.codes(pathway) if column.codes else ()
            said = codes if isinstance(codes, Mapping) else {one: say(one) for one in codes}
            yield from (_Line(*at, code=str(one), word=word) for one, word in said.items())
