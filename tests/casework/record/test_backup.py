"""A backup is one file that holds the whole record, and the record that comes out of it is the one that went in."""

import json
import zipfile
from datetime import timedelta

import pytest

from casework.files.attachments import place_of
from casework.record.archive import NotBackedUp
from casework.record.audit import audit, verify
from casework.record.backup import back_up
from casework.record.empty_home import LEFT_ASIDE, NotEmpty
from casework.record.encryption import NoKey, identities_of, passing_key, recipients_of
from casework.record.record_file import NotARecord
from casework.record.restore import restore
from casework.record.seals import kept_seals
from tests.builders import a_workspace, clock_of
from tests.casework.record.backups import changed, everything, kept, without_its_last_row
from tests.papers import PDF


def test_what_was_backed_up_comes_back_byte_for_byte_whatever_the_database(full_of_either, nothing, tmp_path):
    full = full_of_either
    before = everything(full)
    restored = restore(nothing, kept(full, tmp_path))
    after = everything(nothing)
    assert {name: found for name, found in after.items() if name != "audit"} == {
        name: found for name, found in before.items() if name != "audit"
    }
    assert after["audit"][:-1] == before["audit"]
    assert after["audit"][-1]["what"] == "restored"
    assert [f["hash"] for f in after["fact"]] == [f["hash"] for f in before["fact"]]
    assert verify(nothing).is_sound
    assert kept_seals(nothing) == kept_seals(full) != []
    assert (restored.dossiers, restored.facts) == (198, len(before["fact"]))


def test_the_files_of_facts_come_back_and_belong_to_their_owner_alone(full, nothing, tmp_path):
    restore(nothing, kept(full, tmp_path))
    (paper,) = (f["attachment_hash"] for f in everything(nothing)["fact_content"] if f["attachment_hash"])
    place = place_of(nothing, paper)
    assert place.read_bytes() == PDF
    assert place.stat().st_mode & 0o777 == 0o600


def test_rows_that_come_after_a_restore_are_numbered_after_those_that_were_there(full, nothing, tmp_path):
    restore(nothing, kept(full, tmp_path))
    clock_of(nothing).hour = clock_of(full).hour + timedelta(days=1)
    assert audit(nothing, run="next night").sealed
    assert [number for number, _ in kept_seals(nothing)] == [1, 2]


def test_postgres_knows_what_came_back_so_that_it_does_not_read_the_whole_ledger_for_each_page(
    full, empty_postgres_url, tmp_path
):
    back = a_workspace(tmp_path / "back", empty_postgres_url, opened=False)
    restored = restore(back, kept(full, tmp_path))
    with back.reading() as connection:
        known = connection.exec_driver_sql("SELECT reltuples FROM pg_class WHERE relname = 'fact'").scalar()
    assert known == restored.facts
    back.close()


def test_a_backup_is_its_owners_alone_and_is_not_there_before_it_is_whole(full, tmp_path, monkeypatch):
    file = kept(full, tmp_path)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [place.name for place in tmp_path.iterdir() if "unfinished" in place.name] == []

    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("casework.record.backup._keep_files", broken)
    with pytest.raises(NotBackedUp, match="backup_not_written"):
        back_up(full, tmp_path / "second.zip")
    assert not (tmp_path / "second.zip").exists()
    assert [place.name for place in tmp_path.iterdir() if "unfinished" in place.name] == []


def test_a_backup_is_never_written_over_another_file(full, tmp_path):
    file = kept(full, tmp_path)
    held = file.read_bytes()
    with pytest.raises(NotBackedUp, match="backup_is_there"):
        back_up(full, file)
    assert file.read_bytes() == held


def test_sessions_and_links_are_no_part_of_a_backup(full, tmp_path):
    file = kept(full, tmp_path)
    with zipfile.ZipFile(file) as zipped:
        tables = {json.loads(line)["table"] for line in zipped.read("record.jsonl").splitlines()[1:-1]}
        manifest = json.loads(zipped.read("manifest.json"))
    assert {"fact", "letter", "person"} <= tables
    assert not tables & {"session", "one_time_link", "lease", "sweep_part"}
    assert manifest["rows"].keys() == tables
    assert manifest["ledger"]["facts"] == manifest["rows"]["fact"]


# Where it goes.


def test_a_record_is_restored_into_an_empty_home_only(full, tmp_path):
    file = kept(full, tmp_path)
    before = everything(full)
    (full.settings.home / "letter.txt").write_text("mine")
    with pytest.raises(NotEmpty, match="home_not_empty"):
        restore(full, file)
    assert everything(full) == before
    assert (full.settings.home / "letter.txt").read_text() == "mine"


def test_a_folder_is_no_backup_and_is_said_not_to_be_there(nothing, tmp_path):
    for place in (tmp_path, tmp_path / "nowhere.zip"):
        with pytest.raises(NotARecord, match="no_file_there"):
            restore(nothing, place)
    assert not nothing.settings.home.exists() or list(nothing.settings.home.iterdir()) == []


