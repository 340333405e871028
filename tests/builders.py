"""Builders: a dossier, a fact or a workspace as a test needs it, with everything it does not speak of filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from casework.core.settings import Settings
from casework.core.workspace import Workspace
from casework.dossiers.filing import Filed, Filing, file_fact
from casework.dossiers.steps import Taken, take_step
from casework.record.opening import move_clock, open_record
from models.store.engine import Store
from pathways import pathway
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import Dossier
from pathways.grammar.facts import Fact, SourceKind
from pathways.grammar.pathway import Pathway
from pathways.grammar.projection import project
from sources.states import load_register

ATT = pathway("att")
STATE = "KHM"  # a signatory of 2013-10-18 that has not deposited
#: An hour of work on the last day that the bundled record knows of.
AN_HOUR = datetime(2026, 7, 24, 9, 30, tzinfo=UTC)


def a_day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


def a_fact(kind: str, on: str, *, known_by: str | None = None, **said: Any) -> Fact:
    """Make a fact of the ATT; whatever is neither a property of facts nor given becomes a typed field of it."""
    given = {name: said.pop(name) for name in list(said) if name in Fact.__dataclass_fields__}
    declared = ATT.kind(kind)
    sources = declared.sources if declared else frozenset({SourceKind.EXAMPLE})
    defaults: dict[str, Any] = {
        "id": "",
        "seq": 0,
        "state": STATE,
        "source": SourceKind.DEPOSITARY if SourceKind.DEPOSITARY in sources else SourceKind.NOTE_VERBALE,
        "sensitivity": declared.sensitivity if declared else Sensitivity.CONFIDENTIAL,
        "recorded_at": AN_HOUR,
        "actor": "operator",
        "data": said,
    }
    effective = PartialDate.parse(on)
    known = a_day(known_by) if known_by else None
    return Fact(kind=kind, effective=effective, known_by=known, **{**defaults, **given})


def a_signature(on: str = "2013-10-18", **said: Any) -> Fact:
    """Make a signature."""
    return a_fact("signature", on, **said)


def a_deposit(on: str, instrument: str = "ratification", **said: Any) -> Fact:
    """Make a deposit."""
    return a_fact("deposit", on, instrument=instrument, **said)


def a_step(name: str, on: str, *, source: str = "", **said: Any) -> Fact:
    """Make the fact that a step of the ATT was taken."""
    step = ATT.step(name)
    assert step is not None, f"{name} is no step of the ATT"
    by, to = step.by.value, step.target.value
    data = {"step": name, "from": source or step.sources[0].value, "to": to, "by": by}
    return a_fact("step", on, **{"source": SourceKind.ASSESSMENT, "data": data, **said})


def on_file(*facts: Fact) -> list[Fact]:
    """Number facts in the order in which they came on file; those without an id get one."""
    return [replace(f, seq=seq, id=f.id or f"fact{seq}") for seq, f in enumerate(facts, start=1)]


def a_dossier(*facts: Fact, on: str, treaty: Pathway = ATT, known: datetime | None = None) -> Dossier:
    """Project facts, filed in this order, on a day."""
    return project(treaty, STATE, on_file(*facts), on=a_day(on), known=known, reader=None)


@dataclass
class StandingClock:
    """A clock that shows the hour it is set to; no test depends on the hour at which it runs."""

    hour: datetime = AN_HOUR

    def now(self) -> datetime:
        """Return the hour it was set to."""
        return self.hour

    def stand_on(self, day: str, at: time = time(6, 0)) -> None:
        """Set it to an hour (UTC) of a day."""
        self.hour = datetime.combine(a_day(day), at, tzinfo=UTC)


def a_workspace(
    home: Path,
    url: str = "",
    *,
    training: str | None = None,
    opened: bool = True,
    empty: bool = False,
    now: datetime = AN_HOUR,
    pathways: Callable[[str], Pathway] = pathway,
    workspace: type[Workspace] = Workspace,
    **settings: Any,
) -> Workspace:
    """Open a workspace whose clock stands, over a database at an address or in the home, with its record opened."""
    said = Settings(home=home).model_copy(update={"database_url": url, **settings})
    made = workspace(said, Store(said.url, silent=said.lease_seconds), StandingClock(now), pathways)
    if opened or training:
        open_record(made, empty=empty, training=a_day(training) if training else None, treaty="att")
    return made


def clock_of(workspace: Workspace) -> StandingClock:
    """Return the standing clock of a workspace made here."""
    assert isinstance(workspace.clock, StandingClock)
    return workspace.clock


def file(workspace: Workspace, state: str, kind: str, on: str, source: str = "example", **said: Any) -> Filed:
    """File a fact by hand as the operator; what is no part of a filing is a typed field of the fact."""
    beside = Filing.__dataclass_fields__.keys() - {"reference"}  # that stands behind the source's colon
    given = {name: said.pop(name) for name in list(said) if name in beside}
    word, _, reference = source.partition(":")
    filing = Filing(
        kind=kind,
        effective=PartialDate.parse(on),
        source=SourceKind(word),
        reference=reference,
        fields={name: str(value) for name, value in said.items()},
        **given,
    )
    return file_fact(workspace, state, filing, treaty="att", name=name_of(state), reader=OPERATOR)


def step(workspace: Workspace, state: str, name: str, on: str | None = None, reason: str | None = None) -> Taken:
    """Take a step as the operator."""
    day = a_day(on) if on else None
    return take_step(workspace, state, name, treaty="att", name=name_of(state), on=day, reason=reason, reader=OPERATOR)


def days_pass(workspace: Workspace, until: str) -> None:
    """Let a training record's clock go forward to a day."""
    move_clock(workspace, a_day(until))


def name_of(state: str) -> str:
    """Return a State's name in the record."""
    entry = load_register().get(state)
    return entry.name if entry else state
