"""The words of the promises that lines show: they stand beside the facts, and are read for all lines at once."""

from __future__ import annotations

from collections.abc import Sequence

from casework.attention.next_steps import Line
from casework.core.workspace import Workspace
from casework.dossiers.disclosure_log import note_facts
from models.ledger import contents
from pathways.grammar.clearance import Reader


def words_of_promises(workspace: Workspace, lines: Sequence[Line], reader: Reader) -> dict[str, str]:
    """Return by fact what was said in the promises of these lines; that what is confidential was shown is noted.

    Words that were deleted for good are not there.
    """
    there = [line.promise for line in lines if line.promise is not None]
    if not there:
        return {}
    with workspace.reading() as connection:
        beside = contents.beside(connection, [one.said.id for one in there])
    note_facts(workspace, reader, [fact for one in there for fact in (one.said, one.last_said)])
    return {fact: content.note for fact, content in beside.items() if content.note is not None}
