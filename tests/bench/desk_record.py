"""The record that the desk is measured on: the real treaty first, made-up ones behind it, and twenty people."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from casework.core.commit import Committed
from casework.core.workspace import DOSSIERS, TRAINING_DAY, Workspace
from casework.operations.batches import BATCH
from casework.record.opening import OPENED
from models.ledger import dossiers
from models.ledger.hash_chain import Content
from models.people import people
from models.store import record_settings
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from pathways.grammar.roles import Role
from tests.bench.lives import EVE
from tests.bench.made_up import FIRST_DAY, open_made_up

TREATY = "att"
#: The real treaty's dossiers are fuller than the others: so many exchanges each, every other one confidential.
EXCHANGES = 15
_REGIONS = ("Africa", "Americas", "Asia", "Europe", "Oceania")
_SINCE = date(2025, 9, 1)


class Seat(NamedTuple):
    """Where somebody sits: a role, and the region it serves, if it serves one."""

    role: Role
    region: str


class Staff(NamedTuple):
    """Twenty people of the real treaty, by number."""

    seats: dict[int, Seat]


def prepare(home: Path, kept: Path) -> Staff:
    """Copy a record whose first treaty is the real one into a home, make that treaty's dossiers fuller, seat people."""
    shutil.copy(kept, home / "accede.db")
    with closing(open_made_up(home, EVE)) as workspace:
        with workspace.reading() as connection:
            real = [record.id for record in dossiers.records(connection, TREATY)]
        _fill_up(workspace, real, EXCHANGES)
        return _settle_in(workspace)


def _fill_up(workspace: Workspace, ids: Sequence[int], times: int) -> None:
    """File exchanges, each with a note beside it, as coordinators do."""
    for start in range(0, len(ids), BATCH):
        batch = workspace.batch(
            ids[start : start + BATCH], actor="operator", today=workspace.today(), committed=Committed()
        )
        with batch as folders:
            for folder in folders:
                for number in range(times):
                    folder.file(
                        "exchange",
                        PartialDate.of(EVE),
                        source=SourceKind.NOTE_VERBALE,
                        sensitivity=Sensitivity.CONFIDENTIAL if number % 2 else Sensitivity.COORDINATION,
                        reference=f"NV {number}/2026",
                        data={"channel": "mission"},
                        content=Content(secrets.token_hex(16), "Spoke of the calendar in parliament.", None, None),
                    )


def _settle_in(workspace: Workspace) -> Staff:
    """Make it a training record, so that its clock stands, and let twenty people hold mandates."""
    with workspace.registry() as connection:
        record_settings.keep(connection, TRAINING_DAY, FIRST_DAY.isoformat())
        record_settings.keep(connection, OPENED, EVE.isoformat())
        record_settings.keep(connection, f"{DOSSIERS}{TREATY}", "197")
    seats = [Seat(Role.SECRETARIAT, "")] * 4 + [Seat(Role.PRESIDENT, ""), Seat(Role.CHAIR, "")]
    seats += [Seat(Role.COORDINATOR, region) for region in _REGIONS[:4]]
    seats += [Seat(Role.CHAMPION, region) for region in _REGIONS * 2]
    return Staff(seats={_seat(workspace, seat): seat for seat in seats})


def _seat(workspace: Workspace, seat: Seat) -> int:
    role, region = seat
    with workspace.registry() as connection:
        person = people.add(
            connection, "person", name=f"{role.value} {region}".strip(), language="en", created_at=workspace.clock.now()
        )
        mandate = people.add(
            connection,
            "mandate",
            role=role.value,
            of="Bureau",
            of_state=False,
            treaty=TREATY,
            scheme="att_region" if region else "",
            region=region,
            starts_on=_SINCE,
        )
        people.add(connection, "hold", mandate_id=mandate, person_id=person, starts_on=_SINCE)
    return person
