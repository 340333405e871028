"""The terms of a mandate: as somebody asks for them, and as they can be written. Data, no rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pathways.grammar.clearance import Role
from pathways.grammar.stages import LegalStatus
from sources.states import State


@dataclass(frozen=True, kw_only=True, slots=True)
class Appointment:
    """A mandate as somebody asks for it."""

    role: str
    of: str
    from_: date
    until: date | None = None
    region: str | None = None
    states: Sequence[str] = ()
    scheme: str | None = None
    consent: str | None = None
    treaty: str = "att"


@dataclass(frozen=True, kw_only=True, slots=True)
class Circumstances:
    """What the rules look at: the regions of this record, legal statuses, and who coordinates already."""

    regions: Mapping[str, tuple[str, str]]
    legal_status: Callable[[str], LegalStatus | None]
    coordinators: frozenset[str]


@dataclass(kw_only=True, slots=True)
class Terms:
    """A mandate as it can be written, or the faults that keep it from being written."""

    role: Role | None = None
    holder: State | None = None
    organ: str = ""
    scheme: str = ""
    region: str = ""
    states: tuple[str, ...] = ()
    consent: str | None = None
    faults: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)

    @property
    def of(self) -> str:
        """Return the code of the State, or the name of the organ."""
        return self.holder.iso3 if self.holder else self.organ

    def row(self, asked: Appointment) -> dict[str, Any]:
        """Return the mandate's row."""
        return {
            "role": asked.role,
            "of": self.of,
            "of_state": self.holder is not None,
            "treaty": asked.treaty,
            "scheme": self.scheme,
            "region": self.region,
            "states": ",".join(self.states),
            "starts_on": asked.from_,
            "ends_on": asked.until,
            "consent": self.consent,
        }
