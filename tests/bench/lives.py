"""What the files of made-up dossiers hold: the facts of the real record, and lives that come due on a chosen day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from casework.core.open_dossier import Folder
from casework.depositary.acts import put_on_file
from casework.dossiers.derived_steps import follow_the_record, take_due_steps
from pathways.att import PATHWAY
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import RECORD_OPENED
from pathways.grammar.facts import SourceKind, Value
from pathways.grammar.journey import take
from pathways.grammar.pathway import By
from pathways.grammar.stages import Stage
from sources.participation import Act

OPENED, EVE = date(2026, 1, 2), date(2026, 4, 13)
_SIGNED = date(2013, 6, 3)
_CHASE = PATHWAY.chase(Stage.INTEREST)
_REPORT = PATHWAY.duties[0]

Life = Callable[[Folder, date], None]


def as_on_record(folder: Folder, acts: Sequence[Act]) -> None:
    """Live as the real State does: its acts before the depositary, its reports, and the proofs on its way."""
    _opened(folder)
    for act in acts:
        put_on_file(folder, act, SourceKind.RECORD)
    _follow(folder)
    number = folder.record.id
    if folder.dossier().legal.is_in_hand:
        _report(folder, number)
    elif acts:
        _walk_on(folder, number)


def bound_today(folder: Folder, day: date) -> None:
    """Have deposited so long ago that the treaty binds on that day."""
    _signed(folder)
    _deposited(folder, day - timedelta(days=PATHWAY.binding.days))
    _follow(folder)


def long_silent(folder: Folder, day: date) -> None:
    """Have signed, and not been heard of for so long that silence is chased on that day."""
    assert _CHASE is not None
    _signed(folder)
    _file(folder, "exchange", day - _CHASE.after, SourceKind.NOTE_VERBALE)
    _follow(folder)


def report_near(folder: Folder, day: date) -> None:
    """Have been bound for so long that the first report is near on that day."""
    falls = day + _REPORT.lead + timedelta(days=1)
    _signed(folder)
    _deposited(folder, falls.replace(year=falls.year - 1) - timedelta(days=PATHWAY.binding.days))
    _follow(folder)


def _opened(folder: Folder) -> None:
    _file(folder, RECORD_OPENED, OPENED, SourceKind.RECORD, Sensitivity.PUBLIC)


def _signed(folder: Folder) -> None:
    _opened(folder)
    _file(folder, "signature", _SIGNED, SourceKind.RECORD, Sensitivity.PUBLIC)


def _deposited(folder: Folder, day: date) -> None:
    _file(folder, "deposit", day, SourceKind.RECORD, Sensitivity.PUBLIC, {"instrument": "ratification"})


def _report(folder: Folder, number: int) -> None:
    """Name a contact point; two in three have reported."""
    _file(folder, "contact_point", OPENED, SourceKind.NOTE_VERBALE, Sensitivity.PARTIES)
    force = folder.dossier().legal.entry_into_force
    if force is not None and number % 3 and force.last + timedelta(days=300) <= EVE:
        reported = force.last + timedelta(days=300)
        _file(folder, "initial_report", reported, SourceKind.GOVERNMENT, Sensitivity.PARTIES, {"public": True})


def _walk_on(folder: Folder, number: int) -> None:
    """Be heard of lately; of those on the way, one in four asks for help, and half of these draft a law."""
    heard = EVE - timedelta(days=5 + number % 50)
    _file(folder, "exchange", heard, SourceKind.NOTE_VERBALE)
    if number % 4:
        return
    _file(folder, "contact_named", heard, SourceKind.NOTE_VERBALE, data={"ministry": "Foreign Affairs"})
    _file(folder, "needs_recorded", heard, SourceKind.NOTE_VERBALE, data={"categories": ["legal", "model_law"]})
    _take(folder, "ask_for_help", heard)
    if number % 8:
        return
    _take(folder, "start_drafting", heard)
    _file(folder, "committee", heard, SourceKind.GOVERNMENT, data={"ministries": ["Defence", "Justice"]})
    _file(folder, "gap_analysis", heard, SourceKind.GOVERNMENT, data={"articles": ["5", "6", "7"]})


def _take(folder: Folder, step: str, day: date) -> None:
    folder.move(take(folder.pathway, folder.dossier(day), step, by=By.PERSON, on=day), tell=False)


def _follow(folder: Folder) -> None:
    follow_the_record(folder, tell=False)
    take_due_steps(folder, tell=False)


def _file(
    folder: Folder,
    kind: str,
    day: date,
    source: SourceKind,
    sensitivity: Sensitivity = Sensitivity.CONFIDENTIAL,
    data: Mapping[str, Value] | None = None,
) -> None:
    folder.file(kind, PartialDate.of(day), source=source, sensitivity=sensitivity, data=data)
