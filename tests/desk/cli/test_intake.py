"""Taking in the depositary's files, sweeping and posting from the command line."""

import re
from pathlib import Path

import pytest

from tests.sources.files import a_csv

TABLES = Path(__file__).parents[2] / "data"
OF_2019, OF_2023 = (str(TABLES / f"att_status_{day}.xml") for day in ("2019-08-30", "2023-08-25"))
KEYS = [
    *("treaty", "published", "read", "new", "changed", "confirmed", "unchanged", "conflicts", "vanished"),
    *("unknown", "faults"),
]


@pytest.fixture
def empty(bare):
    assert bare("init", "--empty").code == 0
    return bare


def test_a_table_fills_an_empty_record(empty):
    found = empty.json("intake", OF_2023, "--published", "2023-08-25")
    assert {*KEYS} <= found.keys()
    assert (found["published"], found["conflicts"], found["vanished"], found["faults"]) == ("2023-08-25", [], [], [])
    assert found["new"] == found["read"] > 240
    counts = empty.json("status", "--on", "2023-08-25")
    assert (counts["signatures"], counts["deposits"]) == (130, 113)


def test_the_second_time_nothing_is_new(empty):
    first = empty.json("intake", OF_2023, "--published", "2023-08-25")
    again = empty.json("intake", OF_2023, "--published", "2023-08-25")
    assert (again["new"], again["changed"], again["confirmed"]) == (0, 0, 0)
    assert again["unchanged"] == first["read"]


def test_of_many_acts_that_a_table_leaves_out_the_list_names_a_few_states(empty, tmp_path):
    part = tmp_path / "part.csv"
    part.write_bytes(a_csv("ALB,Albania,2013-06-03,,2014-03-19,,ratification,,"))
    empty("intake", OF_2023, "--published", "2023-08-25")
    assert len(empty.json("intake", str(part), "--published", "2023-08-25")["vanished"]) > 200
    for words in (["follow-up", "list"], ["agenda", "--within", "400"]):
        said = " ".join(empty(*words, COLUMNS="400").out.split())
        deposit = "deposit of the instrument"
        first = rf"Afghanistan \({deposit}\), Andorra \(signature, {deposit}\), Angola \(signature\)"
        assert re.search(rf"act no longer listed: {first} and \d+ more States", said), said
        assert "ZWE" not in said


def test_a_dry_run_shows_the_changes_and_writes_nothing(empty):
    answer = empty("intake", OF_2019, "--dry-run")
    assert answer.code == 0
    assert answer.out.startswith("Dry run, nothing was written.")
    assert "Albania (ALB): deposit of the instrument of 2014-03-19: new" in answer.out
    assert empty.json("status")["signatures"] == 0


def test_a_table_is_told_in_a_sentence_with_the_day_it_was_taken_for(empty):
    guessed = " ".join(empty("intake", OF_2023, "--dry-run").out.split())
    assert re.search(r"nothing was written\. \d+ acts read: \d+ new, 0 changed", guessed)
    assert "as at 2022-12-02, the latest date in the file; give --published if it is of a later day" in guessed
    told = " ".join(empty("intake", OF_2023, "--published", "2023-08-25").out.split())
    assert told.endswith("0 unchanged (as at 2023-08-25).")


def test_two_files_are_taken_in_one_after_the_other(empty):
    first, second = empty.json("intake", OF_2019, OF_2023)
    assert first["new"] == first["read"]
    assert 0 < second["new"] < 20


def test_a_malformed_file_is_refused_whole_with_a_sentence_for_every_fault(empty, tmp_path):
    broken = tmp_path / "broken.csv"
    broken.write_text(
        "iso3,name,signature_date,provisional_application_date,deposit_date,known_by,instrument,unconfirmed,note\n"
        "AGO,Angola,2013-09-24,,,,,,\n"
        "XXX,Atlantis,2013-09-24,,,,,,\n"
        "BRA,Brazil,2013-13-01,,,,,,\n",
        encoding="utf-8",
    )
    answer = empty("intake", str(broken), "--json")
    assert answer.code == 1
    assert len(answer.said) == 2
    assert answer.json["faults"] == answer.said
    assert answer.json["unknown"]
    assert empty.json("status")["signatures"] == 0


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("page.xml", b"<!DOCTYPE html><html><body>maintenance</body></html>", "web page"),
        ("cut.xml", Path(OF_2023).read_bytes()[:5000], "ends in the middle"),
        ("bomb.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "entities"),
        ("empty.xml", b"", "empty"),
        ("letter.txt", b"Dear colleagues,\nplease find below", "neither the depositary's XML nor a CSV"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(empty, tmp_path, name, content, sentence):
    (tmp_path / name).write_bytes(content)
    answer = empty("intake", str(tmp_path / name))
    assert answer.code == 1
    assert sentence in answer.err
    assert "Traceback" not in answer.err


def test_a_file_larger_than_the_limit_is_refused(empty, tmp_path):
    answer = empty("intake", OF_2023, ACCEDE_INTAKE_LIMIT="1000")
    assert answer.code == 1
    assert "larger than 1,000 bytes" in answer.err


def test_a_file_that_is_not_there_is_wrong_usage(empty):
    answer = empty("intake", "/nowhere/at/all.xml")
    assert answer.code == 2
    assert "does not exist" in answer.err


def test_a_contradiction_stands_beside_ours_until_it_is_settled(empty, tmp_path):
    assert empty("intake", OF_2023).code == 0
    table = tmp_path / "other.xml"
    table.write_bytes(Path(OF_2023).read_bytes().replace(b" 2 Dec\t 2022", b" 5 Dec\t 2022"))
    found = empty.json("intake", str(table))
    assert [(c["state"], c["ours"], c["theirs"]) for c in found["conflicts"]] == [("AND", "2022-12-02", "2022-12-05")]
    andorra = empty.json("dossier", "AND")
    assert andorra["deposit_date"] == "2022-12-02"
    [theirs] = andorra["conflicts"]
    assert theirs["effective_on"] == "2022-12-05"
    assert empty.json("dossier", "AND", "--on", "2020-01-01")["conflicts"] == []
    assert "Contradiction" in empty("dossier", "AND").out
    assert empty("settle", "AND", theirs["fact"], "--reason", "C.N. 387 says so").code == 0
    settled = empty.json("dossier", "AND")
    assert (settled["deposit_date"], settled["conflicts"]) == ("2022-12-05", [])


def test_the_sweep_of_the_day_advances_the_philippines_once(training):
    assert training.json("dossier", "PHL")["stage"] == "deposit"
    assert training.json("sweep")["advanced"] == 0
    assert training("clock", "2022-06-22").code == 0
    swept = training.json("sweep")
    assert (swept["on"], swept["due"], swept["advanced"], swept["repeated"]) == ("2022-06-22", 1, 1, False)
    assert training.json("dossier", "PHL")["stage"] == "implementation"
    again = training.json("sweep")
    assert (again["repeated"], again["due"], again["advanced"]) == (True, 0, 0)
    assert again["failed"] == []


def test_a_sweep_is_told_in_a_sentence(training):
    assert training("sweep").out.startswith("Sweep of 2022-06-21: 0 due, 0 steps taken")
    assert training("clock", "2022-06-22").code == 0
    assert "1 due, 1 step taken, 0 follow-ups opened" in training("sweep").out
    assert training("sweep").out == "The sweep of 2022-06-22 was done already; nothing more was due.\n"
