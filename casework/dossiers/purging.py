"""Purging: free text and files of a fact are deleted for good; the ledger keeps that they were there."""

from __future__ import annotations

from dataclasses import dataclass

from casework.core.workspace import Workspace
from casework.dossiers.filing import Filed
from casework.dossiers.find_fact import find_fact
from casework.dossiers.free_text import beside
from casework.files.attachments import clear_away
from models.ledger import contents
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import PURGED
from pathways.grammar.facts import Fact, SourceKind
from pathways.grammar.refusals import Refusal, refusal
from pathways.grammar.roles import Right


@dataclass(frozen=True, kw_only=True, slots=True)
class Going:
    """What purging a fact deletes: “the note”, “the file”, or both."""

    fact: Fact
    title: str
    what: str


def what_goes(workspace: Workspace, state: str, given: str, *, treaty: str, name: str, reader: Reader) -> Going:
    """Tell what purging a fact would delete, and change nothing; NotAdmitted when there is nothing."""
    with workspace.open_dossier(state, treaty=treaty, reader=reader, right=Right.SETTLE, name=name) as open_dossier:
        fact = find_fact(open_dossier, given, reader)
        title = open_dossier.pathway.title_of(fact.kind)
    with workspace.reading() as connection:
        what = " and ".join(f"the {part}" for part in contents.parts_of(connection, fact.id))
    if not what:
        raise NotAdmitted(_nothing_to_purge(given))
    return Going(fact=fact, title=title, what=what)


def _nothing_to_purge(given: str) -> Refusal:
    return refusal("nothing_to_purge", field="fact", fact=given)


def purge(
    workspace: Workspace, state: str, given: str, *, treaty: str, name: str, reason: str, reader: Reader
) -> Filed:
    """Delete the note and attachment of a fact, with a reason; a `purged` fact says so ever after.

    What is left in the database's own log goes at once, or while somebody reads it all, with the next audit.
    """
    if not reason.strip():
        raise NotAdmitted(refusal("purging_needs_a_reason", field="reason"))
    why = beside(reason.strip(), "reason")
    with workspace.open_dossier(state, treaty=treaty, reader=reader, right=Right.SETTLE, name=name) as open_dossier:
        fact = find_fact(open_dossier, given, reader)
        if fact.id not in _with_content(workspace, [fact.id]):
            raise NotAdmitted(_nothing_to_purge(given))
        open_dossier.purged.append(fact.id)
        said = open_dossier.file(
            PURGED,
            PartialDate.of(open_dossier.today),
            source=SourceKind.ASSESSMENT,
            sensitivity=Sensitivity.COORDINATION,
            data={"fact": fact.id},
            content=why,
        )
        filed = Filed.of(open_dossier, said)
    workspace.store.empty_log()
    clear_away(workspace)
    return filed


def _with_content(workspace: Workspace, fact_ids: list[str]) -> set[str]:
    """Return those of these facts that have something beside them still."""
    with workspace.reading() as connection:
        return contents.with_content(connection, fact_ids)
