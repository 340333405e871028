"""Vital signs: how long what happens by itself has not, what waits and what failed, in a few statements."""

from datetime import timedelta

import pytest
from sqlalchemy import event, text

from casework.core.leases import UnderWay
from casework.follow_ups.actions import close
from casework.follow_ups.failures import open_failures
from casework.operations.sweep import sweep
from casework.operations.vital_signs import vital_signs
from casework.record.nightly import back_up_and_prove
from casework.runs.results import note_failed_run, why_it_failed
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.refusals import refusal
from tests.builders import AN_HOUR, clock_of, days_pass
from tests.casework.letters.at_the_post import a_notice, a_person
from tests.casework.sweeps import many, swept
from tests.statements import questions

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
#: The record was opened on this day; in Geneva it is two hours later.
_SINCE_MIDNIGHT = timedelta(hours=11, minutes=30)


def later(workspace, by):
    """Let time pass; return the vital signs then."""
    clock_of(workspace).hour = AN_HOUR + by
    return vital_signs(workspace)


def test_of_what_was_never_done_it_is_told_how_long_the_record_has_stood(record):
    for by in (timedelta(0), 3 * _DAY):
        signs = later(record, by)
        assert signs.since_sweep == {"att": by + _SINCE_MIDNIGHT}
        assert signs.since_backup == by + _SINCE_MIDNIGHT


def test_what_was_done_was_done_when_it_ended(record):
    swept(record)
    back_up_and_prove(record, run="backup")
    signs = later(record, 30 * _HOUR)
    assert (signs.since_sweep, signs.since_backup) == ({"att": 30 * _HOUR}, 30 * _HOUR)


def test_what_a_clock_that_went_ahead_has_done_silences_nobody_once_it_is_put_right(record):
    later(record, 365 * _DAY)
    sweep(record, "att", run="ahead")
    back_up_and_prove(record, run="ahead")
    signs = later(record, _DAY)
    assert (signs.since_sweep, signs.since_backup) == ({"att": _DAY + _SINCE_MIDNIGHT}, _DAY + _SINCE_MIDNIGHT)


def test_a_sweep_that_began_and_did_not_end_is_none(record, monkeypatch):
    swept(record)
    clock_of(record).hour = AN_HOUR + _DAY

    def dies(*_, **__):
        raise UnderWay(refusal("under_way", name="sweep"))

    monkeypatch.setattr("casework.follow_ups.reminders.remind", dies)
    with pytest.raises(UnderWay):
        swept(record)
    assert later(record, _DAY + _HOUR).since_sweep == {"att": _DAY + _HOUR}


def test_a_sweep_of_every_treaty_is_one_of_each(record):
    sweep(record, None, run="of all")
    assert later(record, _HOUR).since_sweep == {"att": _HOUR}


def test_a_dossier_is_as_old_as_the_sweep_that_left_it_out(record):
    swept(record)
    assert vital_signs(record).oldest_due == {"att": timedelta(0)}
    many(record)  # all are due on the day on which six o'clock was five and a half hours ago
    assert vital_signs(record).oldest_due == {"att": _SINCE_MIDNIGHT - 6 * _HOUR}
    assert later(record, 2 * _DAY).oldest_due == {"att": 2 * _DAY + _SINCE_MIDNIGHT - 6 * _HOUR}
    swept(record)
    assert vital_signs(record).oldest_due == {"att": timedelta(0)}


def test_in_a_training_record_dossiers_go_by_its_own_day_and_the_rest_by_the_machines(training):
    assert vital_signs(training).since_sweep == {"att": timedelta(0)}
    days_pass(training, "2022-06-22")
    signs = vital_signs(training)
    assert timedelta(0) < signs.oldest_due["att"] < 3 * _DAY
    assert signs.since_sweep == {"att": timedelta(0)}


def put(workspace, letter_of, **columns):
    """Let the letter of a person stand otherwise."""
    said = ", ".join(f"{name} = :{name}" for name in columns)
    with workspace.registry() as connection:
        connection.execute(text(f"UPDATE letter SET {said} WHERE person_id = {letter_of}"), columns)


def test_letters_are_counted_while_somebody_is_to_get_them(record):
    persons = [a_person(record, name) for name in ("Ann", "Bo", "Cy", "Di", "Ed", "Flo")]
    for person, state in zip(persons, ("waiting", "again", "held", "dead", "sent", "given_up"), strict=True):
        a_notice(record, person)
        put(record, person, state=state)
    assert vital_signs(record).letters == {"waiting": 1, "again": 1, "held": 1, "dead": 1}


def test_a_letter_waits_from_the_hour_at_which_it_was_due(record):
    assert vital_signs(record).oldest_letter == timedelta(0)
    a_notice(record, a_person(record, "Ann"))
    assert later(record, _HOUR).oldest_letter == _HOUR
    assert later(record, 2 * _DAY).oldest_letter == 2 * _DAY


def test_a_letter_that_is_tried_again_and_again_has_waited_since_it_was_written(record):
    person = a_person(record, "Ann")
    a_notice(record, person)
    put(record, person, state="again", due_at=str((AN_HOUR + 20 * _HOUR).replace(tzinfo=None)))
    assert later(record, 10 * _HOUR).oldest_letter == 10 * _HOUR


@pytest.mark.parametrize("state", ["held", "dead", "sent", "given_up"])
def test_a_letter_that_only_a_person_can_move_on_waits_for_no_post(record, state):
    person = a_person(record, "Ann")
    a_notice(record, person)
    put(record, person, state=state)
    assert later(record, _DAY).oldest_letter == timedelta(0)


def test_a_letter_of_tomorrow_does_not_wait_yet(record):
    person = a_person(record, "Ann")
    a_notice(record, person)
    put(record, person, day="2026-07-25")
    assert later(record, _HOUR).oldest_letter == timedelta(0)
    assert later(record, _DAY).oldest_letter == _DAY


def test_failures_are_counted_until_somebody_has_dealt_with_them(record):
    assert vital_signs(record).failures == {"incident": 0, "run_failed": 0, "file_not_taken_in": 0}
    note_failed_run(record, "sweep/att", why_it_failed(RuntimeError("Ruritania wavers")))
    note_failed_run(record, "audit", why_it_failed(OSError(28, "No space left on device")))
    assert vital_signs(record).failures["run_failed"] == 2
    with record.reading() as connection:
        first, _ = open_failures(connection)
    close(record, first.follow_up, "done: the disk is larger now", treaty="att", reader=OPERATOR)
    assert vital_signs(record).failures["run_failed"] == 1


def test_however_much_is_on_file_it_is_a_few_statements(record):
    asked = []
    event.listen(record.store.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    vital_signs(record)
    few = len(questions(asked))
    for number in range(3):
        a_notice(record, a_person(record, f"Champion {number}"))
        note_failed_run(record, f"flow{number}", why_it_failed(RuntimeError()))
    many(record)
    asked.clear()
    vital_signs(record)
    assert len(questions(asked)) == few <= 8
