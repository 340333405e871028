"""The columns of the table of States: each declared once, with its name, its title, what stands in it and how.

The page, the exports and the order that a heading asks for are made from this. A column that is not here is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from casework.overview.cases import Case
from pathways.grammar.dates import PartialDate

Value = str | int | date | PartialDate | None


class SaidAs(StrEnum):
    """How what stands in a column is said."""

    TEXT = "text"  # as it stands
    CODE = "code"  # in the words that the reader's language has for a code
    DAY = "day"


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """A column: its name in addresses, its title in English, and what stands in it of a State.

    `value` is None where there is nothing or the reader may not know it. `is_usual`: shown unless others are chosen.
    """

    name: str
    title: str
    value: Callable[[Case], Value]
    said_as: SaidAs = SaidAs.TEXT
    is_usual: bool = False

    def __str__(self) -> str:
        """Return the name, as an address holds it."""
        return self.name


def _force(case: Case) -> date | None:
    return case.snapshot.entry_into_force.last if case.snapshot.entry_into_force else None


#: What may stand in the table, in order; the first always does.
COLUMNS: Mapping[str, Column] = MappingProxyType(
    {
        column.name: column
        for column in (
            Column(name="state", title="State", value=lambda case: case.name, is_usual=True),
            Column(name="code", title="Code", value=lambda case: case.state),
            Column(
                name="region",
                title="Region",
                value=lambda case: case.region or None,
                said_as=SaidAs.CODE,
                is_usual=True,
            ),
            Column(name="stage", title="Stage", value=lambda case: case.stage, said_as=SaidAs.CODE, is_usual=True),
            Column(
                name="since", title="Since", value=lambda case: case.snapshot.since, said_as=SaidAs.DAY, is_usual=True
            ),
            Column(
                name="legal_status",
                title="Legal status",
                value=lambda case: case.snapshot.legal_status,
                said_as=SaidAs.CODE,
                is_usual=True,
            ),
            Column(name="standing", title="Standing", value=lambda case: case.snapshot.standing, said_as=SaidAs.CODE),
            Column(name="tier", title="Tier", value=lambda case: case.snapshot.tier),
            Column(name="signature", title="Signature", value=lambda case: case.snapshot.signature, said_as=SaidAs.DAY),
            Column(name="deposit", title="Deposit", value=lambda case: case.snapshot.deposit, said_as=SaidAs.DAY),
            Column(name="entry_into_force", title="Entry into force", value=_force, said_as=SaidAs.DAY),
            Column(name="next", title="Next date", value=lambda case: case.next_on, said_as=SaidAs.DAY, is_usual=True),
            Column(name="owner", title="In hand", value=lambda case: case.owner, is_usual=True),
        )
    }
)
STATE = COLUMNS["state"]
USUAL = tuple(column for column in COLUMNS.values() if column.is_usual)
