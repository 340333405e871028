"""Mandates: a State or an organ is given a role for a term, and loses it. Persons hold mandates elsewhere.

Whatever changes who serves a State puts that State's dossiers on the next sweep's list, in the same commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.core.actors import name_of, note
from casework.core.directory import Directory
from casework.core.readers import legal_status_of, person_named, require_administrator_for
from casework.core.rights import NotOnFile, require_secretariat
from casework.core.workspace import Workspace
from casework.follow_ups.reassignment import addressed_to, owned_with, reaches
from casework.people.appointments import Appointment, Circumstances, examine
from casework.people.succession import Heirs, Legacy, divide
from models.follow_ups.follow_up import FollowUp
from models.ledger import dossiers, states
from models.people import people
from models.people.people import HeldMandate
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.dates import LAST_DAY
from pathways.grammar.refusals import Refusal, Refused, Remark, refusal, remark
from pathways.grammar.roles import Reach, powers


class NotAppointed(Refused, ValueError):
    """A mandate cannot be given or ended so; a refusal for each reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenMandate:
    """A mandate that was given, by name the State or organ that has it, and what is worth knowing about it."""

    mandate: int
    of: str = ""
    says: tuple[Remark, ...] = ()


def add_mandate(workspace: Workspace, asked: Appointment, *, reader: Reader) -> GivenMandate:
    """Give a State or an organ a role for a term; NotAppointed lists every reason against it."""
    require_secretariat(reader)
    workspace.pathway(asked.treaty)
    with workspace.registry() as connection:
        people.alone(connection)
        terms = examine(asked, _circumstances(workspace, connection, asked))
        if terms.faults:
            raise NotAppointed(*terms.faults)
        row = terms.row(asked)
        of = workspace.register(connection).name_of(row["of"]) if row["of_state"] else row["of"]
        there = _same(connection, row)
        if there is not None:
            return GivenMandate(mandate=there, of=of, says=(remark("mandate_on_file_already"),))
        number = people.add(connection, "mandate", **row)
        days = {"from": str(asked.from_), "until": str(asked.until) if asked.until else None}
        note(workspace, connection, reader, "mandate given", f"mandate:{number}", role=asked.role, of=terms.of, **days)
        look_again(workspace, connection, {**row, "id": number})
        return GivenMandate(mandate=number, of=of, says=tuple(terms.says))


def end_mandate(
    workspace: Workspace,
    mandate: int,
    *,
    on: date,
    heirs: Heirs | None = None,
    otherwise: str | int | None = None,
    reader: Reader,
    treaty: str | None,
) -> GivenMandate:
    """End a mandate: from that day on nobody serves by it. NotAppointed while its holders own open follow-ups.

    With `heirs` each follow-up that depends on it goes to the person named for it, or `otherwise`; none is left out.
    """
    require_secretariat(reader)
    with workspace.registry() as connection:
        people.alone(connection)
        row = mandate_of(connection, mandate, treaty)
        if row["ended_on"] == on:
            return GivenMandate(mandate=mandate, says=(remark("mandate_ended_so_already", day=on),))
        _keep_to_administrators(connection, row, on, reader)
        owned = _still_owned(workspace, connection, row) if heirs is None else []
        if faults := [*_not_so(row, on, workspace.today()), *owned]:
            raise NotAppointed(*faults)
        left = left_without(workspace, connection, row) if heirs is not None else []
        people.end_mandate(connection, mandate, on)
        note(workspace, connection, reader, "mandate ended", f"mandate:{mandate}", on=str(on))
        rest = None if otherwise is None else person_named(connection, otherwise)
        estate = Legacy(left=left, heirs=heirs or {}, leaving=frozenset(), on=on, otherwise=rest)
        divide(workspace, connection, estate, reader=reader, refuse=NotAppointed)
        look_again(workspace, connection, row)
        return GivenMandate(mandate=mandate)


def _keep_to_administrators(connection: Connection, row: Any, on: date, reader: Reader) -> None:
    """Refuse an officer to end the mandate by which an administrator serves on that day, or will."""
    if not powers(row["role"]).is_secretariat:
        return
    for hold in people.holds(connection, mandate_id=row["id"]):
        is_over = (hold["ended_on"] or date.max) <= on or (hold["ends_on"] or date.max) < on
        if not is_over:
            require_administrator_for(connection, hold["person_id"], reader, refusal("hold_of_an_administrator"))


