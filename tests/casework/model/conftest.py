"""A record of four States for the lives: a signatory, one without a signature, a State Party, an imprecise deposit."""

import shutil
from pathlib import Path

import pytest

from casework.depositary.intake import take_in
from models.ledger import dossiers, states
from tests.builders import a_workspace
from tests.casework.model.reading import REGIONS
from tests.sources.files import a_csv

ROWS = (
    "KHM,Cambodia,2013-10-18,,,,,,",
    "JPN,Japan,2013-06-03,,2014-05-09,,Acceptance,,",
    "GMB,Gambia,,,2024-06,,Accession,deposit_date instrument,",
)


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    home = tmp_path_factory.mktemp("four")
    shutil.copy(sqlite_template, home / "record.db")
    workspace = a_workspace(home, f"sqlite:///{home / 'record.db'}", opened=False)
    blank = {"treaty": "att", "stage": "outside", "standing": "open", "legal_status": "non_signatory", "version": 0}
    with workspace.registry() as connection:
        named = [{"iso3": s, "att_region": region, "un_regional_group": ""} for s, region in REGIONS.items()]
        states.add(connection, named)
        rows = [{**blank, "state": s, "entered_by": "", "head_seq": 0, "head_hash": ""} for s in REGIONS]
        dossiers.add_dossiers(connection, rows)
    assert take_in(workspace, a_csv(*ROWS), treaty="att").new == 4
    workspace.close()
    return home / "record.db"
