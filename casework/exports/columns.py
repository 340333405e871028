"""The columns of an export: each declared once, with what it means, of what type it is, and which codes stand in it.

Files and data dictionary are made from this alone, so that neither says anything of which the other knows nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum, StrEnum
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from notifications.refusals import sentence
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.pathway import Pathway
from pathways.grammar.refusals import Remark

Cell = str | int | date | list[str] | None
#: The codes that may stand in a column, of a treaty; with words of their own where the desk has none for them.
Codes = Callable[[Pathway], Iterable[str] | Mapping[str, str]]


class Type(StrEnum):
    """Of what type a column is."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    YES_NO = "yes_no"
    DAY = "day"
    PARTIAL_DAY = "partial_day"
    HOUR = "hour"
    LIST = "list"
    FIELD = "field"


#: What is said of a type in the data dictionary.
TYPES: Mapping[str, str] = {
    Type.TEXT: "a text, as it was written",
    Type.CODE: "one of the codes that are listed",
    Type.NUMBER: "a whole number",
    Type.YES_NO: "yes or no; in JSON true or false",
    Type.DAY: "a day of the calendar, YYYY-MM-DD",
    Type.PARTIAL_DAY: "a day, or a month (YYYY-MM) or year (YYYY) where no more is known",
    Type.HOUR: "a day and hour in UTC, YYYY-MM-DDTHH:MM:SSZ",
    Type.LIST: "several texts, with a comma between; in JSON a list",
    Type.FIELD: "a text, number, yes or no, day or list, as the type in the same row says",
}


class Row(NamedTuple):
    """What a row is made of: a view, and the view that it belongs to."""

    of: Any
    one: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column. `of` is where its value stands in a `Row`, or how it is found there."""

    name: str
    type: Type
    means: str
    of: str | Callable[[Row], object]
    codes: Codes | None = None

    def value(self, row: Row) -> Cell:
        """Return what stands in the column of a row."""
        return plain(self.of(row) if callable(self.of) else attrgetter(self.of)(row))


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table: what a row of it is, its columns, and its rows as one reader may see them.

    `rows` is given what was read for the reader; it raises NotYours or NotOnFile where there is no such list for them.
    """

    name: str
    means: str
    columns: tuple[Column, ...]
    rows: Callable[[Any], Iterable[Row]]


def column(type_: Type, name: str, means: str, of: str | Callable[[Row], object] = "") -> Column:
    """Declare a column; its value is called as it is, in the view that a row is, unless another place is named."""
    return Column(name=name, type=type_, means=means, of=of or f"one.{name}")


text, number, yes_no = partial(column, Type.TEXT), partial(column, Type.NUMBER), partial(column, Type.YES_NO)
day, partial_day, hour = partial(column, Type.DAY), partial(column, Type.PARTIAL_DAY), partial(column, Type.HOUR)
listed = partial(column, Type.LIST)


def code(name: str, means: str, codes: Codes | type[StrEnum], of: str | Callable[[Row], object] = "") -> Column:
    """Declare a column of codes: those of an enumeration, or those that a treaty has."""
    found = _words_of(codes) if isinstance(codes, type) else codes
    return Column(name=name, type=Type.CODE, means=means, of=of or f"one.{name}", codes=found)


def _words_of(enumeration: type[StrEnum]) -> Codes:
    return lambda _: [one.value for one in enumeration]


def plain(value: Any) -> Cell:
    """Return a value as files can hold it: codes as their word, remarks as sentences, dates as they are known."""
    if isinstance(value, Sensitivity):
        return value.label
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Remark):
        return sentence(value)
    if isinstance(value, list | tuple):
        return [str(plain(one)) for one in value]
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if value is None or isinstance(value, str | int | date):
        return value
    if isinstance(value, PartialDate):
        return str(value)
    raise TypeError(f"{type(value).__name__} stands in no column")
