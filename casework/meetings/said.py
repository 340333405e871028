"""What was said at a meeting, as somebody takes it down, and everything that is wrong with it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from casework.dossiers.free_text import beside
from casework.meetings.kinds import BILATERAL, Ended
from casework.meetings.speakers import NoSpeaker, Speaker, Speakers
from models.ledger.hash_chain import canonical
from models.meetings.meetings import Meeting
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import PartialDate, Precision
from pathways.grammar.lines import is_line, shows
from pathways.grammar.refusals import OneOf, Refusal, Refused, Word, refusal
from pathways.grammar.terms import About

_LONGEST_CONDITION = 200  # characters, as of any field of a fact
_A_DAY = timedelta(days=1)


class NotTakenDown(Refused, ValueError):
    """What was said cannot be taken down so; a refusal for each reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What somebody says was said. Without a day it was on the meeting's own, or on today's where that has several."""

    speaker: str
    about: str
    words: str
    condition: str = ""
    by: PartialDate | None = None
    on: PartialDate | None = None
    sensitivity: Sensitivity | None = None  # closer than is usual at this meeting

    def key(self, sent: str) -> str:
        """Return the key of what was sent: the same content under the same key of its sender is the same line."""
        told = [sent, self.speaker, self.about, self.words, self.condition, str(self.by), str(self.on)]
        return hashlib.sha256(canonical([*told, self.sensitivity]).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """What was said, with nothing wrong with it any more."""

    speaker: Speaker
    about: About
    words: str
    condition: str
    by: PartialDate | None
    on: PartialDate
    sensitivity: Sensitivity


def levels_at(meeting: Meeting) -> tuple[Sensitivity, ...]:
    """Return how what is said at a meeting may be held, as is usual first, then closer; never wider.

    Said before everybody it is public. Behind closed doors who accompanies the State may know it; what a State tells
    at a meeting with it alone, it tells in confidence.
    """
    usual = Sensitivity.CONFIDENTIAL if meeting.kind == BILATERAL else Sensitivity.COORDINATION
    closed = tuple(level for level in (Sensitivity.COORDINATION, Sensitivity.CONFIDENTIAL) if level >= usual)
    return (Sensitivity.PUBLIC, *closed) if meeting.is_webcast else closed


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """Who takes down at a meeting on a day; `hear` says what is wrong with a line, all of it at once."""

    meeting: Meeting
    speakers: Speakers
    today: date

    def hear(self, said: Said) -> Heard:
        """Return what was said; NotTakenDown with every reason against it."""
        faults: list[Refusal] = [*self._of_meeting(), *_of_words(said), *self._of_level(said)]
        speaker = self._speaker(said, faults)
        about = _about(said, faults)
        if about is About.PROMISE and speaker is not None and speaker.state is None:
            faults.append(refusal("promise_of_no_state", field="speaker", name=speaker.name))
        on = self._on(said, faults)
        if on is not None and said.by is not None and said.by.last < on.first:
            faults.append(refusal("by_before_it_was_said", field="by", day=said.by, said=on))
        if faults or speaker is None or about is None or on is None:
            raise NotTakenDown(*faults)
        return Heard(
            speaker=speaker,
            about=about,
            words=said.words.strip(),
            condition=" ".join(said.condition.split()),
            by=said.by,
            on=on,
            sensitivity=levels_at(self.meeting)[0] if said.sensitivity is None else said.sensitivity,
        )

    def _speaker(self, said: Said, faults: list[Refusal]) -> Speaker | None:
        try:
            return self.speakers.named(said.speaker)
        except NoSpeaker as wrong:
            faults.append(wrong.why)
            return None

    def _of_meeting(self) -> Iterator[Refusal]:
        if self.meeting.ended == Ended.CANCELLED:
            yield refusal("nothing_said_at_a_cancelled_meeting")
        elif self.meeting.starts.first > self.today + _A_DAY:
            yield refusal("nothing_said_yet", day=self.meeting.starts)

    def _of_level(self, said: Said) -> Iterator[Refusal]:
        allowed = levels_at(self.meeting)
        if said.sensitivity is not None and said.sensitivity not in allowed:
            levels = OneOf(Word(level.label) for level in allowed)
            yield refusal("held_otherwise_at_this_meeting", field="sensitivity", levels=levels)

    def _on(self, said: Said, faults: list[Refusal]) -> PartialDate | None:
        starts, ends = self.meeting.starts, self.meeting.ends
        if said.on is None:
            if starts == ends:
                return starts
            if starts.first <= self.today <= ends.last:
                return PartialDate.of(self.today)
            faults.append(refusal("say_which_day_of_the_meeting", field="on", first=starts, last=ends))
            return None
        if said.on.last < starts.first:
            faults.append(refusal("said_before_the_meeting", field="on", day=said.on, first=starts))
        elif said.on.first > ends.last:
            faults.append(refusal("said_after_the_meeting", field="on", day=said.on, last=ends))
        elif said.on.first > self.today + _A_DAY:
            faults.append(refusal("nothing_said_yet", field="on", day=said.on))
        elif said.on.precision is Precision.YEAR:
            faults.append(refusal("say_which_day_of_the_meeting", field="on", first=starts, last=ends))
        return said.on


def _of_words(said: Said) -> Iterator[Refusal]:
    if not shows(said.words):
        yield refusal("words_wanted", field="words")
    try:
        beside(said.words.strip(), "words")
    except NotAdmitted as wrong:
        yield from wrong.refusals
    if said.condition.strip() and not is_line(" ".join(said.condition.split()), _LONGEST_CONDITION):
        yield refusal("condition_not_a_line", field="condition", most=_LONGEST_CONDITION)
    if said.by is not None and said.by.precision is Precision.YEAR:
        yield refusal("by_a_day_or_a_month", field="by", day=said.by)


def _about(said: Said, faults: list[Refusal]) -> About | None:
    code = "_".join(said.about.replace("-", " ").replace("_", " ").casefold().split())
    if code in [*About]:
        return About(code)
    faults.append(refusal("say_what_it_was_about", field="kind", kinds=OneOf(About)))
    return None
