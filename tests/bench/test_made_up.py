"""The benchmarks measure a record that holds together, and a baseline that writes the same rows."""

import shutil

import pytest
from sqlalchemy import func, select

from casework.operations.audit import verify
from casework.operations.sweep import sweep
from models.ledger import due_dossiers
from models.store.engine import Store
from models.tables import DossierRow, FactRow, FollowUpRow, LetterRow, NoticeRow
from tests.bench.lives import EVE
from tests.bench.made_up import FIRST_DAY, SECOND_DAY, Size, make, open_made_up
from tests.bench.plain_loop import plan_of, write_plainly

SIZE = Size(dossiers=200, due=4, later=6)
WRITTEN = (FactRow, DossierRow, FollowUpRow, NoticeRow, LetterRow)


@pytest.fixture
def office(tmp_path):
    """Give the office of a made-up record of two hundred dossiers, on the first day."""
    office = open_made_up(tmp_path, EVE)
    make(office, SIZE)
    office.close()
    office = open_made_up(tmp_path, FIRST_DAY)
    yield office
    office.close()


def due(office, day):
    with office.reading() as connection:
        return due_dossiers.count_due(connection, day)


def stages(office):
    with office.reading() as connection:
        query = select(DossierRow.stage, func.count()).group_by(DossierRow.stage)
        return dict(connection.execute(query).tuples().all())


def rows(store, table):
    """Return the rows of a table; their numbers are the database's, in the order of arrival."""
    kept = [column for column in table.__table__.c if column.name != "id" or table in (FactRow, DossierRow)]
    with store.reading() as connection:
        return sorted(map(str, connection.execute(select(*kept)).all()))


def test_a_made_up_record_verifies(office):
    found = verify(office)
    assert found.is_sound, (found.chain, found.replay)
    assert (found.dossiers, found.facts) >= (200, 1_000)


def test_as_many_are_due_on_each_day_as_were_asked_for(office):
    assert [due(office, day) for day in (EVE, FIRST_DAY, SECOND_DAY)] == [0, 4, 10]


def test_the_stages_are_about_those_of_the_real_record(office):
    found = stages(office)
    assert 100 < found["implementation"] < 130
    assert 45 < found["outside"] < 65
    assert 20 < found["interest"] + found["assistance"] + found["legislation"] < 35
    assert min(found.values()) >= 1
    assert len(found) == 6


def test_one_sweep_of_every_treaty_does_all_that_is_due(office):
    swept = sweep(office, None, run="test")
    assert (swept.due, swept.failed, swept.repeated) == (4, (), False)
    assert (swept.advanced, swept.opened) == (1, 3)  # one was bound that day, two were silent, one has a report near
    assert swept.letters > 1
    assert (due(office, FIRST_DAY), due(office, SECOND_DAY)) == (0, 6)
    assert verify(office).is_sound
    assert sweep(office, None, run="again").repeated


def test_the_sweep_of_one_treaty_counts_that_of_every_treaty_as_its_own(office):
    sweep(office, None, run="test")
    assert sweep(office, "made0001", run="again").repeated


def test_the_plain_loop_writes_what_the_sweep_writes(office, tmp_path):
    copy = tmp_path / "copy.db"
    office.close()
    shutil.copy(tmp_path / "accede.db", copy)
    sweep(office, None, run="test")
    store = Store(f"sqlite:///{copy}")
    assert write_plainly(store, FIRST_DAY, plan_of(office.store, EVE)) == 4
    for table in WRITTEN:
        assert rows(store, table) == rows(office.store, table)
    store.dispose()
