"""The brief on one State, for a talk in ten minutes: in what its bearer may read, and in nothing else.

Made from the page of the State and its line of next steps, as its bearer would be shown them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from casework.attention.next_steps import Line, next_steps
from casework.core.workspace import Workspace
from casework.dossiers.disclosure_log import note_reading
from casework.dossiers.dossier_view import DossierView
from casework.dossiers.fact_view import FactView
from casework.overview.state_page import StatePage, state_page
from casework.overview.state_path import Place
from casework.papers.document import Block, Paper, Paragraph, Section
from casework.papers.kinds import Asked, NotMade, Version
from casework.papers.words import Words
from notifications.refusals import sentence
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.dossier import BOOKKEEPING, STATEMENT, STEP
from pathways.grammar.legal import ACTS
from pathways.grammar.refusals import Remark, refusal

_MOST = 6  # of each list: one page is read on the way to a talk
_LONGEST = 280  # characters of what is told beside a fact


def state_paper(workspace: Workspace, asked: Asked, *, holders: str, reader: Reader) -> Paper:
    """Make the brief; NotOnFile where the State has no dossier."""
    if asked.state is None:
        raise NotMade(refusal("paper_of_which_state", field="state"))
    page = state_page(
        workspace, asked.state, treaty=asked.treaty, reader=reader, on=asked.on, known=asked.known, in_full=True
    )
    note_reading(workspace, reader, page.dossier.facts)
    words = Words.of(workspace, treaty=asked.treaty, language=asked.language, on=page.dossier.on)
    return words.paper(
        title=words.say("state_title", state=words.state(asked.state)),
        subtitle=words.say("state_subtitle"),
        sections=tuple(_sections(words, page, _line(workspace, asked, reader))),
        notes=(),
        version=Version.CLOSED,
        holders=holders,
        on=page.dossier.on,
        known=page.dossier.known,
    )


def _line(workspace: Workspace, asked: Asked, reader: Reader) -> Line | None:
    """Return what comes next; what is as it is known now alone is in no paper as known on a day."""
    if asked.known is not None:
        return None
    found = next_steps(workspace, treaty=asked.treaty, reader=reader, on=asked.on)
    return next((line for line in found.lines if line.state == asked.state), None)


def _sections(words: Words, page: StatePage, line: Line | None) -> Iterator[Section]:
    yield Section(heading=words.say("state_status"), blocks=tuple(_status(words, page)))
    said = [fact for fact in page.dossier.facts if fact.kind == STATEMENT and fact.counts]
    yield from _listed(words, "state_said", said)
    yield from _listed(words, "state_tried", [fact for fact in page.dossier.facts if _is_work(fact)])
    if line is not None:
        yield Section(heading=words.say("state_next"), blocks=(_next(words, line),))
    if page.people:
        points = tuple(f"{words.role(one.role)}: {one.name}" for one in page.people)
        people = Paragraph(text=words.say("state_people_text"), points=points)
        yield Section(heading=words.say("state_people"), blocks=(people,))


def _status(words: Words, page: StatePage) -> Iterator[Block]:
    view = page.dossier
    said = [words.say(f"legal_{view.legal_status}", region=words.region(view.region))]
    said += [words.say(name, day=words.day(day)) for name, day in _days(view) if day]
    yield Paragraph(text=" ".join(said))
    if view.stage is None:
        return
    here = words.say("state_stage", stage=words.say(f"stage_{view.stage}"))
    behind = [one for one in page.path if one.place is Place.BEHIND and one.entered]
    points = [
        words.say("arrival", state=words.say(f"stage_{one.stage}"), day=words.day(one.entered))
        for one in behind
        if one.entered
    ]
    since = [words.say("state_stage_since", day=view.stage_since)] if view.stage_since else []
    yield Paragraph(text=" ".join([here, *since]), points=tuple(points))


def _days(view: DossierView) -> Iterator[tuple[str, str | None]]:
    yield "state_signed", view.signature_date
    yield "state_deposited", view.deposit_date
    yield "state_in_force", view.entry_into_force.isoformat() if view.entry_into_force else None
    yield "state_declared", view.declaration_date


def _is_work(fact: FactView) -> bool:
    return fact.counts and fact.kind not in ACTS | BOOKKEEPING | {STEP, STATEMENT}


def _listed(words: Words, name: str, facts: list[FactView]) -> Iterator[Section]:
    """Yield a section with the latest of these facts, each with its day and what is told beside it."""
    if not facts:
        return
    latest = sorted(facts, key=lambda fact: (fact.effective_on, fact.seq), reverse=True)
    points = tuple(_point(words, fact) for fact in islice(latest, _MOST))
    yield Section(heading=words.say(name), blocks=(Paragraph(text=words.say(f"{name}_text"), points=points),))


def _point(words: Words, fact: FactView) -> str:
    about = fact.fields.get("about")
    what = words.say(f"about_{about}").rstrip(".") if fact.kind == STATEMENT else fact.title
    told = " ".join((fact.note or fact.reference).split())[:_LONGEST]
    parts = [f"{words.day(fact.effective_on)}, {what}" + (f": {told}" if told else "")]
    if fact.kind == STATEMENT and fact.fields.get("condition"):
        parts.append(words.say("on_condition", condition=fact.fields["condition"]))
    if fact.sensitivity != Sensitivity.PUBLIC.label:
        parts.append(words.say(f"held_{fact.sensitivity}"))
    return " ".join(parts)


def _next(words: Words, line: Line) -> Paragraph:
    step = sentence(line.next_step) if isinstance(line.next_step, Remark) else line.next_step
    said = [step if step.endswith((".", "!", "?")) else f"{step}."]
    said += [words.say("by_day", day=line.due_on)] if line.due_on else []
    said.append(words.say("state_owner", name=line.owner.name) if line.owner else words.say("state_no_owner"))
    said.append(
        words.say("state_heard", day=words.day(line.last_word.on)) if line.last_word else words.say("state_never_heard")
    )
    return Paragraph(text=" ".join(said))
