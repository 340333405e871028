"""What was written before of a State, for the form in which somebody writes what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.attention.visibility import require_writer
from casework.core.actors import called
from casework.core.workspace import Workspace
from models.attention import written_steps
from models.ledger import dossiers
from pathways.grammar.clearance import Reader

_MOST = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenBefore:
    """One that stands no more; no words where it was left to the pathway."""

    words: str | None
    due_on: date | None
    written_on: date
    written_by: str


def written_before(
    workspace: Workspace, state: str, *, treaty: str, name: str, reader: Reader
) -> tuple[WrittenBefore, ...]:
    """Return the last that were written of a State before the one that stands; NotYours to who may write none."""
    require_writer(reader, state, name)
    with workspace.reading() as connection:
        record = dossiers.record_of(connection, treaty, state)
        found = written_steps.of_dossier(connection, record.id) if record else []
        before = found[1:] if found and found[0].words is not None else found
        return tuple(
            WrittenBefore(
                words=one.words,
                due_on=one.due_on,
                written_on=one.written_on,
                written_by=called(connection, one.written_by),
            )
            for one in before[:_MOST]
        )
