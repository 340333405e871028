"""The continuity pack: what whoever takes an office over must know, in what its bearer may read.

Open promises, meetings ahead, what happened lately; and as they are today, what comes next, follow-ups and people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casework.attention.next_steps import Line, next_steps
from casework.core.workspace import Workspace
from casework.follow_ups.listing import FollowUpView, follow_up_list
from casework.meetings.kinds import MeetingStanding
from casework.meetings.listing import MeetingView, meeting_list
from casework.papers.document import Block, Cell, Paper, Paragraph, Section, Table
from casework.papers.happened import Happened, happened, words_of
from casework.papers.kinds import Asked, Version
from casework.papers.participation import participation
from casework.papers.status_paper import changed_since
from casework.papers.words import Words
from casework.people.roster import MandateRow, roster_of
from notifications.refusals import sentence
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.dossier import STATEMENT
from pathways.grammar.facts import Fact
from pathways.grammar.promises import Promise
from pathways.grammar.refusals import Remark

_LONGEST = 280  # characters of what is told beside a fact
_AHEAD = (MeetingStanding.COMING, MeetingStanding.UNDER_WAY)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pack:
    """What the pack is made of. `beside` is what is told beside facts, by fact."""

    words: Words
    there: Happened
    beside: Mapping[str, str]

    def table(self, name: str, headings: tuple[str, ...], rows: Iterator[tuple[Cell, ...]]) -> tuple[Block, ...]:
        """Return a table under its words, or the words that there is nothing of it."""
        found, say = tuple(rows), self.words.say
        if not found:
            return (Paragraph(text=say(f"{name}_none")),)
        table = Table(caption=say(f"{name}_table"), headings=tuple(map(say, headings)), rows=found)
        return Paragraph(text=self.words.count(f"{name}_text", len(found))), table

    def told(self, fact: Fact) -> str:
        """Return what is told beside a fact, with how closely it is held where that is not by everybody."""
        told = (self.beside.get(fact.id) or fact.reference)[:_LONGEST]
        held = "" if fact.sensitivity is Sensitivity.PUBLIC else self.words.say(f"held_{fact.sensitivity.label}")
        return " ".join(filter(None, (told, held)))


def continuity_paper(workspace: Workspace, asked: Asked, *, holders: str, reader: Reader) -> Paper:
    """Make the pack as of a day; UnknownRegion names the regions there are."""
    now = participation(workspace, treaty=asked.treaty, on=asked.on, known=asked.known, region=asked.region)
    words = Words.of(workspace, treaty=asked.treaty, language=asked.language, on=now.on)
    before, since = changed_since(workspace, asked, now, words)
    there = happened(workspace, asked, reader=reader)
    lately, promised = there.since(before.on), there.promises()
    beside = words_of(workspace, {one.id: one for one in (*lately, *_said(promised))}.values(), reader=reader)
    pack = _Pack(words=words, there=there, beside=beside)
    blocks = {
        "continuity_promises": pack.table("continuity_promises", _PROMISE, (_promise(pack, one) for one in promised)),
        "continuity_meetings": pack.table("continuity_meetings", _MEETING, _meetings(workspace, asked, words, reader)),
        "continuity_lately": pack.table("continuity_lately", _FACT, (_fact(pack, one) for one in lately)),
    }
    if asked.known is None and now.on == workspace.today():
        blocks |= _as_they_are(workspace, asked, pack, reader)
    about = words.say("continuity_about", treaty=words.treaty(), day=now.on, since=since)
    opening = Section(heading=words.say("introduction"), blocks=(Paragraph(text=about),))
    return words.paper(
        title=words.say("continuity_title"),
        subtitle=words.region(asked.region) if asked.region else words.say("continuity_subtitle"),
        sections=(opening, *(_section(words, name, blocks[name]) for name in _ORDER if name in blocks)),
        notes=(),
        version=Version.CLOSED,
        holders=holders,
        on=now.on,
        known=now.known,
    )


_ORDER = tuple(f"continuity_{name}" for name in ("promises", "next", "tasks", "lately", "meetings", "people"))
_PROMISE = ("state", "continuity_said_on", "continuity_words", "continuity_by", "continuity_days")
_MEETING = ("point_meeting", "continuity_days_of", "continuity_place", "continuity_documents")
_FACT = ("point_day", "state", "continuity_what", "continuity_words")
_STEP = ("state", "state_next", "continuity_by", "continuity_owner", "continuity_heard")
_TASK = ("continuity_what", "state", "continuity_opened", "continuity_by", "continuity_owner")
_OFFICE = tuple(f"continuity_{name}" for name in ("office", "of", "serves", "name", "from", "until"))


def _section(words: Words, name: str, blocks: tuple[Block, ...]) -> Section:
    return Section(heading=words.say(name), blocks=blocks)


def _said(promised: list[Promise]) -> Iterator[Fact]:
    for one in promised:
        yield one.said
        yield one.last_said


def _promise(pack: _Pack, one: Promise) -> tuple[Cell, ...]:
    words, said = pack.words, pack.told(one.said)
    condition = words.say("on_condition", condition=one.condition) if one.condition else ""
    by, on = (words.day(one.by) if one.by else ""), pack.there.dossiers[one.said.state].on
    return words.state(one.said.state), words.day(one.made_on), f"{said} {condition}".strip(), by, one.age(on)


def _fact(pack: _Pack, one: Fact) -> tuple[Cell, ...]:
    words, about = pack.words, one.text("about")
    what = words.say(f"about_{about}").rstrip(".") if one.kind == STATEMENT else words.pathway.title_of(one.kind)
    return words.day(one.effective), words.state(one.state), what, pack.told(one)


def _meetings(workspace: Workspace, asked: Asked, words: Words, reader: Reader) -> Iterator[tuple[Cell, ...]]:
    listed = meeting_list(workspace, treaty=asked.treaty, reader=reader)
    ahead = [one for one in listed if one.standing in _AHEAD]
    for one in sorted(ahead, key=lambda one: (one.begins.first, one.meeting)):
        yield one.title, _days(words, one), one.place, words.day(one.documents_by) if one.documents_by else ""


def _days(words: Words, one: MeetingView) -> str:
    return " \u2013 ".join(words.day(day) for day in dict.fromkeys((one.begins, one.ends)))


def _as_they_are(workspace: Workspace, asked: Asked, pack: _Pack, reader: Reader) -> dict[str, tuple[Block, ...]]:
    """Return what is kept as it is today alone."""
    words, treaty = pack.words, asked.treaty
    lines = next_steps(workspace, treaty=treaty, reader=reader, region=asked.region).lines
    tasks = follow_up_list(workspace, treaty=treaty, open_only=True, reader=reader)
    of_it = [one for one in tasks if one.state is None or one.state in pack.there.regions]
    offices = _offices(workspace, asked, pack, reader)
    return {
        "continuity_next": pack.table("continuity_next", _STEP, (_step(words, one) for one in lines)),
        "continuity_tasks": pack.table("continuity_tasks", _TASK, (_task(words, one) for one in of_it)),
        "continuity_people": pack.table("continuity_people", _OFFICE, (_office(words, one) for one in offices)),
    }


def _step(words: Words, one: Line) -> tuple[Cell, ...]:
    step = sentence(one.next_step) if isinstance(one.next_step, Remark) else one.next_step
    heard = words.day(one.last_word.on) if one.last_word else words.say("continuity_never")
    owner = one.owner.name if one.owner else words.say("continuity_nobody")
    return words.state(one.state), step, words.day(one.due_on) if one.due_on else "", owner, heard


def _task(words: Words, one: FollowUpView) -> tuple[Cell, ...]:
    what = words.task(one.kind)
    whose = one.owner_name or words.role(one.role)
    state = words.state(one.state) if one.state else ""
    told = f"{what}: {' '.join(one.words.split())}" if one.words else what
    return told, state, words.day(one.opened_on), words.day(one.due_on), whose


def _offices(workspace: Workspace, asked: Asked, pack: _Pack, reader: Reader) -> list[MandateRow]:
    """Return the mandates in term that serve a State of the pack, as far as the reader may see them."""
    with workspace.reading() as connection:
        roster = roster_of(workspace, connection, treaty=asked.treaty, reader=reader, language=pack.words.language)
    return [one for one in roster.mandates if one.in_term and _is_of_it(one, asked, pack.there)]


def _is_of_it(one: MandateRow, asked: Asked, there: Happened) -> bool:
    if asked.region is None or one.serves_all:
        return True
    states = (one.of, *one.states)
    return one.region.casefold() == asked.region.casefold() or any(state in there.regions for state in states)


def _office(words: Words, one: MandateRow) -> tuple[Cell, ...]:
    held_by = words.listed(hold.person_name for hold in one.holds if hold.is_current)
    until = words.day(one.until) if one.until else ""
    nobody = words.say("continuity_nobody")
    return words.role(one.role), one.name, _served(words, one), held_by or nobody, words.day(one.from_), until


def _served(words: Words, one: MandateRow) -> str:
    if one.serves_all:
        return words.say("all_states")
    return words.region(one.region) if one.region else words.listed(words.in_order(one.states))
