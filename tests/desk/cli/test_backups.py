"""Carrying the record out of the house and bringing it back, as an operator types it."""

import resource
import subprocess

import pytest

from casework.record.encryption import passing_key


def test_a_record_is_backed_up_into_a_file_and_restored_into_another_home(desk, tmp_path):
    file = tmp_path / "kept.zip"
    made = desk("backup", str(file))
    assert made.code == 0
    assert made.out.startswith(f"{file}: 198 dossiers, ")
    assert "It is not encrypted" in made.err
    before = desk.json("verify")
    home = str(tmp_path / "other")
    back = desk("restore", str(file), "--home", home)
    assert (back.code, "is back and verified: 198 dossiers" in back.out) == (0, True)
    assert desk.json("verify", "--home", home) == before
    again = desk("restore", str(file), "--home", home)
    assert again.code == 1
    assert "A record is restored into an empty home only" in again.err


def test_without_a_file_a_backup_goes_into_the_folder_and_no_two_have_one_name(desk, tmp_path):
    made = desk.json("backup")
    assert made["dossiers"] == 198
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
    absent = desk("restore", str(file), "--home", home, "--identity", str(tmp_path / "my.key")).err
    assert "my.key, cannot be read: No such file or directory." in absent
    (tmp_path / "my.key").write_text(f"# made today\n{key}\n")
    assert desk("restore", str(file), "--home", home, "--identity", str(tmp_path / "my.key")).code == 0


@pytest.mark.parametrize("named", ["", f"sqlite:///{'elsewhere' * 3}.db"])
def test_a_configuration_of_another_database_than_the_one_restored_into_is_told(desk, tmp_path, named):
    key, public = passing_key()
    (desk.home / "accede.toml").write_text('mail_from = "desk@example.org"\n')
    backup = str(tmp_path / "kept.zip.age")
    (tmp_path / "my.key").write_text(f"{key}\n")
    if named:
        (desk.home / "accede.toml").write_text(f'database_url = "{named}"\n')
    made = desk(
        "backup", backup, ACCEDE_BACKUP_RECIPIENTS=str(public), ACCEDE_DATABASE_URL=f"sqlite:///{desk.home}/accede.db"
    )
    assert made.code == 0
    answer = desk("restore", backup, "--identity", str(tmp_path / "my.key"), "--home", str(tmp_path / "other"))
    assert answer.code == 0
    assert ("Its database_url is not where the record is now" in answer.err) is bool(named)


@pytest.mark.parametrize(
    "asked", [("restore", "nowhere.zip"), ("backup", "/nowhere/at/all.zip"), ("backup", "/proc/kept.zip")]
)
def test_what_cannot_be_read_or_written_is_said_in_a_sentence(bare, asked):
    bare("init", "--empty")
    answer = bare(*asked, *(("--home", "other") if asked[0] == "restore" else ()))
    assert answer.code == 1
    assert "Traceback" not in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize("recipients", ["", str(passing_key()[1])], ids=["plain", "encrypted"])
def test_a_full_disk_is_said_in_a_sentence_and_nothing_is_left_there(desk, tmp_path, recipients):
    folder = tmp_path / "stick"
    folder.mkdir()
    done = subprocess.run(
        desk.command("backup", str(folder / "kept.zip")),
        capture_output=True,
        text=True,
        check=False,
        env=desk.environment({"ACCEDE_BACKUP_RECIPIENTS": recipients}),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)),
    )
    assert done.returncode == 1
    assert done.stderr == f"The backup could not be written to {folder / 'kept.zip'}: File too large.\n"
    assert list(folder.iterdir()) == []


def test_a_folder_that_takes_no_backups_is_named(desk, tmp_path):
    (tmp_path / "a file").write_text("mine")
    answer = desk("backup", ACCEDE_BACKUP_FOLDER=str(tmp_path / "a file"))
    assert answer.code == 1
    assert answer.err == f"The backup could not be written to {tmp_path / 'a file'}: File exists.\n"
