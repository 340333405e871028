"""A pathway: one treaty's way from outside to implementation, as data.

A declaration is validated when it is made; nothing here looks at a State.

The treaty's own dossier, of what was said or happened of the treaty as a whole, stands under a key of its own, so that
whoever asks for the dossiers of a treaty is given those of States alone. Its pathway has facts and nothing else: no
stage is left, no step taken, nobody chased, no duty owed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from pathways.grammar.deadlines import DayRule, EachYearOn, Threshold
from pathways.grammar.dossier import CORRECTION, PURGED, RELEASE, RELEASE_ENDED, Dossier
from pathways.grammar.facts import Fact, FactKind
from pathways.grammar.refusals import Refusal
from pathways.grammar.roles import Role
from pathways.grammar.stages import Stage
from pathways.grammar.terms import MEETINGS, Instruments, NotificationNumber, Periods, Rule

#: What stands for a State where there is none.
OF_NO_STATE = ""
_BEHIND = ":own"  # no treaty is called so: its key is the name of a file of Python
#: The ledger's own book-keeping about a fact, of whatever dossier.
_ABOUT_A_FACT = frozenset({CORRECTION, PURGED, RELEASE, RELEASE_ENDED})


class BadPathway(ValueError):
    """A declaration contradicts itself."""


class By(StrEnum):
    """Who takes a step."""

    PERSON = "person"  # a coordinator or the Secretariat, when the proofs are on file
    RECORD = "record"  # a depositary act, on intake
    DATE = "date"  # the sweep, when the day has come


class Need(Protocol):
    """Something a step cannot be taken without."""

    def missing(self, pathway: Pathway, dossier: Dossier) -> tuple[Refusal, ...]:
        """Return a refusal for each thing that is missing; empty when the need is met."""

    def ground(self, dossier: Dossier) -> Fact | None:
        """Return the fact that a step with this need rests on, if it is a single one."""

    def describe(self, pathway: Pathway) -> str:
        """Say the need in a few words, for the printed pathway."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A step from one or several stages to another."""

    name: str
    title: str
    sources: tuple[Stage, ...]
    target: Stage
    needs: tuple[Need, ...]
    by: By = By.PERSON
    is_back: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """The proofs a State's constitution asks before deposit, and which must come before which."""

    key: str
    title: str
    proofs: tuple[str, ...]
    order: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Chase:
    """How long a stage may be silent, and who is asked first, then, and last."""

    stage: Stage
    after: timedelta
    patience: timedelta
    ask: Role = Role.CHAMPION
    then: Role = Role.COORDINATOR
    last: Role = Role.SECRETARIAT

    @property
    def rungs(self) -> tuple[Role, Role, Role]:
        """Return who is asked, in order."""
        return self.ask, self.then, self.last


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """Something a treaty asks of its parties, with the fact that discharges it.

    `in_letters` says how a sentence of a letter names it, by language; elsewhere it is called by its name.
    """

    name: str
    rule: DayRule | EachYearOn
    done_by: str
    article: str
    lead: timedelta
    in_letters: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pathway:
    """One treaty: its dates, the kinds of fact it speaks of, its steps, routes, chases and duties.

    `title_in` is its title in other languages than English, `words` what its own codes are called in English.
    """

    key: str
    title: str
    depositary: str
    reference: str
    notification: NotificationNumber
    opened_for_signature: date
    closed_for_signature: date | None
    threshold: Threshold
    entered_into_force: date
    binding: DayRule
    withdrawal: DayRule
    instruments: Instruments
    periods: Periods
    kinds: tuple[FactKind, ...]
    steps: tuple[Step, ...]
    routes: tuple[Route, ...]
    chases: tuple[Chase, ...] = ()
    duties: tuple[Duty, ...] = ()
    meetings: tuple[str, ...] = MEETINGS  # the kinds of them
    title_in: Mapping[str, str] = field(default_factory=dict, hash=False)
    articles: Mapping[Rule, str] = field(default_factory=dict, hash=False)
    words: Mapping[str, str] = field(default_factory=dict, hash=False)
    _kinds: Mapping[str, FactKind] = field(init=False, repr=False, compare=False)  # by name: asked for every fact
    by_date: tuple[Step, ...] = field(init=False, repr=False, compare=False)  # the steps that the sweep takes

    def __post_init__(self) -> None:
        """Refuse a declaration that contradicts itself."""
        _refuse_twice("step", [s.name for s in self.steps])
        _refuse_twice("kind of fact", [k.name for k in self.kinds])
        _refuse_twice("route", [r.key for r in self.routes])
        _refuse_twice("duty", [d.name for d in self.duties])
        known = {k.name: k for k in self.kinds}
        named = {p for r in self.routes for p in r.proofs} | {d.done_by for d in self.duties}
        if named - known.keys():
            raise BadPathway(f"{self.key} names undeclared kinds of fact: {', '.join(sorted(named - known.keys()))}.")
        object.__setattr__(self, "_kinds", known)
        object.__setattr__(self, "by_date", tuple(step for step in self.steps if step.by is By.DATE))

    def binds(self, day: date) -> date:
        """Return the day a deposit of that day binds: with the treaty itself, or as a later one."""
        return self.entered_into_force if day < self.threshold.later_from else self.binding(day)

    def withdraws(self, day: date) -> date:
        """Return the day a withdrawal notified on that day takes effect."""
        return self.withdrawal(day)

    def article(self, rule: Rule) -> str:
        """Return the article that a rule stands in, empty where none is declared."""
        return self.articles.get(rule, "")

    def cited(self, rule: Rule) -> str:
        """Return the article as it stands at the end of a sentence, empty where none is declared."""
        return cited(self.article(rule))

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the treaty's titles in every language, the English one first."""
        return tuple(dict.fromkeys((self.title, *self.title_in.values())))

    def duty(self, name: str) -> Duty | None:
        """Return the duty of that name, if declared."""
        return next((d for d in self.duties if d.name == name), None)

    def kind(self, name: str) -> FactKind | None:
        """Return the kind of fact of that name, if declared."""
        return self._kinds.get(name)

    def title_of(self, kind: str) -> str:
        """Return how a kind of fact is called in a sentence."""
        declared = self.kind(kind)
        return declared.title if declared else kind

    def step(self, name: str) -> Step | None:
        """Return the step of that name, if declared."""
        return next((s for s in self.steps if s.name == name), None)

    def route(self, key: str) -> Route:
        """Return the route of that key; the first declared is the one assumed."""
        return next((r for r in self.routes if r.key == key), self.routes[0])

    def chase(self, stage: Stage) -> Chase | None:
        """Return how silence at a stage is chased, if it is."""
        return next((c for c in self.chases if c.stage is stage), None)


