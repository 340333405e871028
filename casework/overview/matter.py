"""A matter: one thing that needs somebody, as the agenda, the overview and the table of States all speak of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """One thing that needs somebody; of one State, or of none (a dead letter, a vacant role).

    `follow_up` is None until a sweep has opened one that the reader may know of; `owner` is the name of who took it.
    `words` are those of the person who opened it, if one did.
    """

    state: str | None
    name: str | None
    region: str
    occasion: str
    about: str
    due_on: date
    follow_up: int | None
    owner: str | None
    words: str | None = None

    @property
    def kind(self) -> str:
        """Return the occasion under the name that a follow-up has for it, so that one template says either."""
        return self.occasion
