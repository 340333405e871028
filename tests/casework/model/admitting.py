"""What may go on file, who may release it and who may settle or take a step: each rule once more, as yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pathways.att import PATHWAY
from tests.casework.model.adding_up import STEPS, Sum
from tests.casework.model.entries import (
    BOOKKEEPING,
    CONFIDENTIAL,
    COORDINATION,
    PARTIES,
    PERSONAL,
    PUBLIC,
    Entry,
    File,
    named,
)
from tests.casework.model.reading import Look, Person

KINDS = {kind.name: kind for kind in PATHWAY.kinds}
ACTS = ("signature", "deposit", "withdrawal", "declaration_not_to_join")
CAUSES = ("ruling", "setback")
_PUBLISHED = ("gazette", "parliament", "court", "press")
_OF_A_SIGNATORY = ("ratification", "acceptance", "approval")
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody wants on file."""

    kind: str
    first: date
    last: date
    source: str
    data: dict[str, Any] = field(default_factory=dict)
    level: int | None = None
    annuls: tuple[str, ...] = ()

    def usual(self, *, companion: bool) -> int:
        """How closely it is held where nobody says: by its source, by who files it, and by its kind's own floor."""
        kind = KINDS[self.kind]
        if self.kind in ACTS:
            return PUBLIC
        own_work = self.source == "assessment" and kind.is_own_work and companion
        held = min(int(kind.sensitivity), COORDINATION) if self.source in _PUBLISHED or own_work else kind.sensitivity
        return max(int(held), self._floor)

    @property
    def _floor(self) -> int:
        kind = KINDS[self.kind]
        return COORDINATION if kind.is_assessment or kind.sensitivity == COORDINATION else PUBLIC

    def may_be_held(self, *, companion: bool) -> bool:
        """Whether the level that was said is one that there is for it."""
        if self.level is None:
            return True
        if self.kind in ACTS:
            return self.level == PUBLIC
        usual = self.usual(companion=companion)
        if self.source in (*_PUBLISHED, "statement", "government"):
            least = PUBLIC
        else:
            least = min(usual, COORDINATION) if self.source == "assessment" else usual
        least = max(least, self._floor)
        return self.level == least or (
            self.level > least and (self.level != PARTIES or KINDS[self.kind].sensitivity == PARTIES)
        )


