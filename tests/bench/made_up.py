"""A record over made-up treaties: as many dossiers as asked, like the real ones, so many of them due on a day.

Everything is written through the workspace and the ledger that the program itself uses, so that it verifies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count, islice
from pathlib import Path
from typing import Any

from casework.core.commit import Committed
from casework.core.settings import Settings
from casework.core.workspace import Workspace
from casework.operations.batches import BATCH
from casework.operations.sweep import sweep
from models.ledger import dossiers as dossier_rows
from models.ledger import states
from models.store.engine import Store
from pathways.att import PATHWAY
from pathways.grammar.pathway import Pathway
from pathways.grammar.stages import LegalStatus, Stage, Standing
from sources.bundled import load_participation
from sources.participation import Act
from sources.states import State, load_register
from tests.bench.copies import Copies
from tests.bench.lives import EVE, LIVES_REPEAT, Life, as_on_record, bound_today, long_silent, report_near
from tests.bench.staff import appoint

FIRST_DAY, SECOND_DAY = EVE + timedelta(days=1), EVE + timedelta(days=2)
_LIVES: tuple[Life, ...] = (bound_today, long_silent, report_near)


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many dossiers, how many of them due on the first day, and how many more on the second.

    `first`: the treaty whose dossiers come first, if it is to be a real one. `lives`: how those live that are due,
    in turn. `by_one`: one person hears of each State's step.
    """

    dossiers: int
    due: int
    later: int = 0
    first: str = "made0001"
    lives: tuple[Life, ...] = _LIVES
    by_one: bool = False


@dataclass(frozen=True)
class StandingClock:
    """A clock that shows six in the morning of one day: no measurement depends on when it is made."""

    day: date

    def now(self) -> datetime:
        return datetime.combine(self.day, time(6), UTC)


@cache
def made_up(key: str) -> Pathway:
    return replace(PATHWAY, key=key)


def open_made_up(home: Path, day: date, url: str = "", **configured: Any) -> Workspace:
    """Open the workspace of a made-up record on a day."""
    settings = Settings(home=home, database_url=url, **configured)
    return Workspace(settings, Store(settings.url), StandingClock(day), made_up)


def make(workspace: Workspace, size: Size) -> None:
    """Make the record as it stands on the eve of the first day, with that day's sweep done."""
    workspace.settings.home.mkdir(parents=True, exist_ok=True)
    workspace.store.migrate()
    dossiers = list(islice(_dossiers(size.first), size.dossiers))
    with workspace.registry() as connection:
        states.add(connection, [_state(s) for s in load_register().states])
        dossier_rows.add_dossiers(connection, dossiers)
        treaties = sorted({str(d["treaty"]) for d in dossiers})
        appoint(connection, treaties, workspace.clock.now(), by_one=size.by_one)
    _fill(workspace, size)
    sweep(workspace, None, run="eve")


def _dossiers(first: str) -> Iterator[dict[str, object]]:
    """Yield empty dossiers: one of each State, treaty after treaty."""
    for number in count(1):
        treaty = first if number == 1 else f"made{number:04}"
        for state in load_register().states:
            yield {
                "treaty": treaty,
                "state": state.iso3,
                "stage": Stage.OUTSIDE.value,
                "standing": Standing.OPEN.value,
                "legal_status": LegalStatus.NON_SIGNATORY.value,
                "entered_by": "",
                "version": 0,
                "head_seq": 0,
                "head_hash": "",
            }


def _state(state: State) -> dict[str, str]:
    return {"iso3": state.iso3, "att_region": state.att_region, "un_regional_group": state.un_regional_group}


def _fill(workspace: Workspace, size: Size) -> None:
    """Live through what comes due and the first of each kind of the others; those like it are copied from it."""
    acts, due, copies = _acts(), _due(size), Copies()
    for start in range(1, size.dossiers + 1, BATCH):
        ids = range(start, min(start + BATCH, size.dossiers + 1))
        lived = [id_ for id_ in ids if id_ in due or _alike(id_) not in copies]
        batch = workspace.batch(lived, actor="system:bench", today=workspace.today(), committed=Committed())
        with batch as open_dossiers:
            for open_dossier in open_dossiers:
                if open_dossier.record.id in due:
                    life, day = due[open_dossier.record.id]
                    life(open_dossier, day)
                else:
                    as_on_record(open_dossier, acts[open_dossier.state])
        with workspace.registry() as connection:
            copies.learn(connection, {_alike(id_): id_ for id_ in lived if id_ not in due})
            copies.write(connection, {id_: _alike(id_) for id_ in ids if id_ not in lived})


def _alike(number: int) -> tuple[int, int]:
    """Tell which dossiers live alike: those of one State whose numbers a life divides alike."""
    return number % len(load_register().states), number % LIVES_REPEAT


def _acts() -> Mapping[str, list[Act]]:
    """Return what each State had done before the depositary by the eve."""
    acts: dict[str, list[Act]] = defaultdict(list)
    for act in sorted(load_participation(treaty="att").acts, key=lambda a: a.effective.first):
        if (act.known_by or act.effective.last) <= EVE:
            acts[act.state].append(act)
    return acts


def _due(size: Size) -> dict[int, tuple[Life, date]]:
    """Return which dossiers come due, how and when: spread evenly over the record, each life in turn."""
    total = size.due + size.later
    due: dict[int, tuple[Life, date]] = {}
    for place in range(total):
        on_first = (place + 1) * size.due // total > place * size.due // total
        life = size.lives[place % len(size.lives)]
        due[1 + place * size.dossiers // total] = life, FIRST_DAY if on_first else SECOND_DAY
    return due
