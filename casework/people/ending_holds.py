"""Ending a hold: a person lays a mandate down, once somebody else has the follow-ups that depended on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.core.actors import name_of, note
from casework.core.directory import Directory
from casework.core.readers import person_named, require_administrator_for
from casework.core.rights import NotOnFile, require_secretariat
from casework.core.workspace import Workspace
from casework.follow_ups.reassignment import addressed_to, owned_with
from casework.people.holds import Holding, NotHeld, is_over, lead_alone, served_anew, take_up
from casework.people.mandates import as_held, mandate_of
from casework.people.succession import Heirs, Legacy, divide
from models.follow_ups.follow_up import FollowUp
from models.people import people
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refusal, Remark, refusal, remark
from pathways.grammar.roles import powers


def end_hold(
    workspace: Workspace,
    person: str | int,
    mandate: int,
    *,
    on: date,
    hold: int | None = None,
    hand_over: str | int | None = None,
    heirs: Heirs | None = None,
    otherwise: str | int | None = None,
    reader: Reader,
    treaty: str | None,
) -> Holding:
    """End a person's hold from a day on; NotHeld while follow-ups depend on it and nobody is named to take them.

    `hand_over` takes up the mandate, and each follow-up for which neither `heirs` nor `otherwise` names somebody.
    """
    require_secretariat(reader)
    with workspace.registry() as connection:
        people.alone(connection)
        row, number = mandate_of(connection, mandate, treaty), person_named(connection, person)
        theirs = _hold_of(connection, number, mandate, on, hold)
        if powers(row["role"]).is_secretariat:
            require_administrator_for(connection, number, reader, refusal("hold_of_an_administrator"))
        heir = None if hand_over is None else _heir(connection, hand_over, number)
        left = left_behind(workspace, connection, row, theirs)
        rest = heir if otherwise is None else person_named(connection, otherwise)
        if left and rest is None and heirs is None:
            raise NotHeld(_who_takes_over(name_of(connection, number), len(left)))
        people.end_hold(connection, theirs["id"], on)
        note(workspace, connection, reader, "hold ended", f"hold:{theirs['id']}", on=str(on), mandate=mandate)
        says = [] if heir is None else _hand_on(workspace, connection, row, theirs, heir, on, reader)
        estate = Legacy(
            left=left, heirs=heirs or {}, leaving=frozenset({number}), on=on, otherwise=rest, successor=heir
        )
        shares = divide(workspace, connection, estate, reader=reader, refuse=NotHeld)
        if heir is not None:
            shares.setdefault(heir, 0)
        says += [_takes_over(name_of(connection, each), count) for each, count in shares.items()]
        served_anew(workspace, connection, row, reader)
        return Holding(person=number, mandate=mandate, says=tuple(says))


def _hold_of(connection: Connection, person: int, mandate: int, on: date, hold: int | None) -> Any:
    """Return the hold that is to end: the one named, else the one in force on the day, or the next to begin."""
    theirs = [h for h in people.holds(connection, mandate_id=mandate, person_id=person) if not is_over(h, on)]
    theirs = [h for h in theirs if hold in (None, h["id"])]
    name = name_of(connection, person)
    if not theirs:
        raise NotOnFile(refusal("not_held_on", field="on", name=name, mandate=mandate, day=on))
    first = min(theirs, key=lambda h: h["starts_on"])
    if on < first["starts_on"]:
        raise NotHeld(refusal("hold_ends_before_it_begins", field="on", name=name, first=first["starts_on"], day=on))
    return first


def _heir(connection: Connection, hand_over: str | int, person: int) -> int:
    heir = person_named(connection, hand_over)
    if heir == person:
        raise NotHeld(refusal("hands_over_to_oneself", field="hand_over"))
    return heir


def left_behind(workspace: Workspace, connection: Connection, row: Any, theirs: Any) -> list[FollowUp]:
    """Return the open follow-ups that depend on a person's hold of a mandate."""
    directory = Directory.of(connection, max(workspace.today(), theirs["starts_on"]))
    held = as_held(row, hold=theirs["id"], person=theirs["person_id"], lead=theirs["lead"])
    return [*owned_with(connection, directory, held), *addressed_to(connection, directory, held)]


def _who_takes_over(name: str, count: int) -> Refusal:
    if count == 1:
        return refusal("one_hangs_on_it", field="hand_over", name=name)
    return refusal("several_hang_on_it", field="hand_over", name=name, count=count)


def _hand_on(
    workspace: Workspace, connection: Connection, row: Any, theirs: Any, heir: int, on: date, reader: Reader
) -> list[Remark]:
    """Give the heir the mandate for what is left of the hold, and the lead if it was led."""
    from_ = max(min(on, workspace.today()), row["starts_on"])  # at once, so that nothing waits for a later day
    holds = [h for h in people.holds(connection, mandate_id=row["id"], person_id=heir) if not is_over(h, from_)]
    now = next((h for h in holds if h["starts_on"] <= from_), None)
    if now is None:
        last = min((h["starts_on"] for h in holds), default=theirs["ends_on"])
        take_up(workspace, connection, heir, row, from_=from_, until=last, lead=theirs["lead"], reader=reader)
    elif theirs["lead"]:
        people.set_lead(connection, now["id"], lead=True)
    return lead_alone(connection, heir, row["id"], from_) if theirs["lead"] else []


def _takes_over(name: str, count: int) -> Remark:
    if count == 1:
        return remark("takes_over_one", name=name)
    return remark("takes_over_several", name=name, count=count)
