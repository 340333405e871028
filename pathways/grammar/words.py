"""Words: short functions to declare a pathway with, so that a declaration reads like the treaty.

Last stand the kinds of fact that every pathway has, because the ledger itself uses them.
"""

from __future__ import annotations

from collections.abc import Iterable

from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dossier import (
    CORRECTION,
    DECLINED,
    PAUSED,
    PROMISE_OUTCOME,
    PURGED,
    RECORD_OPENED,
    RELEASE,
    RELEASE_ENDED,
    RESUMED,
    ROUTE,
    SETTLED,
    STATEMENT,
    STEP,
    TIER,
)
from pathways.grammar.facts import DEPOSITARY_SOURCES, FactKind, Field, FieldType, SourceKind
from pathways.grammar.needs import (
    Bound,
    Cause,
    DepositaryAct,
    DueForm,
    NotSigned,
    OnFile,
    RouteComplete,
    Withdrawn,
)
from pathways.grammar.pathway import By, Need, Step
from pathways.grammar.stages import Stage
from pathways.grammar.terms import About, Became, Hindrance, National

ANY = tuple(Stage)
#: The kind of fact that an answer to the yearly enquiry is, and that of the needs it names.
ENQUIRY_ANSWER, NEEDS_RECORDED = "enquiry_answer", "needs_recorded"
_HELD = Sensitivity.COORDINATION

_DOMESTIC = frozenset(
    {
        SourceKind.NOTE_VERBALE,
        SourceKind.GAZETTE,
        SourceKind.PARLIAMENT,
        SourceKind.COURT,
        SourceKind.GOVERNMENT,
        SourceKind.STATEMENT,
        SourceKind.EXAMPLE,
    }
)
EVERYBODY = frozenset(SourceKind) - {SourceKind.DEPOSITARY, SourceKind.RECORD}


def step(
    name: str, title: str, sources: Stage | Iterable[Stage], target: Stage, *needs: Need, by: By = By.PERSON
) -> Step:
    """Declare a step forward."""
    return Step(name=name, title=title, sources=_stages(sources), target=target, needs=needs, by=by)


def back(name: str, title: str, sources: Stage | Iterable[Stage], target: Stage, *needs: Need) -> Step:
    """Declare a step back, which has a cause."""
    return Step(name=name, title=title, sources=_stages(sources), target=target, needs=needs, is_back=True)


def _stages(sources: Stage | Iterable[Stage]) -> tuple[Stage, ...]:
    return (sources,) if isinstance(sources, Stage) else tuple(sources)


def act(name: str, title: str, *fields: Field) -> FactKind:
    """Declare a depositary act: public, and on the depositary's word alone."""
    return FactKind(name=name, title=title, fields=fields, sources=DEPOSITARY_SOURCES, sensitivity=Sensitivity.PUBLIC)


def proof(name: str, title: str, *fields: Field, sources: frozenset[SourceKind] = _DOMESTIC) -> FactKind:
    """Declare a proof of what a State did at home; the press is no proof."""
    return FactKind(name=name, title=title, fields=fields, sources=sources)


def note(
    name: str,
    title: str,
    *fields: Field,
    sensitivity: Sensitivity = Sensitivity.CONFIDENTIAL,
    sources: frozenset[SourceKind] = EVERYBODY,
    by_hand: bool = True,
    is_assessment: bool = False,
    is_own_work: bool = False,
    is_of_the_treaty: bool = False,
) -> FactKind:
    """Declare anything else worth filing."""
    return FactKind(
        name=name,
        title=title,
        fields=fields,
        sources=sources,
        sensitivity=sensitivity,
        by_hand=by_hand,
        is_assessment=is_assessment,
        is_own_work=is_own_work,
        is_of_the_treaty=is_of_the_treaty,
    )


def statement(title: str) -> FactKind:
    """Declare what is said at meetings: of the State that spoke, or of the treaty as a whole."""
    return note(
        STATEMENT,
        title,
        text("meeting", "the meeting where it was said", required=True),
        office("speaker", "the organization or group that spoke"),
        choice("about", *About, required=True, says="what it was about"),
        text("condition", "on condition"),
        partial_day("by", "by the day or month"),
        sources=frozenset({SourceKind.STATEMENT}),
        by_hand=False,
        is_of_the_treaty=True,
    )


def enquiry_answer(title: str, needs: tuple[str, ...]) -> FactKind:
    """Declare what a State answers to the yearly enquiry; its own word, so no assessment, and no step rests on it."""
    return note(
        ENQUIRY_ANSWER,
        title,
        text("enquiry", "the enquiry that it answers", required=True),
        choice("stands", *National, says="where the national process stands"),
        listed("obstacles", "what stands in the way", choices=tuple(Hindrance)),
        listed("needs", "what help is wanted", choices=needs),
        sources=frozenset({SourceKind.GOVERNMENT, SourceKind.NOTE_VERBALE, SourceKind.EXAMPLE}),
    )


