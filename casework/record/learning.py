"""Learning: a record that is open is given what the bundled record has come to know since, once and quietly.

Only acts of a kind of which nothing was ever on the State's file: what people or the depositary have said of it since,
also that it was a mistake, stands. A record that was opened empty stays without.
"""

from __future__ import annotations

from collections.abc import Sequence

from casework.core.commit import Committed
from casework.core.open_dossier import OpenDossier
from casework.core.workspace import Workspace
from casework.depositary.acts import put_on_file
from casework.dossiers.derived_steps import follow_the_record, take_due_steps
from models.ledger import dossiers
from pathways.grammar.facts import SourceKind
from sources.participation import Act, ActKind


def learn(workspace: Workspace, treaty: str, acts: Sequence[Act], *, actor: str) -> int:
    """Put on file what is new among bundled acts, and return how many that were; no letter tells of it."""
    with workspace.reading() as connection:
        states = {record.id: record.state for record in dossiers.records(connection, treaty)}
        facts = {states[id_]: found for id_, found in dossiers.all_facts(connection, treaty).items()}
    kinds = {*ActKind}
    if not any(f.source is SourceKind.RECORD and f.kind in kinds for found in facts.values() for f in found):
        return 0
    there = {(state, f.kind) for state, found in facts.items() for f in found}
    new = [act for act in acts if (act.state, act.kind.value) not in there]
    ids = [id_ for id_, state in states.items() if any(act.state == state for act in new)]
    if not ids:
        return 0
    with workspace.batch(ids, actor=actor, today=workspace.today(), committed=Committed()) as open_dossiers:
        return sum(_learn(open_dossier, new) for open_dossier in open_dossiers)


def _learn(open_dossier: OpenDossier, new: Sequence[Act]) -> int:
    known = {fact.kind for fact in open_dossier.facts}  # somebody may have been faster
    learnt = [act for act in new if act.state == open_dossier.state and act.kind.value not in known]
    for act in sorted(learnt, key=lambda act: act.effective.first):
        put_on_file(open_dossier, act, SourceKind.RECORD)
    if learnt:
        follow_the_record(open_dossier, tell=False)
        take_due_steps(open_dossier, tell=False)
    return len(learnt)
