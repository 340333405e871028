"""A run of the sweep that was silent for too long and goes on: what it still had in hand is not written."""

import pytest
from sqlalchemy import select

from casework.core.leases import LeaseGone
from casework.follow_ups.failures import open_failures
from casework.follow_ups.reminders import note_incident
from models.letters import notices
from models.runs import runs
from models.tables.letters import LetterRow
from pathways.grammar.refusals import refusal
from tests.appointments import the_secretariat
from tests.casework.sweeps import rows, swept


def test_a_dossier_that_failed_is_noted_by_no_run_that_lost_its_lease(record):
    def lost(_connection, _failure):
        raise LeaseGone(refusal("taken_over", name="sweep:att"))

    with pytest.raises(LeaseGone):
        note_incident(record, rows(record)["KHM"].id, record.today(), "lost", "KeyError", beat=lost)
    with record.reading() as connection:
        assert (runs.open_incidents(connection), open_failures(connection)) == ([], ())


def test_a_run_that_lost_its_lease_at_the_very_end_lets_no_letter_go_and_ends_nothing(record, monkeypatch):
    the_secretariat(record)
    release = notices.release

    def taken_over(connection, **said):
        connection.exec_driver_sql("UPDATE lease SET holder = 'another run'")
        release(connection, **said)

    monkeypatch.setattr(notices, "release", taken_over)
    with pytest.raises(LeaseGone, match="taken_over"):
        swept(record)
    with record.reading() as connection:
        assert [row["state"] for row in runs.sweeps(connection)] == ["running"]
        [due_at] = connection.execute(select(LetterRow.due_at)).scalars()
    assert due_at > record.clock.now()
