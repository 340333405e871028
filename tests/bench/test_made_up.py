"""The benchmarks measure a record that holds together, and a baseline that writes the same rows."""

import shutil
from contextlib import closing

import pytest
from sqlalchemy import func, select

from casework.operations.sweep import sweep
from casework.record.audit import verify
from models.ledger import due_dossiers
from models.store.engine import Store
from models.tables.ledger import DossierRow, FactRow
from models.tables.letters import FollowUpRow, LetterRow, NoticeRow
from tests.bench.lives import EVE
from tests.bench.made_up import FIRST_DAY, SECOND_DAY, Size, make, open_made_up
from tests.bench.plain_loop import plan_of, write_plainly

SIZE = Size(dossiers=200, due=4, later=6)
WRITTEN = (FactRow, DossierRow, FollowUpRow, NoticeRow, LetterRow)


@pytest.fixture
def workspace(tmp_path):
    """Give the workspace of a made-up record of two hundred dossiers, on the first day."""
    workspace = open_made_up(tmp_path, EVE)
    make(workspace, SIZE)
    workspace.close()
    workspace = open_made_up(tmp_path, FIRST_DAY)
    yield workspace
    workspace.close()


def due(workspace, day):
    with workspace.reading() as connection:
        return due_dossiers.count_due(connection, day, treaty=None)


def stages(workspace):
    with workspace.reading() as connection:
        query = select(DossierRow.stage, func.count()).group_by(DossierRow.stage)
        return dict(connection.execute(query).tuples().all())


def rows(store, table):
    """Return the rows of a table; their numbers are the database's, in the order of arrival."""
    kept = [column for column in table.__table__.c if column.name != "id" or table in (FactRow, DossierRow)]
    with store.reading() as connection:
        return sorted(map(str, connection.execute(select(*kept)).all()))


def test_a_made_up_record_verifies(workspace):
    found = verify(workspace)
    assert found.is_sound, (found.chain, found.replay)
    assert (found.dossiers, found.facts) >= (200, 1_000)


def test_what_was_copied_verifies_and_is_due_on_no_other_day(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.bench.made_up.LIVES_REPEAT", 1)  # every other treaty is a copy of the first
    with closing(open_made_up(tmp_path, EVE)) as workspace:
        make(workspace, Size(dossiers=400, due=4, later=6, first="att"))
        found = verify(workspace)
        assert found.is_sound, (found.chain, found.replay)
        assert found.facts > 2_000
        assert [due(workspace, day) for day in (EVE, FIRST_DAY, SECOND_DAY)] == [0, 4, 10]


def test_as_many_are_due_on_each_day_as_were_asked_for(workspace):
    assert [due(workspace, day) for day in (EVE, FIRST_DAY, SECOND_DAY)] == [0, 4, 10]


def test_the_stages_are_about_those_of_the_real_record(workspace):
    found = stages(workspace)
    assert 100 < found["implementation"] < 130
    assert 45 < found["outside"] < 65
    assert 20 < found["interest"] + found["assistance"] + found["legislation"] < 35
    assert min(found.values()) >= 1
    assert len(found) == 6


def test_one_sweep_of_every_treaty_does_all_that_is_due(workspace):
    swept = sweep(workspace, None, run="test")
    assert (swept.due, swept.failed, swept.repeated) == (4, (), False)
    assert (swept.advanced, swept.opened) == (1, 3)  # one was bound that day, two were silent, one has a report near
    assert swept.letters > 1
    assert (due(workspace, FIRST_DAY), due(workspace, SECOND_DAY)) == (0, 6)
    assert verify(workspace).is_sound
    assert sweep(workspace, None, run="again").repeated


def test_the_sweep_of_one_treaty_counts_that_of_every_treaty_as_its_own(workspace):
    sweep(workspace, None, run="test")
    assert sweep(workspace, "made0001", run="again").repeated


def test_the_plain_loop_writes_what_the_sweep_writes(workspace, tmp_path):
    copy = tmp_path / "copy.db"
    workspace.close()
    shutil.copy(tmp_path / "accede.db", copy)
    sweep(workspace, None, run="test")
    store = Store(f"sqlite:///{copy}")
    assert write_plainly(store, FIRST_DAY, plan_of(workspace.store, EVE)) == 4
    for table in WRITTEN:
        assert rows(store, table) == rows(workspace.store, table)
    store.dispose()