def test_a_database_with_tables_is_left_as_it_is(full, tmp_path):
    file, before = kept(full, tmp_path), everything(full)
    elsewhere = a_workspace(tmp_path / "new home", full.settings.database_url, opened=False)
    with pytest.raises(NotEmpty, match="database_not_empty"):
        restore(elsewhere, file)
    elsewhere.close()
    assert everything(full) == before
    assert list((tmp_path / "new home").iterdir()) == []


def test_what_an_interrupted_restore_left_does_not_hinder_the_next(full, nothing, tmp_path):
    left = nothing.settings.home / ".restoring-killed"
    (left / "attachments").mkdir(parents=True)
    restore(nothing, kept(full, tmp_path))
    assert verify(nothing).is_sound
    assert not left.exists()


def test_a_record_that_is_back_is_not_written_over_by_the_same_backup(full, nothing, tmp_path):
    file = kept(full, tmp_path)
    restore(nothing, file)
    before = everything(nothing)
    with pytest.raises(NotEmpty, match="home_not_empty"):
        restore(nothing, file)
    assert everything(nothing) == before
    assert verify(nothing).is_sound


def test_a_restore_that_fails_takes_away_nothing_that_lay_there(full, tmp_path):
    """Another record in the home, and a database elsewhere that is empty: nothing is mixed, nothing is lost."""
    broken = changed(kept(full, tmp_path), "record.jsonl", without_its_last_row)
    home = tmp_path / "home"
    a_workspace(home, empty=True).close()
    mine = {place: place.read_bytes() for place in home.rglob("*") if place.is_file()}
    other = a_workspace(home, f"sqlite:///{tmp_path / 'elsewhere.db'}", opened=False)
    with pytest.raises(NotEmpty, match="home_not_empty"):
        restore(other, broken)
    assert {place: place.read_bytes() for place in home.rglob("*") if place.is_file()} == mine


def test_a_configuration_that_lies_in_the_home_stays_when_a_restore_fails(full, nothing, tmp_path):
    home = nothing.settings.home
    home.mkdir()
    (home / "accede.toml").write_text("mine")
    with pytest.raises(NotARecord):
        restore(nothing, changed(kept(full, tmp_path), "record.jsonl", without_its_last_row))
    assert [place.name for place in home.iterdir()] == ["accede.toml"]


# Encrypted.


def test_an_encrypted_backup_opens_with_its_key_and_with_no_other(full, tmp_path):
    key, public = passing_key()
    (full.settings.home / "accede.toml").write_text('mail_from = "a@example.org"\n')
    file = tmp_path / "kept.zip.age"
    assert back_up(full, file, recipients=recipients_of([str(public)])).encrypted
    assert b"2026-07-20" not in file.read_bytes()
    home = a_workspace(tmp_path / "home", opened=False)
    with pytest.raises(NoKey, match="backup_is_encrypted"):
        restore(home, file)
    with pytest.raises(NoKey, match="key_does_not_open"):
        restore(home, file, identities=[passing_key()[0]])
    for broken in (file.read_bytes()[:-100], file.read_bytes()[:-1] + b"x"):
        (tmp_path / "broken.age").write_bytes(broken)
        with pytest.raises(NoKey, match="key_does_not_open"):
            restore(home, tmp_path / "broken.age", identities=[key])
    restored = restore(home, file, identities=identities_of(f"# mine\n{key}\n"))
    assert restored.configuration == LEFT_ASIDE
    assert (tmp_path / "home" / LEFT_ASIDE).read_text() == 'mail_from = "a@example.org"\n'
    assert not [one for one in (tmp_path / "home").iterdir() if "unfinished" in one.name]
    home.close()


def test_a_configuration_that_may_hold_a_password_is_not_in_a_backup_that_anybody_can_read(full, tmp_path):
    (full.settings.home / "accede.toml").write_text('mail_from = "a@example.org"\n')
    with zipfile.ZipFile(kept(full, tmp_path)) as zipped:
        assert "accede.toml" not in zipped.namelist()


@pytest.mark.parametrize("text", ["age1nonsense", "ssh-ed25519 nonsense", "somebody@example.org"])
def test_a_recipient_that_is_no_public_key_is_named(text):
    with pytest.raises(NoKey, match="no_public_key"):
        recipients_of([text])


# While everything runs.


def test_a_lost_file_is_named_and_the_rest_comes_back(full, nothing, tmp_path):
    (paper,) = (f["attachment_hash"] for f in everything(full)["fact_content"] if f["attachment_hash"])
    place_of(full, paper).unlink()
    file = tmp_path / "kept.zip"
    assert back_up(full, file).lost == (paper,)
    assert restore(nothing, file).lost == 1
    assert len(verify(nothing).files) == 1
