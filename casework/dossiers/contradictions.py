"""Contradictions: two values of the depositary side by side, until a person settles which one holds."""

from __future__ import annotations

from casework.core.open_dossier import OpenDossier
from casework.core.workspace import Workspace
from casework.dossiers.derived_steps import follow_the_record, heirs
from casework.dossiers.filing import Filed
from casework.dossiers.find_fact import find_fact
from casework.dossiers.free_text import beside
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import SETTLED
from pathways.grammar.facts import Fact, SourceKind
from pathways.grammar.refusals import refusal
from pathways.grammar.roles import Right


def settle_contradiction(
    workspace: Workspace,
    state: str,
    given: str,
    *,
    treaty: str,
    name: str,
    reason: str,
    reader: Reader,
    mark: str | None = None,
) -> Filed:
    """Settle a contradiction in favour of one of its facts, with a reason; what rests on it follows."""
    if not reason.strip():
        raise NotAdmitted(refusal("settling_needs_a_reason", field="reason"))
    said = beside(reason.strip(), "reason")
    with workspace.open_dossier(
        state, treaty=treaty, reader=reader, right=Right.SETTLE, name=name, mark=mark
    ) as open_dossier:
        chosen = find_fact(open_dossier, given, reader)
        if chosen not in _in_contradiction(open_dossier):
            raise NotAdmitted(refusal("not_in_contradiction", field="fact", fact=given, state=name))
        fact = open_dossier.file(
            SETTLED,
            PartialDate.of(open_dossier.today),
            source=SourceKind.ASSESSMENT,
            sensitivity=Sensitivity.COORDINATION,
            data={"favours": chosen.id},
            content=said,
        )
        follow_the_record(open_dossier)
        return Filed.of(open_dossier, fact)


def _in_contradiction(open_dossier: OpenDossier) -> list[Fact]:
    """Return the facts of open contradictions: theirs, and ours or what has taken its place since."""
    conflicts = open_dossier.dossier(reader=None).conflicts
    places = {place for conflict in conflicts for place in heirs(open_dossier, conflict.contests or "")}
    return [*conflicts, *(fact for fact in open_dossier.all_told().in_force if fact.id in places)]
