"""Findings of a check-up: one thing looked at, how it is, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Condition(StrEnum):
    """How something that Accede needs is."""

    FINE = "fine"
    NOT_MADE = "not made yet"
    NOT_YET = "not yet"  # it comes by itself, or with a later version
    NOT_SET = "not set"
    TO_DO = "to do"  # works, and somebody should look
    LATE = "late"
    BROKEN = "broken"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing looked at, how it is, and the next thing to do about it."""

    name: str
    condition: Condition
    says: str
    todo: str = ""
