"""Carrying the record out of the house and bringing it back, as an operator types it."""

import pytest

from casework.record.encryption import passing_key


def test_a_record_is_backed_up_into_a_file_and_restored_into_another_home(desk, tmp_path):
    file = tmp_path / "kept.zip"
    made = desk("backup", str(file))
    assert made.code == 0
    assert made.out.startswith(f"{file}: 197 dossiers, ")
    assert "It is not encrypted" in made.err
    before = desk.json("verify")
    home = str(tmp_path / "other")
    back = desk("restore", str(file), "--home", home)
    assert (back.code, "is back and verified: 197 dossiers" in back.out) == (0, True)
    assert desk.json("verify", "--home", home) == before
    again = desk("restore", str(file), "--home", home)
    assert again.code == 1
    assert "A record is restored into an empty home only" in again.err


def test_without_a_file_a_backup_goes_into_the_folder_and_no_two_have_one_name(desk, tmp_path):
    made = desk.json("backup")
    assert made["dossiers"] == 197
    assert "/backups/accede-" in made["file"]


def test_an_encrypted_backup_asks_for_its_key(desk, tmp_path):
    key, public = passing_key()
    file, home = tmp_path / "kept.zip.age", str(tmp_path / "other")
    made = desk("backup", str(file), ACCEDE_BACKUP_RECIPIENTS=str(public))
    assert (made.code, made.err) == (0, "")
    assert "--identity FILE" in desk("restore", str(file), "--home", home).err
    (tmp_path / "none.key").write_text("nothing")
    assert (
        "There is no key in the file"
        in desk("restore", str(file), "--home", home, "--identity", str(tmp_path / "none.key")).err
    )
    (tmp_path / "my.key").write_text(f"# made today\n{key}\n")
    assert desk("restore", str(file), "--home", home, "--identity", str(tmp_path / "my.key")).code == 0


@pytest.mark.parametrize("asked", [("restore", "nowhere.zip"), ("backup", "/nowhere/at/all.zip")])
def test_what_cannot_be_read_or_written_is_said_in_a_sentence(bare, asked):
    bare("init", "--empty")
    answer = bare(*asked, *(("--home", "other") if asked[0] == "restore" else ()))
    assert answer.code == 1
    assert "Traceback" not in answer.err
    assert answer.err.count("\n") == 1
