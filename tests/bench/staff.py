"""Who serves the made-up treaties: three hundred people, each with an address and many mandates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from models.people import people
from models.store.engine import Connection
from sources.states import load_register

CHAMPIONS, COORDINATORS, SECRETARIAT = range(200), range(200, 280), range(280, 300)
_SINCE = date(2025, 9, 1)


def appoint(connection: Connection, treaties: Sequence[str], now: datetime, *, by_one: bool = False) -> None:
    """Give every treaty its Secretariat, and every region of it a champion and a coordinator.

    `by_one`: both of a region are one person, and States of no region have somebody too, so that one hears of each.
    """
    persons = [_person(connection, number, now) for number in range(300)]
    parties = _a_state_of_each_region()
    for place, treaty in enumerate(treaties):
        _hold(connection, persons[SECRETARIAT[place % 20]], treaty, role="secretariat", of="ATT Secretariat")
        for seat, (region, state) in enumerate(parties.items(), start=place * len(parties)):
            champion = persons[CHAMPIONS[seat % 200]]
            coordinator = champion if by_one else persons[COORDINATORS[seat % 80]]
            _hold(connection, champion, treaty, role="champion", of=state, of_state=True, region=region)
            _hold(connection, coordinator, treaty, role="coordinator", of="Bureau", region=region)
        if by_one:
            alone = ",".join(state.iso3 for state in load_register().states if not state.att_region)
            _hold(connection, persons[COORDINATORS[place % 80]], treaty, role="coordinator", of="Bureau", states=alone)


def _person(connection: Connection, number: int, now: datetime) -> int:
    person = people.add(connection, "person", name=f"Office {number}", language="en", created_at=now)
    people.add(connection, "channel", person_id=person, address=f"office-{number}@example.org", verified_at=now)
    return person


def _a_state_of_each_region() -> dict[str, str]:
    return {state.att_region: state.iso3 for state in load_register().states if state.att_region}


def _hold(
    connection: Connection,
    person: int,
    treaty: str,
    *,
    role: str,
    of: str,
    of_state: bool = False,
    region: str = "",
    states: str = "",
) -> None:
    mandate = people.add(
        connection,
        "mandate",
        role=role,
        of=of,
        of_state=of_state,
        treaty=treaty,
        scheme="att_region" if region else "",
        region=region,
        states=states,
        starts_on=_SINCE,
        consent="NV 1/2025" if of_state else None,
    )
    people.add(connection, "hold", mandate_id=mandate, person_id=person, starts_on=_SINCE, lead=True)
