"""Findings of a check-up: one thing looked at, how it is, and what to do next; shown on the desk as on the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pathways.grammar.refusals import Remark


class Condition(StrEnum):
    """How something that Accede needs is."""

    FINE = "fine"
    NOT_MADE = "not made yet"
    NOT_YET = "not yet"  # it comes by itself, or with a later version
    NOT_SET = "not set"
    TO_DO = "to do"  # works, and somebody should look
    LATE = "late"
    BROKEN = "broken"


class Command(str):
    """Something to type, which is the same in every language."""

    __slots__ = ()


NOTHING = Command()


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing looked at, how it is, and the next thing to do about it.

    `name` is for commands; a page calls it by `what`, and by the treaty or run it is `of`, in its own language.
    """

    name: str
    condition: Condition
    says: Remark
    todo: Remark | Command = NOTHING
    what: str = ""
    of: str = ""
