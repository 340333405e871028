"""The chair's report to the Conference: what was done in the period, paragraph by paragraph, of public facts alone.

It has the form of the reports before it. What is not on file is left to be written, in words: nothing is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casework.core.workspace import Workspace
from casework.meetings.kinds import MeetingStanding
from casework.meetings.listing import MeetingView, meeting_list
from casework.papers.document import Paper, Paragraph, Section, Table, letter
from casework.papers.kinds import Asked, Version
from casework.papers.meeting_paper import point
from casework.papers.participation import Participation, participation
from casework.papers.spoken import Spoken, spoken_at
from casework.papers.status_paper import CONFERENCE, change, changed_since, notes_on, public_meeting
from casework.papers.words import Words
from pathways.grammar.clearance import ANYONE
from pathways.grammar.terms import About

WORKING_GROUP = "wgtu"  # the kind of meeting of which each has a paragraph
#: In which order what was said is told, whatever the order in which it came on file.
ORDER = (
    About.POSITION,
    About.OUTREACH,
    About.LAW_PROGRESS,
    About.ASSISTANCE_RECEIVED,
    About.ASSISTANCE_GIVEN,
    About.PROMISE,
    About.EXPERIENCE,
    About.OFFER,
    About.OBSTACLE,
    About.OTHER,
)
_HELD = (MeetingStanding.OVER, MeetingStanding.WAS_HELD)
_CHAIR = re.compile(r"((the )?(co-?)?chairs?)?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A meeting of the period, with what was said before everybody there."""

    meeting: MeetingView
    said: tuple[Spoken, ...]


def report_paper(workspace: Workspace, asked: Asked) -> Paper:
    """Make the report as of a day; NotOnFile for a meeting that nobody may know of."""
    now = participation(workspace, treaty=asked.treaty, on=asked.on, known=asked.known)
    words = Words.of(workspace, treaty=asked.treaty, language=asked.language, on=now.on)
    before, since = changed_since(workspace, asked, now, words)
    told = _period(workspace, asked, before, now)
    of_group = [one for one in told if one.meeting.kind == WORKING_GROUP]
    others = [one for one in told if one.meeting.kind != WORKING_GROUP]
    opening = (
        Section(heading=words.say("introduction"), blocks=tuple(_introduction(words, now, since))),
        Section(heading=words.say("report_background"), blocks=(_background(words, before, now, since),)),
    )
    sections = (
        *opening,
        Section(heading=words.say("report_meetings"), blocks=tuple(_meetings(words, of_group))),
        Section(heading=words.say("report_between"), blocks=(_between(words, others),)),
        Section(heading=words.say("report_recommendations"), blocks=(_recommendations(words, told),)),
    )
    return words.paper(
        title=words.say("report_title"),
        subtitle=words.say("report_subtitle"),
        sections=sections,
        notes=tuple(notes_on(words, now)),
        version=Version.OPEN,
        holders=words.say("anybody"),
        on=now.on,
        known=now.known,
        meeting=public_meeting(workspace, asked),
        symbol=asked.symbol or words.say("symbol_to_be_given"),
        standing=(words.say("draft"),),
        lists=(_list(words, of_group, first=1 + sum(len(one.blocks) for one in opening)),),
    )


def _period(workspace: Workspace, asked: Asked, before: Participation, now: Participation) -> list[Told]:
    """Return the meetings that were held in the period, in order, but for Conferences; of a closed one no words."""
    listed = meeting_list(workspace, treaty=asked.treaty, reader=ANYONE)
    held = [one for one in listed if one.kind != CONFERENCE and one.standing in _HELD]
    within = [one for one in held if one.begins.first > before.on and one.ends.last <= now.on]
    return [
        Told(meeting=one, said=_said(workspace, asked, one))
        for one in sorted(within, key=lambda one: (one.begins.first, one.ends.last, one.meeting))
    ]


