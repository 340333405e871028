"""What a State's facts add up to, told once more from the rules of the ledger, in the plainest way there is.

Slow on purpose: an entry is void if a later one that is not void undoes it, and everything else follows from what is
left. Knows of the treaty only what its declaration says, as data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from pathways.att import PATHWAY
from pathways.grammar.needs import Cause, DueForm, NotSigned, OnFile, RouteComplete
from pathways.grammar.pathway import Step
from tests.casework.model.entries import Entry, File, named

STEPS = {step.name: step for step in PATHWAY.steps}
ROUTES = {route.key: route for route in PATHWAY.routes}
_ALWAYS = date(9999, 1, 1)
_STANDINGS = {
    "paused": "paused",
    "declined": "declined",
    "declaration_not_to_join": "declined",
    "resumed": "open",
    "deposit": "open",
}


@dataclass(frozen=True)
class Sum:
    """What facts add up to on a day. `told` are those one may know, `undoing` those that undo for whoever looks."""

    told: File
    on: date
    undoing: File

    @classmethod
    def of(cls, file: File, on: date, *, told: File | None = None) -> Sum:
        """Add up a file, or what somebody may know of it: what was taken back or settled holds for everybody."""
        if told is None:
            return cls(file, on, file)
        mine = {e.id for e in told}
        return cls(told, on, [e for e in file if e.id in mine or e.kind in ("correction", "settled")])

    @classmethod
    def all_told(cls, file: File) -> Sum:
        """Add up everything, also what counts only from a later day."""
        return cls.of(file, _ALWAYS)

    @cached_property
    def void(self) -> frozenset[str]:
        """The facts that no longer count: something took their place, or a later fact that counts undoes them."""
        gone: set[str] = set()
        replaced: set[str] = set()  # whose place is another's, who may have handed it on
        for entry in sorted(self.undoing, key=lambda e: -e.seq):
            if any(e.replaces == entry.id and (e.id not in gone or e.id in replaced) for e in self.undoing):
                replaced.add(entry.id)
            if entry.id in replaced or any(self._undoes(e, entry) for e in self.undoing if e.id not in gone):
                gone.add(entry.id)
        return frozenset(gone)

    def _undoes(self, later: Entry, entry: Entry) -> bool:
        if later.seq <= entry.seq:
            return False
        if entry.id in later.annuls:
            return later.kind == "correction" or later.day <= self.on  # a mistake never was; a ruling has its day
        return later.kind == "settled" and self._settles_against(later, entry)

    def _settles_against(self, settled: Entry, entry: Entry) -> bool:
        """Whether a contradiction was settled against a fact that stood on one of its sides."""
        sides = [e for e in self.undoing if e.seq < settled.seq]
        favour = named(sides, settled.data["favours"])
        if favour is None or entry is favour or entry.seq >= settled.seq:
            return False
        ours = _beginning(sides, favour.id)
        return bool(entry.contests or favour.contests) and _beginning(sides, entry.id) == ours

    @cached_property
    def _counting(self) -> list[Entry]:
        left = [e for e in self.told if e.id not in self.void]
        won = {e.data["favours"] for e in self.undoing if e.kind == "settled" and e.id not in self.void}
        return sorted((e for e in left if e.contests is None or e.id in won), key=lambda e: e.place)

    @cached_property
    def in_force(self) -> list[Entry]:
        """The facts that count on the day, in the order in which they add up."""
        return [e for e in self._counting if e.day <= self.on]

    @cached_property
    def conflicts(self) -> list[Entry]:
        """What the depositary says against a value of ours, while nobody has settled it."""
        counting = {e.id for e in self._counting}
        return [e for e in self.told if e.contests and e.id not in self.void and e.id not in counting]

    def latest(self, kind: str) -> Entry | None:
        """The latest fact of a kind that counts."""
        return next((e for e in reversed(self.in_force) if e.kind == kind), None)

    # What the depositary's acts make of a State.

    @property
    def force(self) -> date | None:
        """The last possible day from which the State is bound."""
        deposit = self.latest("deposit")
        return None if deposit is None else binding(deposit.day)

    @property
    def leaves(self) -> date | None:
        """The day on which a notified withdrawal takes effect: ninety days on, or a later one that it names."""
        deposit, notified = self.latest("deposit"), self.latest("withdrawal")
        if deposit is None or notified is None or notified.day < deposit.day:
            return None
        named_day = notified.data.get("takes_effect_on")
        rule = notified.day + timedelta(days=90)
        return max(rule, date.fromisoformat(named_day)) if named_day else rule

    @property
    def legal(self) -> str:
        """The legal status."""
        if self.force is None:
            return "signatory" if self.latest("signature") else "non_signatory"
        if self.leaves is not None:
            return "withdrawn" if self.leaves <= self.on else "withdrawal_notified"
        return "state_party" if self.force <= self.on else "deposited"

    @property
    def in_hand(self) -> bool:
        """Whether an instrument lies with the depositary, in effect."""
        return self.force is not None and self.legal != "withdrawn"

    # Where it stands on its way.

    @cached_property
    def steps(self) -> list[Entry]:
        """The steps that apply: while an instrument lies, a person's from that day on are overtaken."""
        steps = [e for e in self.in_force if e.kind == "step"]
        deposit = self.latest("deposit")
        if not self.in_hand or deposit is None:
            return steps
        return [e for e in steps if e.data["by"] != "person" or e.day < deposit.day]

    @property
    def stage(self) -> str:
        """The stage."""
        deposit, leaves = self.latest("deposit"), self.leaves
        if self.in_hand and deposit is not None:
            bound = [e for e in self.steps if e.data["to"] == "implementation" and e.day >= deposit.day]
            return "implementation" if bound else "deposit"
        steps = self.steps
        if self.legal == "withdrawn" and leaves is not None:
            steps = [e for e in steps if e.day >= leaves and e.data["by"] != "date"]
        return str(steps[-1].data["to"]) if steps else "outside"

    @property
    def standing(self) -> str:
        """Whether the way is being walked."""
        said = [e for e in self.in_force if e.kind in _STANDINGS]
        return _STANDINGS[said[-1].kind] if said else "open"

    @property
    def tier(self) -> int | None:
        """The order of attention."""
        if self.in_hand:
            return None
        if self.latest("signature"):
            return 1
        said = self.latest("tier_set")
        return int(said.data["tier"]) if said else 3

    @property
    def route(self) -> str:
        """The route, assumed to be the first while nobody has said."""
        said = self.latest("route")
        return str(said.data["route"]) if said else PATHWAY.routes[0].key

    # What a step asks for.

    def lacks(self, step: Step) -> bool:
        """Whether anything that a person's step asks for is not on file."""
        return not all(map(self._has, step.needs))

    def _has(self, need: object) -> bool:
        match need:
            case OnFile(kinds=kinds):
                return all(self.latest(kind) for kind in kinds)
            case Cause(kind=kind):
                return self.cause(kind) is not None
            case RouteComplete():
                return self._route_is_complete()
            case DueForm():
                prepared = self.latest("instrument_prepared")
                signed = bool(self.latest("signature"))
                allowed = ("ratification", "acceptance", "approval") if signed else ("accession", "succession")
                return prepared is not None and prepared.data["instrument"] in allowed
            case NotSigned():
                return self.latest("signature") is None
        raise AssertionError(f"the model does not know what {need} asks for")

    def cause(self, kind: str) -> Entry | None:
        """The latest reason to go back that no step rests on yet."""
        used = {e.rests_on for e in self.in_force if e.kind == "step"}
        return next((e for e in reversed(self.in_force) if e.kind == kind and e.id not in used), None)

    def _route_is_complete(self) -> bool:
        route = ROUTES[self.route]
        if not all(self.latest(proof) for proof in route.proofs):
            return False
        pairs = [(self.latest(before), self.latest(after)) for before, after in route.order]
        return not any(one and other and one.first > other.last for one, other in pairs)

    def open_steps(self) -> set[str]:
        """The steps of persons that lead on from here."""
        return {s.name for s in PATHWAY.steps if s.by == "person" and self.stage in s.sources and not self.in_hand}


def binding(deposited: date) -> date:
    """The day a deposit binds: with the treaty itself, or ninety days on (art. 22)."""
    itself = date(2014, 12, 24)
    return itself if deposited < itself else deposited + timedelta(days=90)


def _beginning(sides: File, id_: str) -> str:
    """The first of the facts that replaced or contested one another."""
    while (entry := named(sides, id_)) is not None and (before := entry.replaces or entry.contests):
        id_ = before
    return id_
