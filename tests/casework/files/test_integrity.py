"""Verifying looks at the files too: one that is gone or changed is named by its fact, and nothing of it is told."""

import pytest

from casework.dossiers.purging import purge
from casework.files import integrity
from casework.files.attachments import place_of
from casework.operations.audit import audit, verify
from models.ledger import contents
from tests.papers import PDF, PNG, file_with
from tests.stand_ins import STAND_INS

STATE, NAME = "AGO", "Angola"


@pytest.fixture
def office(training):
    return training


def filed(office, paper=PDF, name="Secret talks.pdf", on="2022-06-01"):
    """Return a fact with a file, and where that is kept."""
    fact = file_with(office, STATE, "signal", on, paper=paper, name=name).fact
    with office.reading() as connection:
        digest = contents.beside(connection, [fact.id])[fact.id].attachment_hash
    return fact, place_of(office, digest)


def said_of(fact, what):
    return f"att/{STATE}: the file of fact {fact.seq} (signal) {what}"


def test_files_that_are_as_they_were_filed_are_sound(office):
    for paper, name in ((PDF, "a.pdf"), (PNG, "a.png")):
        filed(office, paper, name)
    assert verify(office).is_sound


def test_a_file_that_is_gone_is_named_by_its_fact(office):
    fact, path = filed(office)
    path.unlink()
    found = verify(office)
    assert (found.files, found.chain, found.replay) == ((said_of(fact, "is gone"),), (), ())
    assert not found.is_sound


def test_without_the_whole_folder_every_file_is_gone(office):
    facts = [filed(office, paper, name)[0] for paper, name in ((PDF, "a.pdf"), (PNG, "a.png"))]
    folder = office.settings.home / "attachments"
    folder.rename(folder.with_name("elsewhere"))
    assert verify(office).files == tuple(said_of(fact, "is gone") for fact in facts)


def test_a_file_whose_bytes_were_changed_is_named_by_its_fact(office):
    fact, path = filed(office)
    path.write_bytes(PDF.replace(b"1.7", b"1.4"))
    assert verify(office).files == (said_of(fact, "was changed"),)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("put", STAND_INS)
def test_what_is_no_ordinary_file_is_named_and_neither_waited_for_nor_followed(office, put):
    """A pipe is never opened by anybody else, a device never ends, and a link may lead to the very same bytes."""
    fact, path = filed(office, PDF, "a.pdf")
    other, changed = filed(office, PNG, "a.png")
    put(path)
    changed.write_bytes(b"")
    assert verify(office).files == (said_of(fact, "is no ordinary file"), said_of(other, "was changed"))


def test_a_file_of_two_facts_is_read_once_and_named_with_both(office, monkeypatch):
    facts = [filed(office, on=f"2022-06-0{n}")[0] for n in (1, 2)]
    path = filed(office, on="2022-06-03")[1]
    path.write_bytes(b"")
    read = []
    look = integrity._hash_of
    monkeypatch.setattr(integrity, "_hash_of", lambda path: read.append(path) or look(path))
    assert verify(office).files[:2] == tuple(said_of(fact, "was changed") for fact in facts)
    assert read == [path]


def test_a_purged_file_is_missed_by_nobody(office):
    fact, path = filed(office)
    purge(office, STATE, fact.id, treaty="att", name=NAME, reason="asked by the State")
    assert not path.exists()
    assert verify(office).is_sound


def test_a_lost_file_that_is_purged_is_missed_no_longer(office):
    """What an operator does who has no copy to put back."""
    fact, path = filed(office)
    path.unlink()
    purge(office, STATE, fact.id, treaty="att", name=NAME, reason="lost with the old disk")
    assert verify(office).is_sound


def test_a_file_that_is_purged_while_files_are_looked_at_is_not_called_lost(office, monkeypatch):
    """Whoever verifies reads the record at one moment, and the files in the moments after it."""
    filed(office, PDF, "a.pdf")
    fact, path = filed(office, PNG, "a.png")
    monkeypatch.setattr(integrity, "_BETWEEN_SIGNS", 1)

    def purging(_done, _total):
        if path.exists():
            purge(office, STATE, fact.id, treaty="att", name=NAME, reason="asked by the State")

    assert verify(office, progress=purging).files == ()
    assert not path.exists()


def test_signs_of_life_are_given_while_large_files_are_read(office, monkeypatch):
    for paper, name in ((PDF, "a.pdf"), (PNG, "a.png")):
        filed(office, paper, name)
    signs = []
    verify(office, progress=lambda *at: signs.append(at))
    monkeypatch.setattr(integrity, "_BETWEEN_SIGNS", 1)
    more = []
    verify(office, progress=lambda *at: more.append(at))
    assert len(more) == len(signs) + 2


def test_the_ledger_is_sealed_without_a_file_that_is_lost(office):
    """The seal is over the ledger, which holds: of a night without one nothing could be proved later."""
    filed(office)[1].unlink()
    found = audit(office, run="night")
    assert (found.sealed, found.verified.is_sound, len(found.verified.files)) == (True, False, 1)


def test_nothing_is_told_of_a_lost_file_but_its_fact(office):
    _, path = filed(office)
    path.unlink()
    [said] = verify(office).files
    assert "Secret" not in said
    assert path.name not in said
