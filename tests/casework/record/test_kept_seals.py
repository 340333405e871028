"""Seals are kept beside the record too: one that was cut off or made anew is missed."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from casework.operations.checkup_of_record import of_record
from casework.operations.findings import Condition
from casework.record.audit import audit, verify
from casework.record.opening import move_clock, open_record
from casework.record.seals import broken_seals, kept_seals, seal
from models.runs import runs
from tests.builders import a_day, a_workspace, clock_of, file
from tests.casework.tampering import forged, of_brazil, tampered


@pytest.fixture
def sealed(record):
    """Seal the record on three nights."""
    for night in range(3):
        clock_of(record).hour += timedelta(days=1)
        assert audit(record, run=f"night {night}").sealed
    assert verify(record).is_sound
    return record


def seal_finding(workspace):
    return next(finding for finding in of_record(workspace) if finding.name == "seal of the ledger")


def test_each_seal_is_kept_beside_the_record_for_its_owner_alone(sealed):
    file = sealed.settings.home / "seals.txt"
    assert file.stat().st_mode & 0o777 == 0o600
    with sealed.reading() as connection:
        assert kept_seals(sealed) == [(seal["id"], seal["hash"]) for seal in runs.seals(connection)]
    assert seal_finding(sealed).condition is Condition.FINE


def test_a_seal_that_was_cut_off_is_missed(sealed):
    tampered(sealed, "DELETE FROM seal WHERE id > 1")
    said = tuple(f"seal {number}: it was made, and is not there any more" for number in (2, 3))
    assert verify(sealed).seals == said
    assert seal_finding(sealed).condition is Condition.BROKEN


def test_seals_made_anew_over_a_forged_chain_are_told_from_the_first_ones(sealed):
    forged(sealed)
    with sealed.registry() as connection:
        connection.execute(text("DELETE FROM seal"))
        seal(sealed, connection, dossiers=198, facts=831)
        connection.execute(text("UPDATE seal SET id = 1"))
        assert broken_seals(connection) == []
    assert "seal 1: it is not the one that was made" in verify(sealed).seals
    assert seal_finding(sealed).condition is Condition.BROKEN


def test_seals_of_before_they_were_kept_are_kept_with_the_next(sealed):
    (sealed.settings.home / "seals.txt").unlink()
    assert verify(sealed).is_sound
    clock_of(sealed).hour += timedelta(days=1)
    audit(sealed, run="night")
    assert [number for number, _ in kept_seals(sealed)] == [1, 2, 3, 4]


def test_a_new_record_in_the_same_home_begins_without_the_seals_of_the_old_one(sealed, tmp_path):
    new = a_workspace(sealed.settings.home, f"sqlite:///{tmp_path / 'new.db'}")
    assert kept_seals(new) == []
    assert verify(new).is_sound
    open_record(sealed, treaty="att")
    new.close()


def test_days_that_a_training_clock_passed_over_make_no_seal_late(training):
    assert audit(training, run="first night").sealed
    move_clock(training, a_day("2022-10-01"))
    assert seal_finding(training).condition is Condition.FINE


def test_a_training_record_that_stands_for_three_nights_without_a_seal_of_its_day_is_late(training):
    audit(training, run="first night")
    move_clock(training, a_day("2022-10-01"))
    clock_of(training).hour += timedelta(days=3)
    assert seal_finding(training).condition is Condition.LATE
    audit(training, run="third night")
    assert seal_finding(training).condition is Condition.FINE


def test_a_line_that_a_full_disk_cut_off_is_kept_anew_and_accuses_nobody(sealed):
    file_ = sealed.settings.home / "seals.txt"
    whole = kept_seals(sealed)
    file_.write_text(file_.read_text()[:-20])
    assert verify(sealed).is_sound
    clock_of(sealed).hour += timedelta(days=1)
    assert audit(sealed, run="the next night").is_sound
    assert kept_seals(sealed)[:3] == whole
    assert [number for number, _ in kept_seals(sealed)] == [1, 2, 3, 4]


# A head that somebody keeps elsewhere.


def head_of(workspace, number):
    return next(hash_ for seal_, hash_ in kept_seals(workspace) if seal_ == number)


def test_nothing_before_a_head_kept_elsewhere_has_changed_whatever_came_after_it(sealed):
    head = head_of(sealed, 2)
    file(sealed, "KHM", "exchange", "2026-07-20", "note_verbale:NV 7", channel="mission")
    for kept in (head, f"2 {head}", f" 2 {head.upper()}\n"):
        assert verify(sealed, since=kept).is_sound


@pytest.mark.parametrize("head", ["", " ", "3", "3 0f3a"])
def test_a_head_that_is_none_proves_nothing(sealed, head):
    [said] = verify(sealed, since=head).seals
    assert said.startswith("no seal with this head is in the record")


@pytest.fixture
def sealed_ahead(sealed):
    """Seal it a fourth time by a clock that is a month ahead; it is put right, and a fact is filed."""
    clock_of(sealed).hour += timedelta(days=30)
    audit(sealed, run="ahead")
    clock_of(sealed).hour -= timedelta(days=29)
    file(sealed, "KHM", "exchange", "2026-07-20", "note_verbale:NV 7", channel="mission")
    return sealed


def test_a_seal_of_a_clock_that_went_ahead_accuses_nobody_and_keeps_no_night_from_being_sealed(sealed_ahead):
    assert verify(sealed_ahead).is_sound
    assert audit(sealed_ahead, run="put right").sealed
    assert [number for number, _ in kept_seals(sealed_ahead)] == [1, 2, 3, 4, 5]
    clock_of(sealed_ahead).hour += timedelta(days=60)
    assert verify(sealed_ahead).is_sound
    [said] = verify(sealed_ahead, since=head_of(sealed_ahead, 4)).seals
    assert said == "seal 4: it was made by a clock that went ahead, and proves nothing; take the one before"


def test_what_was_sealed_before_a_clock_went_ahead_is_proven_all_the_same(sealed_ahead):
    assert verify(sealed_ahead, since=head_of(sealed_ahead, 3)).is_sound
    forged(sealed_ahead)
    assert "seal 3: the ledger no longer holds what was sealed then" in verify(sealed_ahead).seals


CHANGES = {
    "a fact": forged,
    "the last fact of a chain": lambda workspace: tampered(
        workspace,
        f"DELETE FROM fact_content WHERE fact_id IN (SELECT id FROM fact WHERE {of_brazil(workspace)} AND seq > 3)",
        f"DELETE FROM fact WHERE {of_brazil(workspace)} AND seq > 3",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_changed_behind_a_head_is_found_also_when_every_seal_was_made_anew(sealed, what):
    head = head_of(sealed, 2)
    CHANGES[what](sealed)
    assert "seal 2: the ledger no longer holds what was sealed then" in verify(sealed, since=head).seals
    with sealed.registry() as connection:
        connection.execute(text("DELETE FROM seal"))
        seal(sealed, connection, dossiers=198, facts=831)
    (sealed.settings.home / "seals.txt").unlink()  # by whoever has the machine in hand
    anew = "no seal with this head is in the record: it was made anew, or was never this record's"
    assert verify(sealed, since=head).seals == (anew,)
