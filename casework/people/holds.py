"""Holds: a person takes a mandate up for a time; of those who hold one together, one leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.core.actors import name_of, note
from casework.core.readers import person_named, require_administrator_for
from casework.core.rights import require_secretariat
from casework.core.workspace import Workspace
from casework.follow_ups.vacancies import close_filled
from casework.people.mandates import look_again, mandate_of
from models.people import people
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refusal, Refused, Remark, refusal, remark
from pathways.grammar.roles import powers


class NotHeld(Refused, ValueError):
    """A mandate cannot be taken up or laid down so; a refusal for each reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Holding:
    """Who holds which mandate now, and what else that has changed."""

    person: int
    mandate: int
    says: tuple[Remark, ...] = ()


def hold(
    workspace: Workspace,
    person: str | int,
    mandate: int,
    *,
    from_: date,
    until: date | None = None,
    lead: bool = False,
    reader: Reader,
    treaty: str | None,
) -> Holding:
    """Let a person hold a mandate for a time; NotHeld lists every reason against it."""
    require_secretariat(reader)
    with workspace.registry() as connection:
        people.alone(connection)
        row, number = mandate_of(connection, mandate, treaty), person_named(connection, person)
        there = [h for h in people.holds(connection, mandate_id=mandate, person_id=number) if not is_over(h, from_)]
        if same := next((h for h in there if (h["starts_on"], h["ends_on"]) == (from_, until)), None):
            says = _again(workspace, connection, row, same, lead=lead, reader=reader)
        elif faults := [*_out_of_term(row, from_, until), *_twice(connection, there, until)]:
            raise NotHeld(*faults)
        else:
            take_up(workspace, connection, number, row, from_=from_, until=until, lead=lead, reader=reader)
            says = lead_alone(connection, number, mandate, from_) if lead else []
        served_anew(workspace, connection, row, reader)
        return Holding(person=number, mandate=mandate, says=tuple(says))


def take_up(
    workspace: Workspace,
    connection: Connection,
    person: int,
    row: Any,
    *,
    from_: date,
    until: date | None,
    lead: bool,
    reader: Reader,
) -> None:
    """Write that a person holds a mandate."""
    if powers(row["role"]).is_secretariat:
        require_administrator_for(connection, person, reader, refusal("administrator_takes_up"))
    hold_ = {"mandate_id": row["id"], "person_id": person, "starts_on": from_, "ends_on": until, "lead": lead}
    number = people.add(connection, "hold", **hold_)
    said = {"mandate": row["id"], "person": person, "lead": lead, "until": str(until) if until else None}
    note(workspace, connection, reader, "hold given", f"hold:{number}", **{"from": str(from_)}, **said)


def lead_alone(connection: Connection, person: int, mandate: int, from_: date) -> list[Remark]:
    """Let the new lead be the only one; whoever led before still holds the mandate."""
    says = []
    for other in people.holds(connection, mandate_id=mandate):
        if other["lead"] and other["person_id"] != person and not is_over(other, from_):
            people.set_lead(connection, other["id"], lead=False)
            before, now = name_of(connection, other["person_id"]), name_of(connection, person)
            says.append(remark("led_until_now", before=before, now=now))
    return says


def served_anew(workspace: Workspace, connection: Connection, row: Any, reader: Reader) -> None:
    """Let the next sweep look at the States concerned, and close “nobody appointed” where somebody is now."""
    look_again(workspace, connection, row)
    close_filled(workspace, connection, row["treaty"], by=reader.actor)


def is_over(hold_: Any, day: date) -> bool:
    """Tell whether a hold no longer counts on a day or on any later one."""
    ended, last = hold_["ended_on"], hold_["ends_on"]
    return (ended is not None and ended <= max(day, hold_["starts_on"])) or (last is not None and last < day)


def _again(
    workspace: Workspace, connection: Connection, row: Any, same: Any, *, lead: bool, reader: Reader
) -> list[Remark]:
    """Change nothing when the same is asked again, except who leads."""
    name = name_of(connection, same["person_id"])
    if same["lead"] or not lead:
        return [remark("holds_it_so_already", name=name)]
    people.set_lead(connection, same["id"], lead=True)
    note(workspace, connection, reader, "lead given", f"hold:{same['id']}", mandate=row["id"])
    ceded = lead_alone(connection, same["person_id"], row["id"], same["starts_on"])
    return [remark("leads_it_now", name=name), *ceded]


def _twice(connection: Connection, there: Sequence[Any], until: date | None) -> list[Refusal]:
    overlapping = [h for h in there if until is None or h["starts_on"] <= until]
    return [
        refusal("held_already", field="person", name=name_of(connection, h["person_id"]), day=h["starts_on"])
        for h in overlapping
    ]


def _out_of_term(row: Any, from_: date, until: date | None) -> list[Refusal]:
    faults, last = [], max(from_, until or from_)
    where = "from" if last == from_ else "until"
    if until is not None and until < from_:
        faults.append(refusal("held_until_before_from", field="until", last=until, first=from_))
    if from_ < row["starts_on"]:
        faults.append(refusal("held_before_the_mandate", field="from", begins=row["starts_on"], first=from_))
    if row["ends_on"] is not None and last > row["ends_on"]:
        faults.append(refusal("held_beyond_the_term", field=where, last=row["ends_on"]))
    if row["ended_on"] is not None and last >= row["ended_on"]:
        faults.append(refusal("held_beyond_the_end", field=where, day=row["ended_on"]))
    return faults
