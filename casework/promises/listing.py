"""Promises as they are listed and counted, the oldest first: those that a reader may know, as of a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casework.core.as_of import in_region
from casework.core.rights import NotOnFile, require
from casework.core.workspace import Workspace
from casework.dossiers.disclosure_log import note_facts
from models.ledger import contents
from pathways.grammar.clearance import Reader
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import PROMISE_OUTCOME
from pathways.grammar.facts import SourceKind
from pathways.grammar.promises import Promise, PromiseStanding
from pathways.grammar.refusals import refusal
from pathways.grammar.roles import Right
from pathways.grammar.terms import Periods

#: Up to how many whole years old, in order; what is older stands last.
AGES = (1, 2, 3)
_A_YEAR = 365  # days, as ages are counted here


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseView:
    """A promise as it is shown. `words` is None where they were purged; `since_then` the fact that settled it last."""

    fact: str
    state: str
    region: str
    words: str | None
    condition: str
    meeting: str
    made_on: PartialDate
    by: PartialDate | None
    due_on: date | None
    age_days: int
    standing: PromiseStanding
    since_then: str | None
    since_then_on: PartialDate | None
    asked_on: date | None  # from when it is asked about; None where it is not any more
    sensitivity: str
    may_settle: bool

    @property
    def is_to_be_kept(self) -> bool:
        """Tell whether it stands still."""
        return self.standing in (PromiseStanding.OPEN, PromiseStanding.RENEWED)

    @property
    def years(self) -> int:
        """Return its age in whole years."""
        return self.age_days // _A_YEAR

    @property
    def band(self) -> int:
        """Return the age below which it is, in years; 0 for older than any of them."""
        return next((years for years in AGES if self.age_days < years * _A_YEAR), 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """How many promises of a region stand still, by age in the order of AGES, then older; and how many do not."""

    region: str
    by_age: tuple[int, ...]
    kept: int
    lapsed: int

    @property
    def stand(self) -> int:
        """Count those that stand still."""
        return sum(self.by_age)


@dataclass(frozen=True, kw_only=True, slots=True)
class Promises:
    """The promises of a day, the oldest first, and their numbers by region; `on` is that day."""

    on: date
    promises: tuple[PromiseView, ...]

    def counted(self) -> tuple[Counted, ...]:
        """Count them by region and age, in the order of the regions' names."""
        regions = sorted({one.region for one in self.promises})
        return tuple(_counted(region, self.promises) for region in regions)


def promise_list(
    workspace: Workspace, *, treaty: str, reader: Reader, on: date | None = None, region: str | None = None
) -> Promises:
    """Return every promise that the reader may know; that what is confidential was shown is noted."""
    day = on or workspace.today()
    pathway, snapshots = workspace.pathway(treaty), workspace.snapshots
    look = snapshots.of if day == workspace.today() else snapshots.of_another_day
    with workspace.reading() as connection:
        there = [
            (place, promise)
            for place in in_region(look(connection, pathway, reader, day), region)
            for promise in place.snapshot.promises
        ]
        beside = contents.beside(connection, [promise.said.id for _, promise in there])
    note_facts(workspace, reader, [promise.said for _, promise in there])
    words = {id_: content.note for id_, content in beside.items()}
    views = [
        _view(promise, place.region, words.get(promise.said.id), day, pathway.periods, reader)
        for place, promise in there
    ]
    return Promises(on=day, promises=tuple(sorted(views, key=lambda one: (one.made_on.last, one.state, one.fact))))


def _view(promise: Promise, region: str, words: str | None, day: date, periods: Periods, reader: Reader) -> PromiseView:
    said, since_then = promise.said, promise.since_then
    return PromiseView(
        fact=said.id,
        state=said.state,
        region=region,
        words=words,
        condition=promise.condition,
        meeting=said.text("meeting"),
        made_on=promise.made_on,
        by=promise.by,
        due_on=promise.by.last if promise.by else None,
        age_days=promise.age(day),
        standing=promise.standing,
        since_then=since_then.id if since_then else None,
        since_then_on=since_then.effective if since_then else None,
        asked_on=promise.asked_on(periods) if promise.is_to_be_kept else None,
        sensitivity=said.sensitivity.label,
        may_settle=reader.may(Right.FILE, said.state),
    )


def _counted(region: str, every: Sequence[PromiseView]) -> Counted:
    of_it = [one for one in every if one.region == region]
    ages = Counter(one.band for one in of_it if one.is_to_be_kept)
    return Counted(
        region=region,
        by_age=tuple(ages[band] for band in (*AGES, 0)),
        kept=_count(of_it, PromiseStanding.KEPT),
        lapsed=_count(of_it, PromiseStanding.LAPSED),
    )


def _count(found: Iterable[PromiseView], standing: PromiseStanding) -> int:
    return sum(one.standing is standing for one in found)


def one_promise(workspace: Workspace, state: str, promise: str, *, treaty: str, reader: Reader) -> PromiseView:
    """Return a promise that the reader may say of what became of it; NotOnFile for every other, NotYours first."""
    require(reader, Right.FILE, state, workspace.register().name_of(state))
    found = promise_list(workspace, treaty=treaty, reader=reader).promises
    one = next((one for one in found if (one.state, one.fact) == (state, promise)), None)
    if one is None:
        raise NotOnFile(refusal("no_such_promise", field="promise", fact=promise[:40]))
    return one


def sources_of_outcomes(workspace: Workspace, *, treaty: str) -> tuple[SourceKind, ...]:
    """Return who may say what became of a promise, in the order in which sources are declared."""
    kind = workspace.pathway(treaty).kind(PROMISE_OUTCOME)
    admitted = kind.sources if kind else frozenset()
    left_out = frozenset() if workspace.training is not None else {SourceKind.EXAMPLE}
    return tuple(one for one in SourceKind if one in admitted - left_out)
