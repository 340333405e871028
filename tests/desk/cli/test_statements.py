"""Statements from the command line: a sheet is taken in, its lines are listed and checked."""

import pytest

MEETING = ("--meeting", "wgtu-2023-02-15")
ROWS = "speaker,kind,words,condition\ncom,promise,Will ratify.,conditions are met\nCivil society,outreach,Workshops.,\n"


@pytest.fixture
def sheet(tmp_path):
    def write(text=ROWS):
        path = tmp_path / "sheet.csv"
        path.write_text(text)
        return str(path)

    return write


def test_a_sheet_becomes_drafts_and_drafts_become_facts(desk, sheet):
    taken = desk.json("statements", "take-in", sheet(), *MEETING)
    assert taken == {"read": 2, "new": 2, "unchanged": 0, "faults": []}
    assert desk.json("statements", "take-in", sheet(), *MEETING)["unchanged"] == 2
    assert [one["standing"] for one in desk.json("statements", "list", *MEETING)] == ["draft", "draft"]
    assert desk.json("statements", "check", "--all", *MEETING) == {"checked": 2, "states": 1, "left": 0}
    facts = desk.json("dossier", "COM")["facts"]
    assert [(f["source"], f["sensitivity"], f["note"]) for f in facts if f["kind"] == "statement"] == [
        ("statement", "public", "Will ratify.")
    ]
    assert desk.json("verify")["chain"] == "ok"


def test_faults_are_told_by_row_and_column_and_nothing_is_written(desk, sheet):
    wrong = sheet(ROWS + "Gondwana,promise,x,\n")
    answer = desk("statements", "take-in", wrong, *MEETING)
    assert (answer.code, answer.out) == (1, "Refused, with 1 fault; nothing was written.\n")
    assert answer.said[0].startswith("Row 4, speaker: “Gondwana” is")
    answer = desk("statements", "take-in", wrong, *MEETING, "--json")
    assert answer.code == 1
    [fault] = answer.json["faults"]
    assert (fault["row"], fault["column"], answer.json["new"]) == (4, "speaker", 0)
    assert "write * before its name" in fault["sentence"]
    assert desk.json("statements", "list", *MEETING) == []


def test_the_good_rows_alone_and_a_dry_run(desk, sheet):
    wrong = sheet(ROWS + "Gondwana,promise,x,\n")
    dry = desk("statements", "take-in", wrong, *MEETING, "--good-rows", "--dry-run")
    assert (dry.code, dry.out) == (
        0,
        "Nothing was written; it would bring 2 new of 3 rows, 0 were there already.\n",
    )
    assert desk.json("statements", "take-in", wrong, *MEETING, "--good-rows")["new"] == 2


def test_a_line_is_checked_by_its_number(desk, sheet):
    desk.json("statements", "take-in", sheet(), *MEETING)
    newest, oldest = (str(one["line"]) for one in desk.json("statements", "list", *MEETING))
    said = desk("statements", "check", oldest, *MEETING).out
    assert said == "1 statement checked and on file, of 1 State; 1 left to check.\n"
    assert desk("statements", "check", oldest, *MEETING).code == 1
    assert desk("statements", "check", *MEETING).code == 2
    assert desk("statements", "check", newest, "--all", *MEETING).code == 2
    assert desk("statements", "check", "999", *MEETING).said == [
        "There is no such line among what was taken down at this meeting."
    ]


def test_a_list_is_read_in_words(desk, sheet):
    desk.json("statements", "take-in", sheet(), *MEETING)
    listed = desk("statements", "list", *MEETING, COLUMNS="240").out
    for words in ("Comoros", "Promise", "Will ratify.", "conditions are met", "to be checked", "Civil society"):
        assert words.casefold() in listed.casefold()


def test_a_meeting_that_is_not_there_is_named(desk, sheet):
    assert desk("statements", "take-in", sheet(), "--meeting", "nowhere").said == ["There is no meeting nowhere."]
