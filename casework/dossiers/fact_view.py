"""The view of one fact, as a reader may see it: with its note, and whether it has a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casework.core.as_of import AsOf
from models.ledger import contents
from models.ledger.contents import Beside
from models.store.engine import Connection
from pathways.grammar.audiences import standing_releases
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import Precision
from pathways.grammar.dossier import BOOKKEEPING, Dossier
from pathways.grammar.facts import Fact, SourceKind, Value
from pathways.grammar.projection import shown


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseView:
    """That a fact was released. `release` is the fact that says so, `audience` an actor (`person:7`) or `state:PHL`."""

    release: str
    audience: str
    released_by: str
    consent: str  # the State's, where the State told us


@dataclass(frozen=True, kw_only=True, slots=True)
class FactView:
    """One fact on file. `counts`: it is neither replaced, annulled, contested nor still to come on that day.

    `counts_from` is the day from which it will count, where that is all it waits for.

    `seq` counts the facts that this reader may read: a gap would tell of the others. `contests` names the fact that
    this one contradicts; `annuls` and `replaces` what it takes the place of. The file itself is at `/files/{fact}`.
    `is_purged`: there was a note or a file, and both were deleted for good.
    """

    fact: str
    seq: int
    kind: str
    title: str
    effective_on: str
    precision: Precision
    known_by: date | None
    recorded_at: datetime
    source: SourceKind
    reference: str
    sensitivity: str
    fields: Mapping[str, Value]
    actor: str
    counts: bool
    counts_from: date | None
    replaces: str | None
    annuls: tuple[str, ...]
    rests_on: str | None
    contests: str | None
    unconfirmed: tuple[str, ...]
    note: str | None
    attachment_name: str | None
    attachment_type: str | None
    is_purged: bool
    releases: tuple[ReleaseView, ...]  # that stand today

    @property
    def is_guarded(self) -> bool:
        """Tell whether the Secretariat says who may know it: neither public, nor the ledger's own book-keeping."""
        return self.sensitivity != Sensitivity.PUBLIC.label and self.kind not in BOOKKEEPING


def facts_seen(connection: Connection, asked: AsOf, dossier: Dossier, facts: Sequence[Fact]) -> tuple[FactView, ...]:
    """Return the facts known by then that the reader may read, in order of filing, notes included."""
    seen = list(_seen(asked, facts))
    ids = {fact.id for _, fact in seen}
    beside, nothing = contents.beside(connection, sorted(ids)), Beside()
    releases = _releases(facts, ids)
    counting = {fact.id for fact in dossier.in_force}
    return tuple(
        FactView(
            fact=fact.id,
            seq=number,
            kind=fact.kind,
            title=asked.pathway.title_of(fact.kind),
            effective_on=str(fact.effective),
            precision=fact.precision,
            known_by=fact.known_by,
            recorded_at=fact.recorded_at,
            source=fact.source,
            reference=fact.reference,
            sensitivity=fact.sensitivity.label,
            fields=dict(fact.data),
            actor=fact.actor,
            counts=fact.id in counting,
            counts_from=_to_come(asked, fact, facts),
            replaces=_if_seen(fact.replaces, ids),
            annuls=tuple(annulled for annulled in fact.annuls if annulled in ids),
            rests_on=_if_seen(fact.rests_on, ids),
            contests=_if_seen(fact.contests, ids),
            unconfirmed=fact.unconfirmed,
            note=beside.get(fact.id, nothing).note,
            attachment_name=beside.get(fact.id, nothing).attachment_name,
            attachment_type=beside.get(fact.id, nothing).attachment_type,
            is_purged=beside.get(fact.id, nothing).purged_at is not None,
            releases=releases.get(fact.id, ()),
        )
        for number, fact in seen
    )


def _releases(facts: Sequence[Fact], seen: set[str]) -> dict[str, tuple[ReleaseView, ...]]:
    """Return the standing releases that the reader may know of, by the fact released."""
    found: dict[str, tuple[ReleaseView, ...]] = {}
    for release in standing_releases(facts):
        if release.id in seen:
            said = ReleaseView(
                release=release.id,
                audience=release.text("audience"),
                released_by=release.actor,
                consent=release.reference,
            )
            found[release.text("fact")] = (*found.get(release.text("fact"), ()), said)
    return found


def _to_come(asked: AsOf, fact: Fact, facts: Sequence[Fact]) -> date | None:
    """Return the day from which a fact counts, if that lies ahead and nothing that is on file undoes it by then."""
    day = fact.counts_from
    if day <= asked.on:
        return None
    return day if any(f.id == fact.id for f in asked.dossier(fact.state, facts, on=day).in_force) else None


def _if_seen(fact_id: str | None, ids: set[str]) -> str | None:
    return fact_id if fact_id in ids else None


def _seen(asked: AsOf, facts: Sequence[Fact]) -> Iterator[tuple[int, Fact]]:
    """Yield what was known and had begun; of what is known today also what lies ahead (a fact may be dated tomorrow).

    What was known on a day that is named is the same list on every later day.
    """
    is_now = asked.is_today and asked.until is None
    for number, fact in enumerate(shown(asked.pathway, facts, asked.reader), start=1):
        known = asked.until is None or fact.recorded_at <= asked.until
        if known and (fact.counts_from <= asked.on or is_now):
            yield number, fact
