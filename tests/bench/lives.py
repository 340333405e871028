"""What the files of made-up dossiers hold: the facts of the real record, and lives that come due on a chosen day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from casework.core.open_dossier import OpenDossier
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
_WAITS = PATHWAY.binding(OPENED) - OPENED  # until a deposit binds
_CHASE = PATHWAY.chase(Stage.INTEREST)
_REPORT = PATHWAY.duties[0]

#: Dossiers of one State live alike when their numbers are so far apart, or so many times: 3, 4 and 8 divide it.
LIVES_REPEAT = 24

Life = Callable[[OpenDossier, date], None]


def as_on_record(open_dossier: OpenDossier, acts: Sequence[Act]) -> None:
    """Live as the real State does: its acts before the depositary, its reports, and the proofs on its way."""
    _opened(open_dossier)
    for act in acts:
        put_on_file(open_dossier, act, SourceKind.RECORD)
    _follow(open_dossier)
    number = open_dossier.record.id
    if open_dossier.dossier(reader=None).legal.is_in_hand:
        _report(open_dossier, number)
    elif acts:
        _walk_on(open_dossier, number)


def bound_today(open_dossier: OpenDossier, day: date) -> None:
    """Have deposited so long ago that the treaty binds on that day."""
    _signed(open_dossier)
    _deposited(open_dossier, day - _WAITS)
    _follow(open_dossier)


def long_silent(open_dossier: OpenDossier, day: date) -> None:
    """Have signed, and not been heard of for so long that silence is chased on that day."""
    assert _CHASE is not None
    _signed(open_dossier)
    _file(open_dossier, "exchange", day - _CHASE.after, SourceKind.NOTE_VERBALE)
    _follow(open_dossier)


def report_near(open_dossier: OpenDossier, day: date) -> None:
    """Have been bound for so long that the first report is near on that day."""
    falls = day + _REPORT.lead + timedelta(days=1)
    _signed(open_dossier)
    _deposited(open_dossier, falls.replace(year=falls.year - 1) - _WAITS)
    _follow(open_dossier)


def _opened(open_dossier: OpenDossier) -> None:
    _file(open_dossier, RECORD_OPENED, OPENED, SourceKind.RECORD, Sensitivity.PUBLIC)


def _signed(open_dossier: OpenDossier) -> None:
    _opened(open_dossier)
    _file(open_dossier, "signature", _SIGNED, SourceKind.RECORD, Sensitivity.PUBLIC)


def _deposited(open_dossier: OpenDossier, day: date) -> None:
    _file(open_dossier, "deposit", day, SourceKind.RECORD, Sensitivity.PUBLIC, {"instrument": "ratification"})


def _report(open_dossier: OpenDossier, number: int) -> None:
    """Name a contact point; two in three have reported."""
    _file(open_dossier, "contact_point", OPENED, SourceKind.NOTE_VERBALE, Sensitivity.PARTIES)
    force = open_dossier.dossier(reader=None).legal.entry_into_force
    if force is not None and number % 3 and force.last + timedelta(days=300) <= EVE:
        reported = force.last + timedelta(days=300)
        _file(open_dossier, "initial_report", reported, SourceKind.GOVERNMENT, Sensitivity.PARTIES, {"public": True})


def _walk_on(open_dossier: OpenDossier, number: int) -> None:
    """Be heard of lately; of those on the way, one in four asks for help, and half of these draft a law."""
    heard = EVE - timedelta(days=5 + number % 50)
    _file(open_dossier, "exchange", heard, SourceKind.NOTE_VERBALE)
    if number % 4:
        return
    _file(open_dossier, "contact_named", heard, SourceKind.NOTE_VERBALE, data={"ministry": "Foreign Affairs"})
    _file(open_dossier, "needs_recorded", heard, SourceKind.NOTE_VERBALE, data={"categories": ["legal", "model_law"]})
    _take(open_dossier, "ask_for_help", heard)
    if number % 8:
        return
    _take(open_dossier, "start_drafting", heard)
    _file(open_dossier, "committee", heard, SourceKind.GOVERNMENT, data={"ministries": ["Defence", "Justice"]})
    _file(open_dossier, "gap_analysis", heard, SourceKind.GOVERNMENT, data={"articles": ["5", "6", "7"]})


def _take(open_dossier: OpenDossier, step: str, day: date) -> None:
    open_dossier.move(
        take(open_dossier.pathway, open_dossier.dossier(day, reader=None), step, by=By.PERSON, on=day), tell=False
    )


def _follow(open_dossier: OpenDossier) -> None:
    follow_the_record(open_dossier, tell=False)
    take_due_steps(open_dossier, tell=False)


def _file(
    open_dossier: OpenDossier,
    kind: str,
    day: date,
    source: SourceKind,
    sensitivity: Sensitivity = Sensitivity.CONFIDENTIAL,
    data: Mapping[str, Value] | None = None,
) -> None:
    open_dossier.file(kind, PartialDate.of(day), source=source, sensitivity=sensitivity, data=data)