def text(name: str, says: str = "", *, required: bool = False) -> Field:
    """Declare a short reference or designation."""
    return Field(name=name, says=says, required=required)


def office(name: str, says: str, *, required: bool = False) -> Field:
    """Declare what an office is called, and never a person."""
    return Field(name=name, says=says, required=required, is_office=True)


def choice(name: str, *choices: str, required: bool = False, says: str = "") -> Field:
    """Declare one of several words."""
    return Field(name=name, type=FieldType.CHOICE, choices=choices, required=required, says=says)


def listed(name: str, says: str = "", *, choices: tuple[str, ...] = (), required: bool = False) -> Field:
    """Declare several words, separated by commas."""
    return Field(name=name, type=FieldType.LIST, choices=choices, required=required, says=says)


def day(name: str, says: str = "", *, required: bool = False) -> Field:
    """Declare a day."""
    return Field(name=name, type=FieldType.DAY, required=required, says=says)


def partial_day(name: str, says: str = "", *, required: bool = False) -> Field:
    """Declare a date of which the month or the year alone may be known."""
    return Field(name=name, type=FieldType.PARTIAL_DAY, required=required, says=says)


def number(name: str, says: str = "", *, required: bool = False) -> Field:
    """Declare a whole number."""
    return Field(name=name, type=FieldType.NUMBER, required=required, says=says)


def yes_no(name: str, says: str = "", *, required: bool = False) -> Field:
    """Declare yes or no."""
    return Field(name=name, type=FieldType.YES_NO, required=required, says=says)


def on_file(*kinds: str) -> OnFile:
    """Declare: facts of these kinds are on file."""
    return OnFile(kinds)


def cause(kind: str) -> Cause:
    """Declare: a fact of this kind is the reason."""
    return Cause(kind)


def route_complete() -> RouteComplete:
    """Declare: every proof of the route is on file, in order."""
    return RouteComplete()


def due_form() -> DueForm:
    """Declare: the instrument is of the right kind and duly signed."""
    return DueForm()


def depositary_act(kind: str) -> DepositaryAct:
    """Declare: the depositary has recorded it."""
    return DepositaryAct(kind)


def bound() -> Bound:
    """Declare: the treaty is in force for the State."""
    return Bound()


def withdrawn() -> Withdrawn:
    """Declare: the withdrawal has taken effect."""
    return Withdrawn()


def not_signed() -> NotSigned:
    """Declare: the State has not signed."""
    return NotSigned()


def ledger_kinds(routes: tuple[str, ...]) -> tuple[FactKind, ...]:
    """Return the kinds that every pathway has, for a pathway with these routes."""
    return (
        note(RECORD_OPENED, "this record opened", sensitivity=Sensitivity.PUBLIC, by_hand=False),
        note(
            STEP,
            "step taken",
            text("step"),
            text("from"),
            text("to"),
            text("by"),
            sensitivity=_HELD,
            by_hand=False,
        ),
        note(
            ROUTE,
            "the way of this State's constitution, its route",
            choice("route", *routes, required=True),
            sensitivity=_HELD,
        ),
        note(
            TIER,
            "tier",  # the order of focus, E2.1
            choice("tier", "2", "3", required=True),
            sensitivity=_HELD,
            is_assessment=True,
        ),
        note(PAUSED, "paused by the State", day("review_on", "when to ask again", required=True)),
        note(DECLINED, "the State will not join for now", day("review_on", "when to ask again", required=True)),
        note(RESUMED, "resumed by the State"),
        note(SETTLED, "a contradiction settled", text("favours"), sensitivity=_HELD, by_hand=False),
        note(CORRECTION, "a fact filed by mistake, taken back", sensitivity=_HELD),
        note(
            RELEASE,
            "a fact released to somebody",
            text("fact"),
            text("audience"),
            sensitivity=_HELD,
            by_hand=False,
        ),
        note(
            RELEASE_ENDED,
            "a release taken back",
            text("fact"),
            text("audience"),
            sensitivity=_HELD,
            by_hand=False,
        ),
        note(PURGED, "content purged", text("fact"), sensitivity=_HELD, by_hand=False),
        note(
            PROMISE_OUTCOME,
            "what became of a promise",
            text("promise", required=True),
            choice("outcome", *Became, required=True),
            partial_day("by", "by the day or month"),
            text("condition", "on condition"),
            by_hand=False,
            is_own_work=True,
        ),
    )
