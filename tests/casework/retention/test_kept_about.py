"""What is kept about a person is told to that person, or to an administrator, and holds nobody else's words."""

import pytest

from casework.access.sessions import open_session
from casework.core.rights import NotOnFile, NotYours
from casework.dossiers.disclosure_log import note_facts
from casework.dossiers.releasing import release
from casework.follow_ups.actions import close, take
from casework.follow_ups.comments import comment
from casework.retention.kept_about import kept_about
from desk.cli.printed.kept_about import lines_of
from desk.terminal.json_output import as_json
from pathways.grammar.clearance import ANYONE, OPERATOR
from tests.appointments import a_champion, eyes, fallen_silent, silent_states, the_secretariat
from tests.builders import file

SECRET = "told in confidence"


@pytest.fixture
def workspace(record):
    return fallen_silent(record)


@pytest.fixture
def champion(workspace):
    """Give a champion who has worked, and of whose work others have spoken."""
    person, _ = a_champion(workspace, "NAM")
    other, _ = a_champion(workspace, "ZAF")
    open_session(workspace, person)
    reader, angola = eyes(workspace, person), silent_states(workspace)["AGO"]
    take(workspace, angola, reader=reader, treaty="att")
    comment(workspace, angola, "my own words", reader=reader, treaty=None)
    comment(workspace, angola, SECRET, reader=eyes(workspace, other), treaty=None)
    told = file(workspace, "AGO", "signal", "2026-06-01", "statement", note=SECRET).fact
    release(
        workspace,
        "AGO",
        told.id,
        audience=f"person:{person}",
        treaty="att",
        name="Angola",
        reader=OPERATOR,
        consent="NV 1",
    )
    note_facts(workspace, reader, [told])
    close(workspace, angola, f"done: {SECRET}", reader=OPERATOR, treaty="att")
    return person


def told(workspace, person):
    return kept_about(workspace, person, reader=OPERATOR).kept


def test_everything_that_is_kept_is_told(workspace, champion):
    kept = told(workspace, champion)
    [person] = kept["person"]
    assert person["name"] == "Champion of NAM"
    [address] = kept["addresses"]
    assert "@" in address["address"]
    [hold] = kept["holds"]
    assert (hold["mandate"]["role"], hold["mandate"]["of"]) == ("champion", "NAM")
    assert len(kept["sessions"]) == 1
    [owned] = kept["follow_ups"]
    assert (owned["state"], owned["occasion"]) == ("AGO", "silence")
    assert [one["words"] for one in kept["comments"]] == ["my own words"]
    [shown], [released] = kept["facts_shown"], kept["releases"]
    assert shown["state"] == released["state"] == "AGO"
    assert shown["fact_id"] == released["fact"]
    assert {line["what"] for line in kept["journal"]} >= {"person added", "hold given", "taken", "commented"}


def test_each_letter_is_told_with_its_day_its_subject_and_its_occasions_and_without_a_state(workspace, champion):
    letters = told(workspace, champion)["letters"]
    assert letters
    for letter in letters:
        assert letter["day"]
        assert letter["subject"] is None or letter["subject"].startswith("Accede: ")
        assert letter["notices"]
        assert all("state" not in notice for notice in letter["notices"])


def test_nobody_elses_words_are_in_it_nor_anybody_elses_number(workspace, champion):
    found = kept_about(workspace, champion, reader=eyes(workspace, champion))
    written = as_json(found) + "\n".join(lines_of(found))
    assert SECRET not in written
    assert "my own words" in written
    for line in found.kept["journal"]:
        assert line["actor"] in (f"person:{champion}", "operator", "another person") or line["actor"].startswith(
            "system"
        )


def test_no_secret_of_signing_in_is_in_it(workspace, champion):
    with workspace.reading() as connection:
        hashes = connection.exec_driver_sql("SELECT token_hash FROM session").scalars().all()
    assert hashes
    assert not [one for one in hashes if one in as_json(kept_about(workspace, champion, reader=OPERATOR))]


def test_whoever_is_neither_that_person_nor_an_administrator_is_refused_whether_there_is_one_or_not(
    workspace, champion
):
    officer = eyes(workspace, the_secretariat(workspace)[0])
    other, _ = a_champion(workspace, "GHA")
    for reader in (officer, eyes(workspace, other), ANYONE):
        for asked in (champion, 9999, "Champion of NAM"):
            with pytest.raises(NotYours):
                kept_about(workspace, asked, reader=reader)
    with pytest.raises(NotOnFile):
        kept_about(workspace, 9999, reader=OPERATOR)


def test_that_it_was_told_stands_in_the_journal_without_what_was_told(workspace, champion):
    told(workspace, champion)
    [line] = [line for line in told(workspace, champion)["journal"] if line["what"] == "told what is kept"]
    assert (line["actor"], line["row"], line["detail"]) == ("operator", f"person:{champion}", {})


def test_the_text_has_a_heading_for_everything_also_where_there_is_nothing(workspace, champion):
    lines = list(lines_of(kept_about(workspace, champion, reader=OPERATOR)))
    assert "Proposals: none" in lines
    assert "Comments: 1" in lines