@dataclass(frozen=True)
class Counter:
    """Where somebody asks for something to be done to one State's file today."""

    look: Look
    file: File

    @property
    def who(self) -> Person:
        """The one who asks."""
        return self.look.person

    @property
    def today(self) -> date:
        """The record's day."""
        return self.look.day

    def may_file(self, wanted: Wanted) -> bool:
        """Whether a fact goes on file."""
        state, now = self.look.state, Sum.of(self.file, self.today)
        companion = self.who.accompanies(state, self.today)
        officer = self.who.is_officer(self.today)
        if not (officer or (companion and wanted.kind not in ACTS)):
            return False
        if wanted.first > self.today + _A_DAY or wanted.last < PATHWAY.opened_for_signature:
            return False
        if wanted.source not in {source.value for source in KINDS[wanted.kind].sources} - {"example", "record"}:
            return False
        if not wanted.may_be_held(companion=companion):
            return False
        return self._may_annul(wanted, now) and (wanted.kind not in ACTS or self._may_act(wanted, now))

    def _may_annul(self, wanted: Wanted, now: Sum) -> bool:
        shown = {e.id for e in self.look.shown(self.file)}
        annulled = [named(self.file, id_) for id_ in wanted.annuls]
        return all(e is not None and e.id in shown and self._undoes(wanted, e, now) for e in annulled)

    def _undoes(self, wanted: Wanted, entry: Entry, now: Sum) -> bool:
        is_cause = wanted.kind in CAUSES
        if entry.kind in ("step", "record_opened", "release", "release_ended", "purged"):
            return False
        if entry.kind in BOOKKEEPING and wanted.kind != "correction":
            return False  # what was filed by mistake is no matter of a court
        if entry.source in ("depositary", "record") and not entry.unconfirmed:
            return False  # the depositary's word stands until the depositary says otherwise
        if is_cause and (entry.kind in ACTS or now.in_hand):
            return False  # after the deposit nothing at home undoes it
        if self.who.is_officer(self.today) or entry.author == self.who.actor:
            return True
        may_go_back = is_cause and self.who.has("coordinator", self.today, self.look.state)
        return may_go_back and entry.kind not in BOOKKEEPING

    def _may_act(self, wanted: Wanted, now: Sum) -> bool:
        return self._is_in_time(wanted, now) and self._is_no_double(wanted, now)

    def _is_in_time(self, wanted: Wanted, now: Sum) -> bool:
        signed, deposit = now.latest("signature"), now.latest("deposit")
        if wanted.kind == "signature":
            closed = PATHWAY.closed_for_signature
            acceded = deposit is not None and deposit.data["instrument"] not in _OF_A_SIGNATORY
            return not acceded and (closed is None or wanted.first <= closed)
        if wanted.kind == "deposit":
            if (wanted.data["instrument"] in _OF_A_SIGNATORY) != bool(signed):
                return False
            return wanted.last >= (signed.first if signed else date(2014, 12, 24))
        if wanted.kind == "withdrawal":
            return deposit is not None and now.in_hand and wanted.last >= deposit.first
        return True

    def replaced_by(self, wanted: Wanted) -> Entry | None:
        """The act on file that an act takes the place of; a State that came back deposits anew."""
        earlier = Sum.all_told(self.file).latest(wanted.kind) if wanted.kind in ACTS else None
        return None if earlier is None or self._is_anew(wanted, earlier) else earlier

    def _is_anew(self, wanted: Wanted, earlier: Entry) -> bool:
        """Whether it is another act than the one before: the deposit of a State that leaves, or its next withdrawal."""
        now = Sum.of(self.file, self.today)
        deposit = now.latest("deposit")
        if wanted.kind == "withdrawal":
            return deposit is not None and earlier.day < deposit.day
        return wanted.kind == "deposit" and now.leaves is not None and wanted.first > earlier.day

    def _is_no_double(self, wanted: Wanted, now: Sum) -> bool:
        earlier = self.replaced_by(wanted)
        if earlier is None:
            return True
        sharper = earlier.covers(wanted.first, wanted.last)
        vaguer = wanted.first <= earlier.first and earlier.last <= wanted.last and wanted.first != wanted.last
        vaguer = vaguer and (earlier.first, earlier.last) != (wanted.first, wanted.last)
        return sharper or (bool(earlier.unconfirmed) and not vaguer)

    def may_step(self, name: str, on: date) -> bool:
        """Whether a person takes a step on a day: everything it asks for is on file, as far as they may know."""
        step, state = STEPS[name], self.look.state
        if not (self.who.is_officer(self.today) or self.who.has("coordinator", self.today, state)):
            return False
        last = max((e.day for e in Sum.all_told(self.file).steps), default=date.min)
        seen = self.seen_by_who_steps(on)
        seen_last = max((e.day for e in seen.steps), default=date.min)
        if step.by != "person" or on > self.today + _A_DAY or on < max(last, seen_last):
            return False
        return not seen.in_hand and seen.stage in step.sources and not seen.lacks(step)

    def seen_by_who_steps(self, on: date) -> Sum:
        """The dossier of a day as whoever takes a step may know it; the Secretariat by all facts."""
        told = None if self.who.is_officer(self.today) else self.look.told(self.file)
        return Sum.of(self.file, on, told=told)

    def may_settle(self, favour: str) -> bool:
        """Whether a contradiction that is open has this fact on one of its sides."""
        if not self.who.is_officer(self.today):
            return False
        now, told = Sum.of(self.file, self.today), Sum.all_told(self.file)
        sides = {e.id for e in now.conflicts}
        for conflict in now.conflicts:
            heirs = {conflict.contests}
            for entry in self.file:
                if entry.replaces in heirs or entry.contests in heirs:
                    heirs.add(entry.id)
            sides |= {e.id for e in told.in_force if e.id in heirs}
        return favour in sides

    def may_release(self, entry: Entry, audience: Person | str, *, consent: bool) -> bool:
        """Whether a fact is released to a person, or to the State itself."""
        if not self.who.is_officer(self.today) or entry not in self.look.shown(self.file):
            return False
        told = Sum.all_told(self.file)
        counts = entry in told.in_force or entry in told.conflicts
        if entry.kind in BOOKKEEPING or entry.level == PUBLIC or not counts:
            return False
        ours = KINDS[entry.kind].is_assessment or entry.source == "assessment"
        given = entry.source in ("note_verbale", "government")
        if given and not consent:
            return False
        if isinstance(audience, str):
            return audience == f"state:{self.look.state}" and not ours and entry.level != PERSONAL and not given
        serves = audience.serving(self.today)
        is_of_it = audience.is_of(self.look.state, self.today)
        return bool(serves) and not audience.is_officer(self.today) and not (ours and is_of_it)


def compared(file: File, first: date, last: date, known_by: date | None, instrument: str) -> tuple[str, Entry | None]:
    """How a row of the depositary's table stands to our deposit: new, nothing new, instead of ours, or against it."""
    ours = Sum.all_told(file).latest("deposit")
    if ours is None:
        return "new", None
    same = ours.data["instrument"] == instrument
    if first <= ours.first and ours.last <= last and (first, last) != (ours.first, ours.last) and same:
        return "nothing", ours  # theirs is vaguer
    within = ours.first <= first and last <= ours.last
    agrees = (first <= ours.first and ours.last <= last) or (
        within and (ours.known_by is None or first <= ours.known_by)
    )
    if agrees and same:
        sharper = ours.covers(first, last)
        return ("instead" if ours.unconfirmed or sharper else "nothing"), ours
    wrong_day = not agrees and "deposit_date" not in ours.unconfirmed and ours.first == ours.last
    wrong_kind = not same and "instrument" not in ours.unconfirmed
    return ("against" if wrong_day or wrong_kind else "instead"), ours


def levels(closest: int = CONFIDENTIAL) -> Sequence[int | None]:
    """The answers to who may know it, none of them first."""
    return (None, None, None, *range(closest + 1))
