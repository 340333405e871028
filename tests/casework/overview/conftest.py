"""A record in which much has happened, swept, and the eyes of everybody on it."""

import shutil
from datetime import date

import pytest

from casework.operations.sweep import sweep
from tests.appointments import a_champion, a_coordinator, eyes, held
from tests.builders import a_workspace, clock_of, file, step

TODAY = date(2026, 11, 2)


@pytest.fixture(scope="module")
def eventful(tmp_path_factory, sqlite_record):
    """Give the file of a record in which much has happened and the sweep has told those who serve, and who they are."""
    home = tmp_path_factory.mktemp("eventful")
    workspace = a_workspace(home, f"sqlite:///{shutil.copy(sqlite_record, home / 'record.db')}", opened=False)
    clock_of(workspace).stand_on(str(TODAY))
    _much_happens(workspace)
    people = _people(workspace)
    sweep(workspace, run="morning", treaty="att")
    workspace.close()
    return home / "record.db", people


@pytest.fixture
def workspace(tmp_path, eventful):
    """Give a copy of that record."""
    workspace = a_workspace(tmp_path, f"sqlite:///{shutil.copy(eventful[0], tmp_path / 'record.db')}", opened=False)
    clock_of(workspace).stand_on(str(TODAY))
    yield workspace
    workspace.close()


@pytest.fixture
def readers(workspace, eventful):
    """Give the eyes of everybody, by role."""
    return {role: eyes(workspace, person) for role, person in eventful[1].items()}


def _people(workspace):
    return {
        "secretariat": held(workspace, "Officer", "secretariat", "ATT Secretariat")[0],
        "president": held(workspace, "President", "president", "Bureau")[0],
        "chair": held(workspace, "Chair", "chair", "WGTU")[0],
        "coordinator": a_coordinator(workspace)[0],
        "champion": a_champion(workspace, "SEN")[0],
        "champion of Asia": a_champion(workspace, "JPN", "Asia")[0],
        "contact": held(workspace, "Mission of Angola", "contact", "AGO")[0],
        "of a party": held(workspace, "Mission of Japan", "contact", "JPN")[0],
    }


def _much_happens(workspace):
    file(workspace, "AGO", "contact_named", "2026-10-01", "note_verbale", ministry="Foreign Affairs")
    file(workspace, "AGO", "obstacle", "2026-10-02", "assessment", reason="elections")
    step(workspace, "AGO", "start_drafting", "2026-10-03")
    file(workspace, "COM", "paused", "2026-10-05", "note_verbale", review_on="2026-10-20")
    file(workspace, "MWI", "contact_named", "2026-10-05", "government", ministry="Defence")
    file(workspace, "KHM", "exchange", "2026-10-25", "note_verbale")
    file(workspace, "IND", "signal", "2026-10-25", "statement")
    step(workspace, "IND", "voice_interest", "2026-10-26")
    file(workspace, "ZWE", "deposit", "2026-08-10", "depositary:C.N.9.2026", instrument="ratification")
