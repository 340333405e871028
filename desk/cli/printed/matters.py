"""What a follow-up or a matter asks, printed in a line, in the words of the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from casework.depositary.gone import FEW, VANISHED, acts_gone
from desk.cli.printed.spoken import Say
from desk.i18n.words import stage_word
from desk.terminal.console import counted
from pathways.grammar.agenda import OWN, Occasion

if TYPE_CHECKING:
    from casework.follow_ups.listing import FollowUpView
    from casework.overview.agenda import AgendaMatter

NameOf = Callable[[str], str]


#: What these are about is no code: the name of a file, the number of a letter or of a person.
_AS_WRITTEN = frozenset({"file_not_taken_in", "letter_dead", "unreachable", "incident"})
_SAYS_ALL = "no_mail_server"


def what(matter: FollowUpView | AgendaMatter, name_of: NameOf, say: Say) -> str:
    """Say what it is about: in the words of who opened it, if a person did."""
    if matter.kind == OWN and matter.words:
        return matter.words
    about = _about(matter.kind, matter.about, name_of, say)
    return f"{say(matter.kind)}: {about}" if about else say(matter.kind)


def _about(kind: str, about: str, name_of: NameOf, say: Say) -> str:
    if kind == VANISHED:
        return _gone(about, name_of, say)
    if kind == Occasion.SILENCE:
        return stage_word(about)
    if kind == _SAYS_ALL:
        return ""
    return about if kind in _AS_WRITTEN else say(about)


def _gone(about: str, name_of: NameOf, say: Say) -> str:
    """Name the first few States whose acts are gone, and how many more there are."""
    found = acts_gone(about, name_of)
    first = ", ".join(f"{name_of(state)} ({', '.join(map(say, acts))})" for state, acts in found[:FEW])
    return f"{first} and {counted(len(found) - FEW, 'more State')}" if len(found) > FEW else first
