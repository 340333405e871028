"""Checking: a draft becomes a fact, in the dossier of the State that spoke, or in the treaty's own.

The words stand beside the fact and nowhere else from then on. No stage moves by a word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from casework.core.open_dossier import OpenDossier
from casework.core.own_dossiers import make_own_dossier
from casework.core.workspace import Workspace
from casework.dossiers.free_text import beside
from casework.meetings.kinds import Ended
from casework.meetings.said import NotTakenDown
from casework.meetings.taking_down import NotADraft, drafts_on_file
from casework.meetings.visibility import may_know_draft, meeting_on_file, require_keeper
from models.meetings import drafts
from models.meetings.drafts import Draft
from models.meetings.meetings import Meeting
from models.store.engine import Connection
from pathways.grammar.admission import NotAdmitted, Proposed, faults_of
from pathways.grammar.clearance import Reader
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import STATEMENT
from pathways.grammar.facts import Fact, FactKind, SourceKind, Value
from pathways.grammar.pathway import OF_NO_STATE, own_key
from pathways.grammar.refusals import refusal
from pathways.grammar.roles import Right


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What has become of drafts: how many are facts now, of how many States, and how many wait still."""

    checked: int
    states: int
    left: int


def check(workspace: Workspace, meeting: str, ids: Sequence[int], *, treaty: str, reader: Reader) -> Checked:
    """Let these drafts become facts; NotADraft where somebody else has settled one meanwhile."""
    require_keeper(reader)
    with workspace.reading() as connection:
        found = meeting_on_file(connection, meeting, treaty=treaty, reader=reader)
        asked = drafts_on_file(connection, meeting, ids, reader)
    if any(one.standing != drafts.DRAFT for one in asked):
        raise NotADraft(refusal("settled_meanwhile"))
    return _check(workspace, found, asked, reader)


def check_all(workspace: Workspace, meeting: str, *, treaty: str, reader: Reader) -> Checked:
    """Let every draft of a meeting that the reader may know become a fact."""
    require_keeper(reader)
    with workspace.reading() as connection:
        found = meeting_on_file(connection, meeting, treaty=treaty, reader=reader)
        there = drafts.of_meeting(connection, meeting, drafts.DRAFT)
    return _check(workspace, found, [one for one in there if may_know_draft(reader, one)], reader)


def _check(workspace: Workspace, meeting: Meeting, asked: Sequence[Draft], reader: Reader) -> Checked:
    if meeting.ended == Ended.CANCELLED:
        raise NotTakenDown(refusal("nothing_said_at_a_cancelled_meeting"))
    by_state: dict[str, list[Draft]] = defaultdict(list)
    for one in sorted(asked, key=lambda one: one.id):
        by_state[one.state or OF_NO_STATE].append(one)
    if OF_NO_STATE in by_state:
        make_own_dossier(workspace, meeting.treaty)
    for state, of_it in by_state.items():
        with _opened(workspace, meeting.treaty, state, of_it, reader) as open_dossier:
            for draft in of_it:
                _file(workspace, open_dossier, meeting, draft)
    with workspace.reading() as connection:
        left = len(drafts.of_meeting(connection, meeting.id, drafts.DRAFT))
    return Checked(checked=len(asked), states=len(by_state.keys() - {OF_NO_STATE}), left=left)


@contextmanager
def _opened(
    workspace: Workspace, treaty: str, state: str, of_it: Sequence[Draft], reader: Reader
) -> Iterator[OpenDossier]:
    """Open a dossier for what was said; which facts the drafts became is written with them, or nothing is."""
    filed: list[OpenDossier] = []

    def settle(connection: Connection) -> None:
        [open_dossier] = filed
        became = [(draft.id, fact.id) for draft, fact in zip(of_it, open_dossier.new_facts, strict=True)]
        if not drafts.check(connection, became, by=reader.actor, at=workspace.stamp()):
            raise NotADraft(refusal("settled_meanwhile"))

    key, name = (treaty, workspace.register().name_of(state)) if state else (own_key(treaty), "")
    opening = workspace.open_dossier(state, treaty=key, reader=reader, right=Right.TAKE_DOWN, name=name, beat=settle)
    with opening as open_dossier:
        filed.append(open_dossier)
        yield open_dossier


def _file(workspace: Workspace, open_dossier: OpenDossier, meeting: Meeting, draft: Draft) -> Fact:
    kind = open_dossier.pathway.kind(STATEMENT)
    if kind is None:
        raise NotAdmitted(refusal("no_such_kind", field="kind", kind=STATEMENT, known=()))
    said_on, data = PartialDate.parse(draft.said_on), _fields(meeting, draft)
    _refuse(workspace, open_dossier, kind, said_on, data)
    return open_dossier.file(
        STATEMENT,
        said_on,
        source=SourceKind.STATEMENT,
        reference=meeting.title,
        sensitivity=draft.sensitivity,
        data=data,
        content=beside(draft.words, "words"),
    )


def _fields(meeting: Meeting, draft: Draft) -> dict[str, Value]:
    given = {
        "meeting": meeting.id,
        "speaker": draft.speaker,
        "about": draft.about,
        "condition": draft.condition,
        "by": draft.due_on,
    }
    return {name: value for name, value in given.items() if value}


def _refuse(
    workspace: Workspace, open_dossier: OpenDossier, kind: FactKind, said_on: PartialDate, data: dict[str, Value]
) -> None:
    proposed = Proposed(
        state=open_dossier.state,
        kind=kind,
        effective=said_on,
        source=SourceKind.STATEMENT,
        data=data,
        by_hand=False,
    )
    dossier = open_dossier.dossier(reader=None)
    if faults := faults_of(open_dossier.pathway, dossier, proposed, training=workspace.training is not None):
        raise NotAdmitted(*faults)
