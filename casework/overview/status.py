"""The status of one treaty: its counts on a day, as known on a day. Everything but the stages is public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.core.as_of import AsOf, in_region, look
from casework.core.workspace import Workspace
from models.ledger import dossiers as dossier_rows
from models.ledger.dossiers import Record
from pathways.grammar.clearance import Reader
from pathways.grammar.dossier import Dossier
from pathways.grammar.facts import Fact
from pathways.grammar.stages import Instrument, LegalStatus, Stage


@dataclass(frozen=True, kw_only=True, slots=True)
class RegionCount:
    """The counts of one region."""

    states: int
    signatures: int
    deposits: int
    signatories_not_party: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """How a treaty stands, in numbers of States.

    `deposits`: an instrument lies with the depositary and was not withdrawn by then. `in_force`: those bound on
    the day. `signatures`: all ever made. `by_stage` counts the States whose stage the reader may know.
    """

    treaty: str
    on: date
    known: date
    signatures: int
    deposits: int
    in_force: int
    signatories_not_party: int
    accessions: int
    withdrawn: int
    by_region: Mapping[str, RegionCount]
    by_stage: Mapping[Stage, int]


def status(
    workspace: Workspace,
    *,
    treaty: str,
    on: date | None = None,
    known: date | None = None,
    region: str | None = None,
    reader: Reader,
) -> Status:
    """Count a treaty's States on a day; UnknownRegion names the regions there are."""
    asked = look(workspace, treaty=treaty, on=on, known=known, reader=reader)
    with workspace.reading() as connection:
        found = in_region(dossier_rows.records(connection, treaty), region)
        facts = dossier_rows.all_facts(connection, treaty)
    return _count(asked, found, facts)


def _count(asked: AsOf, found: Iterable[Record], facts: Mapping[int, list[Fact]]) -> Status:
    places = [(record.region, asked.dossier(record.state, facts.get(record.id, []))) for record in found]
    dossiers = [dossier for _, dossier in places]
    total = _of_region(dossiers)
    regions = sorted({region for region, _ in places})
    return Status(
        treaty=asked.pathway.key,
        on=asked.on,
        known=asked.known,
        signatures=total.signatures,
        deposits=total.deposits,
        in_force=sum(map(_is_bound, dossiers)),
        signatories_not_party=total.signatories_not_party,
        accessions=sum(_acceded(dossier) for dossier in dossiers),
        withdrawn=sum(d.legal.status is LegalStatus.WITHDRAWN for d in dossiers),
        by_region={name: _of_region([d for region, d in places if region == name]) for name in regions},
        by_stage=_by_stage(asked, dossiers),
    )


def _of_region(dossiers: list[Dossier]) -> RegionCount:
    return RegionCount(
        states=len(dossiers),
        signatures=sum(d.legal.has_signed for d in dossiers),
        deposits=sum(d.legal.is_in_hand for d in dossiers),
        signatories_not_party=sum(d.legal.status is LegalStatus.SIGNATORY for d in dossiers),
    )


def _is_bound(dossier: Dossier) -> bool:
    """Tell whether a State is bound; one that notified its withdrawal is, until it takes effect."""
    force = dossier.legal.entry_into_force
    return dossier.legal.is_in_hand and force is not None and force.last <= dossier.on


def _acceded(dossier: Dossier) -> bool:
    return dossier.legal.is_in_hand and dossier.legal.instrument is Instrument.ACCESSION


def _by_stage(asked: AsOf, dossiers: Iterable[Dossier]) -> dict[Stage, int]:
    counts = dict.fromkeys(Stage, 0)
    for dossier in dossiers:
        if asked.may_know_stage(dossier.state):
            counts[dossier.stage] += 1
    return counts
