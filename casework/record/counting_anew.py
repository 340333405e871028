"""Counting anew: where a newer program adds facts up otherwise, the rows of their dossiers come to say what it says.

The facts stay what they are, and the next sweep does what follows. It is done on the way up from an older schema alone:
a row of today's that is unlike its facts was changed by somebody, and is named.
"""

from __future__ import annotations

from collections.abc import Callable

from casework.core.commit import projection
from casework.core.workspace import Workspace
from casework.record.audit import differences
from models.ledger import dossiers
from models.ledger.dossiers import Record
from models.ledger.every_dossier import facts_and_links, pages
from models.people import people
from models.runs import runs
from models.store.engine import Connection
from pathways.grammar.facts import Fact
from pathways.grammar.projection import project

#: The schema since which facts add up as they do now. Who changes how they do adds a migration, be it an empty one.
SINCE = "0018"
COUNTED_ANEW = "counted anew"


def count_anew(
    workspace: Workspace, connection: Connection, *, came_from: str, by: str, alive: Callable[[], None] = lambda: None
) -> int:
    """Let each row of a record that came up from a schema say what its facts come to; return how many said otherwise.

    Facts that do not add up, or cannot be read, are left to be named by the verification. `alive` is called now and
    then.
    """
    if came_from >= SINCE:
        return 0
    today, number = workspace.today(), 0
    failing = {incident["dossier_id"] for incident in runs.open_incidents(connection)}
    for records, _ in pages(connection):
        alive()
        for record, _, facts in facts_and_links(connection, records)[0]:
            pathway = workspace.pathway(record.treaty)
            if differences(pathway, record, facts, today, failed=record.id in failing):
                number += _rewritten(workspace, connection, record, facts, by)
    return number


def _rewritten(workspace: Workspace, connection: Connection, record: Record, facts: list[Fact], by: str) -> bool:
    day = max(workspace.today(), record.projected_on or workspace.today())
    try:
        counted = project(workspace.pathway(record.treaty), record.state, facts, on=day, reader=None)
    except Exception:  # noqa: BLE001  # whatever it is, it is this dossier's, and is named as such
        return False
    row = {"id": record.id, "version": record.version, **projection(counted), "projected_on": day, "next_due_on": day}
    dossiers.rewrite(connection, [{**row, "head_seq": record.head_seq, "head_hash": record.head_hash}])
    people.audit(connection, at=workspace.clock.now(), actor=by, what=COUNTED_ANEW, row=f"dossier:{record.id}")
    return True
