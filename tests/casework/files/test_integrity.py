"""Verifying looks at the files too: one that is gone or changed is named by its fact, and nothing of it is told."""

import pytest
from sqlalchemy import event

from casework.dossiers.purging import purge
from casework.files import integrity
from casework.files.attachments import place_of
from casework.record.audit import audit, verify
from models.ledger import contents
from pathways.grammar.clearance import OPERATOR
from tests.papers import PDF, PNG, file_with
from tests.stand_ins import STAND_INS

STATE, NAME = "AGO", "Angola"


@pytest.fixture
def workspace(training):
    return training


def filed(workspace, paper=PDF, name="Secret talks.pdf", on="2022-06-01"):
    """Return a fact with a file, and where that is kept."""
    fact = file_with(workspace, STATE, "signal", on, paper=paper, name=name).fact
    with workspace.reading() as connection:
        digest = contents.beside(connection, [fact.id])[fact.id].attachment_hash
    return fact, place_of(workspace, digest)


def said_of(fact, what):
    return f"att/{STATE}: the file of fact {fact.seq} (signal) {what}"


def test_files_that_are_as_they_were_filed_are_sound(workspace):
    for paper, name in ((PDF, "a.pdf"), (PNG, "a.png")):
        filed(workspace, paper, name)
    assert verify(workspace).is_sound


def test_a_file_that_is_gone_is_named_by_its_fact(workspace):
    fact, path = filed(workspace)
    path.unlink()
    found = verify(workspace)
    assert (found.files, found.chain, found.replay) == ((said_of(fact, "is gone"),), (), ())
    assert not found.is_sound


def test_without_the_whole_folder_every_file_is_gone(workspace):
    facts = [filed(workspace, paper, name)[0] for paper, name in ((PDF, "a.pdf"), (PNG, "a.png"))]
    folder = workspace.settings.home / "attachments"
    folder.rename(folder.with_name("elsewhere"))
    assert verify(workspace).files == tuple(said_of(fact, "is gone") for fact in facts)


def test_a_file_whose_bytes_were_changed_is_named_by_its_fact(workspace):
    fact, path = filed(workspace)
    path.write_bytes(PDF.replace(b"1.7", b"1.4"))
    assert verify(workspace).files == (said_of(fact, "was changed"),)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("put", STAND_INS)
def test_what_is_no_ordinary_file_is_named_and_neither_waited_for_nor_followed(workspace, put):
    """A pipe is never opened by anybody else, a device never ends, and a link may lead to the very same bytes."""
    fact, path = filed(workspace, PDF, "a.pdf")
    other, changed = filed(workspace, PNG, "a.png")
    put(path)
    changed.write_bytes(b"")
    assert verify(workspace).files == (said_of(fact, "is no ordinary file"), said_of(other, "was changed"))


def test_a_file_of_two_facts_is_read_once_and_named_with_both(workspace, monkeypatch):
    facts = [filed(workspace, on=f"2022-06-0{n}")[0] for n in (1, 2)]
    path = filed(workspace, on="2022-06-03")[1]
    path.write_bytes(b"")
    read = []
    look = integrity._hash_of
    monkeypatch.setattr(integrity, "_hash_of", lambda path: read.append(path) or look(path))
    assert verify(workspace).files[:2] == tuple(said_of(fact, "was changed") for fact in facts)
    assert read == [path]


def test_a_purged_file_is_missed_by_nobody(workspace):
    fact, path = filed(workspace)
    purge(workspace, STATE, fact.id, treaty="att", name=NAME, reason="asked by the State", reader=OPERATOR)
    assert not path.exists()
    assert verify(workspace).is_sound


def test_a_lost_file_that_is_purged_is_missed_no_longer(workspace):
    """What an operator does who has no copy to put back."""
    fact, path = filed(workspace)
    path.unlink()
    purge(workspace, STATE, fact.id, treaty="att", name=NAME, reason="lost with the old disk", reader=OPERATOR)
    assert verify(workspace).is_sound


def test_a_file_that_is_purged_while_files_are_looked_at_is_not_called_lost(workspace, monkeypatch):
    """Whoever verifies reads the record at one moment, and the files in the moments after it."""
    filed(workspace, PDF, "a.pdf")
    fact, path = filed(workspace, PNG, "a.png")
    monkeypatch.setattr(integrity, "_BETWEEN_SIGNS", 1)
    if workspace.store.is_sqlite:  # who purges waits for whoever reads, who here waits for the purge
        event.listen(workspace.store.engine, "checkout", _wait_for_nobody)

    def purging(_done, _total):
        if path.exists():
            purge(workspace, STATE, fact.id, treaty="att", name=NAME, reason="asked by the State", reader=OPERATOR)

    assert verify(workspace, progress=purging).files == ()
    assert not path.exists()


def _wait_for_nobody(sqlite, *_):
    sqlite.execute("PRAGMA busy_timeout=0")


def test_signs_of_life_are_given_while_large_files_are_read(workspace, monkeypatch):
    for paper, name in ((PDF, "a.pdf"), (PNG, "a.png")):
        filed(workspace, paper, name)
    signs = []
    verify(workspace, progress=lambda *at: signs.append(at))
    monkeypatch.setattr(integrity, "_BETWEEN_SIGNS", 1)
    more = []
    verify(workspace, progress=lambda *at: more.append(at))
    assert len(more) == len(signs) + 2


def test_the_ledger_is_sealed_without_a_file_that_is_lost(workspace):
    """The seal is over the ledger, which holds: of a night without one nothing could be proved later."""
    filed(workspace)[1].unlink()
    found = audit(workspace, run="night")
    assert (found.sealed, found.verified.is_sound, len(found.verified.files)) == (True, False, 1)


def test_nothing_is_told_of_a_lost_file_but_its_fact(workspace):
    _, path = filed(workspace)
    path.unlink()
    [said] = verify(workspace).files
    assert "Secret" not in said
    assert path.name not in said
