"""The ledger changed by raw SQL, its triggers dropped: each manner of it, and the first thing that says so.

The chain and the rows find what does not fit together. What was made to fit is found by the seal; a seal made to fit,
by the file beside the record; that file made to fit, by whoever holds a line of it elsewhere. docs/reliability.md shows
it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from casework.record.audit import audit, verify
from casework.record.seals import broken_seals, kept_seals, seal
from models.ledger import guards
from tests.builders import clock_of, file
from tests.casework.tampering import record_of, rewritten, tampered

ITSELF, SEAL, FILE, ELSEWHERE, NOTHING = (
    "the ledger itself",
    "the seal",
    "`seals.txt`",
    "a line kept elsewhere",
    "nothing",
)
HOLDS_NO_MORE = "seal 2: the ledger no longer holds what was sealed then"
GONE = "seal 2: it was made, and is not there any more"
PAGE = Path(__file__).parents[3] / "docs/reliability.md"


@dataclass(frozen=True, kw_only=True)
class Tampering:
    """What somebody does who has the database in hand, what finds it first, and what that says."""

    does: Callable[[Any], None]
    found_by: str
    says: str = ""


def sql(*statements):
    """Return somebody who runs statements; `{bra}` and `{fra}` stand for the facts of two States."""

    def does(workspace):
        known = {state.lower(): f"dossier_id = {record_of(workspace, state).id}" for state in ("BRA", "FRA")}
        tampered(workspace, *(one.format(**known) for one in statements))

    return does


def cuts_off_the_last_fact_and_makes_the_dossier_fit(workspace):
    sql(
        "DELETE FROM fact_content WHERE fact_id IN (SELECT id FROM fact WHERE {bra} AND seq = 7)",
        "DELETE FROM fact WHERE {bra} AND seq = 7",
        "UPDATE dossier SET head_seq = 6, head_hash = (SELECT hash FROM fact WHERE {bra} AND seq = 6)"
        " WHERE state = 'BRA'",
    )(workspace)


WITHOUT_BRAZIL = (
    "DELETE FROM fact_content WHERE fact_id IN (SELECT id FROM fact WHERE {bra})",
    "DELETE FROM fact WHERE {bra}",
    "DELETE FROM dossier WHERE state = 'BRA'",
)


def exchanges_the_facts_of_two_dossiers(workspace):
    bra, fra = record_of(workspace, "BRA"), record_of(workspace, "FRA")
    tampered(
        workspace,
        f"UPDATE fact SET seq = seq + 100 WHERE dossier_id = {bra.id}",
        f"UPDATE fact SET dossier_id = {bra.id} WHERE dossier_id = {fra.id}",
        f"UPDATE fact SET dossier_id = {fra.id}, seq = seq - 100 WHERE dossier_id = {bra.id} AND seq > 100",
        *(
            f"UPDATE dossier SET head_seq = {other.head_seq}, head_hash = '{other.head_hash}' WHERE id = {one.id}"
            for one, other in ((bra, fra), (fra, bra))
        ),
    )


def writes_a_chain_anew(workspace):
    rewritten(workspace, actor="nobody")


def makes_every_seal_anew(workspace):
    writes_a_chain_anew(workspace)
    tampered(workspace, "DELETE FROM seal")
    with workspace.registry() as connection:
        seal(workspace, connection, dossiers=198, facts=833)
        connection.execute(text("UPDATE seal SET id = 1"))


def takes_the_file_of_seals_too(workspace):
    makes_every_seal_anew(workspace)
    (workspace.settings.home / "seals.txt").unlink()


def writes_anew_what_no_seal_holds_yet(workspace):
    file(workspace, "BRA", "exchange", "2026-07-21", "note_verbale:NV 9")
    rewritten(workspace, seq=8, actor="nobody")


TABLE = {
    "a byte of a fact changed": Tampering(
        does=sql("UPDATE fact SET reference = 'x' WHERE {bra} AND seq = 3"),
        found_by=ITSELF,
        says="att/BRA: fact 3 was changed",
    ),
    "a byte of a note changed": Tampering(
        does=sql("UPDATE fact_content SET note = 'x' WHERE fact_id IN (SELECT id FROM fact WHERE {bra} AND seq = 7)"),
        found_by=ITSELF,
        says="att/BRA: the note or file of fact 7 was changed",
    ),
    "a note taken away": Tampering(
        does=sql("DELETE FROM fact_content WHERE fact_id IN (SELECT id FROM fact WHERE {bra} AND seq = 7)"),
        found_by=ITSELF,
        says="att/BRA: the note or file of fact 7 is gone, and no fact says it was purged",
    ),
    "a dossier's row changed": Tampering(
        does=sql("UPDATE dossier SET legal_status = 'signatory' WHERE state = 'BRA'"),
        found_by=ITSELF,
        says="att/BRA: legal_status is signatory in the row, state_party by the facts of 2026-07-24",
    ),
    "a fact taken out": Tampering(
        does=sql("DELETE FROM fact WHERE {bra} AND seq = 4"),
        found_by=ITSELF,
        says="att/BRA: fact 4 is missing",
    ),
    "the last fact cut off": Tampering(
        does=sql(
            "DELETE FROM fact_content WHERE fact_id IN (SELECT id FROM fact WHERE {bra} AND seq = 7)",
            "DELETE FROM fact WHERE {bra} AND seq = 7",
        ),
        found_by=ITSELF,
        says="att/BRA: the ledger ends at fact 6, the dossier says 7",
    ),
    "the last fact cut off, its dossier made to fit": Tampering(
        does=cuts_off_the_last_fact_and_makes_the_dossier_fit, found_by=SEAL, says=HOLDS_NO_MORE
    ),
    "a dossier deleted": Tampering(
        does=sql(*WITHOUT_BRAZIL),
        found_by=ITSELF,
        says="att: 1 of the 197 dossiers that were opened are gone",
    ),
    "a dossier deleted, the count of them made to fit": Tampering(
        does=sql(*WITHOUT_BRAZIL, "UPDATE setting SET value = '196' WHERE key = 'dossiers:att'"),
        found_by=SEAL,
        says=HOLDS_NO_MORE,
    ),
    "two dossiers' facts exchanged": Tampering(
        does=exchanges_the_facts_of_two_dossiers, found_by=ITSELF, says="att/BRA: fact 1 was changed"
    ),
    "a whole chain written anew": Tampering(does=writes_a_chain_anew, found_by=SEAL, says=HOLDS_NO_MORE),
    "a seal taken out": Tampering(
        does=sql("DELETE FROM seal WHERE id = 1"),
        found_by=SEAL,
        says="seal 2: it does not follow from the one before",
    ),
    "the last seal cut off": Tampering(does=sql("DELETE FROM seal WHERE id = 2"), found_by=FILE, says=GONE),
    "a whole chain and every seal written anew": Tampering(
        does=makes_every_seal_anew, found_by=FILE, says="seal 1: it is not the one that was made"
    ),
    "a whole chain, every seal and `seals.txt` written anew": Tampering(
        does=takes_the_file_of_seals_too,
        found_by=ELSEWHERE,
        says="no seal with this head is in the record: it was made anew, or was never this record's",
    ),
    "what was recorded since the last seal written anew": Tampering(
        does=writes_anew_what_no_seal_holds_yet, found_by=NOTHING
    ),
}


@pytest.fixture
def sealed(record, tmp_path):
    """Give a record with a note in it, sealed on two nights, and the head that somebody keeps."""
    file(record, "BRA", "exchange", "2026-07-20", "note_verbale:NV 7", channel="mission", note="Told on the stairs.")
    for night in range(2):
        clock_of(record).hour += timedelta(days=1)
        assert audit(record, run=f"night {night}").is_sound
    [*_, (number, hash_)] = kept_seals(record)
    return record, f"{number} {hash_}"


@pytest.mark.parametrize("what", TABLE)
def test_what_somebody_does_to_the_ledger_is_said_by_the_first_that_can_tell(what, sealed):
    (record, head), tampering = sealed, TABLE[what]
    tampering.does(record)
    record.forget()  # whoever verifies begins anew
    with record.reading() as connection:
        seals = broken_seals(connection)
    found = verify(record)
    in_order = {
        ITSELF: (*found.chain, *found.replay),
        SEAL: seals,
        FILE: found.seals,
        ELSEWHERE: verify(record, since=head).seals,
    }
    first = next((name for name, said in in_order.items() if said), NOTHING)
    assert first == tampering.found_by, in_order
    assert tampering.says in (*in_order.get(first, ()), "")


def test_the_triggers_that_had_to_be_dropped_for_it_are_missed_unless_they_are_put_back(sealed):
    record, _ = sealed
    writes_a_chain_anew(record)
    with record.reading() as connection:
        missing = list(guards.missing_triggers(connection))
    assert verify(record).guards == tuple(f"the trigger {name} is gone or was changed" for name in missing)
    assert missing


def test_the_page_about_reliability_shows_each_with_what_finds_it():
    page = PAGE.read_text().splitlines()
    rows = [f"| {what} | {one.found_by} | {one.says or '-'} |" for what, one in TABLE.items()]
    assert [row for row in rows if row not in page] == []
