"""Who writes to PostgreSQL and says nothing any more loses what was in hand, and the locks; who reads is waited for."""

from contextlib import ExitStack, closing

import pytest
from sqlalchemy import text

from models.store.engine import Store, StoreUnreachable
from tests.desk.running_processes import comes_about

pytestmark = pytest.mark.postgres
SECOND = 1


class _Disposed(Store):
    close = Store.dispose


@pytest.fixture
def open_store(postgres_url):
    with ExitStack() as opened:
        yield lambda silent=None: opened.enter_context(closing(_Disposed(postgres_url, silent=silent)))


def note(connection, key):
    connection.execute(text("INSERT INTO setting (key, value) VALUES (:key, 'here')"), {"key": key})


def number(connection):
    """Return by which number the server knows a connection."""
    return connection.execute(text("SELECT pg_backend_pid()")).scalar()


def is_undone(store, pid):
    with store.reading() as connection:
        query = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid")
        return connection.execute(query, {"pid": pid}).scalar() == 0


def fall_silent(store, watcher, key):
    """Write something, and say nothing until the server has had enough; then go on, as if nothing had been."""
    with store.writing() as connection:
        note(connection, key)
        pid = number(connection)
        assert comes_about(lambda: is_undone(watcher, pid))
        note(connection, f"{key} again")


def test_what_a_silent_writer_had_begun_is_undone_and_said_in_a_sentence(open_store):
    store = open_store(SECOND)
    with pytest.raises(StoreUnreachable, match="was stopped, or cut off"):
        fall_silent(store, open_store(), "one")
    with store.writing() as connection:
        note(connection, "one")  # nobody holds it, and it is not there


def test_who_reads_and_who_writes_without_such_a_limit_are_waited_for(open_store):
    store, other = open_store(SECOND), open_store()
    with store.reading() as reads, other.writing() as writes:
        number(reads)
        note(writes, "other")
        with pytest.raises(StoreUnreachable):
            fall_silent(store, open_store(), "one")
        number(reads)
        note(writes, "other again")
