"""What was purged is gone from the files of the database too, its log among them."""

from contextlib import closing
from pathlib import Path

import pytest

from casework.dossiers.purging import purge
from casework.follow_ups.comments import comment, delete_words
from casework.follow_ups.own import Intention, open_own
from casework.record.audit import audit
from pathways.grammar.clearance import OPERATOR
from tests.appointments import eyes, the_secretariat
from tests.builders import a_workspace, file

STATE, NAME = "BRA", "Brazil"
WORDS = "Mr Somebody wavers. " * 400  # longer than a page of the file


@pytest.fixture
def workspace(tmp_path, sqlite_record_url):
    with closing(a_workspace(tmp_path, sqlite_record_url, opened=False)) as opened:
        yield opened


def files_with(workspace, words):
    """Return which of the database's files hold some words."""
    kept = Path(workspace.store.url.database)
    return [
        path.name.removeprefix(kept.name) for path in kept.parent.glob(f"{kept.name}*") if words in path.read_bytes()
    ]


def purged(workspace, fact):
    purge(workspace, STATE, fact, treaty="att", name=NAME, reason="A person asked.", reader=OPERATOR)


@pytest.mark.parametrize("note", [WORDS, "Mr Somebody wavers."])
def test_the_words_are_neither_in_the_file_nor_in_its_log(workspace, note):
    fact = file(workspace, STATE, "signal", "2026-07-01", "note_verbale:7", note=note).fact.id
    assert files_with(workspace, b"Mr Somebody") == ["-wal"]
    purged(workspace, fact)
    assert files_with(workspace, b"Mr Somebody") == []


def test_nor_are_those_of_a_follow_up_and_what_was_said_beside_it(workspace):
    officer = eyes(workspace, the_secretariat(workspace)[0])
    meant = Intention(words="Call Mr Somebody", on=workspace.today(), state=STATE)
    own = open_own(workspace, meant, reader=officer, treaty="att").follow_up.id
    said = comment(workspace, own, "Mr Somebody wavers.", reader=officer, treaty="att")
    assert files_with(workspace, b"Mr Somebody wavers") == files_with(workspace, b"Call Mr Somebody") == ["-wal"]
    delete_words(workspace, own, said, reader=officer, treaty="att")
    assert files_with(workspace, b"Mr Somebody wavers") == []
    delete_words(workspace, own, reader=officer, treaty="att")
    assert files_with(workspace, b"Mr Somebody") == []


def test_what_had_reached_the_file_is_overwritten_there(workspace):
    fact = file(workspace, STATE, "signal", "2026-07-01", "note_verbale:7", note=WORDS).fact.id
    workspace.store.empty_log()
    assert files_with(workspace, b"Mr Somebody") == [""]
    purged(workspace, fact)
    assert files_with(workspace, b"Mr Somebody") == []


def test_what_somebody_was_reading_goes_with_the_next_audit(workspace, monkeypatch):
    fact = file(workspace, STATE, "signal", "2026-07-01", "note_verbale:7", note=WORDS).fact.id
    with monkeypatch.context() as patched:
        patched.setattr(workspace.store, "empty_log", lambda: False)
        purged(workspace, fact)
    assert files_with(workspace, b"Mr Somebody") == ["-wal"]
    audit(workspace, run="night")
    assert files_with(workspace, b"Mr Somebody") == []
