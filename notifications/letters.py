"""Letters: what we say to one person on one day, in that person's language. Pure.

Mail is read by others on its way. A letter therefore carries a link, never a State's stage, tier or obstacle,
and names a State only in what is public (part 7.1). Its headers carry a random number and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from notifications.phrases import Phrases, phrases_for
from pathways.grammar.roles import ROLES, Reach, powers

LETTER_HEADER = "X-Accede-Letter"
#: So many of one kind and matter are listed; more become a count.
MOST_LISTED = 10


class NamedInClear(ValueError):
    """A State was to be named in a notice that is not public."""


class Kind(StrEnum):
    """What a notice is for."""

    LINK = "link"  # asked for by the person: to sign in
    TASK = "task"  # a follow-up of yours
    CHASE = "chase"  # silence, a date near or passed
    INCIDENT = "incident"  # something a run could not do
    NEWS = "news"  # a stage was taken, or went back


_INFORMATION = "information"
#: The order in which a digest lists them.
_SECTIONS = (Kind.LINK, Kind.TASK, Kind.CHASE, _INFORMATION, Kind.INCIDENT, Kind.NEWS)


#: Those in which something is asked of the reader.
_ASKING = frozenset({Kind.TASK, Kind.CHASE, Kind.INCIDENT})


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One thing to tell.

    `state` is a name in the reader's language, and `on` a day; both stand only in what is public. What asks for
    something says by which day, `by`, and the role that is asked next, `then`, or that it was asked before, `again`;
    they say nothing of a State. `values` is what else its text says; of no State either.
    """

    kind: Kind
    occasion: str
    about: str = ""
    role: str = ""
    treaty: str
    state: str | None = None
    on: date | None = None
    is_public: bool = False
    by: date | None = None
    then: str = ""
    again: bool = False
    values: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse to name a State where that is not public."""
        if self.state is not None and not self.is_public:
            raise NamedInClear("A State is named only in a public notice.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A letter as it goes out: plain text."""

    subject: str
    body_text: str
    headers: tuple[tuple[str, str], ...]


def compose(
    notices: Sequence[Notice],
    *,
    letter: str,
    language: str,
    day: date,
    base_url: str,
    training: bool = False,
    link: str = "",
) -> Message:
    """Write one letter of a person's notices of a day.

    `letter` is its random id, `day` the record's day, `base_url` where the desk is, `link` a one-time link in place of
    the letter's own. A language we have no text in falls back to English, and says so first.
    """
    phrases = phrases_for(language)
    urgent = all(notice.kind is Kind.LINK for notice in notices)
    body = phrases.text(*((f"urgent.{notices[0].occasion}", "urgent") if urgent else ("letter",))).substitute(
        sections="\n\n".join(_sections(phrases, notices)),
        link=link or f"{base_url.rstrip('/')}/l/{letter}",
        roles=_roles(phrases, notices),
        treaties=", ".join(dict.fromkeys(phrases.treaty(notice.treaty) for notice in notices)),
    )
    above = [_training(phrases, day)] if training else []
    above += [phrases.unavailable] if phrases.unavailable else []
    return Message(
        subject=_subject(phrases, notices, day, urgent=urgent, training=training),
        body_text="\n\n".join([*above, body]) + "\n",
        headers=((LETTER_HEADER, letter),),
    )


def _subject(phrases: Phrases, notices: Sequence[Notice], day: date, *, urgent: bool, training: bool) -> str:
    """Subjects are read over shoulders: they say how many, when and whether something is asked, never what."""
    form = _urgent(phrases, notices) if urgent else _digest(notices)
    subject = phrases.word(form, count=str(len(notices)), day=phrases.day(day))
    return f"[{_training(phrases, day)}] {subject}" if training else subject


def _digest(notices: Sequence[Notice]) -> str:
    asks = any(_section(notice) in _ASKING for notice in notices)
    return f"subject{'_asks' if asks else ''}{'_one' if len(notices) == 1 else ''}"


def _urgent(phrases: Phrases, notices: Sequence[Notice]) -> str:
    own = f"subject_{notices[0].occasion}" if notices else ""
    return own if own in phrases.words else "subject_urgent"


def _training(phrases: Phrases, day: date) -> str:
    return phrases.word("training", day=phrases.day(day))


