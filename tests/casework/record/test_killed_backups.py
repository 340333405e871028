"""Backups and restores killed in the middle: nothing half stands under a name, and the next one goes as if none had."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from casework.record.audit import verify
from casework.record.backup import back_up
from casework.record.backup_folder import there
from casework.record.empty_home import NotEmpty
from casework.record.encryption import identities_of, passing_key, recipients_of
from casework.record.nightly import back_up_and_prove, last_backup
from casework.record.restore import restore
from tests.builders import AN_HOUR, a_workspace, clock_of
from tests.casework.record.backups import everything, kept
from tests.casework.record.killing import killed

LEASE = 60


def opened(home, url, hour=AN_HOUR):
    return closing(a_workspace(Path(home), url, opened=False, now=hour, lease_seconds=LEASE))


def backing_up(home, url, file):
    with opened(home, url) as workspace:
        back_up(workspace, Path(file))


def restoring(home, url, file, key):
    with opened(home, url) as workspace:
        restore(workspace, Path(file), identities=identities_of(key) if key else ())


def through_the_night(home, url, hour):
    with opened(home, url, hour) as workspace:
        back_up_and_prove(workspace, run="killed night")


def names(folder):
    return sorted(place.name for place in folder.iterdir())


# A backup by hand.


@pytest.mark.parametrize(
    ("place", "is_there"),
    [
        ({"before": "casework.record.backup._keep_files"}, False),
        ({"before": "casework.record.unfinished.give_name"}, False),
        ({"after": "casework.record.unfinished.give_name"}, True),
    ],
)
def test_a_killed_backup_leaves_no_half_file_under_its_name_and_the_next_clears_what_it_left(
    full, tmp_path, place, is_there
):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    file = folder / "kept.zip"
    assert killed(backing_up, str(full.settings.home), full.settings.database_url, str(file), **place)
    assert file.exists() is is_there
    if is_there:
        file.rename(folder.parent / "moved.zip")
    back_up(full, file)
    assert names(folder) == ["kept.zip"]
    with closing(a_workspace(tmp_path / "back", opened=False)) as back:
        restore(back, folder.parent / "moved.zip" if is_there else file)
        assert verify(back).is_sound


# A restore.

PLACES = {
    "while it is opened": ({"after": "casework.record.archive.decrypt"}, False),
    "with its rows in": ({"before": "casework.record.restore._take_files"}, False),
    "while it is verified": ({"before": "casework.record.restore._refuse_unlike"}, False),
    "with its files in place": ({"after": "casework.record.bringing_back.put_in_place"}, False),
    "when all is done": ({"before": "shutil.rmtree"}, True),
}


@pytest.mark.parametrize("when", PLACES)
def test_a_killed_restore_leaves_a_home_empty_or_whole(when, full, nothing, tmp_path):
    place, is_whole = PLACES[when]
    key, public = passing_key()
    file = tmp_path / "kept.zip.age"
    back_up(full, file, recipients=recipients_of([str(public)]))
    given = str(nothing.settings.home), nothing.settings.database_url, str(file), str(key)
    assert killed(restoring, *given, **place)
    assert [one for one in nothing.settings.home.rglob("*") if one.is_file() and one.read_bytes()[:2] == b"PK"] == []
    if is_whole:
        with pytest.raises(NotEmpty):
            restore(nothing, file, identities=[key])
        back_up_and_prove(nothing, run="night")
    else:
        restore(nothing, file, identities=[key])
    assert verify(nothing).is_sound
    before = everything(full)
    assert everything(nothing)["fact"] == before["fact"]
    assert [name for name in names(nothing.settings.home) if name.startswith(".")] == []


def test_what_a_killed_restore_put_in_place_is_not_taken_away_by_one_into_another_database(full, tmp_path):
    file, home = kept(full, tmp_path), tmp_path / "home"
    given = str(home), f"sqlite:///{tmp_path / 'first.db'}", str(file), ""
    assert killed(restoring, *given, before="shutil.rmtree")
    whole = {place for place in home.rglob("*") if place.is_file()}
    with opened(home, f"sqlite:///{tmp_path / 'second.db'}") as other, pytest.raises(NotEmpty):
        restore(other, file)
    assert {place for place in home.rglob("*") if place.is_file()} == whole
    with opened(home, given[1]) as first:
        assert verify(first).is_sound


# A night.

NIGHT = {
    "while it is made": ({"before": "casework.record.backup._keep_files"}, 0),
    "when it is made": ({"before": "casework.record.nightly.restore"}, 0),
    "while it is brought back": ({"before": "casework.record.restore._refuse_unlike"}, 0),
    "when it is proven": ({"before": "casework.record.nightly._note"}, 1),
    "when it is noted": ({"before": "casework.record.nightly.clear_away"}, 1),
}


@pytest.mark.parametrize("when", NIGHT)
def test_of_a_killed_night_nothing_counts_that_was_not_proven_and_the_next_takes_over(when, full_of_either):
    full = full_of_either
    place, counted = NIGHT[when]
    earlier = back_up_and_prove(full, run="earlier").made.file
    clock_of(full).hour += timedelta(hours=1)
    given = str(full.settings.home), full.settings.database_url, clock_of(full).hour
    assert killed(through_the_night, *given, **place)
    assert len(there(full)) == 1 + counted
    assert earlier in [file for _, file in there(full)]
    assert Path(last_backup(full).file).exists()
    clock_of(full).hour += timedelta(seconds=LEASE + 1)
    made = back_up_and_prove(full, run="next").made.file
    assert [file for _, file in there(full)] == [made]
    assert [name for name in names(full.settings.home) if name.startswith(".")] == []
    assert [name for name in names(full.settings.backups) if name.startswith(".")] == []
