"""Where backups are kept: a folder that is missing, shut, full, on the same disk or on one without second names."""

import errno
import multiprocessing
import os
import resource
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from casework.operations.checkup_of_backups import of_backups
from casework.operations.findings import Condition
from casework.record.archive import NotBackedUp
from casework.record.audit import verify
from casework.record.backup import back_up
from casework.record.backup_folder import there
from casework.record.encryption import passing_key
from casework.record.nightly import back_up_and_prove, last_backup
from casework.record.restore import restore
from models.store.engine import StoreFull
from notifications.refusals import sentence
from tests.builders import a_workspace, clock_of
from tests.casework.record.backups import kept

_nursery = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload(["tests.casework.loaded"])


def kept_in(workspace, folder, **more):
    workspace.settings = workspace.settings.model_copy(update={"backup_folder": Path(folder), **more})


def finding(workspace):
    [found] = of_backups(workspace)
    return found.condition, found.todo and found.todo.code


def test_a_folder_that_is_not_there_yet_is_made_for_its_owner_alone(full, tmp_path):
    kept_in(full, tmp_path / "new" / "folder")
    made = back_up_and_prove(full, run="night").made.file
    assert made.parent == tmp_path / "new" / "folder"
    assert made.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("shut", ["/proc/backups", "/proc", "{}/a file"])
def test_a_folder_that_takes_nothing_is_named_and_nothing_counts(shut, full, tmp_path):
    (tmp_path / "a file").write_text("mine")
    before, last = there(full), last_backup(full)
    kept_in(full, shut.format(tmp_path))
    with pytest.raises(NotBackedUp) as told:
        back_up_and_prove(full, run="night")
    assert shut.format(tmp_path) in sentence(told.value.refusals[0])
    assert (there(full), last_backup(full)) == (before, last)


def test_the_check_up_names_a_folder_that_is_gone_or_takes_nothing(full, tmp_path):
    kept_in(full, tmp_path / "first")
    back_up_and_prove(full, run="night")
    (tmp_path / "a file").write_text("mine")
    for folder, said in (
        (tmp_path / "second" / "second", (Condition.TO_DO, "backups_on_the_same_disk")),
        (tmp_path / "a file", (Condition.BROKEN, "backup_folder_shut")),
        (tmp_path / "a file" / "second", (Condition.BROKEN, "backup_folder_shut")),
    ):
        kept_in(full, folder)
        assert finding(full) == said


def test_the_check_up_names_a_folder_that_takes_nothing_before_the_first_night_fails(record, tmp_path):
    (tmp_path / "a file").write_text("mine")
    kept_in(record, tmp_path / "a file")
    assert finding(record) == (Condition.BROKEN, "backup_folder_shut")
    kept_in(record, tmp_path / "to be made")
    assert finding(record)[0] is Condition.NOT_YET


def test_the_check_up_names_a_recipient_that_is_none(full, tmp_path):
    kept_in(full, tmp_path)
    back_up_and_prove(full, run="night")
    full.settings = full.settings.model_copy(update={"backup_recipients": "age1nobody"})
    assert finding(full) == (Condition.BROKEN, "correct_backup_recipients")


# A full disk.


def _with_little_room(work, given, bytes_, refused):
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, bytes_))
    try:
        work(*given)
    except (NotBackedUp, StoreFull) as wrong:
        refused.put(type(wrong).__name__)


def with_little_room(work, *given, room):
    """Do something in a process of its own for which no file has more room than so many bytes; return its refusal."""
    refused = _nursery.SimpleQueue()
    child = _nursery.Process(target=_with_little_room, args=(work, given, room, refused))
    child.start()
    child.join(100)
    assert child.exitcode == 0
    return None if refused.empty() else refused.get()


def a_night(home, url, hour, recipients):
    with closing(a_workspace(Path(home), url, opened=False, now=hour, backup_recipients=recipients)) as workspace:
        back_up_and_prove(workspace, run="night")


def bringing_back(home, file):
    with closing(a_workspace(Path(home), opened=False)) as workspace:
        restore(workspace, Path(file))


@pytest.mark.parametrize("recipients", ["", str(passing_key()[1])], ids=["plain", "encrypted"])
@pytest.mark.parametrize(("room", "refused"), [(60_000, "NotBackedUp"), (400_000, "StoreFull")])
def test_a_night_that_finds_no_room_leaves_the_older_ones_and_takes_none(full, recipients, room, refused):
    earlier = back_up_and_prove(full, run="earlier").made
    assert 60_000 < earlier.size < 400_000, "it fits, or not, into the room that is given"
    clock_of(full).hour += timedelta(hours=1)
    given = str(full.settings.home), full.settings.database_url, clock_of(full).hour, recipients
    assert with_little_room(a_night, *given, room=room) == refused
    assert [file for _, file in there(full)] == [earlier.file]
    assert [one.name for one in full.settings.home.iterdir() if one.name.startswith(".")] == []
    assert [one.name for one in full.settings.backups.iterdir() if "unfinished" in one.name] == []


def test_a_restore_that_finds_no_room_leaves_nothing(full, tmp_path):
    file, home = kept(full, tmp_path), tmp_path / "home"
    assert with_little_room(bringing_back, str(home), str(file), room=400_000) == "StoreFull"
    assert list(home.iterdir()) == []


# A memory stick.


def has_one_name_a_file(*_, **__):
    raise OSError(errno.EPERM, "Operation not permitted")


def test_a_disk_on_which_a_file_has_one_name_only_takes_backups_and_nothing_is_written_over(
    full, tmp_path, monkeypatch
):
    monkeypatch.setattr(os, "link", has_one_name_a_file)
    made = back_up_and_prove(full, run="night").made.file
    assert made.stat().st_mode & 0o777 == 0o600
    with closing(a_workspace(tmp_path / "back", opened=False)) as back:
        restore(back, made)
        assert verify(back).is_sound
    held = made.read_bytes()
    monkeypatch.setattr(os.path, "lexists", lambda _: False)  # it was not there a moment ago
    with pytest.raises(NotBackedUp, match="backup_is_there"):
        back_up(full, made)
    assert made.read_bytes() == held
    assert [one.name for one in made.parent.iterdir()] == [made.name]
