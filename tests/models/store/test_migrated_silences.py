"""In a record where no silence was ever asked anew, the next sweep looks at the States of which one was closed."""

import pytest
from sqlalchemy import text

from models.store.engine import Store
from models.store.schema import migrate_on

#: State, when its dossier is due, and its follow-ups: their occasion, and when they were closed.
BEFORE = {
    "AGO": ("NULL", [("silence", "'2026-02-01'"), ("silence", "'2026-03-01'")]),
    "BDI": ("'2026-05-01'", [("silence", "'2026-03-01'")]),
    "COM": ("'2026-01-01'", [("silence", "'2026-03-01'")]),  # due before that already
    "GMB": ("'2026-05-01'", [("silence", "NULL"), ("review", "'2026-03-01'")]),
}


@pytest.fixture
def store(empty_store_url):
    store = Store(empty_store_url)
    yield store
    store.dispose()


def rows():
    """Yield the statements that write such a record."""
    for number, (state, (due, follow_ups)) in enumerate(BEFORE.items(), start=1):
        yield (
            "INSERT INTO dossier (id, treaty, state, stage, standing, legal_status, entered_by, next_due_on, version,"
            f" head_seq, head_hash) VALUES ({number}, 'att', '{state}', 'interest', 'open', 'signatory', '', {due}, 0,"
            " 0, '')"
        )
        for place, (occasion, closed) in enumerate(follow_ups):
            yield (
                "INSERT INTO follow_up (key, treaty, dossier_id, occasion, about, role, region, opened_on, due_on,"
                f" rungs, rung, patience, is_public, is_answered, closed_on) VALUES ('{state}:{place}', 'att',"
                f" {number}, '{occasion}', '', 'secretariat', '', '2026-01-01', '2026-01-01', '', 1, 14, false, false,"
                f" {closed})"
            )


def test_who_was_asked_after_and_never_again_is_looked_at(store):
    with store.upgrading() as connection:
        migrate_on(connection, "0010")
        for statement in rows():
            connection.execute(text(statement))
    store.migrate()
    with store.reading() as connection:
        found = connection.execute(text("SELECT state, next_due_on FROM dossier")).all()
    assert {state: str(due) for state, due in found} == {
        "AGO": "2026-03-01",
        "BDI": "2026-03-01",
        "COM": "2026-01-01",
        "GMB": "2026-05-01",
    }
