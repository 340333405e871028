"""A whole record goes out as rows and comes back equal, whatever the database; what is not whole comes in nowhere."""

import json
import re
import shutil
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from casework.files.attachments import place_of
from casework.record import bringing_back
from casework.record.audit import verify
from casework.record.backup import back_up
from casework.record.empty_home import NotEmpty
from casework.record.encryption import passing_key
from casework.record.importing import import_record
from casework.record.record_file import NotARecord
from casework.record.seals import kept_seals
from casework.record.whole_record import write_whole_record
from models.store import rows
from tests.builders import a_workspace
from tests.casework.record.backups import everything
from tests.casework.record.killing import killed
from tests.papers import PDF


@pytest.fixture
def home(tmp_path):
    """Give a home that holds nothing."""
    made = a_workspace(tmp_path / "home", opened=False)
    yield made
    made.close()


def exported(full, tmp_path):
    folder = tmp_path / "exported"
    folder.mkdir()
    write_whole_record(full, folder)
    return folder / "record.jsonl"


def without_the_last_note(found):
    return {**found, "audit": found["audit"][:-1]}


def test_what_was_exported_comes_back_equal_whatever_the_database(full_of_either, nothing, tmp_path):
    full = full_of_either
    before = everything(full)
    imported = import_record(nothing, exported(full, tmp_path))
    after = everything(nothing)
    assert without_the_last_note(after) == before
    assert after["audit"][-1]["what"] == "imported"
    assert verify(nothing).is_sound
    assert kept_seals(nothing) == kept_seals(full) != []
    assert (imported.dossiers, imported.facts, imported.files, imported.lost) == (198, len(before["fact"]), 1, 0)


@pytest.mark.postgres
def test_from_sqlite_to_postgresql_and_back_the_file_is_the_same_but_for_its_hour(full, empty_postgres_url, tmp_path):
    there = a_workspace(tmp_path / "there", empty_postgres_url, opened=False)
    back = a_workspace(tmp_path / "back", opened=False)
    file = exported(full, tmp_path)
    import_record(there, file)
    import_record(back, exported(there, tmp_path / "there"))
    again = exported(back, tmp_path / "back")

    def lines(path):
        return [line for line in path.read_text().splitlines()[1:-1] if '"what":"imported"' not in line]

    assert lines(again) == lines(file)
    for workspace in (there, back):
        workspace.close()


def test_the_files_of_facts_come_with_it_and_without_them_their_number_is_said(full, tmp_path):
    file = exported(full, tmp_path)
    (paper,) = (f["attachment_hash"] for f in everything(full)["fact_content"] if f["attachment_hash"])
    with_files = a_workspace(tmp_path / "with", opened=False)
    import_record(with_files, file)
    place = place_of(with_files, paper)
    assert (place.read_bytes(), place.stat().st_mode & 0o777) == (PDF, 0o600)
    alone = tmp_path / "alone.jsonl"
    shutil.copy(file, alone)
    without = a_workspace(tmp_path / "without", opened=False)
    imported = import_record(without, alone)
    assert (imported.files, imported.lost) == (0, 1)
    found = verify(without)
    assert (found.is_whole, len(found.files)) == (True, 1)
    assert kept_seals(without) == kept_seals(full)
    for workspace in (with_files, without):
        workspace.close()


def test_a_file_that_is_lost_is_named_when_it_is_exported(full, tmp_path):
    (paper,) = (f["attachment_hash"] for f in everything(full)["fact_content"] if f["attachment_hash"])
    place_of(full, paper).write_bytes(b"another")
    folder = tmp_path / "exported"
    folder.mkdir()
    assert write_whole_record(full, folder).lost == (paper,)
    assert not (folder / "attachments" / paper).exists()


# What is not whole.

