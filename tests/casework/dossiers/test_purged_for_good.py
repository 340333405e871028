"""What was purged is gone from the files of the database too, its log among them."""

from contextlib import closing
from pathlib import Path

import pytest

from casework.dossiers.purging import purge
from casework.record.audit import audit
from pathways.grammar.clearance import OPERATOR
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
