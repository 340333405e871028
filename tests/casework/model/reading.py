"""Who serves whom on a day, and who may read what: the table of the ledger (who may read), told once more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from pathways.att import PATHWAY
from tests.casework.model.entries import (
    BOOKKEEPING,
    CONFIDENTIAL,
    COORDINATION,
    PARTIES,
    PERSONAL,
    PUBLIC,
    Entry,
    File,
)

REGIONS = {"KHM": "Asia", "VNM": "Asia", "JPN": "Asia", "GMB": "Africa"}
_ASSESSED = {kind.name for kind in PATHWAY.kinds if kind.is_assessment}
_ABOUT = {"release": "fact", "release_ended": "fact", "purged": "fact", "settled": "favours"}


@dataclass
class Hold:
    """A mandate that somebody holds from one day to another: a role, of a State or an organ, for some States."""

    mandate: int
    role: str
    of: str
    scope: frozenset[str]
    begins: date
    ends: date | None
    laid_down: date | None = None
    mandate_ended: date | None = None

    def is_still(self, given: Hold) -> bool:
        """Whether it is the very hold that is given, and not over: then nothing new is given."""
        same = (self.mandate, self.begins, self.ends) == (given.mandate, given.begins, given.ends)
        return same and (self.laid_down is None or self.laid_down > given.begins)

    def is_in_term(self, day: date) -> bool:
        """A term includes its last day; one that somebody ended is over on the day of its end."""
        ended = [one for one in (self.laid_down, self.mandate_ended) if one is not None]
        return self.begins <= day and (self.ends is None or day <= self.ends) and all(day < one for one in ended)


@dataclass
class Person:
    """Somebody, with every mandate ever held; the operator holds none and reads everything."""

    actor: str
    number: int = 0
    sees_personal: bool = False
    holds: list[Hold] = field(default_factory=list)

    def serving(self, day: date) -> list[Hold]:
        """The mandates of a day."""
        if self.actor == "operator":
            return [Hold(0, "secretariat", "", frozenset(), date.min, None)]
        return [hold for hold in self.holds if hold.is_in_term(day)]

    def has(self, role: str, day: date, state: str | None = None) -> bool:
        """Whether a role is held that day, over a State if one is named; nobody accompanies the own State."""
        return any(
            h.role == role and (state is None or (state in h.scope and (h.role == "contact" or h.of != state)))
            for h in self.serving(day)
        )

    def is_of(self, state: str, day: date) -> bool:
        """Whether one of the mandates was given by that State."""
        return any(h.of == state for h in self.serving(day))

    def is_officer(self, day: date) -> bool:
        """Whether they serve the Secretariat."""
        return self.has("secretariat", day)

    def accompanies(self, state: str, day: date) -> bool:
        """Whether they accompany a State as champion or coordinator."""
        return self.has("champion", day, state) or self.has("coordinator", day, state)


@dataclass(frozen=True)
class Look:
    """Somebody who looks at one State's file on a day. `parties` are the States that are bound that day."""

    person: Person
    state: str
    day: date
    parties: frozenset[str]

    def told(self, file: File) -> list[Entry]:
        """The facts that may be known, releases that stand taken into account."""
        ended = {id_ for e in file for id_ in (*e.annuls, e.replaces)}
        released: dict[str, set[str]] = {}
        for entry in file:
            if entry.kind == "release" and entry.id not in ended:
                released.setdefault(entry.data["fact"], set()).add(entry.data["audience"])
        return [e for e in file if self._may_read(e, released.get(e.id, set()))]

    def shown(self, file: File) -> list[Entry]:
        """The facts that are shown: those that may be known, but no book-keeping about hidden ones alone."""
        told = self.told(file)
        known = {e.id for e in told}
        return [e for e in told if e.author == self.person.actor or not _about(e) or known & set(_about(e))]

    def _may_read(self, entry: Entry, released: Iterable[str]) -> bool:
        who, day, state, level = self.person, self.day, self.state, entry.level
        if level == PUBLIC or entry.author == who.actor:
            return True
        is_ours = entry.kind in _ASSESSED or entry.source == "assessment"
        if is_ours and who.is_of(state, day):
            return False
        if level == PERSONAL:
            return self._sees_personal() or who.actor in released
        if who.is_officer(day) or who.actor in released:
            return True
        if self._is_told_as_the_state(entry, released):
            return True
        if level == PARTIES:
            return self._is_told_as_a_party()
        organ = who.has("president", day) or who.has("chair", day)
        return level == COORDINATION and (organ or who.accompanies(state, day))

    def _sees_personal(self) -> bool:
        return self.person.actor == "operator" or (self.person.sees_personal and self.person.is_officer(self.day))

    def _is_told_as_the_state(self, entry: Entry, released: Iterable[str]) -> bool:
        """A State reads on its own record what it gave, what was released to it, and what all States Parties may."""
        if not self.person.has("contact", self.day, self.state):
            return False
        is_given = entry.source in ("note_verbale", "government")
        return entry.level == PARTIES or is_given or f"state:{self.state}" in released

    def _is_told_as_a_party(self) -> bool:
        mine = self.person.serving(self.day)
        if any(h.role in ("president", "chair", "coordinator", "champion") for h in mine):
            return True
        return any(h.role == "contact" and h.of in self.parties for h in mine)


def _about(entry: Entry) -> tuple[str, ...]:
    """The facts that an entry of the ledger's own book-keeping speaks of."""
    if entry.kind == "correction":
        return entry.annuls
    field_ = _ABOUT.get(entry.kind)
    return (entry.data[field_],) if field_ and entry.data.get(field_) else ()


def is_held_back(entry: Entry) -> bool:
    """Whether a fact is one that was told in confidence, or personal."""
    return entry.level >= CONFIDENTIAL and entry.kind not in BOOKKEEPING
