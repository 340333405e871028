"""The record of a round, made once for each moment and copied: States due before and after it, and who is to be told.

What a round must come to is known from here, not from the program: who is bound on which day, and who hears of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from casework.core.commit import Committed
from casework.core.open_dossier import OpenDossier
from casework.core.workspace import Workspace
from casework.dossiers.derived_steps import follow_the_record
from casework.operations.sweep import sweep
from models.ledger import dossiers
from models.people import people
from pathways.att import PATHWAY
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from pathways.grammar.stages import Stage
from sources.rows import COLUMNS
from sources.states import load_register
from tests.builders import a_workspace, clock_of
from tests.chaos.moments import Moment

TREATY = "att"
SIGNED = date(2013, 6, 3)
#: Of each region: States bound on the day, on the day after, silent too long on the day, and in the depositary's file.
BOUND, BOUND_NEXT, SILENT, BROUGHT = 3, 2, 2, 1
COORDINATORS, OFFICERS = 12, 4  # of each region; of the Secretariat
WAITS = PATHWAY.binding(SIGNED) - SIGNED  # until a deposit binds
_SINCE = timedelta(days=400)


@dataclass(frozen=True, kw_only=True)
class World:
    """What is due in a record, and what its people must have heard of when all is over; persons by number."""

    moment: Moment
    bound: Mapping[str, date]
    silent: Sequence[str]
    brought: Mapping[str, date]  # States whose deposits the depositary's file brings
    serving: Mapping[str, Sequence[int]]  # who hears of a State's steps
    reaching_out: Mapping[str, int]  # who is asked for a word to a State
    officers: Sequence[int]
    table: bytes  # the depositary's file
    published: date


def address_of(person: int) -> str:
    """Return where a person gets letters."""
    return f"office-{person}@mission.example"


def make_world(home: Path, url: str, moment: Moment) -> World:
    """Make the record as it stands on the eve of a moment's day, with that day's sweep done and its letters waiting."""
    day = moment.day
    opened = moment.at(day - timedelta(days=120), 9)
    with closing(a_workspace(home, url, empty=True, now=opened, zone=moment.zone)) as workspace:
        clock_of(workspace).hour = moment.at(day - timedelta(days=1), 6)
        world = _people(workspace, moment, _regions())
        _fill(workspace, world)
        sweep(workspace, TREATY, run="eve")
    return world


def _regions() -> dict[str, list[str]]:
    """Return the States of each region that take part, in the order in which they are given their parts."""
    members = load_register().states
    regions = sorted({state.att_region for state in members if state.att_region})
    enough = BOUND + BOUND_NEXT + SILENT + BROUGHT
    return {
        region: list(islice((state.iso3 for state in members if state.att_region == region), enough))
        for region in regions
    }


def _people(workspace: Workspace, moment: Moment, regions: Mapping[str, Sequence[str]]) -> World:
    officers = [_holder(workspace, "secretariat", "ATT Secretariat", moment) for _ in range(OFFICERS)]
    serving: dict[str, list[int]] = {}
    reaching_out: dict[str, int] = {}
    bound: dict[str, date] = {}
    silent: list[str] = []
    brought: dict[str, date] = {}
    for region, states in regions.items():
        champion = _holder(workspace, "champion", "Volunteers", moment, region)
        there = [champion, *(_holder(workspace, "coordinator", "Bureau", moment, region) for _ in range(COORDINATORS))]
        serving |= dict.fromkeys(states, there)
        reaching_out |= dict.fromkeys(states, champion)
        on_the_day, after = states[:BOUND], states[BOUND : BOUND + BOUND_NEXT]
        bound |= dict.fromkeys(on_the_day, moment.day) | dict.fromkeys(after, moment.day + timedelta(days=1))
        silent += states[-SILENT - BROUGHT : -BROUGHT]
        brought |= dict.fromkeys(states[-BROUGHT:], moment.day - timedelta(days=10))
    return World(
        moment=moment,
        bound=bound,
        silent=silent,
        brought=brought,
        serving=serving,
        reaching_out=reaching_out,
        officers=officers,
        table=_table({state: day - WAITS for state, day in bound.items()} | brought, silent),
        published=moment.day - timedelta(days=5),
    )


def _holder(workspace: Workspace, role: str, of: str, moment: Moment, region: str = "") -> int:
    since = moment.day - _SINCE
    with workspace.registry() as connection:
        person = people.add(
            connection, "person", name=f"{role} {region}", language="en", created_at=workspace.clock.now()
        )
        people.add(
            connection, "channel", person_id=person, kind="email", address=address_of(person), vouched_by="operator"
        )
        mandate = people.add(
            connection, "mandate", role=role, of=of, of_state=False, treaty=TREATY,
            scheme="att_region" if region else "", region=region, starts_on=since,
        )  # fmt: skip
        people.add(connection, "hold", mandate_id=mandate, person_id=person, starts_on=since)
    return person


def _fill(workspace: Workspace, world: World) -> None:
    with workspace.reading() as connection:
        ids = [record.id for record in dossiers.records(connection, TREATY)]
    with workspace.batch(ids, actor="operator", today=workspace.today(), committed=Committed()) as open_dossiers:
        for open_dossier in open_dossiers:
            _live(open_dossier, world)


def _live(open_dossier: OpenDossier, world: World) -> None:
    state = open_dossier.state
    if state in world.bound:
        deposit = PartialDate.of(world.bound[state] - WAITS)
        _file(open_dossier, "deposit", deposit, SourceKind.DEPOSITARY, {"instrument": "accession"})
        follow_the_record(open_dossier, tell=False)
    if state in world.silent:
        chase = PATHWAY.chase(Stage.INTEREST)
        assert chase is not None
        heard = PartialDate.of(world.moment.day - chase.after)
        _file(open_dossier, "signature", PartialDate.of(SIGNED), SourceKind.DEPOSITARY)
        _file(open_dossier, "exchange", heard, SourceKind.NOTE_VERBALE)
        follow_the_record(open_dossier, tell=False)


def _file(
    open_dossier: OpenDossier, kind: str, on: PartialDate, source: SourceKind, data: Mapping[str, str] | None = None
) -> None:
    is_public = source is SourceKind.DEPOSITARY
    held = Sensitivity.PUBLIC if is_public else Sensitivity.CONFIDENTIAL
    open_dossier.file(kind, on, source=source, sensitivity=held, data=data)


def _table(deposits: Mapping[str, date], signed: Sequence[str]) -> bytes:
    """Write the depositary's file: all that is on file already, and the deposits that it brings."""
    register = load_register()
    lines = [",".join(COLUMNS)]
    for state in sorted({*deposits, *signed}):
        said = {"iso3": state, "name": str(register.name_of(state))}
        if state in deposits:
            said |= {"deposit_date": str(deposits[state]), "instrument": "Accession"}
        else:
            said |= {"signature_date": str(SIGNED)}
        lines.append(",".join(f'"{said.get(column, "")}"' for column in COLUMNS))
    return "\n".join(lines).encode()
