"""Asking: a fact to be filed and a step to be taken, foretold by the model and held to what it foretold."""

from __future__ import annotations

from datetime import date

from casework.dossiers.filing import Filing, file_fact
from casework.dossiers.steps import take_step
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from tests.builders import name_of
from tests.casework.model.adding_up import STEPS
from tests.casework.model.admitting import KINDS, Wanted
from tests.casework.model.entries import Entry
from tests.casework.model.reading import Person
from tests.casework.model.world import World

#: How the depositary numbers what it notifies.
CN = "C.N.100.2026"


class Asking(World):
    """What persons ask for."""

    def step(self, state: str, person: Person, name: str, day: date) -> None:
        counter = self.counter(person, state)
        seen = counter.seen_by_who_steps(day)
        causes = [need.kind for need in STEPS[name].needs if hasattr(need, "kind")]
        said = {"step": name, "name": name_of(state), "on": day, "reader": self.eyes(person)}
        taken = self.ask(state, take_step, state, foretold=counter.may_step(name, day), **said)
        if taken is not None:
            step, cause = STEPS[name], seen.cause(causes[0]) if causes else None
            data = {"step": name, "from": seen.stage, "to": step.target.value, "by": "person"}
            assert (taken.kind, taken.data, taken.first, taken.last) == ("step", data, day, day)
            assert (taken.author, taken.rests_on) == (person.actor, cause.id if cause else None)
            assert taken.replaces is None

    def somebody(self, place):
        """Return who serves today, by a place among them; each other time the operator, who may do the most."""
        return self.operator if place % 2 else self.one_of(self.serving(), place // 2)

    def one_of(self, several, place):
        return several[place % len(several)]

    def wanted(self, kind, day, form, *, source, fields=None, level=None, annuls=()):
        effective = PartialDate.parse(f"{day:{form}}")
        return Wanted(
            kind=kind, first=effective.first, last=effective.last, source=source, data=fields or {}, level=level,
            annuls=annuls,
        )  # fmt: skip

    def file(self, state: str, person: Person, wanted: Wanted) -> Entry | None:
        counter, today = self.counter(person, state), self.today
        companion = person.accompanies(state, today)
        foretold, replaced = counter.may_file(wanted), counter.replaced_by(wanted)
        reference = CN if wanted.source == "depositary" else f"paper {self.runs}.{len(self.files[state]):04}."
        filing = Filing(
            kind=wanted.kind,
            effective=PartialDate(wanted.first, wanted.last),
            source=SourceKind(wanted.source),
            reference=reference,
            fields={name: str(value) for name, value in wanted.data.items()},
            annuls=wanted.annuls,
            sensitivity=None if wanted.level is None else Sensitivity(wanted.level),
        )
        said = {"name": name_of(state), "reader": self.eyes(person)}
        filed = self.ask(state, file_fact, state, filing, foretold=foretold, **said)
        if filed is not None:
            level = wanted.usual(companion=companion) if wanted.level is None else wanted.level
            assert (filed.kind, filed.first, filed.last) == (wanted.kind, wanted.first, wanted.last)
            assert (filed.level, filed.author, filed.source) == (level, person.actor, wanted.source)
            assert (filed.annuls, filed.replaces) == (wanted.annuls, replaced.id if replaced else None)
            assert filed.filed == today
        return filed


def fields_said(kind, said=None):
    """The fields that a kind must have, the first answer to each, and what is said besides."""
    required = {f.name: f.choices[0] if f.choices else "one" for f in KINDS[kind].fields if f.required}
    return {**required, **(said or {})}