def cited(article: str) -> str:
    """Return an article as it stands at the end of a sentence: nothing for none."""
    return f" (art. {article})" if article else ""


def _refuse_twice(what: str, names: list[str]) -> None:
    twice = {n for n in names if names.count(n) > 1}
    if twice:
        raise BadPathway(f"The {what} {', '.join(sorted(twice))} is declared twice.")


def own_key(treaty: str) -> str:
    """Return the key under which a treaty's own dossier stands."""
    return treaty + _BEHIND


def is_own(key: str) -> bool:
    """Tell whether a key is that of a treaty's own dossier."""
    return key.endswith(_BEHIND)


def which_dossier(treaty: str, state: str) -> str:
    """Return which dossier is meant, as findings of a verification name it."""
    return f"{treaty}/{state}" if state else treaty


def with_own_dossiers(pathways: Callable[[str], Pathway]) -> Callable[[str], Pathway]:
    """Return what finds the pathways of treaties, and of their own dossiers too."""
    made: dict[str, tuple[Pathway, Pathway]] = {}

    def find(key: str) -> Pathway:
        if not is_own(key):
            return pathways(key)
        treaty = pathways(key.removesuffix(_BEHIND))
        if key not in made or made[key][0] is not treaty:
            made[key] = (treaty, _of_facts_alone(treaty))
        return made[key][1]

    return find


def _of_facts_alone(treaty: Pathway) -> Pathway:
    kinds = tuple(kind for kind in treaty.kinds if kind.is_of_the_treaty or kind.name in _ABOUT_A_FACT)
    return replace(
        treaty,
        key=own_key(treaty.key),
        kinds=kinds,
        steps=(),
        routes=(Route(key="none", title="none", proofs=()),),
        chases=(),
        duties=(),
    )