def _sections(phrases: Phrases, notices: Sequence[Notice]) -> Iterator[str]:
    for section in _SECTIONS:
        here = [notice for notice in notices if _section(notice) == section]
        lines = [line for group in _groups(here) for line in _lines(phrases, group)]
        if section == Kind.LINK:
            yield from lines
        elif lines:
            yield "\n".join([*_heading(phrases, section), *(f"- {line}" for line in lines)])


def _heading(phrases: Phrases, section: str) -> tuple[str, ...]:
    """Head a section; what a coordinator is told says that no outreach is asked."""
    heading = phrases.word(f"heading_{section}")
    return (heading, phrases.word("no_outreach")) if section == _INFORMATION else (heading,)


def _section(notice: Notice) -> str:
    """Return where a notice stands: who is not to reach out is informed, never reminded (E3.7)."""
    if notice.kind is Kind.CHASE and not powers(notice.role).reaches_out:
        return _INFORMATION
    return notice.kind


def _groups(notices: Sequence[Notice]) -> list[list[Notice]]:
    """Return the notices by what they say, in the order they came."""
    groups: dict[tuple[object, ...], list[Notice]] = {}
    for notice in notices:
        asks = (notice.by, notice.then, notice.again)
        said = (notice.kind, notice.treaty, notice.occasion, _matter(notice), notice.role, *asks)
        groups.setdefault(said, []).append(notice)
    return list(groups.values())


def _matter(notice: Notice) -> str:
    """Return what it is about if that is public: a stage or step may be in that word."""
    return notice.about if notice.is_public else ""


def _lines(phrases: Phrases, group: Sequence[Notice]) -> Iterator[str]:
    named = [notice for notice in group if notice.state is not None]
    unnamed = [notice for notice in group if notice.state is None]
    if len(named) > MOST_LISTED:
        yield _line(phrases, group[0], len(group))
        return
    for notice in named:
        yield _line(phrases, notice, 1)
    if unnamed:
        yield _line(phrases, unnamed[0], len(unnamed))


def _line(phrases: Phrases, notice: Notice, count: int) -> str:
    """Say a notice, or that there are so many of it; a count names no State."""
    when = phrases.word("when", day=phrases.day(notice.on)) if notice.on and count == 1 else ""
    text = phrases.text(*_templates(notice))
    line = text.substitute(
        state=_state(phrases, notice, count),
        treaty=phrases.treaty(notice.treaty),
        about=phrases.about(_matter(notice), notice.treaty),
        when=when,
        **dict(notice.values),
    )
    says_how_many = "state" in text.get_identifiers()
    counted = line if says_how_many or count == 1 else phrases.word("times", count=str(count), line=line)
    return " ".join(filter(None, (counted, _by_when(phrases, notice))))


def _by_when(phrases: Phrases, notice: Notice) -> str:
    """Say whose day it is: until when its reader is asked, and who is asked next; of who is only told, the latter."""
    asks = _section(notice) != _INFORMATION
    if notice.by is None:
        return phrases.word("again") if notice.again and asks else ""
    day = phrases.day(notice.by)
    if notice.then not in ROLES:
        return phrases.word("by", day=day) if asks else ""
    return phrases.word("by_then" if asks else "open_then", day=day, role=phrases.word(f"role_{notice.then}"))


def _templates(notice: Notice) -> tuple[str, ...]:
    """Name the templates that may say it, the most fitting first."""
    exact = f"{notice.occasion}.{notice.about}" if notice.is_public else ""
    return exact, f"{notice.occasion}.{notice.role}", notice.occasion, f"any_{notice.kind}"


def _state(phrases: Phrases, notice: Notice, count: int) -> str:
    if notice.state is not None and count == 1:
        return notice.state
    region = "_of_region" if powers(notice.role).serves is Reach.SCOPE else ""  # not named, it is “of your region”
    return phrases.word(f"{'states' if count > 1 else 'state'}{region}", count=str(count))


def _roles(phrases: Phrases, notices: Sequence[Notice]) -> str:
    roles = dict.fromkeys(notice.role for notice in notices)
    known = [role for role in roles if role in ROLES]
    return ", ".join(phrases.word(f"role_{role}") for role in known or ("any",))
