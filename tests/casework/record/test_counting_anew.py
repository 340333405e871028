"""Where an older program counted otherwise, a record comes up, or comes back, counted by the rules of today."""

from contextlib import closing

import pytest
from sqlalchemy import text

from casework.operations.sweep import sweep
from casework.record import counting_anew
from casework.record.audit import verify
from casework.record.bringing_back import NotWhole
from casework.record.counting_anew import SINCE
from casework.record.restore import restore
from casework.record.upgrading import upgrade
from models.store.rows import rows_of, tables
from models.store.schema import REVISIONS, SCHEMA
from tests.builders import a_workspace
from tests.casework.record.test_upgrading import facts

BEFORE = REVISIONS[REVISIONS.index(SINCE) - 1]
ALIKE = "SELECT legal_status, stage, entry_into_force FROM dossier WHERE state = 'PHL'"


def counted_otherwise(record):
    """Let a row say what an older program would have made of the same facts."""
    with record.store.writing(of_any_schema=True) as connection:
        said = _words(connection)
        connection.execute(text("UPDATE dossier SET legal_status = 'signatory', stage = 'deposit' WHERE state = 'PHL'"))
    return said


def noted(record):
    """Return of how many dossiers the journal says that they were counted anew."""
    with record.reading() as connection:
        [audit] = [one for one in tables() if one.name == "audit"]
        return sum(row["what"] == counting_anew.COUNTED_ANEW for row in rows_of(connection, audit))


def says(record):
    with record.reading() as connection:
        return _words(connection)


def _words(connection):
    return [str(value) for value in connection.execute(text(ALIKE)).one()]


def test_on_the_way_up_a_dossier_is_counted_anew_with_no_fact_changed_and_the_next_sweep_looks_at_it(of):
    record, told = of(BEFORE), []
    before = facts(record)
    ought = counted_otherwise(record)
    upgrade(record, says=lambda remark: told.append((remark.code, remark.values.get("number"))))
    assert ("upgrade_counts_anew", 1) in told
    assert (says(record), facts(record), noted(record)) == (ought, before, 1)
    assert verify(record).is_sound
    assert sweep(record, "att", run="next").due >= 1
    assert verify(record).is_sound


def test_the_backup_of_before_comes_back_counted_anew_too(of, tmp_path):
    record = of(BEFORE)
    ought = counted_otherwise(record)
    done = upgrade(record)
    with closing(a_workspace(tmp_path / "back", opened=False)) as back:
        restore(back, done.backup)
        assert (says(back), noted(back)) == (ought, 1)


def test_what_counts_as_it_did_is_left_alone(of):
    record = of(BEFORE)
    upgrade(record)
    assert noted(record) == 0


def test_since_the_rules_are_those_of_today_a_row_unlike_its_facts_is_named_and_not_mended(of, monkeypatch):
    monkeypatch.setattr(counting_anew, "SINCE", BEFORE)
    record = of(BEFORE)
    counted_otherwise(record)
    with pytest.raises(NotWhole, match="restored_does_not_verify"):
        upgrade(record)


def test_the_rules_of_today_are_of_a_schema_that_there_is():
    assert SINCE in REVISIONS
    assert SINCE <= SCHEMA
