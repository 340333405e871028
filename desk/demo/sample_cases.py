"""Sample cases: a few States in mid-pathway for a training record, so that a newcomer finds the desk at work.

Every one of them deposited after the training day; what is said of the time before is an example and says so, in its
source. No State has been asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.attention.writing import write_next_step
from casework.core.readers import acting_as
from casework.core.workspace import Workspace
from casework.dossiers.filing import Filing, file_fact
from casework.dossiers.steps import take_step
from desk.about import About
from desk.demo.sample_people import TREATY, address_of_coordinator
from pathways.grammar.clearance import Reader
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import Field, FieldType, SourceKind
from pathways.grammar.journey import NotTaken
from pathways.grammar.pathway import Pathway

_REFERENCE, _REASON = "sample case", "an example"


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """A fact as an office would have filed it."""

    kind: str
    on: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A step as a coordinator would have taken it."""

    name: str
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleState:
    """A State, whose coordinator accompanies it, what had happened, in order, and what that coordinator means to do."""

    state: str
    region: str
    told: tuple[Proof | Step, ...]
    next: str = ""
    by: date | None = None


def _contact(on: str, ministry: str = "Foreign Affairs") -> Proof:
    return Proof(kind="contact_named", on=on, fields={"ministry": ministry})


def _committee(on: str) -> Proof:
    return Proof(kind="committee", on=on, fields={"ministries": "Foreign Affairs, Defence, Interior"})


def _gaps(on: str) -> Proof:
    return Proof(kind="gap_analysis", on=on, fields={"articles": "5, 6, 7, 11"})


def _to_parliament(begun: str) -> tuple[Proof | Step, ...]:
    return (
        _contact(begun),
        Step(name="start_drafting", on=date.fromisoformat(begun)),
        _committee("2021-12-07"),
        _gaps("2022-02-08"),
        Proof(kind="cabinet_approval", on="2022-03-22", fields={"minute": "sample minute"}),
        Proof(kind="parliamentary_approval", on="2022-05-24", fields={"law_number": "sample act"}),
    )


def _in_due_form(on: str) -> tuple[Proof, ...]:
    fields = {"instrument": "ratification", "signed_by": "foreign_minister"}
    return (
        Proof(kind="instrument_prepared", on=on, fields=fields),
        Proof(kind="reservations_checked", on=on, fields={"text": "none"}),
    )


CASES = (
    SampleState(  # asked for help, and waits for it
        state="GMB",
        region="Africa",
        told=(
            Proof(kind="signal", on="2022-02-15", fields={"speaker": "Permanent Mission"}),
            Step(name="voice_interest", on=date(2022, 2, 15)),
            _contact("2022-03-29"),
            Proof(kind="needs_recorded", on="2022-03-29", fields={"categories": "legal, stockpile"}),
            Step(name="ask_for_help", on=date(2022, 4, 12)),
        ),
        next="Send the two model laws that were asked for",
        by=date(2022, 6, 21),  # late from the second day on
    ),
    SampleState(  # drafting, two proofs of four on file
        state="GAB",
        region="Africa",
        told=(
            _contact("2022-03-02"),
            Step(name="start_drafting", on=date(2022, 3, 9)),
            _committee("2022-04-05"),
            _gaps("2022-05-17"),
        ),
        next="Ask when the cabinet takes up the paper",
        by=date(2022, 7, 8),
    ),
    SampleState(  # drafting, at the beginning
        state="COL",
        region="Americas",
        told=(_contact("2022-02-08"), Step(name="start_drafting", on=date(2022, 2, 22)), _committee("2022-05-03")),
    ),
    SampleState(  # everything is on file: ready for the next step
        state="VUT",
        region="Oceania",
        told=(*_to_parliament("2021-11-02"), *_in_due_form("2022-06-14")),
        next="Offer a word with the Treaty Section before the signature",
        by=date(2022, 9, 30),
    ),
    SampleState(  # the instrument is ready, and not yet deposited
        state="AND",
        region="Europe",
        told=(
            *_to_parliament("2021-10-19"),
            *_in_due_form("2022-06-01"),
            Step(name="prepare_instrument", on=date(2022, 6, 8)),
        ),
    ),
)


def fill_cases(workspace: Workspace) -> None:
    """Put the sample cases on file, each as the coordinator of its region."""
    for case in CASES:
        reader = acting_as(workspace, address_of_coordinator(case.region), treaty=TREATY)
        name = workspace.register().name_of(case.state)
        for told in case.told:
            if isinstance(told, Proof):
                file_fact(workspace, case.state, _filing(told), treaty=TREATY, name=name, reader=reader)
            else:
                _take(workspace, case.state, name, told, reader)
        if case.next:
            write_next_step(workspace, case.state, case.next, by=case.by, treaty=TREATY, name=name, reader=reader)


def _filing(proof: Proof) -> Filing:
    return Filing(
        kind=proof.kind,
        effective=PartialDate.parse(proof.on),
        source=SourceKind.EXAMPLE,
        reference=_REFERENCE,
        fields=proof.fields,
    )


def _take(workspace: Workspace, state: str, name: str, step: Step, reader: Reader) -> None:
    """Take a step; a proof that it asks for and that these cases do not know is filed as they would have, first."""
    told: About = {"treaty": TREATY, "name": name, "reader": reader}
    try:
        take_step(workspace, state, step.name, on=step.on, reason=_REASON, **told)
    except NotTaken as refused:
        absent = [one.values["kind"] for one in refused.refusals if one.code == "proof_not_on_file"]
        if len(absent) < len(refused.refusals):
            raise
        for kind in absent:
            file_fact(workspace, state, _filing(_example_of(workspace.pathway(TREATY), str(kind), step.on)), **told)
        take_step(workspace, state, step.name, on=step.on, reason=_REASON, **told)


def _example_of(pathway: Pathway, kind: str, on: date) -> Proof:
    declared = pathway.kind(kind)
    assert declared is not None
    wanted = [one for one in declared.fields if one.required]
    return Proof(kind=kind, on=str(on), fields={one.name: _example(one, on) for one in wanted})


def _example(wanted: Field, on: date) -> str:
    if wanted.choices:
        return wanted.choices[0]
    return {FieldType.NUMBER: "1", FieldType.DAY: str(on), FieldType.YES_NO: "no"}.get(wanted.type, "sample")