BROKEN = {
    "a fact": lambda held: held.replace(b'"2026-07-20"', b'"2026-07-21"'),
    "what no chain holds": lambda held: held.replace(b'"Asia"', b'"Africa"'),
    "cut off in a line": lambda held: held[:100_000],
    "cut off after a line": lambda held: b"".join(held.splitlines(keepends=True)[:-1]),
    "a row gone": lambda held: b"".join(line for n, line in enumerate(held.splitlines(keepends=True)) if n != 300),
    "a row twice": lambda held: b"".join(line * (1 + (n == 300)) for n, line in enumerate(held.splitlines(True))),
    "more behind its end": lambda held: held + held.splitlines(keepends=True)[300],
    "a newer program": lambda held: re.sub(rb'"schema":"\d+"', b'"schema":"9998"', held),
    "a newer manner": lambda held: held.replace(b'"format":1', b'"format":2', 1),
    "a schema that never was": lambda held: re.sub(rb'"schema":"\d+"', b'"schema":"0000"', held),
    "a column of nobody": lambda held: held.replace(b'"att_region":"text"', b'"att_legion":"text"', 1),
    "a table of nobody": lambda held: held.replace(b'"table":"state"', b'"table":"states"'),
    "a table without a name": lambda held: held.replace(b'"table":"state"', b'"table":"\\u0000"'),
    "no hash": lambda held: re.sub(rb',"sha256":"\w+"', b"", held),
    "no UTF-8": lambda held: held.replace(b"BRA", b"BR\xff", 1),
    "no UTF-8 in its first line": lambda held: b"\xff" + held,
    "nothing": lambda held: b"",
    "other JSON": lambda held: b'{"a": 1}\n',
    "a table": lambda held: b"state,stage\nBRA,outside\n",
    "a depth without end": lambda held: b"[" * 100_000 + b"\n",
    "a value of another kind": lambda held: held.replace(b'"iso3":"BRA"', b'"iso3":{"BRA":1}', 1),
    "columns that are none": lambda held: re.sub(rb'"columns":\{[^}]*\}', b'"columns":"x"', held, count=1),
    "a number that no database holds": lambda held: re.sub(
        rb'"version":(\d)', rb'"version":\g<1>' + b"9" * 30, held, count=1
    ),
    "a State that is not there": lambda held: held.replace(b'"dossier_id":1,', b'"dossier_id":999,', 1),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_damaged_cut_foreign_or_newer_is_refused_and_nothing_is_there(what, full, home, tmp_path):
    file = exported(full, tmp_path)
    file.write_bytes(BROKEN[what](file.read_bytes()))
    with pytest.raises((NotARecord, bringing_back.NotWhole)):
        import_record(home, file)
    assert list(home.settings.home.iterdir()) == []


@pytest.mark.parametrize("table", ["alembic_version", "session", "sqlite_master"])
def test_only_tables_that_a_record_consists_of_are_written(table, full, home, tmp_path):
    """Whoever forges a file could say of which schema the record is, or open a session in it."""
    file = exported(full, tmp_path)
    first, *lines, _ = file.read_text().splitlines(keepends=True)
    forged = [{"table": table, "columns": {"version_num": "text"}}, {"table": table, "row": {"version_num": "0001"}}]
    held = "".join([first, *(json.dumps(one) + "\n" for one in forged), *lines])
    end = {"end": held.count('"row"'), "sha256": sha256(held.encode()).hexdigest()}
    file.write_text(held + json.dumps(end) + "\n")
    with pytest.raises(NotARecord, match="record_has_unknown_column"):
        import_record(home, file)
    assert list(home.settings.home.iterdir()) == []


@pytest.mark.parametrize("what", ["what no chain holds", "cut off after a line", "a value of another kind"])
def test_nor_is_anything_left_in_a_database_of_either_kind(what, full, nothing, tmp_path):
    file = exported(full, tmp_path)
    file.write_bytes(BROKEN[what](file.read_bytes()))
    with pytest.raises((NotARecord, bringing_back.NotWhole)):
        import_record(nothing, file)
    if not nothing.store.is_sqlite:
        with nothing.reading(of_any_schema=True) as connection:
            assert rows.is_empty(connection)
    assert list(nothing.settings.home.iterdir()) == []


def test_a_name_of_a_file_that_leads_elsewhere_reaches_nothing(full, home, tmp_path):
    file = exported(full, tmp_path)
    (tmp_path / "mine").write_text("mine")
    (paper,) = (f["attachment_hash"] for f in everything(full)["fact_content"] if f["attachment_hash"])
    *lines, _ = file.read_text().replace(paper, "../../mine").splitlines(keepends=True)
    digest = sha256("".join(lines).encode()).hexdigest()
    file.write_text("".join([*lines, json.dumps({"end": len(lines) - 1 - len(rows.tables()), "sha256": digest}), "\n"]))
    before = {place for place in tmp_path.rglob("*") if not place.is_relative_to(tmp_path / "home")}
    with pytest.raises(bringing_back.NotWhole, match="record_damaged"):
        import_record(home, file)
    assert {place for place in tmp_path.rglob("*") if not place.is_relative_to(tmp_path / "home")} == before
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize("name", ["attachments", "seals.txt"])
def test_what_lies_beside_it_and_is_another_is_refused(name, full, home, tmp_path):
    file = exported(full, tmp_path)
    beside = file.with_name(name)
    for place in beside.iterdir() if beside.is_dir() else (beside,):
        place.write_bytes(place.read_bytes() + b"9 " + 32 * b"ab" + b"\n")
    with pytest.raises(bringing_back.NotWhole):
        import_record(home, file)
    assert list((tmp_path / "home").iterdir()) == []


def test_who_knows_the_program_makes_every_hash_anew_but_not_the_chains(full, home, tmp_path):
    file = exported(full, tmp_path)
    *lines, last = file.read_text().replace('"2026-07-20"', '"2026-07-21"').splitlines(keepends=True)
    digest = sha256("".join(lines).encode()).hexdigest()
    file.write_text("".join([*lines, json.dumps({**json.loads(last), "sha256": digest}), "\n"]))
    with pytest.raises(bringing_back.NotWhole, match="restored_does_not_verify"):
        import_record(home, file)


def test_a_backup_is_not_imported_but_restored(full, home, tmp_path):
    back_up(full, tmp_path / "kept.zip")
    back_up(full, tmp_path / "kept.zip.age", recipients=[passing_key()[1]])
    for name in ("kept.zip", "kept.zip.age"):
        with pytest.raises(NotARecord, match="backup_to_restore"):
            import_record(home, tmp_path / name)
    with pytest.raises(NotARecord, match="no_file_there"):
        import_record(home, tmp_path)
    assert not (tmp_path / "home").exists()


# Where it goes.


def test_a_record_is_imported_into_an_empty_home_only(full, tmp_path):
    file, before = exported(full, tmp_path), everything(full)
    with pytest.raises(NotEmpty, match="home_not_empty"):
        import_record(full, file)
    elsewhere = a_workspace(tmp_path / "new home", full.settings.database_url, opened=False)
    with pytest.raises(NotEmpty, match="database_not_empty"):
        import_record(elsewhere, file)
    elsewhere.close()
    assert everything(full) == before
    assert list((tmp_path / "new home").iterdir()) == []


def importing(home, url, file):
    with closing(a_workspace(Path(home), url, opened=False)) as workspace:
        import_record(workspace, Path(file))


PLACES = {
    "with its rows in": ({"before": "casework.record.importing._take_files"}, False),
    "while it is verified": ({"before": "casework.record.importing.verify"}, False),
    "with its files in place": ({"after": "casework.record.bringing_back.put_in_place"}, False),
    "when all is done": ({"before": "shutil.rmtree"}, True),
}


@pytest.mark.parametrize("when", PLACES)
def test_a_killed_import_leaves_a_home_that_the_next_takes_or_a_whole_record(when, full, nothing, tmp_path):
    place, is_whole = PLACES[when]
    file = exported(full, tmp_path)
    assert killed(importing, str(nothing.settings.home), nothing.settings.database_url, str(file), **place)
    if is_whole:
        with pytest.raises(NotEmpty):
            import_record(nothing, file)
    else:
        import_record(nothing, file)
    assert verify(nothing).is_sound
    assert without_the_last_note(everything(nothing)) == everything(full)
    left = [one.name for one in nothing.settings.home.iterdir() if one.name.startswith(".")]
    assert left == [] or is_whole
