"""The meeting room: what was said at a meeting, the newest first, as far as its reader may know it.

What is a draft still, who keeps meetings sees. What was checked is shown from its fact, with the words that stand
beside that: so whoever may not know the fact sees no line, and words that were purged are nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casework.core.actors import names_of
from casework.core.workspace import Workspace
from casework.dossiers.disclosure_log import note_facts
from casework.meetings.listing import MeetingView, view_of
from casework.meetings.said import levels_at
from casework.meetings.visibility import may_keep, may_know_draft, meeting_on_file
from models.ledger import contents, dossiers
from models.ledger.dossiers import Record
from models.meetings import drafts
from models.meetings.drafts import Draft
from models.store.engine import Connection
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.dossier import STATEMENT
from pathways.grammar.facts import Fact
from pathways.grammar.pathway import OF_NO_STATE, own_key
from pathways.grammar.projection import project, shown
from sources.states import Register

_IN_THE_END = date(9999, 1, 1)  # also what is known to a month that is not over counts here
TAKEN_BACK = "taken_back"


@dataclass(frozen=True, kw_only=True, slots=True)
class LineView:
    """A line as it is shown; `words` is None where they were purged. `standing`: draft, checked, struck, taken_back."""

    line: int
    state: str | None
    speaker: str
    about: str
    words: str | None
    condition: str
    by: str
    on: str
    sensitivity: str
    standing: str
    taken_down_by: str | None
    taken_down_at: datetime
    fact: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """A meeting with what was said there; `levels` is how a line may be held, as is usual first."""

    meeting: MeetingView
    lines: tuple[LineView, ...]
    may_keep: bool
    levels: tuple[Sensitivity, ...]

    @property
    def to_check(self) -> int:
        """Count the lines that wait to be checked."""
        return sum(line.standing == drafts.DRAFT for line in self.lines)

    def by_kind(self) -> list[tuple[str, int]]:
        """Count the lines that count, by what they were about, the most first."""
        said = [line.about for line in self.lines if line.standing in (drafts.DRAFT, drafts.CHECKED)]
        return sorted(((about, said.count(about)) for about in dict.fromkeys(said)), key=lambda one: -one[1])


def room(workspace: Workspace, meeting: str, *, treaty: str, reader: Reader) -> Room:
    """Show what was said at a meeting; that what is confidential was shown is noted."""
    with workspace.reading() as connection:
        found = meeting_on_file(connection, meeting, treaty=treaty, reader=reader)
        there = drafts.of_meeting(connection, meeting)
        facts = _facts(workspace, connection, treaty, there, reader)
        beside = contents.beside(connection, list(facts))
        register, names = workspace.register(connection), names_of(connection, (one.taken_down_by for one in there))
    lines = []
    for one in there:
        fact, counts = facts.get(one.fact_id or "", (None, False))
        if fact is not None and one.standing == drafts.CHECKED:
            words = beside[fact.id].note if fact.id in beside else None
            lines.append(_of_fact(one, fact, words, register, names, counts=counts))
        elif one.standing != drafts.CHECKED and may_know_draft(reader, one):
            lines.append(_of_draft(one, register, names))
    note_facts(workspace, reader, [fact for fact, _ in facts.values()])
    return Room(
        meeting=view_of(found, workspace.today()),
        lines=tuple(lines),
        may_keep=may_keep(reader),
        levels=levels_at(found),
    )


def _facts(
    workspace: Workspace, connection: Connection, treaty: str, there: Sequence[Draft], reader: Reader
) -> dict[str, tuple[Fact, bool]]:
    """Return the facts that lines have become and the reader may know, and whether each still counts."""
    wanted = {one.fact_id for one in there if one.fact_id}
    states = {one.state for one in there if one.fact_id}
    records = [record for record in dossiers.records(connection, treaty) if record.state in states] if states else []
    if None in states and (own := dossiers.record_of(connection, own_key(treaty), OF_NO_STATE)):
        records.append(own)
    on_file = dossiers.facts_of(connection, records)
    return {
        fact.id: (fact, counts)
        for record in records
        for fact, counts in _said(workspace, record, on_file[record.id], reader)
        if fact.id in wanted
    }


def _said(workspace: Workspace, record: Record, facts: Sequence[Fact], reader: Reader) -> list[tuple[Fact, bool]]:
    pathway = workspace.pathway(record.treaty)
    standing = project(pathway, record.state, facts, on=_IN_THE_END, reader=reader).proofs(STATEMENT)
    counts = {fact.id for fact in standing}
    return [(fact, fact.id in counts) for fact in shown(pathway, facts, reader) if fact.kind == STATEMENT]


def _of_fact(
    one: Draft, fact: Fact, words: str | None, register: Register, names: Mapping[str, str], *, counts: bool
) -> LineView:
    return LineView(
        line=one.id,
        state=one.state,
        speaker=register.name_of(fact.state) if fact.state else fact.text("speaker"),
        about=fact.text("about"),
        words=words,
        condition=fact.text("condition"),
        by=fact.text("by"),
        on=str(fact.effective),
        sensitivity=fact.sensitivity.label,
        standing=drafts.CHECKED if counts else TAKEN_BACK,
        taken_down_by=names.get(one.taken_down_by),
        taken_down_at=one.taken_down_at,
        fact=fact.id,
    )


def _of_draft(one: Draft, register: Register, names: Mapping[str, str]) -> LineView:
    return LineView(
        line=one.id,
        state=one.state,
        speaker=register.name_of(one.state) if one.state else one.speaker,
        about=one.about,
        words=one.words,
        condition=one.condition,
        by=one.due_on,
        on=one.said_on,
        sensitivity=one.sensitivity.label,
        standing=one.standing,
        taken_down_by=names.get(one.taken_down_by),
        taken_down_at=one.taken_down_at,
        fact=None,
    )
