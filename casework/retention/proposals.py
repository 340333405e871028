"""Proposals of erasing: what has been kept as long as the rules say. Erases nothing.

Proposed is who last served so many years ago, or was entered so many years ago and never served, and the words and
files of facts held as personal. Never is whoever serves or will, has an open follow-up, is the second party, or is the
last administrator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from casework.core.rights import NotYours
from casework.core.workspace import Workspace
from models.ledger import contents
from models.people import addresses, erasure, people
from models.store.engine import Connection
from notifications.addresses import as_on_file
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import refusal
from pathways.grammar.roles import powers


class Rule(StrEnum):
    """Why something is proposed."""

    SERVED = "last mandate ended"
    NEVER_SERVED = "never served"
    PERSONAL = "personal words"


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposed:
    """Something that was kept long enough: under a key to release it by, why, and since which day the rule counts.

    `about` is the name of a person, or the State of a fact; of which `treaty` tells the treaty.
    """

    key: str
    rule: Rule
    since: date
    about: str
    treaty: str | None


def proposed(workspace: Workspace, *, reader: Reader) -> tuple[Proposed, ...]:
    """Return what is proposed today, persons first; NotYours to anybody but an administrator."""
    require_administrator(reader)
    with workspace.reading() as connection:
        return tuple(found_in(workspace, connection))


def require_administrator(reader: Reader) -> None:
    """Raise NotYours when somebody else asks."""
    if not (reader.is_secretariat and reader.sees_personal):
        raise NotYours(refusal("erasing_for_an_administrator"))


def found_in(workspace: Workspace, connection: Connection) -> Iterator[Proposed]:
    """Yield what is proposed today."""
    yield from _persons(workspace, connection)
    yield from _words(workspace, connection)


def _persons(workspace: Workspace, connection: Connection) -> Iterator[Proposed]:
    served, owning, gone = erasure.last_days(connection), erasure.owners(connection), erasure.erased(connection)
    administrators = _serving_administrators(workspace, connection)
    for row in people.persons(connection):
        person = row["id"]
        if person in gone or person in owning or _is_second_party(workspace, connection, person):
            continue
        if row["sees_personal"] and not administrators - {person}:
            continue
        if (found := _long_enough(workspace, row, served)) is not None:
            rule, since = found
            yield Proposed(key=f"person:{person}", rule=rule, since=since, about=row["name"], treaty=None)


def _long_enough(workspace: Workspace, row: Any, served: dict[int, date | None]) -> tuple[Rule, date] | None:
    settings = workspace.settings
    if row["id"] in served:
        rule, since, years = Rule.SERVED, served[row["id"]], settings.retention_years
    else:
        entered = row["created_at"].astimezone(settings.timezone).date()
        rule, since, years = Rule.NEVER_SERVED, entered, settings.retention_years_unused
    return (rule, since) if since is not None and _is_over(since, years, workspace.today()) else None


def _words(workspace: Workspace, connection: Connection) -> Iterator[Proposed]:
    years, today = workspace.settings.retention_years, workspace.today()
    for one in contents.held_personal(connection):
        since = one.recorded_at.astimezone(workspace.settings.timezone).date()
        if _is_over(since, years, today):
            yield Proposed(key=f"fact:{one.fact}", rule=Rule.PERSONAL, since=since, about=one.state, treaty=one.treaty)


def _is_over(since: date, years: int, today: date) -> bool:
    """Tell whether so many whole years have gone by; those from a leap day are over on 1 March."""
    return (today.year - years, today.month, today.day) >= (since.year, since.month, since.day)


def _serving_administrators(workspace: Workspace, connection: Connection) -> set[int]:
    serving = {
        held.person_id for held in people.held_on(connection, workspace.today()) if powers(held.role).is_secretariat
    }
    return {row["id"] for row in people.persons(connection) if row["id"] in serving and row["sees_personal"]}


def _is_second_party(workspace: Workspace, connection: Connection, person: int) -> bool:
    to = as_on_file(workspace.settings.seals_to)
    return bool(to) and addresses.at_address(connection, person, to) is not None
