"""Who may do what. Rights come from mandates and their dates; everything not allowed is refused."""

from __future__ import annotations

from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refused, refusal
from pathways.grammar.roles import Right


class NotOnFile(Refused, LookupError):
    """It does not exist, or the one who asks may not know of it: the same words for both."""


class NotYours(Refused, PermissionError):
    """The mandate of the one who asks does not reach so far."""


def require(reader: Reader, right: Right, state: str, name: str) -> None:
    """Raise NotYours when the reader lacks the right; that a State exists is no secret."""
    if not reader.may(right, state):
        raise NotYours(refusal("beyond_the_mandate", state=name))


def require_secretariat(reader: Reader) -> None:
    """Raise NotYours when somebody else asks for what is done for all States at once."""
    if not reader.is_secretariat:
        raise NotYours(refusal("for_the_secretariat"))


def require_person(reader: Reader) -> int:
    """Return the number of the person who acts; NotYours when it is the operator, or nobody on file."""
    kind, _, number = reader.actor.partition(":")
    if kind != "person":
        raise NotYours(refusal("no_account"))
    return int(number)
