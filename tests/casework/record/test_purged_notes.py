"""Purging is said, not broken: the words are gone, and the chain holds."""

import pytest
from sqlalchemy import text

from casework.dossiers.purging import purge
from casework.record.audit import verify
from models.ledger import dossiers
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import OPERATOR
from tests.builders import file, name_of

NOTE = "note_verbale:7"


def test_a_purged_note_is_gone_and_the_chain_holds(record):
    file(record, "BRA", "signal", "2026-07-01", NOTE, note="Mr Somebody wavers.")
    (number,) = (len(facts_of(record)),)
    purge(record, "BRA", str(number), treaty="att", name=name_of("BRA"), reason="A person asked.", reader=OPERATOR)
    with record.reading() as connection:
        left = connection.execute(text("SELECT note FROM fact_content WHERE note LIKE '%wavers%'")).all()
    assert left == []
    assert verify(record).is_sound
    assert facts_of(record)[-1].kind == "purged"


@pytest.mark.parametrize("reason", ["x" * 10_001, "half a character \udcff"])
def test_nothing_is_purged_for_a_reason_that_cannot_be_kept(record, reason):
    filed = file(record, "BRA", "signal", "2026-07-01", NOTE, note="Mr Somebody wavers.")
    with pytest.raises(NotAdmitted, match=r"text_(too_long|is_no_text)"):
        purge(record, "BRA", filed.fact.id, treaty="att", name=name_of("BRA"), reason=reason, reader=OPERATOR)
    assert facts_of(record)[-1].id == filed.fact.id


def facts_of(workspace, state="BRA"):
    with workspace.reading() as connection:
        record = dossiers.record_of(connection, "att", state)
        return dossiers.facts_of(connection, [record])[record.id]
