"""Succession: each open follow-up that somebody leaves goes to a person who may own it from then on, or nobody leaves.

The heirs are named one by one, or one is named for all that is left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.core.directory import Directory
from casework.core.readers import person_named
from casework.core.workspace import Workspace
from casework.follow_ups.ground import Grounds
from casework.follow_ups.reassignment import pass_on, refuse_outreach, require_reach
from models.follow_ups.follow_up import FollowUp
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refusal, Refused, refusal
from sources.states import Register

#: Follow-up to person.
Heirs = Mapping[int, str | int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Legacy:
    """What somebody leaves on a day: the follow-ups, whose they may become, and who is no heir because it leaves.

    `otherwise` gets what no heir was named for; `successor` takes up the mandate, and so all that depended on it.
    """

    left: Sequence[FollowUp]
    heirs: Heirs
    leaving: frozenset[int]
    on: date
    otherwise: int | None = None
    successor: int | None = None


def divide(
    workspace: Workspace,
    connection: Connection,
    estate: Legacy,
    *,
    reader: Reader,
    refuse: Callable[..., Refused],
) -> dict[int, int]:
    """Give each follow-up to its heir, once the end is written; return how many each got.

    Raises what `refuse` makes of the refusals when one would have nobody, OutOfReach when an heir may not own it.
    """
    named = {f.id: _heir(connection, estate, f) for f in estate.left}
    if nobodys := [f for f in estate.left if named[f.id] in (None, *estate.leaving)]:
        register = workspace.register(connection)
        raise refuse(*(_fault(f, named[f.id], estate, register) for f in nobodys))
    grounds = Grounds(workspace, connection, Directory.of(connection, max(workspace.today(), estate.on)))
    shares: dict[int, list[FollowUp]] = {}
    for f in estate.left:
        heir = named[f.id]
        assert heir is not None
        require_reach(grounds, [f], heir)
        if heir != estate.successor:
            refuse_outreach(grounds, f, heir)
        shares.setdefault(heir, []).append(f)
    for heir, share in shares.items():
        pass_on(workspace, connection, share, heir, reader=reader)
    return {heir: len(share) for heir, share in shares.items()}


def _heir(connection: Connection, estate: Legacy, follow_up: FollowUp) -> int | None:
    given = estate.heirs.get(follow_up.id)
    return estate.otherwise if given is None else person_named(connection, given)


def _fault(follow_up: FollowUp, heir: int | None, estate: Legacy, register: Register) -> Refusal:
    field, about = f"heir-{follow_up.id}", _about(follow_up, register)
    if heir in estate.leaving:
        return refusal("heir_leaves_too", field=field, about=about)
    return refusal("heir_wanted", field=field, about=about)


def _about(follow_up: FollowUp, register: Register) -> Refusal:
    if follow_up.state is None:
        return refusal("about_no_state", follow_up=follow_up.id)
    return refusal("about_a_state", state=register.name_of(follow_up.state), follow_up=follow_up.id)
