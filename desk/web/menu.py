"""The menu: a word for each section of the desk, and beneath it the pages of the section that is open.

A word that would lead its reader nowhere is not shown. A number counts only what waits for the reader.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casework.attention.visibility import may_look
from casework.overview.waiting import Waiting
from desk.i18n.catalogues import marked as _
from pathways.grammar.clearance import Reader
from pathways.grammar.roles import Reach, powers


def _anybody(_reader: Reader) -> bool:
    return True


def _secretariat(reader: Reader) -> bool:
    return reader.is_secretariat


def _whoever_proposes(reader: Reader) -> bool:
    return reader.is_secretariat or bool(reader.own)


def _whoever_accompanies(reader: Reader) -> bool:
    return any(powers(role).coordination is not Reach.NOWHERE for role in reader.roles)


def _nothing(_waiting: Waiting) -> int:
    return 0


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of the menu: its address, its word, who is shown it, and how much waits there for the reader."""

    address: str
    words: str
    is_for: Callable[[Reader], bool] = _anybody
    waits: Callable[[Waiting], int] = _nothing

    def holds(self, path: str) -> bool:
        """Tell whether an address of the desk is this page or one below it."""
        return path == self.address or (self.address != "/" and path.startswith(self.address + "/"))


@dataclass(frozen=True, kw_only=True)
class Section:
    """A word of the bar, and the pages that stand beneath it."""

    words: str
    pages: tuple[Page, ...]


SECTIONS = (
    Section(words=_("Overview"), pages=(Page(address="/", words=_("Overview")),)),
    Section(
        words=_("States"),
        pages=(
            Page(address="/states", words=_("All States")),
            Page(address="/next-steps", words=_("Next steps"), is_for=may_look),
            Page(address="/enquiry", words=_("Enquiry"), is_for=_whoever_accompanies),
            Page(address="/promises", words=_("Promises")),
            Page(
                address="/proposals",
                words=_("Proposals"),
                is_for=_whoever_proposes,
                waits=lambda waiting: waiting.proposals,
            ),
        ),
    ),
    Section(
        words=_("Follow-ups"),
        pages=(Page(address="/follow-ups", words=_("Follow-ups"), waits=lambda waiting: waiting.follow_ups),),
    ),
    Section(words=_("People"), pages=(Page(address="/people", words=_("People")),)),
    Section(
        words=_("Meetings"),
        pages=(Page(address="/meetings", words=_("Meeting room")), Page(address="/papers", words=_("Papers"))),
    ),
    Section(words=_("Runs"), pages=(Page(address="/runs", words=_("Runs"), is_for=_secretariat),)),
)


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word as it is shown: where it leads, how much waits behind it, whether the reader is there."""

    address: str
    words: str
    waits: int
    is_here: bool
    inner: tuple[Word, ...] = ()


def menu(reader: Reader, waiting: Waiting, path: str) -> tuple[Word, ...]:
    """Return the words of the bar for a reader at an address, each with the pages beneath it."""
    return tuple(word for section in SECTIONS if (word := _word(section, reader, waiting, path)))


def _word(section: Section, reader: Reader, waiting: Waiting, path: str) -> Word | None:
    pages = [page for page in section.pages if page.is_for(reader)]
    if not pages:
        return None
    inner = tuple(
        Word(address=page.address, words=page.words, waits=page.waits(waiting), is_here=page.holds(path))
        for page in pages
    )
    return Word(
        address=inner[0].address,
        words=section.words,
        waits=sum(word.waits for word in inner),
        is_here=any(word.is_here for word in inner),
        inner=inner,
    )
