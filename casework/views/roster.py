"""Who may see which person and which mandate. The Secretariat sees all; whoever holds a mandate, those in term; a
State's contact, those who serve that State. Everybody sees the own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.directory import Directory
from casework.holding import is_over
from casework.mandates import as_held
from casework.office import Office
from casework.people import number_of
from models import people, roster
from models.store import Connection
from pathways.grammar.clearance import Reader, Role
from sources.states import load_register


@dataclass(frozen=True, kw_only=True, slots=True)
class HoldRow:
    """A mandate as a person holds it. `until` is the last day; `ended_on` the day from which it was ended."""

    hold: int
    person: int
    person_name: str
    mandate: int
    role: str
    of: str
    of_state: bool
    region: str
    states: tuple[str, ...]
    from_: date
    until: date | None
    ended_on: date | None
    lead: bool
    is_current: bool
    is_over: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MandateRow:
    """A mandate with everybody who holds it, the lead first, as far as the reader may see."""

    mandate: int
    role: str
    of: str
    of_state: bool
    region: str
    states: tuple[str, ...]
    from_: date
    until: date | None
    ended_on: date | None
    in_term: bool
    consent: str | None
    has_consent: bool
    holds: tuple[HoldRow, ...]

    @property
    def is_over(self) -> bool:
        """Tell whether it will never be held again."""
        return not self.in_term and all(h.is_over for h in self.holds)


@dataclass(frozen=True, kw_only=True)
class Roster:
    """Persons and mandates of a treaty as one reader may see them, on the record's day."""

    persons: Mapping[int, Any]
    mandates: tuple[MandateRow, ...]
    directory: Directory
    reader: Reader
    today: date

    @property
    def seen(self) -> set[int]:
        """Return the persons whom the reader may see."""
        if self.reader.is_secretariat:
            return set(self.persons)
        found = {h.person for m in self.mandates for h in m.holds}
        me = number_of(self.reader)
        return found | {me} if me is not None and me in self.persons else found

    def holds_of(self, person: int) -> tuple[HoldRow, ...]:
        """Return what somebody holds, as far as the reader may see."""
        return tuple(h for m in self.mandates for h in m.holds if h.person == person)


def roster_of(office: Office, connection: Connection, *, treaty: str, reader: Reader) -> Roster:
    """Read who holds what, and leave out what the reader may not see."""
    today = office.today()
    persons = {row["id"]: row for row in people.persons(connection)}
    directory = Directory.of(connection, today, treaties={treaty})
    current = {held.hold_id for held in directory.held}
    holds: dict[int, list[Any]] = {}
    for row in roster.holds_of_treaty(connection, treaty):
        holds.setdefault(row["mandate_id"], []).append(row)
    in_term = {row["id"] for row in people.mandates(connection, on=today)}
    mandates = []
    for row in people.mandates(connection):
        theirs = [_hold(h, row, persons, current, today) for h in holds.get(row["id"], [])]
        theirs = [h for h in theirs if _may_see(reader, row, directory, h)]
        if row["treaty"] == treaty and (theirs or _may_see_mandate(reader, row, directory, row["id"] in in_term)):
            mandates.append(_mandate(row, theirs, row["id"] in in_term, reader))
    return Roster(persons=persons, mandates=tuple(mandates), directory=directory, reader=reader, today=today)


def _may_see(reader: Reader, mandate: Any, directory: Directory, hold: HoldRow) -> bool:
    if reader.actor == f"person:{hold.person}":
        return True
    return _may_see_mandate(reader, mandate, directory, hold.is_current)


def _may_see_mandate(reader: Reader, mandate: Any, directory: Directory, is_current: bool) -> bool:
    if reader.is_secretariat:
        return True
    if not is_current:
        return False
    if reader.roles - {Role.CONTACT}:
        return True
    held = as_held(mandate)
    return any(directory.serves(held, state) for state in reader.own)


def _hold(row: Any, mandate: Any, persons: Mapping[int, Any], current: set[int], today: date) -> HoldRow:
    row = {**row, "ended_on": _ended(row, mandate)}
    return HoldRow(
        hold=row["id"],
        person=row["person_id"],
        person_name=persons[row["person_id"]]["name"],
        mandate=mandate["id"],
        role=mandate["role"],
        of=mandate["of"],
        of_state=mandate["of_state"],
        region=mandate["region"],
        states=_states(mandate),
        from_=row["starts_on"],
        until=row["ends_on"],
        ended_on=row["ended_on"],
        lead=row["lead"],
        is_current=row["id"] in current,
        is_over=is_over(row, today),
    )


def _ended(row: Any, mandate: Any) -> date | None:
    """Return from which day a hold was ended, by itself or with its mandate; None when its own term was over before."""
    ended = min((day for day in (row["ended_on"], mandate["ended_on"]) if day), default=None)
    last = row["ends_on"]
    return None if ended is None or (last is not None and last < ended) else ended


def _mandate(row: Any, holds: list[HoldRow], in_term: bool, reader: Reader) -> MandateRow:
    knows = reader.is_secretariat or any(reader.actor == f"person:{h.person}" for h in holds)
    return MandateRow(
        mandate=row["id"],
        role=row["role"],
        of=row["of"],
        of_state=row["of_state"],
        region=row["region"],
        states=_states(row),
        from_=row["starts_on"],
        until=row["ends_on"],
        ended_on=row["ended_on"],
        in_term=in_term,
        consent=row["consent"] if knows else None,
        has_consent=bool(row["consent"]),
        holds=tuple(sorted(holds, key=lambda h: (h.is_over, not h.lead, h.from_, h.hold))),
    )


def _states(mandate: Any) -> tuple[str, ...]:
    if mandate["role"] == Role.CONTACT:
        return (mandate["of"],)
    return tuple(code for code in mandate["states"].split(",") if code)


def name_of_holder(of: str, *, of_state: bool) -> str:
    """Return what a State or an organ is called in English, to be searched and sorted."""
    entry = load_register().get(of) if of_state else None
    return entry.name if entry else of
