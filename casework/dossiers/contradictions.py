"""Contradictions: two values of the depositary side by side, until a person settles which one holds."""

from __future__ import annotations

from casework.core.open_dossier import Folder
from casework.core.rights import Right
from casework.core.workspace import Office
from casework.dossiers.derived_steps import follow_the_record, heirs
from casework.dossiers.filing import Filed
from casework.dossiers.find_fact import find_fact
from casework.dossiers.free_text import beside
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import OPERATOR, Reader, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import SETTLED
from pathways.grammar.facts import Fact, SourceKind


def settle_contradiction(
    office: Office,
    state: str,
    given: str,
    *,
    treaty: str,
    name: str,
    reason: str,
    reader: Reader = OPERATOR,
    mark: str | None = None,
) -> Filed:
    """Settle a contradiction in favour of one of its facts, with a reason; what rests on it follows."""
    if not reason.strip():
        raise NotAdmitted(("Settling needs a reason; the next person will want to know why.",))
    said = beside(reason.strip(), "A reason")
    with office.folder(state, treaty=treaty, reader=reader, right=Right.SETTLE, name=name, mark=mark) as folder:
        chosen = find_fact(folder, given, reader)
        if chosen not in _in_contradiction(folder):
            raise NotAdmitted((f"Fact {given} of {name} is not part of an open contradiction.",))
        fact = folder.file(
            SETTLED,
            PartialDate.of(folder.today),
            source=SourceKind.ASSESSMENT,
            sensitivity=Sensitivity.COORDINATION,
            data={"favours": chosen.id},
            content=said,
        )
        follow_the_record(folder)
        return Filed.of(folder, fact)


def _in_contradiction(folder: Folder) -> list[Fact]:
    """Return the facts of open contradictions: theirs, and ours or what has taken its place since."""
    conflicts = folder.dossier().conflicts
    places = {place for conflict in conflicts for place in heirs(folder, conflict.contests or "")}
    return [*conflicts, *(fact for fact in folder.all_told().in_force if fact.id in places)]
