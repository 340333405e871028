"""The list of follow-ups: the open ones by due day, then the closed ones with their outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.core.rights import NotOnFile
from casework.core.workspace import Workspace
from casework.follow_ups.information import is_for_information
from casework.follow_ups.outcomes import overtaken_by
from casework.follow_ups.visibility import Visibility
from models.follow_ups import follow_up as follow_up_row
from models.follow_ups.follow_up import FollowUp
from models.people import people
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import refusal
from sources.states import Register


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUpView:
    """Something somebody has to do. `owner` is a person's number; without one it is for whoever has the `role`.

    `state` is None for what concerns no State, such as a role that nobody holds. `overtaken_by` names the fact that
    ended the occasion, which the reader need not be allowed to read. `is_for_information`: of whoever looks nothing is
    asked.
    """

    id: int
    state: str | None
    name: str | None
    region: str
    kind: str
    about: str
    role: str
    owner: int | None
    owner_name: str | None
    opened_on: date
    due_on: date
    is_late: bool
    snoozed_until: date | None
    snooze_reason: str | None
    closed_on: date | None
    outcome: str | None
    closed_by: str | None
    overtaken_by: str | None
    is_for_information: bool


def follow_up_list(
    workspace: Workspace, *, treaty: str, open_only: bool = False, reader: Reader
) -> tuple[FollowUpView, ...]:
    """List the follow-ups of a treaty that the reader may know of."""
    with workspace.reading() as connection:
        visibility = Visibility(workspace, connection, reader)
        found = [f for f in follow_up_row.of_treaty(connection, treaty, open_only=open_only) if visibility.has(f)]
        names, register = owners_of(connection, found), workspace.register(connection)
        return tuple(listed(f, names, workspace.today(), reader, register) for f in found)


def follow_up_view(workspace: Workspace, follow_up: int, *, reader: Reader) -> FollowUpView:
    """Show one follow-up; NotOnFile when there is none the reader may know of."""
    with workspace.reading() as connection:
        found = follow_up_row.one(connection, follow_up)
        if found is None or not Visibility(workspace, connection, reader).has(found):
            raise NotOnFile(refusal("no_such_follow_up_listed", follow_up=follow_up))
        owners, register = owners_of(connection, [found]), workspace.register(connection)
        return listed(found, owners, workspace.today(), reader, register)


def listed(found: FollowUp, names: Mapping[int, str], today: date, reader: Reader, register: Register) -> FollowUpView:
    """Return a follow-up as it is listed for a reader; that the reader may know of it was decided before."""
    return FollowUpView(
        id=found.id,
        state=found.state,
        name=register.name_of(found.state) if found.state else None,
        region=found.region,
        kind=found.occasion,
        about=found.about,
        role=found.asked,
        owner=found.owner_id,
        owner_name=names.get(found.owner_id) if found.owner_id else None,
        opened_on=found.opened_on,
        due_on=found.due_on,
        is_late=found.closed_on is None and found.due_on < today,
        snoozed_until=found.snoozed_until,
        snooze_reason=found.snooze_reason,
        closed_on=found.closed_on,
        outcome=found.outcome,
        closed_by=found.closed_by,
        overtaken_by=overtaken_by(found.outcome),
        is_for_information=found.closed_on is None and is_for_information(found, reader),
    )


def owners_of(connection: Connection, found: Iterable[FollowUp]) -> dict[int, str]:
    """Return how the owners of follow-ups are called, by number."""
    return people.names(connection, {f.owner_id for f in found if f.owner_id is not None})
