"""What stands beside a fact: held by a salted hash in the ledger, and missed when it is changed, gone or invented."""

import hashlib

import pytest
from sqlalchemy import text

from models.ledger import contents, dossiers
from models.ledger.hash_chain import Content, canonical, content_hash
from tests.builders import a_fact
from tests.models.ledger.chained import SALT, THREE, breaks, keep, tamper


def test_a_note_is_held_by_a_salted_hash(store):
    keep(store, THREE[1], note="The minister hesitates.")
    assert breaks(store) == []
    with store.reading() as connection:
        (held,) = connection.execute(text("SELECT content_hash FROM fact")).scalars()
        columns = [str(value) for value in connection.execute(text("SELECT * FROM fact")).one()]
    assert held == content_hash(Content(SALT, "The minister hesitates.", None, None))
    assert not any("hesitates" in value for value in columns), "the ledger holds no free text"


def test_a_note_changed_is_found(store):
    keep(store, THREE[1], note="The minister hesitates.")
    tamper(store, "UPDATE fact_content SET note = 'The minister agrees.'", with_triggers_gone=False)
    assert breaks(store) == ["att/KHM: the note or file of fact 1 was changed"]


def test_a_note_gone_without_a_word_is_found(store):
    keep(store, THREE[1], note="The minister hesitates.")
    tamper(store, "DELETE FROM fact_content", with_triggers_gone=False)
    assert breaks(store) == ["att/KHM: the note or file of fact 1 is gone, and no fact says it was purged"]


A_FILE = ("List.pdf", "ab" * 32, "application/pdf")


@pytest.mark.parametrize(
    "change",
    [
        "attachment_name = 'Other.pdf'",
        "attachment_type = 'text/html'",
        f"attachment_hash = '{'cd' * 32}'",
        "note = 'x'",
    ],
)
def test_a_file_exchanged_or_given_another_name_or_type_is_found(store, change):
    keep(store, THREE[1], file=A_FILE)
    assert breaks(store) == []
    tamper(store, f"UPDATE fact_content SET {change}", with_triggers_gone=False)
    assert breaks(store) == ["att/KHM: the note or file of fact 1 was changed"]


def test_what_was_filed_before_name_and_type_were_hashed_still_holds(store, monkeypatch):
    """Its note and bytes are looked at as they were then."""
    monkeypatch.setattr(dossiers, "content_hash", first_content_hash)
    keep(store, THREE[1], file=A_FILE)
    assert breaks(store) == []
    tamper(store, f"UPDATE fact_content SET attachment_hash = '{'cd' * 32}'", with_triggers_gone=False)
    assert breaks(store) == ["att/KHM: the note or file of fact 1 was changed"]


def first_content_hash(content):
    said = canonical([content.salt, content.note, content.attachment_hash])
    return hashlib.sha256(said.encode()).hexdigest()


INVENTED = (
    "(fact_id, note) VALUES ('KHM-fact1', 'The minister agrees.')",
    "(fact_id, salt, note) VALUES ('KHM-fact1', '00', 'The minister agrees.')",
    "(fact_id, attachment_name, attachment_hash) VALUES ('KHM-fact1', 'List.pdf', 'ab')",
    "(fact_id) VALUES ('KHM-fact1')",
)


@pytest.mark.parametrize("row", INVENTED)
def test_what_is_invented_beside_a_fact_that_had_nothing_is_found_and_not_shown(store, row):
    keep(store, THREE[1])
    tamper(store, f"INSERT INTO fact_content {row}", with_triggers_gone=False)
    assert breaks(store) == ["att/KHM: something stands beside fact 1, which was filed without"]
    with store.reading() as connection:
        assert contents.beside(connection, ["KHM-fact1"]) == {}


def test_what_is_invented_beside_a_purged_fact_is_found(store):
    keep(store, THREE[1], a_fact("purged", "2024-02-01", fact="KHM-fact1"), note="A reason.")
    gone = {"att/KHM: something stands beside fact 1, which was filed without"}
    tamper(store, "INSERT INTO fact_content (fact_id) VALUES ('KHM-fact1')", with_triggers_gone=False)
    assert breaks(store) == []
    tamper(store, "UPDATE fact_content SET note = 'x' WHERE fact_id = 'KHM-fact1'", with_triggers_gone=False)
    assert set(breaks(store)) == gone


def test_a_note_put_back_without_its_salt_is_found(store):
    """As after a purge, of which a fact says that nothing is left."""
    keep(store, THREE[1], note="The minister hesitates.")
    tamper(store, "UPDATE fact_content SET salt = NULL", with_triggers_gone=False)
    assert breaks(store) == ["att/KHM: the note or file of fact 1 was changed"]
