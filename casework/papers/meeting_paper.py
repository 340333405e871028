"""The paper for a meeting: participation, and what was said there; open for anybody, or closed for its reader.

The open version is read through the eyes of anyone, whoever asks for it: nothing else can come into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casework.core.actors import called
from casework.core.workspace import Workspace
from casework.dossiers.disclosure_log import note_facts
from casework.meetings.listing import MeetingView, meeting_view
from casework.overview.status import status
from casework.papers.document import Block, Paper, Paragraph, Section, Table
from casework.papers.kinds import Asked, NotMade, Version
from casework.papers.participation import Participation, participation
from casework.papers.spoken import Spoken, spoken_at
from casework.papers.status_paper import changed_since, notes_on, numbers_and_change, region_blocks
from casework.papers.words import Words
from pathways.grammar.clearance import ANYONE, Reader, Sensitivity
from pathways.grammar.refusals import refusal
from pathways.grammar.terms import About


def meeting_paper(workspace: Workspace, asked: Asked, *, version: Version, reader: Reader) -> Paper:
    """Make the paper of a meeting; NotOnFile for one that its reader may not know of."""
    if asked.meeting is None:
        raise NotMade(refusal("paper_of_which_meeting", field="meeting"))
    eyes = ANYONE if version is Version.OPEN else reader
    meeting = meeting_view(workspace, asked.meeting, treaty=asked.treaty, reader=eyes)
    now = participation(workspace, treaty=asked.treaty, on=asked.on, known=asked.known)
    words = Words.of(workspace, treaty=asked.treaty, language=asked.language, on=now.on)
    said = spoken_at(workspace, meeting.meeting, treaty=asked.treaty, on=asked.on, known=asked.known, reader=eyes)
    note_facts(workspace, eyes, [one.fact for one in said])
    return words.paper(
        title=words.say("meeting_title", meeting=meeting.title),
        subtitle=words.say(f"meeting_subtitle_{version}"),
        sections=tuple(_sections(workspace, asked, words, now, meeting, said, eyes)),
        notes=tuple(notes_on(words, now)),
        version=version,
        holders=holders_of(workspace, words, version, reader),
        on=now.on,
        known=now.known,
        meeting=meeting,
    )


def holders_of(workspace: Workspace, words: Words, version: Version, reader: Reader) -> str:
    """Say who may hold a version."""
    if version is Version.OPEN:
        return words.say("anybody")
    with workspace.reading() as connection:
        name = called(connection, reader.actor)
    roles = words.listed(words.role(role) for role in sorted(reader.roles))
    return words.say("held_by", name=name, roles=roles)


def _sections(
    workspace: Workspace,
    asked: Asked,
    words: Words,
    now: Participation,
    meeting: MeetingView,
    said: Sequence[Spoken],
    eyes: Reader,
) -> Iterator[Section]:
    before, since = changed_since(workspace, asked, now, words)
    about = words.say("meeting_about", treaty=words.treaty(), day=now.on, known=now.known, meeting=meeting.title)
    yield Section(heading=words.say("introduction"), blocks=(Paragraph(text=about),))
    blocks = (*numbers_and_change(words, now, before, since), *region_blocks(words, now))
    yield Section(heading=words.say("participation"), blocks=blocks)
    yield Section(heading=words.say("said"), blocks=tuple(_said(words, said)))
    if eyes is not ANYONE and (stages := _stages(workspace, asked, words, eyes)) is not None:
        yield Section(heading=words.say("stages"), blocks=stages)


def _said(words: Words, said: Sequence[Spoken]) -> Iterator[Block]:
    if not said:
        yield Paragraph(text=words.say("nothing_said"))
        return
    speakers = {one.state or one.speaker for one in said}
    yield Paragraph(text=words.count("spoke", len(speakers), statements=len(said)))
    for about in About:
        points = tuple(point(words, one) for one in said if one.about is about)
        if points:
            yield Paragraph(lead=words.say(f"about_{about}"), text=words.count("lines", len(points)), points=points)


def point(words: Words, one: Spoken) -> str:
    """Return what somebody said, with its condition and day, and how it is held where that is not by everybody."""
    speaker = words.state(one.state) if one.state else one.speaker
    parts = [words.say("point", speaker=speaker, words=" ".join(one.words.split()))]
    parts += [words.say("on_condition", condition=one.condition)] if one.condition else []
    parts += [words.say("by_day", day=words.day(one.by))] if one.by else []
    if one.fact.sensitivity is not Sensitivity.PUBLIC:
        parts.append(words.say(f"held_{one.fact.sensitivity.label}"))
    return " ".join(parts)


def _stages(workspace: Workspace, asked: Asked, words: Words, eyes: Reader) -> tuple[Block, ...] | None:
    """Count the stages of the States whose stage the reader may know; None where those are none."""
    counted = status(workspace, treaty=asked.treaty, on=asked.on, known=asked.known, reader=eyes).by_stage
    known = sum(counted.values())
    if not known:
        return None
    rows = tuple((words.say(f"stage_{stage}"), number) for stage, number in counted.items())
    table = Table(
        caption=words.say("stages_table"),
        headings=(words.say("stage"), words.say("all_states")),
        rows=(*rows, (words.say("all"), known)),
        has_sum=True,
    )
    return Paragraph(text=words.say("stages_text")), table
