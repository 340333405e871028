"""Who may do what. Rights come from mandates and their dates; everything not allowed is refused."""

from __future__ import annotations

from enum import StrEnum

from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refused, refusal
from pathways.grammar.roles import Role


class Right(StrEnum):
    """Something one may be allowed to do to a dossier."""

    FILE = "file"
    STEP = "step"
    RECORD = "record"  # file the depositary's word by hand
    SETTLE = "settle"
    FOLLOW_UP = "follow_up"
    RELEASE = "release"  # name somebody who may know a fact
    PROPOSE = "propose"  # bring a fact before the Secretariat, of the own State


class NotOnFile(Refused, LookupError):
    """It does not exist, or the one who asks may not know of it: the same words for both."""


class NotYours(Refused, PermissionError):
    """The mandate of the one who asks does not reach so far."""


_SECRETARIAT = frozenset(Right) - {Right.PROPOSE}  # which files itself
_OF_ROLE = {
    Role.COORDINATOR: frozenset({Right.FILE, Right.STEP, Right.FOLLOW_UP}),
    Role.CHAMPION: frozenset({Right.FILE, Right.FOLLOW_UP}),  # a champion reports and answers
    Role.CONTACT: frozenset({Right.PROPOSE}),
}


def may(reader: Reader, right: Right, state: str) -> bool:
    """Tell whether the reader has that right over a State's dossier."""
    if reader.is_secretariat:
        return right in _SECRETARIAT
    served = {Role.COORDINATOR: reader.coordinated, Role.CHAMPION: reader.scope, Role.CONTACT: reader.own}
    return any(
        role in reader.roles and state in served[role] and right in allowed for role, allowed in _OF_ROLE.items()
    )


def require(reader: Reader, right: Right, state: str, name: str) -> None:
    """Raise NotYours when the reader lacks the right; that a State exists is no secret."""
    if not may(reader, right, state):
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
