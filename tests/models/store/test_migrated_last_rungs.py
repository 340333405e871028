"""A record from before: what its last rung was told of, and nothing would bring up again, is brought up by its day."""

import pytest
from sqlalchemy import text

from models.store.engine import Store
from models.store.schema import migrate_on

ALL = "champion,coordinator,secretariat"
#: By key: rungs, rung, next rung, closed on.
KEPT = {
    "last": (ALL, 3, "NULL", "NULL"),
    "alone": ("secretariat", 1, "NULL", "NULL"),
    "under way": (ALL, 2, "NULL", "NULL"),
    "counted": (ALL, 3, "'2026-05-01'", "NULL"),
    "nobody's": ("", 0, "NULL", "NULL"),
    "closed": (ALL, 3, "NULL", "'2026-03-05'"),
}


@pytest.fixture
def store(empty_store_url):
    store = Store(empty_store_url)
    yield store
    store.dispose()


def test_what_the_last_rung_was_told_of_is_dated_and_nothing_else(store):
    with store.upgrading() as connection:
        migrate_on(connection, "0009")
        for key, (rungs, rung, then, closed) in KEPT.items():
            connection.execute(
                text(
                    "INSERT INTO follow_up (key, treaty, occasion, about, role, region, opened_on, due_on, rungs, rung,"
                    " patience, is_public, is_answered, next_rung_on, closed_on) VALUES (:key, 'att', 'silence', '',"
                    f" 'secretariat', '', '2026-03-02', '2026-04-02', '{rungs}', {rung}, 14, false, false, {then},"
                    f" {closed})"
                ),
                {"key": key},
            )
    store.migrate()
    with store.reading() as connection:
        found = connection.execute(text("SELECT key, next_rung_on FROM follow_up ORDER BY id")).all()
    assert {key: str(day) if day else None for key, day in found} == {
        "last": "2026-04-02",
        "alone": "2026-04-02",
        "under way": None,
        "counted": "2026-05-01",
        "nobody's": None,
        "closed": None,
    }
