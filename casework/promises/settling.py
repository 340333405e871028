"""Settling a promise: somebody says, with a source, that it was kept, renewed, or has lapsed.

It is a fact of its own, held at least as closely as the promise; the promise itself stays as it was said. It moves no
stage: what a State did is filed as what it is, and the depositary's acts are the depositary's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casework.core.open_dossier import OpenDossier
from casework.core.rights import NotOnFile
from casework.core.workspace import Workspace
from casework.dossiers.find_fact import find_fact
from casework.dossiers.free_text import beside
from pathways.grammar.admission import Proposed, faults_of
from pathways.grammar.audiences import Holding, holding_of
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.dates import PartialDate, Precision
from pathways.grammar.dossier import PROMISE_OUTCOME
from pathways.grammar.facts import Fact, FactKind, SourceKind, Value
from pathways.grammar.lines import is_line
from pathways.grammar.promises import Promise, promises
from pathways.grammar.refusals import OneOf, Refusal, Refused, Word, refusal
from pathways.grammar.roles import Right
from pathways.grammar.terms import Became

_LONGEST = 200  # characters of a condition, as of any field of a fact
_LONGEST_REFERENCE = 120


class NotSettled(Refused, ValueError):
    """A promise cannot be settled so; a refusal for each reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What somebody says became of a promise, from when, and by whom they know; a renewal may name day and condition.

    `sensitivity` is who may know it, where that is not as is usual for its source.
    """

    became: Became
    on: PartialDate
    source: SourceKind
    reference: str = ""
    by: PartialDate | None = None
    condition: str = ""
    sensitivity: Sensitivity | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """The fact that says what became of a promise; `repeated`: the same was on file from the same person."""

    fact: Fact
    repeated: bool


def settle_promise(
    workspace: Workspace, state: str, promise: str, outcome: Outcome, *, treaty: str, reader: Reader
) -> Settled:
    """Put on file what became of a promise, named as any fact is; NotSettled with every reason."""
    name, content = workspace.register().name_of(state), beside(outcome.note, "note")
    opening = workspace.open_dossier(state, treaty=treaty, reader=reader, right=Right.FILE, name=name)
    with opening as open_dossier:
        found = _promise(open_dossier, promise, reader)
        if (there := _the_same(found, outcome, reader)) is not None:
            return Settled(fact=there, repeated=True)
        kind = open_dossier.pathway.kind(PROMISE_OUTCOME)
        assert kind is not None  # every pathway has it
        holding = holding_of(kind, outcome.source, is_companion=reader.accompanies(state))
        if faults := (*_faults(found, outcome, holding), *_not_admitted(workspace, open_dossier, kind, outcome, name)):
            raise NotSettled(*faults)
        fact = open_dossier.file(
            PROMISE_OUTCOME,
            outcome.on,
            source=outcome.source,
            reference=outcome.reference,
            sensitivity=max(_asked(outcome, holding), found.said.sensitivity),
            data=_fields(found, outcome),
            content=content,
        )
    return Settled(fact=fact, repeated=False)


def _promise(open_dossier: OpenDossier, given: str, reader: Reader) -> Promise:
    """Return a promise that the reader may know; NotOnFile for every other fact."""
    fact = find_fact(open_dossier, given, reader)
    found = next((one for one in promises(open_dossier.dossier(reader=reader)) if one.said.id == fact.id), None)
    if found is None:
        raise NotOnFile(refusal("no_such_promise", field="promise", fact=given[:40]))
    return found


def _the_same(promise: Promise, outcome: Outcome, reader: Reader) -> Fact | None:
    """Return what the reader put on file before of the same promise in the same words: a button was pressed twice."""
    there = promise.since_then
    if there is None or there.kind != PROMISE_OUTCOME or there.actor != reader.actor:
        return None
    said = (outcome.on, outcome.source, outcome.reference, _fields(promise, outcome))
    return there if (there.effective, there.source, there.reference, dict(there.data)) == said else None


def _fields(promise: Promise, outcome: Outcome) -> dict[str, Value]:
    given = {
        "promise": promise.said.id,
        "outcome": str(outcome.became),
        "by": str(outcome.by) if outcome.by else "",
        "condition": " ".join(outcome.condition.split()),
    }
    return {name: value for name, value in given.items() if value}


def _asked(outcome: Outcome, holding: Holding) -> Sensitivity:
    return holding.usual if outcome.sensitivity is None else outcome.sensitivity


def _faults(promise: Promise, outcome: Outcome, holding: Holding) -> Iterator[Refusal]:
    if not promise.is_to_be_kept:
        yield refusal("promise_is_over", field="outcome", standing=Word(promise.standing))
    if outcome.on.last < promise.said.effective.first:
        yield refusal("settled_before_it_was_made", field="on", day=outcome.on, made=promise.said.effective)
    if outcome.became is not Became.RENEWED and (outcome.by is not None or outcome.condition.strip()):
        yield refusal("only_a_renewal_has_a_day", field="by")
    if outcome.by is not None and outcome.by.precision is Precision.YEAR:
        yield refusal("by_a_day_or_a_month", field="by", day=outcome.by)
    elif outcome.by is not None and outcome.by.last < outcome.on.first:
        yield refusal("by_before_it_was_said", field="by", day=outcome.by, said=outcome.on)
    if not is_line(" ".join(outcome.condition.split()), _LONGEST):
        yield refusal("condition_not_a_line", field="condition", most=_LONGEST)
    if not is_line(outcome.reference, _LONGEST_REFERENCE):
        yield refusal("reference_not_a_line", field="reference", most=_LONGEST_REFERENCE)
    if _asked(outcome, holding) not in holding.answers:
        levels = OneOf(Word(level.label) for level in holding.answers)
        yield refusal("outcome_held_otherwise", field="sensitivity", levels=levels)


def _not_admitted(
    workspace: Workspace, open_dossier: OpenDossier, kind: FactKind, outcome: Outcome, name: str
) -> tuple[Refusal, ...]:
    proposed = Proposed(
        state=name,
        kind=kind,
        effective=outcome.on,
        source=outcome.source,
        reference=outcome.reference,
        by_hand=False,
    )
    training = workspace.training is not None
    return faults_of(open_dossier.pathway, open_dossier.dossier(reader=None), proposed, training=training)
