"""Giving the record to other programs and taking a whole one in, as an operator types it."""

import json
import resource
import subprocess


def test_a_whole_record_is_exported_and_imported_into_another_home(desk, tmp_path):
    folder, home = tmp_path / "out", str(tmp_path / "other")
    made = desk("export", "--format", "jsonl", "--out", str(folder))
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith(f"{folder}: the whole record, 198 dossiers, ")
    assert sorted(place.name for place in folder.iterdir()) == ["record.jsonl"]
    assert (folder / "record.jsonl").stat().st_mode & 0o777 == 0o600
    before = desk.json("verify")
    taken = desk("import", str(folder / "record.jsonl"), "--home", home)
    assert (taken.code, taken.err) == (0, "")
    assert "is here and verified: 198 dossiers, " in taken.out
    assert desk.json("verify", "--home", home) == before
    again = desk("import", str(folder / "record.jsonl"), "--home", home)
    assert again.code == 1
    assert "into an empty home only" in again.err


def test_an_export_is_never_written_over_and_has_a_folder_of_its_own_where_none_is_named(desk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = desk.json("export", "--format", "jsonl")
    assert made["folder"].startswith(f"{tmp_path}/accede-att-")
    assert made["whole_record"]["dossiers"] == 198
    refused = desk("export", "--format", "jsonl", "--out", made["folder"])
    assert refused.code == 1
    assert refused.err == (
        f"There is something at {made['folder']} already, and an export is never written over."
        " Give another folder with --out.\n"
    )


def test_the_whole_record_is_for_no_person(desk, tmp_path):
    refused = desk("export", "--format", "jsonl", "--out", str(tmp_path / "out"), "--as", "1")
    assert refused.code == 1
    assert refused.err.startswith("The whole record holds what every State told in confidence")
    assert not (tmp_path / "out").exists()


def test_a_format_that_there_is_not_is_wrong_usage(desk, tmp_path):
    for asked in ("pdf", "jsonl,pdf", ","):
        refused = desk("export", "--format", asked, "--out", str(tmp_path / "out"))
        assert refused.code == 2
        assert f"“{asked}” names no format" in refused.err


def test_a_full_disk_is_said_in_a_sentence_and_nothing_is_left_there(desk, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    done = subprocess.run(
        desk.command("export", "--format", "jsonl", "--out", str(folder / "out")),
        capture_output=True,
        text=True,
        check=False,
        env=desk.environment({}),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)),
    )
    assert (done.returncode, done.stderr) == (
        1,
        f"The export could not be written to {folder / 'out'}: File too large.\n",
    )
    assert list(folder.iterdir()) == []


def test_what_cannot_be_taken_in_is_said_in_a_sentence(bare, tmp_path):
    (tmp_path / "record.jsonl").write_text(json.dumps({"accede": "record", "format": 1, "schema": "9998"}) + "\n")
    newer = bare("import", str(tmp_path / "record.jsonl"))
    assert newer.err.startswith("This was made by a newer version of Accede (schema 9998, ")
    nowhere = bare("import", str(tmp_path / "nowhere.jsonl"))
    assert nowhere.err == f"There is no file {tmp_path / 'nowhere.jsonl'}.\n"
    assert (newer.code, nowhere.code) == (1, 1)
