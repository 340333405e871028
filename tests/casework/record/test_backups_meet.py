"""Backups and restores beside each other, and beside whoever writes: each is whole, or is refused in a sentence."""

import json
import multiprocessing
import sqlite3
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from casework.core.leases import UnderWay
from casework.dossiers.purging import purge
from casework.files.attachments import place_of
from casework.operations.sweep import sweep
from casework.record import backup as backing_up
from casework.record import record_file
from casework.record import restore as restoring
from casework.record.audit import audit, verify
from casework.record.backup import back_up, ledger_of
from casework.record.backup_folder import there
from casework.record.empty_home import NotEmpty
from casework.record.nightly import back_up_and_prove
from casework.record.restore import restore
from models.store.engine import StoreBusy
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.refusals import Refused
from tests.builders import AN_HOUR, a_workspace, clock_of, file, name_of
from tests.casework.record.backups import everything, kept

_nursery = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload(["tests.casework.loaded"])


def opened(home, url, hour=AN_HOUR, **settings):
    return closing(a_workspace(Path(home), url, opened=False, now=hour, **settings))


# Two at once.


def _beside(work, given, has_come, may_go_on, refused):
    """Do something in a process of its own that stands still before it comes to the files."""
    for module, name in ((backing_up, "_keep_files"), (restoring, "_take_files")):
        setattr(module, name, _standing_still(getattr(module, name), has_come, may_go_on))
    try:
        work(*given)
    except Refused as wrong:
        refused.put(wrong.refusals[0].code)


def _standing_still(goes_on, has_come, may_go_on):
    def stands_still(*args, **named):
        has_come.set()
        may_go_on.wait(60)
        return goes_on(*args, **named)

    return stands_still


class Beside:
    """Something that goes on beside this process, and stands still in the middle of it until it may go on."""

    def __init__(self, work, *given):
        self._come, self._go, self._refused = _nursery.Event(), _nursery.Event(), _nursery.SimpleQueue()
        self._child = _nursery.Process(target=_beside, args=(work, given, self._come, self._go, self._refused))
        self._child.start()
        assert self._come.wait(60)

    def ended(self):
        """Let it go on; return the code with which it was refused, if it was."""
        self._go.set()
        self._child.join(100)
        assert self._child.exitcode == 0
        return None if self._refused.empty() else self._refused.get()


def by_hand(home, url, file_):
    with opened(home, url) as workspace:
        back_up(workspace, Path(file_))


def by_night(home, url, hour):
    with opened(home, url, hour, lease_seconds=5) as workspace:
        back_up_and_prove(workspace, run="first")


def back(home, url, file_):
    with opened(home, url) as workspace:
        restore(workspace, Path(file_))


def test_of_two_backups_to_one_name_one_is_there_and_the_other_is_told(full, tmp_path):
    file_ = tmp_path / "kept.zip"
    first = Beside(by_hand, str(full.settings.home), full.settings.database_url, str(file_))
    back_up(full, file_)
    held = file_.read_bytes()
    assert first.ended() == "backup_is_there"
    assert file_.read_bytes() == held
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_of_two_nights_at_once_the_second_does_nothing_while_the_first_gives_signs_of_life(full_of_either):
    full = full_of_either
    first = Beside(by_night, str(full.settings.home), full.settings.database_url, clock_of(full).hour)
    full.settings = full.settings.model_copy(update={"lease_seconds": 5})
    with pytest.raises(UnderWay):
        back_up_and_prove(full, run="second")
    assert there(full) == []
    assert first.ended() is None
    assert len(there(full)) == 1


def test_a_night_that_fell_silent_and_wakes_up_ends_and_leaves_the_one_that_took_over_alone(full):
    first = Beside(by_night, str(full.settings.home), full.settings.database_url, clock_of(full).hour)
    clock_of(full).hour += timedelta(seconds=30)
    made = back_up_and_prove(full, run="second").made.file
    assert [one.suffix for one in full.settings.backups.glob(".*")] == [".unfinished"], "what is written is not cleared"
    assert first.ended() == "taken_over"
    assert list(full.settings.backups.iterdir()) == [made]


def test_two_restores_into_one_home_do_not_meet(full, nothing, tmp_path):
    file_ = kept(full, tmp_path)
    first = Beside(back, str(nothing.settings.home), nothing.settings.url, str(file_))
    with pytest.raises(NotEmpty, match="restore_under_way"):
        restore(nothing, file_)
    assert first.ended() is None
    assert verify(nothing).is_sound


def test_two_restores_into_one_database_do_not_mix(full, nothing, tmp_path):
    file_ = kept(full, tmp_path)
    first = Beside(back, str(nothing.settings.home), nothing.settings.url, str(file_))
    with opened(tmp_path / "another", nothing.settings.url) as other:
        event.listen(other.store.engine, "connect", is_impatient)
        with pytest.raises((NotEmpty, StoreBusy)):
            restore(other, file_)
    assert first.ended() is None
    assert verify(nothing).is_sound
    assert list((tmp_path / "another").iterdir()) == []


def is_impatient(connection, _record):
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA busy_timeout=50")


# While somebody writes.


@pytest.fixture
def at_every_sign(monkeypatch):
    """Let something happen in the middle of reading the rows."""
    monkeypatch.setattr(record_file, "_BETWEEN_SIGNS", 100)


def test_what_is_filed_swept_and_sealed_meanwhile_is_in_the_next_backup(
    full_of_either, nothing, tmp_path, at_every_sign
):
    full, happened = full_of_either, []
    event.listen(full.store.engine, "connect", is_impatient)  # the audit would wait to empty the log
    full.store.dispose()

    def goes_on():
        if not happened:
            file(full, "BRA", "signal", "2026-07-20", "note_verbale:NV 9")
            sweep(full, run="meanwhile", treaty="att")
            clock_of(full).hour += timedelta(days=1)
            happened.append(audit(full, run="meanwhile"))

    with full.reading() as connection:
        before = ledger_of(connection)
    file_ = tmp_path / "kept.zip"
    back_up(full, file_, alive=goes_on)
    assert happened[0].sealed
    with zipfile.ZipFile(file_) as zipped:
        assert json.loads(zipped.read("manifest.json"))["ledger"] == before.model_dump()
    restored = restore(nothing, file_)
    assert restored.facts == before.facts
    assert verify(nothing).is_sound
    with full.reading() as connection:
        assert ledger_of(connection).facts > before.facts


def test_a_file_that_is_purged_meanwhile_is_left_out_and_the_rest_comes_back(full, nothing, tmp_path, monkeypatch):
    [paper] = [one for one in everything(full)["fact_content"] if one["attachment_hash"]]
    keep = backing_up._keep_files

    def purged_first(*args):
        purge(full, "KHM", paper["fact_id"], treaty="att", name=name_of("KHM"), reason="Asked.", reader=OPERATOR)
        place_of(full, paper["attachment_hash"]).unlink(missing_ok=True)
        return keep(*args)

    monkeypatch.setattr(backing_up, "_keep_files", purged_first)
    file_ = tmp_path / "kept.zip"
    assert back_up(full, file_).lost == ()
    assert restore(nothing, file_).lost == 1
    assert len(verify(nothing).files) == 1
