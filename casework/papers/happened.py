"""What each State's facts add up to for one reader, as of a day and as known on a day: what counts, and its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.core.as_of import in_region, look
from casework.core.workspace import Workspace
from casework.dossiers.disclosure_log import note_facts
from casework.papers.kinds import Asked
from models.ledger import contents
from models.ledger import dossiers as dossier_rows
from pathways.grammar.clearance import Reader
from pathways.grammar.dossier import BOOKKEEPING, Dossier
from pathways.grammar.facts import Fact
from pathways.grammar.promises import Promise, promises


@dataclass(frozen=True, kw_only=True, slots=True)
class Happened:
    """The dossiers of the States that a paper is about, by State, and the notes that stand beside facts, by fact."""

    dossiers: Mapping[str, Dossier]
    regions: Mapping[str, str]

    def since(self, day: date) -> list[Fact]:
        """Return what counts and happened after a day, in order of the days, but for the ledger's book-keeping."""
        found = [fact for one in self.dossiers.values() for fact in one.in_force if _tells(fact, day)]
        return sorted(found, key=lambda fact: (fact.counts_from, fact.state, fact.seq))

    def promises(self) -> list[Promise]:
        """Return the promises that are to be kept still, the oldest first."""
        found = [one for dossier in self.dossiers.values() for one in promises(dossier) if one.is_to_be_kept]
        return sorted(found, key=lambda one: (one.said.counts_from, one.said.state, one.said.seq))


def happened(workspace: Workspace, asked: Asked, *, reader: Reader) -> Happened:
    """Read the States of a region, or all; UnknownRegion names the regions there are."""
    at = look(workspace, treaty=asked.treaty, on=asked.on, known=asked.known, reader=reader)
    with workspace.reading() as connection:
        found = in_region(dossier_rows.records(connection, asked.treaty), asked.region)
        facts = dossier_rows.all_facts(connection, asked.treaty)
    return Happened(
        dossiers={record.state: at.dossier(record.state, facts.get(record.id, [])) for record in found},
        regions={record.state: record.region for record in found},
    )


def words_of(workspace: Workspace, facts: Iterable[Fact], *, reader: Reader) -> dict[str, str]:
    """Return what is told beside facts, by fact, and note that the reader was shown what of them is confidential."""
    shown = list(facts)
    note_facts(workspace, reader, shown)
    with workspace.reading() as connection:
        beside = contents.beside(connection, [fact.id for fact in shown])
    return {fact.id: " ".join((beside[fact.id].note or "").split()) for fact in shown if fact.id in beside}


def _tells(fact: Fact, day: date) -> bool:
    return fact.kind not in BOOKKEEPING and fact.counts_from > day
