"""Who may know what comes next for a State, and who may write it; by the table of roles alone."""

from __future__ import annotations

from casework.core.rights import NotYours, require
from pathways.grammar.clearance import Reader, may_know_stage
from pathways.grammar.refusals import refusal
from pathways.grammar.roles import Reach, Right, powers


def may_look(reader: Reader) -> bool:
    """Tell whether a role lets the reader know where any State stands, so that there may be a line to see."""
    return any(powers(role).coordination in (Reach.SCOPE, Reach.EVERYWHERE) for role in reader.roles)


def may_write(reader: Reader, state: str) -> bool:
    """Tell whether the reader may write what comes next for a State; never without knowing where it stands."""
    return reader.may(Right.NEXT_STEP, state) and may_know_stage(reader, state)


def require_writer(reader: Reader, state: str, name: str) -> None:
    """Raise NotYours when the reader may not write what comes next for a State."""
    require(reader, Right.NEXT_STEP, state, name)
    if not may_write(reader, state):
        raise NotYours(refusal("beyond_the_mandate", state=name))
