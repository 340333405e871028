"""Speakers: a State by its code or any of its names, or somebody else: an organization, or “several delegations”.

A name that is no State's may be a State's that was mistyped. So somebody else is taken for one only where the words say
that they mean no State, where an organization of that name has spoken before, or where an asterisk stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from casework.core.text_rules import LONGEST_NAME, name_faults
from pathways.grammar.refusals import Refusal, refusal
from sources.states import Register, UnknownState, fold

_NO_STATE = "*"
#: As names are compared. “The President” is the Conference's: whose else would say so of a State.
_OTHERS = re.compile(
    r"(the )?(head of the )?secretariat|(the )?(president|(co-?)?chairs?|co chairs?|facilitators?|civil society"
    r"|academia|industry|media)|(several|some|many|most|a few|a number of|one|two|three|other|all)( other)?"
    r"( (delegations?|speakers?|states|states parties|parties|participants|signatories|organizations|observers))"
)
_MOST_LOOKED_UP = 50  # names that come near to a mistyped one are looked for; of a whole sheet of them it takes minutes


@dataclass(frozen=True, kw_only=True, slots=True)
class Speaker:
    """Who spoke: a State by its code, or by name whoever is none."""

    state: str | None
    name: str


class NoSpeaker(Exception):
    """Nobody is named by this text, and `why`."""

    def __init__(self, why: Refusal) -> None:
        """Keep the reason."""
        super().__init__(why.code)
        self.why = why


@dataclass
class Speakers:
    """Who may have spoken: the States of a register, and the organizations of which one has spoken before."""

    register: Register
    known: Iterable[str] = ()
    _found: dict[str, Speaker | Refusal] = field(default_factory=dict)
    _looked_up: int = 0

    def __post_init__(self) -> None:
        """Compare names as the register does."""
        self._others = {fold(name): name for name in self.known}

    def named(self, text: str) -> Speaker:
        """Return who is named; NoSpeaker says why nobody is."""
        said = " ".join(text.split())
        if said not in self._found:
            self._found[said] = self._look_up(said)
        found = self._found[said]
        if isinstance(found, Refusal):
            raise NoSpeaker(found)
        return found

    def _look_up(self, said: str) -> Speaker | Refusal:
        if not said:
            return refusal("speaker_wanted", field="speaker")
        if said.startswith(_NO_STATE):
            return self._other(said[1:].strip())
        found = self.register.coded(said) | self.register.named(said)
        if not found and fold(said) in self._others:
            return Speaker(state=None, name=self._others[fold(said)])
        if not found and _OTHERS.fullmatch(fold(said)):
            return self._other(said)
        return self._state(said)

    def _state(self, said: str) -> Speaker | Refusal:
        self._looked_up += 1
        if self._looked_up > _MOST_LOOKED_UP and not (self.register.coded(said) or self.register.named(said)):
            return refusal("speaker_unknown", field="speaker", name=said[:LONGEST_NAME])
        try:
            entry = self.register.find(said)
        except UnknownState as wrong:
            [why] = wrong.refusals
            return refusal("speaker_is_no_state", field="speaker", why=why)
        return Speaker(state=entry.iso3 if entry.is_state else None, name=entry.name)

    def _other(self, name: str) -> Speaker | Refusal:
        if faults := list(name_faults(name, field="speaker")):
            return faults[0]
        return Speaker(state=None, name=name)