def left_without(workspace: Workspace, connection: Connection, row: Any) -> list[FollowUp]:
    """Return the open follow-ups that nobody would have if a mandate ended: owned by its holders, or asked of it."""
    directory = Directory.of(connection, max(workspace.today(), row["starts_on"]))
    found: dict[int, FollowUp] = {}
    for held in (h for h in directory.held if h.mandate_id == row["id"]):
        asked = [
            f
            for f in addressed_to(connection, directory, held)
            if not any(
                h.role == held.role and h.mandate_id != row["id"] and reaches(directory, h, f) for h in directory.held
            )
        ]
        found |= {f.id: f for f in (*owned_with(connection, directory, held), *asked)}
    return list(found.values())


def mandate_of(connection: Connection, mandate: int, treaty: str | None) -> Any:
    """Return a mandate's row, or raise NotOnFile, also when it is asked for under another treaty."""
    row = people.mandate(connection, mandate)
    if row is None or treaty not in (None, row["treaty"]):
        raise NotOnFile(refusal("no_such_mandate_listed", mandate=mandate))
    return row


def as_held(row: Any, *, hold: int = 0, person: int = 0, lead: bool = False) -> HeldMandate:
    """Return a mandate as a directory reads it."""
    return HeldMandate(
        hold_id=hold, mandate_id=row["id"], person_id=person, role=row["role"], of=row["of"],
        of_state=row["of_state"], treaty=row["treaty"], scheme=row["scheme"], region=row["region"],
        states=row["states"], lead=lead, starts_on=row["starts_on"], ends_on=row["ends_on"],
    )  # fmt: skip


def look_again(workspace: Workspace, connection: Connection, row: Any) -> None:
    """Put the dossiers in a mandate's scope on the next sweep's list."""
    directory = Directory.of(connection, workspace.today())
    held = as_held(row)
    is_everywhere = powers(row["role"]).serves is Reach.EVERYWHERE
    scope = None if is_everywhere else [state for state in directory.regions if directory.serves(held, state)]
    dossiers.look_again(connection, workspace.today(), treaty=row["treaty"], states=scope)


def _circumstances(workspace: Workspace, connection: Connection, asked: Appointment) -> Circumstances:
    in_term = people.mandates(connection, on=asked.from_)
    return Circumstances(
        register=workspace.register(connection),
        regions=states.regions(connection),
        legal_status=lambda state: legal_status_of(workspace, connection, asked.treaty, state, asked.from_),
        coordinators=frozenset(
            m["of"] for m in in_term if powers(m["role"]).of_the_bureau and m["treaty"] == asked.treaty
        ),
    )


def _same(connection: Connection, row: dict[str, Any]) -> int | None:
    """Return the mandate that says the same and was not ended: a person may click twice."""
    for there in people.mandates(connection):
        if there["ended_on"] is None and all(there[name] == value for name, value in row.items()):
            return int(there["id"])
    return None


def _not_so(row: Any, on: date, today: date) -> list[Refusal]:
    if on < row["starts_on"]:
        return [refusal("mandate_ends_before_it_begins", field="on", first=row["starts_on"], day=on)]
    if on > LAST_DAY:
        return [refusal("mandate_beyond_the_calendar", field="on", last=LAST_DAY, day=on)]
    if row["ends_on"] is not None and on > row["ends_on"]:
        return [refusal("mandate_ends_by_itself", field="on", last=row["ends_on"], day=on)]
    if row["ended_on"] is not None and row["ended_on"] <= today:
        return [refusal("mandate_ended_already", day=row["ended_on"])]
    return []


def _still_owned(workspace: Workspace, connection: Connection, row: Any) -> list[Refusal]:
    directory = Directory.of(connection, workspace.today())
    holders = [h for h in directory.held if h.mandate_id == row["id"]]
    counts = {h.person_id: len(owned_with(connection, directory, h)) for h in holders}
    return [_owns(name_of(connection, person), count) for person, count in counts.items() if count]


def _owns(name: str, count: int) -> Refusal:
    if count == 1:
        return refusal("still_owns_one", name=name)
    return refusal("still_owns_several", name=name, count=count)
