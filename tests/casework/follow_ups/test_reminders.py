"""Chasing: who is reminded of a silent State, in which order, counted from what; and when it all starts afresh.

Angola signed in 2013 and has not deposited; the record was opened on 2026-07-24, so silence is due on 2026-10-22.
"""

from datetime import timedelta

import pytest

from casework.core.commit import Committed
from casework.core.directory import Directory
from casework.core.leases import LeaseGone
from casework.follow_ups.actions import close
from casework.follow_ups.listing import follow_up_list
from casework.follow_ups.reminders import remind
from casework.letters.posting import post
from casework.operations.sweep import sweep
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.refusals import refusal
from tests.appointments import a_champion, a_coordinator, the_secretariat
from tests.builders import a_workspace, clock_of, file, step

SILENT = "2026-10-22"
NOTE = "note_verbale:7"


@pytest.fixture
def workspace(tmp_path, record_url, mail_server):
    mail = {"smtp_host": "127.0.0.1", "smtp_port": mail_server.port, "smtp_security": "none"}
    opened = a_workspace(tmp_path, record_url, opened=False, **mail)
    yield opened
    opened.close()


def on_day(workspace, day, *, posted=True):
    """Sweep a day, then empty the outbox."""
    clock_of(workspace).stand_on(day)
    found = sweep(workspace, run=f"sweep {day}", treaty="att")
    clock_of(workspace).hour += timedelta(minutes=15)
    if posted:
        post(workspace, run=f"post {day}")
    return found


def asked(workspace, state="AGO", occasion="silence"):
    """Return who was asked about a State, in order: role, rung."""
    with workspace.reading() as connection:
        query = (
            "SELECT n.role, n.rung FROM notice n JOIN dossier d ON d.id = n.dossier_id"
            f" WHERE d.state = '{state}' AND n.occasion = '{occasion}' AND NOT n.withdrawn ORDER BY n.id"
        )
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def test_a_sweep_that_lost_its_lease_reminds_nobody(workspace):
    a_champion(workspace)
    on_day(workspace, "2026-07-24")
    on_day(workspace, SILENT)
    clock_of(workspace).stand_on("2026-12-01")
    with workspace.reading() as connection:
        directory = Directory.of(connection, workspace.today())
    before = asked(workspace)

    def lost(_connection):
        raise LeaseGone(refusal("taken_over", name="sweep:att"))

    with pytest.raises(LeaseGone):
        remind(
            workspace,
            workspace.today(),
            treaty="att",
            directory=directory,
            committed=Committed(),
            first=False,
            beat=lost,
        )
    assert asked(workspace) == before


def open_on(workspace, state="AGO"):
    return [
        f.kind for f in follow_up_list(workspace, open_only=True, treaty="att", reader=OPERATOR) if f.state == state
    ]


def all_three(workspace):
    the_secretariat(workspace)
    a_champion(workspace)
    a_coordinator(workspace)


# Silence counts from the opening of the record, not from a signature of 2013.


def test_nobody_is_chased_before_the_record_is_ninety_days_old(workspace):
    all_three(workspace)
    on_day(workspace, "2026-10-21")
    assert asked(workspace) == []
    on_day(workspace, SILENT)
    assert asked(workspace) == [("champion", 1)]


def test_a_sign_of_life_puts_the_chase_off(workspace):
    all_three(workspace)
    file(workspace, "AGO", "exchange", "2026-07-24", NOTE)
    clock_of(workspace).stand_on("2026-09-01")
    file(workspace, "AGO", "exchange", "2026-09-01", NOTE)
    on_day(workspace, SILENT)
    assert asked(workspace) == []
    on_day(workspace, "2026-11-30")
    assert asked(workspace) == [("champion", 1)]


def test_a_sign_of_life_ends_the_chase_and_withdraws_what_was_not_yet_sent(workspace):
    all_three(workspace)
    on_day(workspace, SILENT, posted=False)
    assert open_on(workspace) == ["silence"]
    file(workspace, "AGO", "exchange", SILENT, NOTE)
    assert (open_on(workspace), asked(workspace)) == ([], [])
    (closed,) = [f for f in follow_up_list(workspace, treaty="att", reader=OPERATOR) if f.state == "AGO"]
    assert closed.outcome.startswith("overtaken by")


# Rungs: champion, coordinator, Secretariat, each counted from the day the letter before was sent.


def test_each_rung_has_its_patience_from_the_day_the_one_before_was_sent(workspace):
    all_three(workspace)
    on_day(workspace, SILENT)
    on_day(workspace, "2026-11-04")
    assert asked(workspace) == [("champion", 1)]
    on_day(workspace, "2026-11-05")
    assert asked(workspace) == [("champion", 1), ("coordinator", 2)]
    on_day(workspace, "2026-11-18")
    assert len(asked(workspace)) == 2
    on_day(workspace, "2026-11-19")
    assert asked(workspace) == [("champion", 1), ("coordinator", 2), ("secretariat", 3)]
    on_day(workspace, "2026-12-06")
    assert len(asked(workspace)) == 3, "there is nobody further to ask"


