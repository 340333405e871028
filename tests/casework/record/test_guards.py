"""What keeps the ledger append-only is looked at too, and so are rows that belong to nothing."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text

from casework.operations.checkup_of_record import of_record
from casework.operations.findings import Condition
from casework.record.audit import verify
from tests.builders import a_workspace


def without(workspace, trigger, table):
    return f"DROP TRIGGER {trigger}" + ("" if workspace.store.is_sqlite else f" ON {table}")


@pytest.mark.parametrize("table", ["fact", "seal"])
def test_a_trigger_that_is_gone_is_named_by_verify_and_by_doctor(record, table):
    name = f"{table}_no_delete" if record.store.is_sqlite else f"{table}_no_change"
    assert doctor_of(record)["append-only ledger"].condition is Condition.FINE
    with record.registry() as connection:
        connection.execute(text(without(record, name, table)))
    found = verify(record)
    assert (found.guards, found.chain, found.is_sound, found.is_whole) == (
        (f"the trigger {name} is gone or was changed",), (), False, True,
    )  # fmt: skip
    assert doctor_of(record)["append-only ledger"].condition is Condition.BROKEN


def doctor_of(workspace):
    return {finding.name: finding for finding in of_record(workspace)}


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "DELETE FROM dossier WHERE state = 'BRA'",
            ("6 rows of “fact” belong to no dossier", "att: 1 of the 197 dossiers that were opened are gone"),
        ),
        ("INSERT INTO fact_content (fact_id, note) VALUES ('x', 'x')", ("1 rows of “fact_content” belong to no fact",)),
        (
            "INSERT INTO hold (mandate_id, person_id, starts_on, lead) VALUES (7, 7, '2026-01-01', 0)",
            ("1 rows of “hold” belong to no mandate", "1 rows of “hold” belong to no person"),
        ),
    ],
)
def test_rows_that_belong_to_nothing_are_counted(sqlite_record_url, tmp_path, statement, said):
    """The file is written by another program, for which nothing refers to anything."""
    with closing(sqlite3.connect(sqlite_record_url.removeprefix("sqlite:///"))) as other, other:
        other.execute(statement)
    workspace = a_workspace(tmp_path, sqlite_record_url, opened=False)
    found = verify(workspace).chain
    assert len(found) == len(said)
    assert all(one.startswith(expected) for one, expected in zip(sorted(found), sorted(said), strict=True)), found
    workspace.close()