def _said(workspace: Workspace, asked: Asked, meeting: MeetingView) -> tuple[Spoken, ...]:
    if not meeting.is_webcast:
        return ()
    said = spoken_at(workspace, meeting.meeting, treaty=asked.treaty, on=asked.on, known=asked.known, reader=ANYONE)
    return tuple(sorted(said, key=lambda one: ORDER.index(one.about)))


def _introduction(words: Words, now: Participation, since: str) -> Iterator[Paragraph]:
    yield Paragraph(text=words.say("report_period", treaty=words.treaty(), since=since, day=now.on, known=now.known))
    yield Paragraph(text=words.say("report_mandate"))


def _background(words: Words, before: Participation, now: Participation, since: str) -> Paragraph:
    waiting = now.total.deposits - now.in_force
    name = "report_parties_waiting" if waiting else "report_parties"
    parties = words.say(name, day=now.on, parties=now.in_force, waiting=waiting, signatories=now.total.signatories)
    return Paragraph(text=f"{parties} {change(words, now, before, since)}")


def _meetings(words: Words, told: Sequence[Told]) -> Iterator[Paragraph]:
    if not told:
        yield Paragraph(text=words.say("report_no_meeting"))
    for one in told:
        points = tuple(point(words, said) for said in one.said)
        yield Paragraph(text=" ".join((_held(words, one.meeting), *_spoke(words, one))), points=points)


def _held(words: Words, meeting: MeetingView) -> str:
    """Say of a meeting what it was, where and when, and who could hear it."""
    days = words.day(meeting.begins)
    days += f" \u2013 {words.day(meeting.ends)}" if meeting.from_ != meeting.until else ""
    place = ", ".join(filter(None, (meeting.place, days)))
    said = [words.say("report_held", meeting=meeting.title, place=place), words.say(f"report_{meeting.access}")]
    return " ".join([*said, *([] if meeting.confirmed else [words.say("report_unconfirmed")])])


def _spoke(words: Words, one: Told) -> Iterator[str]:
    if one.said:
        speakers = {said.state or said.speaker for said in one.said}
        yield words.count("spoke", len(speakers), statements=len(one.said))
    elif one.meeting.is_webcast:
        yield words.say("nothing_said")


def _between(words: Words, told: Sequence[Told]) -> Paragraph:
    """Return the other meetings of the period, a point each, with what was said at those that everybody could hear."""
    if not told:
        return Paragraph(text=words.say("report_nothing_between"))
    points = (" ".join((_held(words, one.meeting), *(point(words, said) for said in one.said))) for one in told)
    return Paragraph(text=words.count("report_between_text", len(told)), points=tuple(points))


def _recommendations(words: Words, told: Sequence[Told]) -> Paragraph:
    """Return what the chair put forward; where nothing of it is on file, that it is to be written."""
    found = [
        words.say("report_put_forward", words=" ".join(said.words.split()), meeting=one.meeting.title)
        for one in told
        for said in one.said
        if said.about is About.POSITION and said.state is None and _CHAIR.fullmatch(said.speaker)
    ]
    if not found:
        return Paragraph(text=words.say("report_to_be_written"))
    return Paragraph(text=words.say("report_recommended"), points=tuple(found))


def _list(words: Words, told: Sequence[Told], *, first: int) -> Table:
    """Return the points of the meetings as a table, each under the number by which it is cited."""
    rows = [
        (
            f"{number}({letter(place)})",
            one.meeting.title,
            words.day(one.meeting.begins),
            words.state(said.state) if said.state else said.speaker,
            words.say(f"about_{said.about}").rstrip("."),
            " ".join(said.words.split()),
        )
        for number, one in enumerate(told, start=first)
        for place, said in enumerate(one.said)
    ]
    names = ("point_number", "point_meeting", "point_day", "point_speaker", "point_about", "point_words")
    return Table(caption=words.say("points"), headings=tuple(map(words.say, names)), rows=tuple(rows))
