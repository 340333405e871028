"""The disclosure log: that somebody was shown what is held in confidence, and, for the Secretariat, who was.

A note says who, which fact and which day; never what the fact says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from casework.core.actors import name_of
from casework.core.rights import NotOnFile, require_secretariat
from casework.core.workspace import Workspace
from models.ledger import disclosures, dossiers
from models.store.engine import Connection
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.facts import Fact
from pathways.grammar.projection import shown
from pathways.grammar.refusals import refusal

#: The levels of which it is noted who read.
NOTED = frozenset({Sensitivity.CONFIDENTIAL.label, Sensitivity.PERSONAL.label})


class ShownFact(Protocol):
    """A fact as a page shows it: its id, and the word for how closely it is held."""

    @property
    def fact(self) -> str:
        """The fact's id."""

    @property
    def sensitivity(self) -> str:
        """The word for its level."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingView:
    """Somebody was shown a fact on a day; `at` is the first time that day."""

    actor: str
    name: str
    day: date
    at: datetime


def note_reading(workspace: Workspace, reader: Reader, facts: Iterable[ShownFact]) -> None:
    """Note that the reader was shown what among these facts is confidential or personal; once a fact and day.

    What is noted already costs one look and no writing.
    """
    _note(workspace, reader, {fact.fact for fact in facts if fact.sensitivity in NOTED})


def note_facts(workspace: Workspace, reader: Reader, facts: Iterable[Fact]) -> None:
    """Note the same of facts themselves, as when a file is handed out."""
    _note(workspace, reader, {fact.id for fact in facts if fact.sensitivity.label in NOTED})


def readings_of(workspace: Workspace, fact: str, *, treaty: str, reader: Reader) -> tuple[ReadingView, ...]:
    """Tell the Secretariat who was shown a fact and when, the latest first; NotOnFile when it may not know it."""
    require_secretariat(reader)
    with workspace.reading() as connection:
        find_readable(workspace, connection, fact, treaty=treaty, reader=reader)
        return tuple(
            ReadingView(actor=read.actor, name=_name(connection, read.actor), day=read.day, at=read.at)
            for read in disclosures.of_fact(connection, fact)
        )


def find_readable(workspace: Workspace, connection: Connection, fact: str, *, treaty: str, reader: Reader) -> Fact:
    """Find a fact by its whole id, on whichever file it is; what the reader may not know is not there."""
    place = disclosures.dossier_of(connection, fact)
    record = dossiers.record_of(connection, *place) if place is not None and place[0] == treaty else None
    if record is None:
        raise NotOnFile(refusal("no_such_fact"))
    facts = dossiers.facts_of(connection, [record])[record.id]
    found = next((f for f in shown(workspace.pathway(treaty), facts, reader) if f.id == fact), None)
    if found is None:
        raise NotOnFile(refusal("no_such_fact"))
    return found


def _note(workspace: Workspace, reader: Reader, closely_held: set[str]) -> None:
    if not closely_held:
        return
    day = workspace.today()
    with workspace.reading() as connection:
        fresh = closely_held - disclosures.noted(connection, reader.actor, closely_held, day)
    if fresh:
        with workspace.registry() as connection:
            disclosures.note(connection, reader.actor, fresh, day=day, at=workspace.stamp())


def _name(connection: Connection, actor: str) -> str:
    kind, _, number = actor.partition(":")
    return name_of(connection, int(number)) if kind == "person" else actor