def test_nobody_is_asked_next_while_the_letter_before_has_not_left(workspace):
    all_three(workspace)
    on_day(workspace, SILENT, posted=False)
    on_day(workspace, "2027-01-11", posted=False)
    assert asked(workspace) == [("champion", 1)]
    post(workspace, run="at last")
    on_day(workspace, "2027-01-24")
    assert asked(workspace) == [("champion", 1)]
    on_day(workspace, "2027-01-25")
    assert asked(workspace) == [("champion", 1), ("coordinator", 2)]


def test_a_rung_that_nobody_holds_passes_on_at_once(workspace):
    the_secretariat(workspace)
    a_coordinator(workspace)
    on_day(workspace, "2026-10-21")
    on_day(workspace, SILENT)
    assert asked(workspace) == [("coordinator", 2)]


def test_with_nobody_at_all_the_first_to_come_is_asked(workspace):
    on_day(workspace, SILENT)
    assert (asked(workspace), open_on(workspace)) == ([], ["silence"])
    clock_of(workspace).stand_on("2026-10-23")
    a_champion(workspace)
    on_day(workspace, "2026-10-23")
    assert asked(workspace) == [("champion", 1)]


def test_the_first_sweep_asks_the_first_rung_alone(workspace):
    """A record left alone for months: nobody but a champion may be written to on the first day."""
    the_secretariat(workspace)
    on_day(workspace, "2027-01-11")
    assert asked(workspace) == []
    assert "silence" in open_on(workspace)


# Back at a stage one has left, everything starts afresh.


def test_who_comes_back_to_a_stage_is_chased_afresh(workspace):
    all_three(workspace)
    on_day(workspace, SILENT)
    file(workspace, "AGO", "contact_named", SILENT, NOTE, ministry="Defence")
    step(workspace, "AGO", "start_drafting")
    clock_of(workspace).stand_on("2026-10-23")
    file(workspace, "AGO", "setback", "2026-10-23", NOTE, cause="dissolution")
    step(workspace, "AGO", "start_over")
    on_day(workspace, "2026-10-23")
    assert asked(workspace) == [("champion", 1)]
    on_day(workspace, "2027-01-20")
    assert asked(workspace) == [("champion", 1)]
    on_day(workspace, "2027-01-21")
    assert asked(workspace) == [("champion", 1), ("champion", 1)]


def test_going_back_closes_what_stood_at_the_abandoned_stage_and_is_news(workspace):
    all_three(workspace)
    file(workspace, "AGO", "contact_named", "2026-07-24", NOTE, ministry="Defence")
    step(workspace, "AGO", "start_drafting")
    on_day(workspace, "2026-07-24")
    clock_of(workspace).stand_on("2027-02-01")
    on_day(workspace, "2027-02-01", posted=False)
    assert open_on(workspace) == ["silence"]
    file(workspace, "AGO", "setback", "2027-02-01", NOTE, cause="change_of_government")
    step(workspace, "AGO", "start_over")
    assert (open_on(workspace), asked(workspace)) == ([], [])
    assert asked(workspace, occasion="step")[-2:] == [("champion", 0), ("coordinator", 0)]


# The same matter twice.


def test_a_step_ready_a_second_time_is_told_a_second_time(workspace):
    """The contact was named, taken back as a mistake, and named again."""
    all_three(workspace)
    contact = file(workspace, "AGO", "contact_named", "2026-07-24", NOTE, ministry="Defence").fact
    on_day(workspace, "2026-07-24")
    assert asked(workspace, occasion="ready") == [("secretariat", 1)]
    file(workspace, "AGO", "correction", "2026-07-24", "assessment:file", annuls=[contact.id])
    assert open_on(workspace) == []
    on_day(workspace, "2026-07-25")
    assert asked(workspace, occasion="ready") == [("secretariat", 1)]
    file(workspace, "AGO", "contact_named", "2026-07-25", NOTE, ministry="Foreign Affairs")
    on_day(workspace, "2026-07-25")
    assert open_on(workspace) == ["ready"]
    assert asked(workspace, occasion="ready") == [("secretariat", 1), ("secretariat", 1)]


def test_what_a_person_has_closed_is_not_opened_again(workspace):
    all_three(workspace)
    on_day(workspace, SILENT)
    (silent,) = [
        f for f in follow_up_list(workspace, open_only=True, treaty="att", reader=OPERATOR) if f.state == "AGO"
    ]
    close(workspace, silent.id, "not needed: the mission will answer in November", reader=OPERATOR, treaty=None)
    on_day(workspace, "2026-10-23")
    assert open_on(workspace) == []


def test_a_secretariat_appointed_later_learns_what_waits_on_its_list(workspace):
    on_day(workspace, "2026-07-24")
    waiting = [
        f for f in follow_up_list(workspace, open_only=True, treaty="att", reader=OPERATOR) if f.kind == "nobody"
    ]
    assert len(waiting) > 1
    clock_of(workspace).stand_on("2026-07-25")
    the_secretariat(workspace)
    found = on_day(workspace, "2026-07-25")
    assert found.notices == len(waiting) - 1, "but not that the Secretariat itself is vacant"
    assert found.letters == 1
