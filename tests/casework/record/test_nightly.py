"""Each night a backup is made and brought back; only then do older ones go."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casework.operations.checkup_of_backups import of_backups
from casework.operations.findings import Condition
from casework.record import bringing_back, counting_anew, record_file
from casework.record import restore as restoring
from casework.record.backup import back_up
from casework.record.backup_folder import next_name, there, to_keep
from casework.record.bringing_back import NotWhole
from casework.record.encryption import identities_of, passing_key
from casework.record.nightly import back_up_and_prove, last_backup
from casework.record.restore import restore
from models.runs import runs
from tests.builders import a_workspace, clock_of


@pytest.fixture
def workspace(tmp_path, sqlite_record_url):
    made = a_workspace(tmp_path, sqlite_record_url, opened=False)
    yield made
    made.close()


def finding(workspace):
    (found,) = of_backups(workspace)
    return found.condition, found.todo and found.todo.code


def test_a_backup_is_brought_back_before_it_counts(workspace):
    proven = back_up_and_prove(workspace, run="night")
    assert (proven.restored.dossiers, proven.restored.facts) == (198, proven.made.facts)
    last = last_backup(workspace)
    assert (last.at, last.facts) == (clock_of(workspace).now(), proven.made.facts)
    assert there(workspace) == [(clock_of(workspace).now().replace(microsecond=0), proven.made.file)]
    left = [place.name for place in workspace.settings.home.iterdir() if place.name.startswith(".")]
    assert left == []


def test_what_is_encrypted_to_others_alone_is_proven_too_and_opens_with_their_key(workspace, tmp_path):
    key, public = passing_key()
    workspace.settings = workspace.settings.model_copy(update={"backup_recipients": f" {public} ,"})
    proven = back_up_and_prove(workspace, run="night")
    assert proven.made.encrypted
    assert proven.made.file.name.endswith(".zip.age")
    elsewhere = a_workspace(tmp_path / "elsewhere", opened=False)
    assert restore(elsewhere, proven.made.file, identities=identities_of(str(key))).facts == proven.made.facts
    elsewhere.close()


def test_a_night_gives_signs_of_life_while_rows_come_back_and_are_counted_anew(workspace, monkeypatch):
    heard, doing, beat = Counter(), [""], runs.renew_lease

    def during(module, what):
        verb = getattr(module, what)

        def done(*given, **named):
            doing.append(what)
            try:
                return verb(*given, **named)
            finally:
                doing.pop()

        monkeypatch.setattr(module, what, done)

    monkeypatch.setattr(record_file, "_BETWEEN_SIGNS", 500)
    monkeypatch.setattr(counting_anew, "SINCE", "9999")
    monkeypatch.setattr(runs, "renew_lease", lambda *a, **k: heard.update(doing[-1:]) or beat(*a, **k))
    during(bringing_back, "take_rows")
    during(restoring, "count_anew")
    proven = back_up_and_prove(workspace, run="night")
    assert heard["take_rows"] == proven.restored.rows // 500
    assert heard["count_anew"] == 1  # one page holds every State


def test_one_that_does_not_come_back_is_none_and_the_older_ones_stay(workspace, monkeypatch):
    for _ in range(2):
        back_up_and_prove(workspace, run="night")
        clock_of(workspace).hour += timedelta(hours=1)
    before, last = there(workspace), last_backup(workspace)
    assert len(before) == 1  # the last of one day

    with monkeypatch.context() as broken:
        broken.setattr("casework.record.restore.ledger_of", lambda _: {})
        with pytest.raises(NotWhole):
            back_up_and_prove(workspace, run="bad night")
    assert (there(workspace), last_backup(workspace)) == (before, last)
    assert [one.name for one in workspace.settings.backups.glob("*.unproven")] != []
    clock_of(workspace).hour += timedelta(hours=1)
    back_up_and_prove(workspace, run="next night")


def test_what_a_killed_night_left_goes_with_the_next(workspace):
    home, folder = workspace.settings.home, workspace.settings.backups
    (home / ".rehearsal-killed").mkdir()
    left = folder / f".{next_name(workspace).name}.abcd.unfinished"
    left.touch()
    back_up_and_prove(workspace, run="night")
    assert not left.exists()
    assert not (home / ".rehearsal-killed").exists()


def test_seven_days_five_weeks_and_twelve_months_are_kept():
    first = datetime(2025, 1, 1, 3, 30, tzinfo=UTC)
    nights = [first + timedelta(days=day) for day in range(730)]
    kept: set[datetime] = set()
    for night in nights:
        kept = to_keep({*kept, night})
    newest = nights[-1]
    assert {newest - timedelta(days=day) for day in range(7)} <= kept
    assert len({night.strftime("%G-%V") for night in kept if newest - night < timedelta(weeks=5)}) == 5
    assert {night.strftime("%Y-%m") for night in kept} == {f"2026-{month:02}" for month in range(1, 13)}
    assert len(kept) <= 7 + 5 + 12


def test_what_is_called_otherwise_made_by_hand_or_of_another_record_is_left_alone(workspace, tmp_path):
    folder = tmp_path / "shared"
    workspace.settings = workspace.settings.model_copy(update={"backup_folder": folder})
    other = a_workspace(tmp_path / "other", empty=True, backup_folder=folder)
    by_hand = back_up(workspace, next_name(workspace, by_hand=True)).file
    theirs = back_up_and_prove(other, run="night").made.file
    other.close()
    mine = folder / "letter.txt"
    mine.write_text("mine")
    made = []
    for _ in range(3):
        clock_of(workspace).hour += timedelta(hours=1)
        made.append(back_up_and_prove(workspace, run="night").made.file)
    assert sorted(folder.iterdir()) == sorted([by_hand, theirs, mine, made[-1]])


def test_of_those_that_did_not_come_back_two_are_kept(workspace, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("casework.record.nightly.restore", lambda *_, **__: 1 / 0)
        for _ in range(4):
            clock_of(workspace).hour += timedelta(hours=1)
            with pytest.raises(ZeroDivisionError):
                back_up_and_prove(workspace, run="bad night")
    clock_of(workspace).hour += timedelta(hours=1)
    back_up_and_prove(workspace, run="night")
    assert len(list(workspace.settings.backups.glob("*.unproven"))) == 2


# The check-up.


def test_the_check_up_says_when_there_is_none_when_it_is_late_gone_or_on_the_same_disk(workspace):
    assert finding(workspace)[0] is Condition.NOT_YET  # the record was opened today
    clock_of(workspace).hour += timedelta(days=3)
    assert finding(workspace) == (Condition.TO_DO, "back_up_by_hand")
    made = back_up_and_prove(workspace, run="night").made
    assert finding(workspace) == (Condition.TO_DO, "backups_on_the_same_disk")
    clock_of(workspace).hour += timedelta(days=3)
    assert finding(workspace) == (Condition.LATE, "see_why_no_backup")
    made.file.unlink()
    assert finding(workspace) == (Condition.BROKEN, "back_up_by_hand")


def test_backups_on_another_disk_are_fine(workspace):
    here = workspace.settings.home.stat().st_dev
    other = next(place for place in (Path("/dev/shm"), Path(__file__).parents[3]) if place.stat().st_dev != here)
    elsewhere = other / f".backups-{id(workspace)}"
    workspace.settings = workspace.settings.model_copy(update={"backup_folder": elsewhere})
    made = back_up_and_prove(workspace, run="night").made
    try:
        assert made.file.parent == elsewhere
        assert finding(workspace)[0] is Condition.FINE
    finally:
        made.file.unlink()
        elsewhere.rmdir()
