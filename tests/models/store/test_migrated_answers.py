"""What letters were marked with as answered goes to the notices that asked, and to none that came along with them."""

import pytest
from sqlalchemy import text

from models.store.engine import Store
from models.store.schema import migrate_on

BEFORE = (
    "INSERT INTO person (id, name, language, created_at, sees_personal)"
    " VALUES (1, 'One', 'en', '2026-03-01 05:00:00+00:00', false)",
    "INSERT INTO letter (id, person_id, kind, day, series, state, due_at, written_at, attempts, answered_at) VALUES"
    " ('l', 1, 'digest', '2026-03-02', '', 'sent', '2026-03-02 05:00:00+00:00', '2026-03-02 05:00:00+00:00', 1,"
    " '2026-03-02 08:00:00+00:00')",
    *(
        "INSERT INTO follow_up (key, treaty, occasion, about, role, region, opened_on, due_on, rungs, rung, patience,"
        f" is_public, closed_by) VALUES ('{key}', 'att', 'silence', '', 'secretariat', '', '2026-03-02', '2026-03-02',"
        f" '', 1, 14, false, {by})"
        for key, by in (("asked", "'person:1'"), ("beside", "NULL"), ("anothers", "'person:2'"))
    ),
    *(
        "INSERT INTO notice (key, kind, occasion, about, person_id, role, treaty, follow_up_key, rung, is_public,"
        f" letter_id, written_at, withdrawn) VALUES ('{key}:1', 'chase', 'silence', '', 1, 'champion', 'att', '{key}',"
        " 1, false, 'l', '2026-03-02 05:00:00+00:00', false)"
        for key in ("asked", "beside", "anothers")
    ),
)


@pytest.fixture
def store(empty_store_url):
    store = Store(empty_store_url)
    yield store
    store.dispose()


def test_the_answer_to_a_letter_is_kept_by_the_notice_that_asked_for_it(store):
    with store.upgrading() as connection:
        migrate_on(connection, "0001")
        for statement in BEFORE:
            connection.execute(text(statement))
    store.migrate()
    with store.reading() as connection:
        found = connection.execute(text("SELECT follow_up_key, answered_at IS NOT NULL FROM notice ORDER BY id")).all()
    assert [(key, bool(answered)) for key, answered in found] == [
        ("asked", True),
        ("beside", False),
        ("anothers", False),
    ]
