"""The words of a paper in its language: phrases, days, numbers, names of States and regions, and its head and foot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from casework.core.workspace import Workspace
from casework.meetings.listing import MeetingView
from casework.papers.document import Paper, Section, Table
from casework.papers.kinds import Version
from notifications.languages import LANGUAGES, OF_LETTERS
from notifications.phrases import Phrases, paper_unavailable, phrases_for
from pathways.grammar.dates import PartialDate, Precision
from pathways.grammar.pathway import Pathway
from sources.alphabet import alphabetical
from sources.states import Register

_AS_PRECISE = {Precision.DAY: "d MMMM y", Precision.MONTH: "LLLL y", Precision.YEAR: "y"}


@dataclass(frozen=True, kw_only=True)
class Words:
    """How a paper speaks; where a language has no texts, English with a mark above."""

    asked: str
    phrases: Phrases
    pathway: Pathway
    register: Register
    is_training: bool

    @classmethod
    def of(cls, workspace: Workspace, *, treaty: str, language: str, on: date) -> Words:
        """Return the words of a language, and States as they were called on a day."""
        return cls(
            asked=language,
            phrases=phrases_for(language),
            pathway=workspace.pathway(treaty),
            register=workspace.register(on=on),
            is_training=workspace.training is not None,
        )

    @property
    def language(self) -> str:
        """Return the language that the paper is really in."""
        return self.phrases.language

    @property
    def _locale(self) -> str:
        return OF_LETTERS[self.language].locale

    def say(self, name: str, /, **values: object) -> str:
        """Fill a phrase; numbers and days are written as the language does."""
        return self.phrases.of_paper(name, **{key: self._written(value) for key, value in values.items()})

    def count(self, name: str, number: int, /, **values: object) -> str:
        """Fill a phrase of a number, which has another form for one."""
        return self.say(f"{name}_one" if number == 1 else name, number=number, **values)

    def day(self, day: date | PartialDate | str) -> str:
        """Write a day, month or year, as precisely as it is known."""
        known = PartialDate.of(day) if isinstance(day, date) else day
        known = PartialDate.parse(known) if isinstance(known, str) else known
        return format_date(known.first, _AS_PRECISE[known.precision], locale=self._locale)

    def state(self, iso3: str) -> str:
        """Name a State."""
        return str(self.register.name_of(iso3, self.language))

    def region(self, name: str) -> str:
        """Name a region, as it is recorded where the language has no name for it."""
        return self.phrases.regions.get(name, name)

    def role(self, name: str) -> str:
        """Name a role; one that the language has no word for as anybody who holds a mandate."""
        return self.phrases.words.get(f"role_{name}", self.phrases.words["role_any"])

    def task(self, occasion: str) -> str:
        """Name what a follow-up asks for; one that the language has no words for as any other."""
        name = f"task_{occasion}"
        return self.say(name if name in self.phrases.papers else "task_other")

    def listed(self, names: Iterable[str]) -> str:
        """Write several names one after the other."""
        return format_list(list(names), locale=self._locale)

    def in_order(self, states: Iterable[str]) -> list[str]:
        """Return the names of States in the order of the alphabet."""
        return sorted((self.state(one) for one in states), key=alphabetical)

    def treaty(self) -> str:
        """Name the treaty."""
        return self.phrases.treaty(self.pathway.key)

    def _written(self, value: object) -> str:
        if isinstance(value, date | PartialDate):
            return self.day(value)
        return format_decimal(value, locale=self._locale) if isinstance(value, int) else str(value)

    def paper(
        self,
        *,
        title: str,
        subtitle: str,
        sections: tuple[Section, ...],
        notes: tuple[str, ...],
        version: Version,
        holders: str,
        on: date,
        known: date,
        meeting: MeetingView | None = None,
        symbol: str = "",
        standing: tuple[str, ...] = (),
        lists: tuple[Table, ...] = (),
    ) -> Paper:
        """Return a paper with its head and foot."""
        marks = [paper_unavailable(self.asked)]
        marks += [self.say("training")] if self.is_training else []
        foot = self.say("page_foot", version=self.say(f"version_{version}"), day=on, known=known, holders=holders)
        return Paper(
            language=self.language,
            direction=OF_LETTERS[self.language].direction,
            masthead=self.treaty(),
            symbol=symbol,
            left=self._of(meeting),
            right=(*standing, self.say("as_of", day=on), self.say("original", language=LANGUAGES[self.language].name)),
            title=title,
            subtitle=subtitle,
            marks=tuple(filter(None, marks)),
            sections=sections,
            notes=notes,
            notes_heading=self.say("notes"),
            foot=" ".join([foot, *([self.say("training")] if self.is_training else [])]),
            on=on,
            known=known,
            lists=lists,
        )

    def _of(self, meeting: MeetingView | None) -> tuple[str, ...]:
        if meeting is None:
            return ()
        days = [self.day(meeting.begins)] + ([self.day(meeting.ends)] if meeting.from_ != meeting.until else [])
        return (meeting.title, ", ".join(filter(None, (meeting.place, " \u2013 ".join(days)))))
