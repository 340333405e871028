"""Tables of States: where each stands on its way, its steps and duties, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from casework.dossiers.state_names import NameView
from casework.exports.columns import Row, Table, code, day, listed, number, partial_day, text, yes_no
from casework.exports.material import Material
from notifications.languages import LANGUAGES
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import STEP
from pathways.grammar.duties import DutyState
from pathways.grammar.facts import SourceKind
from pathways.grammar.pathway import By, Pathway
from pathways.grammar.stages import Instrument, LegalStatus, Stage, Standing

_CODE = "the State, by its code of three letters (ISO 3166-1 alpha-3)"
#: By which what belongs to a State is joined to it.
STATE = text("state", _CODE, "of.state")


def languages(_: Pathway) -> Mapping[str, str]:
    """Return the languages that the program knows, by code."""
    return {language.code: language.title for language in LANGUAGES.values()}


def _routes(pathway: Pathway) -> Mapping[str, str]:
    return {route.key: route.title for route in pathway.routes}


def _steps(pathway: Pathway) -> Mapping[str, str]:
    return {step.name: step.title for step in pathway.steps}


STATES = Table(
    name="states",
    means="a State: its legal status by the depositary's acts, and where it stands on its way",
    rows=lambda seen: (Row(case, page.dossier) for page, case in seen.states),
    columns=(
        text("state", _CODE),
        text("name", "what it is called today"),
        text("region", "the region that it is counted in"),
        code("legal_status", "what the depositary's acts make of it", LegalStatus),
        partial_day("signature_date", "when it signed"),
        partial_day("provisional_application_date", "when it declared provisional application"),
        partial_day("deposit_date", "when its instrument was deposited"),
        day("deposit_known_by", "a day by which the deposit had certainly happened"),
        code("instrument", "what instrument it deposited", Instrument),
        day("entry_into_force", "from when it is bound, the latest possible day"),
        day("entry_into_force_earliest", "the first possible day"),
        day("withdrawal_effective", "when its withdrawal takes effect"),
        partial_day("declaration_date", "when it declared that it will not become a party"),
        listed("unconfirmed", "what of this the depositary has not confirmed yet"),
        code("stage", "where it stands on its way", Stage, "of.stage"),
        day("stage_since", "since when"),
        code("standing", "whether the way is being walked", Standing),
        day("review_on", "when to ask again a State that paused or declined"),
        number("tier", "the order of attention: 1 signatory, 2 ready in the short term, 3 other"),
        code("route", "the proofs that its constitution asks before deposit", _routes),
        yes_no("route_is_assumed", "whether that route is assumed, because nobody has said which it is"),
        day("next_on", "its next date", "of.next_on"),
        text("in_hand", "who has the most pressing thing in hand", "of.owner"),
    ),
)

STEPS = Table(
    name="steps",
    means="a step that was taken from one stage to another",
    rows=lambda seen: (Row(page.dossier, fact) for page, fact in seen.facts if fact.kind == STEP),
    columns=(
        STATE,
        text("fact", "the fact that says so"),
        partial_day("taken_on", "when it was taken", "one.effective_on"),
        code("step", "which step", _steps, lambda row: row.one.fields["step"]),
        code("from", "from which stage", Stage, lambda row: row.one.fields["from"]),
        code("to", "to which stage", Stage, lambda row: row.one.fields["to"]),
        code("by", "who takes it: a person, the depositary's record, or the day", By, lambda row: row.one.fields["by"]),
        yes_no("counts", "whether it counts today"),
        yes_no("is_overtaken", "whether the depositary has overtaken it", lambda row: row.one in row.of.overtaken),
    ),
)


def _open_steps(seen: Material) -> Iterator[Row]:
    for page, _ in seen.states:
        for step in page.dossier.open_steps:
            yield from (Row(page.dossier, (step, missing)) for missing in page.dossier.missing[step] or (None,))


OPEN_STEPS = Table(
    name="open_steps",
    means="what is missing for a step that a State could take next, as far as this reader may know",
    rows=_open_steps,
    columns=(
        STATE,
        code("step", "which step", _steps, lambda row: row.one[0]),
        text(
            "missing",
            "something that is missing; where there is nothing, the step can be taken",
            lambda row: row.one[1],
        ),
    ),
)

DUTIES = Table(
    name="duties",
    means="what the treaty asks of a party",
    rows=lambda seen: (Row(page.dossier, duty) for page, _ in seen.states for duty in page.dossier.duties),
    columns=(
        STATE,
        text("duty", "which duty", "one.name"),
        number("covers", "the calendar year that a yearly duty is for"),
        text("article", "the article that asks for it"),
        day("due_on", "when it is due, the last possible day"),
        day("due_earliest", "the first possible day"),
        day("done_on", "when it was done"),
        code("standing", "how it stands today", DutyState, "one.state"),
    ),
)


class _Name(NamedTuple):
    name: str
    language: str | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    source: SourceKind | None = None
    reference: str | None = None


def _names(seen: Material) -> Iterator[Row]:
    for names in seen.names():
        of_today = [_Name(name, language) for language, name in names.called]
        named: tuple[_Name | NameView, ...] = (*of_today, *names.dated, *map(_Name, names.further))
        yield from (Row(names, one) for one in named)


STATE_NAMES = Table(
    name="state_names",
    means="a name by which a State is called, was called, or is found",
    rows=_names,
    columns=(
        STATE,
        text("name", "the name"),
        code("language", "the language in which it is called so", languages, lambda row: row.one.language or None),
        partial_day("since", "from when; nothing: always, or not known"),
        partial_day("until", "until when, the last day"),
        code("source", "who says so, of one that has days of its own", SourceKind),
        text("reference", "where it says so"),
    ),
)
