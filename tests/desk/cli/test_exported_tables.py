"""What one may read, as files: the same in CSV, Excel and JSON, with a dictionary, as an operator types it."""

import csv
import json
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.desk.cli.conftest import Desk

FORMULA = "=HYPERLINK(A1)"


@pytest.fixture(scope="module")
def folder(real_record, tmp_path_factory):
    """Give an export of a record with a note that begins like a formula."""
    place = tmp_path_factory.mktemp("exported")
    desk = Desk(home=Path(shutil.copytree(real_record, place / "home")))
    filed = desk(
        *("fact", "BRA", "exchange", "--on", "2026-07-01", "--source", "note_verbale:7"),
        *("--set", "channel=mission", "--note", FORMULA),
    )
    assert filed.code == 0, filed.err
    made = desk("export", "--out", str(place / "out"))
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith(f"{place / 'out'}: 20 tables, ")
    return place / "out"


def test_each_format_holds_the_same_tables_with_the_same_rows(folder):
    said = json.loads((folder / "export.json").read_text())
    book = load_workbook(BytesIO((folder / "export.xlsx").read_bytes()))
    assert book.sheetnames == list(said)
    assert sorted(place.name for place in folder.iterdir()) == sorted(
        ["export.json", "export.xlsx", *(f"{table}.csv" for table in said)]
    )
    for table, rows in said.items():
        with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as text:
            in_csv = list(csv.DictReader(text))
        in_excel = list(book[table].iter_rows(values_only=True))
        assert len(in_csv) == len(in_excel) - 1 == len(rows)
        if rows:
            assert list(rows[0]) == list(in_csv[0]) == list(in_excel[0])
    assert {row["state"] for row in said["states"]} >= {"BRA", "KHM"}
    assert said["about"][0]["reader"] == "operator"


def test_what_begins_like_a_formula_is_none_and_values_are_of_their_type(folder):
    said = json.loads((folder / "export.json").read_text())
    [noted] = [fact for fact in said["facts"] if fact["note"] == FORMULA]
    assert (noted["counts"], noted["annuls"], noted["kind"]) == (True, [], "exchange")
    [field] = [one for one in said["fact_fields"] if one["fact"] == noted["fact"]]
    assert (field["field"], field["value"], field["type"]) == ("channel", "mission", "text")
    assert f",'{FORMULA}," in (folder / "facts.csv").read_text(encoding="utf-8-sig")
    sheet = load_workbook(BytesIO((folder / "export.xlsx").read_bytes()))["facts"]
    [cell] = [cell for row in sheet.iter_rows() for cell in row if cell.value == FORMULA]
    assert cell.data_type == "s"


def test_the_dictionary_says_codes_in_words(folder):
    lines = json.loads((folder / "export.json").read_text())["dictionary"]
    words = {(line["column"], line["code"]): line["word"] for line in lines if line["table"] in ("states", "facts")}
    assert words["legal_status", "state_party"] == "State Party"
    assert words["kind", "needs_recorded"] == "needs for assistance recorded"
    assert words["sensitivity", "parties"] == "States Parties"
    assert all(line["word"] for line in lines if line["code"])


def test_files_are_the_owners_alone(folder):
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {place.stat().st_mode & 0o777 for place in folder.iterdir()} == {0o600}


def test_one_format_for_a_person_holds_what_that_person_may_read(desk, tmp_path):
    desk("people", "add", "Mission of Senegal", "--email", "sen@mission.example")
    desk("mandate", "add", "champion", "SEN", "--from", "2026-01-01", "--region", "Africa", "--consent", "NV 1")
    desk("people", "hold", "1", "1", "--from", "2026-01-01", "--lead")
    made = desk("export", "--format", "json", "--out", str(tmp_path / "out"), "--as", "Mission of Senegal", "--json")
    assert made.code == 0, made.err
    assert [place.name for place in (tmp_path / "out").iterdir()] == ["export.json"]
    said = json.loads((tmp_path / "out" / "export.json").read_text())
    assert said["about"][0]["reader_name"] == "Mission of Senegal"
    assert "letters" not in said
    assert made.json["rows"] == {table: len(rows) for table, rows in said.items()}


def test_who_has_no_mandate_is_given_nothing(desk, tmp_path):
    desk("people", "add", "Nobody in office", "--email", "n@mission.example")
    refused = desk("export", "--format", "csv", "--out", str(tmp_path / "out"), "--as", "1")
    assert refused.code == 1
    assert "no mandate" in refused.err
    assert not (tmp_path / "out").exists()


def test_everything_and_the_whole_record_stand_side_by_side_in_one_folder(desk, tmp_path):
    made = desk("export", "--format", "json,jsonl", "--out", str(tmp_path / "out"))
    assert (made.code, made.err) == (0, "")
    assert sorted(place.name for place in (tmp_path / "out").iterdir()) == ["export.json", "record.jsonl"]
