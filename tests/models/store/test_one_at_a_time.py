"""A schema is brought up by one at a time, when nobody else is at the record; it is never brought down."""

import threading
from contextlib import closing

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import event, text

from models.store import schema as schemas
from models.store.engine import Store, StoreBusy
from models.store.schema import REVISIONS, SCHEMA, StoreEmpty, StoreNewer, StoreOlder, migrate_on


@pytest.fixture
def store(empty_store_url, monkeypatch):
    """Give an empty database, at which nobody waits for long."""
    monkeypatch.setattr(schemas, "PATIENCE", 1)
    with closing(_impatient(empty_store_url)) as store:
        yield store


class _Disposed(Store):
    close = Store.dispose


def _impatient(url):
    store = _Disposed(url)
    if store.is_sqlite:
        event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=100"))
    return store


def another(store):
    return closing(_impatient(store.url.render_as_string(hide_password=False)))


def test_of_two_who_bring_a_record_up_one_is_told(store):
    with store.upgrading() as connection, another(store) as second:
        migrate_on(connection, "0001")
        with pytest.raises(StoreBusy):
            second.migrate()
    assert store.revision() == "0001"


def test_who_waited_for_the_other_finds_it_done(empty_store_url):
    with closing(_Disposed(empty_store_url)) as store, closing(_Disposed(empty_store_url)) as second:
        waits = threading.Thread(target=second.migrate)
        with store.upgrading() as connection:
            migrate_on(connection, "0001")
            waits.start()
            migrate_on(connection)
        waits.join(60)
        assert second.revision() == SCHEMA
        second.require()


@pytest.mark.postgres
def test_who_still_reads_is_waited_for_and_nobody_more_is_let_in(empty_postgres_url, monkeypatch):
    monkeypatch.setattr(schemas, "PATIENCE", 1)
    with closing(_Disposed(empty_postgres_url)) as store, another(store) as second:
        store.migrate()
        with second.reading(), pytest.raises(StoreBusy), store.upgrading():
            pass
        with store.upgrading():
            pass


def test_a_step_up_that_fails_leaves_the_schema_of_before(store):
    with store.upgrading() as connection:
        migrate_on(connection, "0001")
    with pytest.raises(ZeroDivisionError):
        fail_at_the_ninth(store)
    assert store.revision() == "0001"
    with store.upgrading() as connection:
        migrate_on(connection)
    store.require()


def fail_at_the_ninth(store):
    with store.upgrading() as connection:
        migrate_on(connection, "0009")
        raise ZeroDivisionError


def test_each_step_is_told_before_it_is_gone(store):
    told = []
    store.migrate(lambda *step: told.append(step))
    assert told == [(revision, number, len(REVISIONS)) for number, revision in enumerate(REVISIONS, start=1)]
    store.migrate(lambda *step: told.append(step))
    assert len(told) == len(REVISIONS)


def test_a_program_reads_and_writes_a_record_of_its_own_schema_alone(store):
    with pytest.raises(StoreEmpty), store.reading():
        pass
    with store.upgrading() as connection:
        migrate_on(connection, "0003")
    for enter in (store.reading, store.writing):
        with pytest.raises(StoreOlder, match=r"schema 0003.*accede upgrade"), enter():
            pass
    store.migrate()
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for enter in (store.reading, store.writing):
        with pytest.raises(StoreNewer, match=r"schema 9999.*Install that version"), enter():
            pass
    with pytest.raises(StoreNewer), store.upgrading() as connection:
        migrate_on(connection)


@pytest.mark.parametrize("to", ["0001", "-1", "base"])
def test_a_schema_is_never_brought_down(store, to):
    store.migrate()
    with pytest.raises(Exception, match=r"only ever brought up\. To go back, restore the backup"):
        bring_down(store, to)
    store.require()


def bring_down(store, to):
    config = Config()
    config.set_main_option("script_location", str(schemas._MIGRATIONS))
    with store.upgrading() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, to)
