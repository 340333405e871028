"""What a database refuses is said in a sentence that gives nothing of its address away."""

import os
from pathlib import Path

import pytest
from sqlalchemy import event, text

from models.store.engine import Store, StoreFull, StoreReadOnly, StoreUnreachable


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://h/x?password=Sup3rSecret&host=127.0.0.1&port=1",
        "postgresql://u@127.0.0.1:1/x?password=Sup3rSecret",
        "postgresql://u:Sup3r@Secret@127.0.0.1:1/x",
        "postgresql://u:Sup3rSecret@127.0.0.1:1/x",
        "postgresql://u:Sup3rSecret@127.0.0.1:1/x?bogus=1",
        "postgresql://u:Sup3rSecret@127.0.0.1:port/x",
        "postgresql://u:Sup3rSecret@[::1/x",
    ],
)
def test_no_password_is_ever_shown(url):
    with pytest.raises(StoreUnreachable) as refused:
        Store(url).revision()
    assert "Sup3r" not in str(refused.value)
    assert "Secret" not in str(refused.value)


def test_a_damaged_record_is_called_so(tmp_path):
    (tmp_path / "accede.db").write_bytes(b"not a database at all" * 1000)
    with pytest.raises(StoreUnreachable, match="is damaged"):
        Store(f"sqlite:///{tmp_path / 'accede.db'}").revision()


def a_store_whose_connections(tmp_path, pragma):
    """Give a store with a table, whose connections are from now on limited so."""
    store = Store(f"sqlite:///{tmp_path / 'accede.db'}")
    with store.writing(of_any_schema=True) as connection:
        connection.execute(text("CREATE TABLE kept (words TEXT)"))
    store.dispose()
    event.listen(store.engine, "connect", lambda connection, _record: connection.execute(f"PRAGMA {pragma}"))
    return store


def write(store):
    with store.writing(of_any_schema=True) as connection:
        connection.execute(text("INSERT INTO kept VALUES (:words)"), {"words": "x" * 50_000})


def test_a_full_disk_is_called_so(tmp_path):
    with pytest.raises(StoreFull, match="Nothing was changed; free some space"):
        write(a_store_whose_connections(tmp_path, "max_page_count=2"))


def test_a_record_that_may_not_be_written_is_called_so(tmp_path):
    with pytest.raises(StoreReadOnly, match="may be read and not written"):
        write(a_store_whose_connections(tmp_path, "query_only=ON"))


@pytest.mark.postgres
def test_a_server_that_takes_no_writing_is_called_so(empty_postgres_url):
    store = Store(empty_postgres_url)
    assert store.may_be_written()
    name = store.url.database
    with store.writing(of_any_schema=True) as connection:
        connection.execute(text("CREATE TABLE kept (words TEXT)"))
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    store.dispose()
    with pytest.raises(StoreReadOnly, match="may be read and not written"):
        write(store)
    assert not store.may_be_written()
    store.dispose()


@pytest.mark.parametrize("shut", ["the file", "the folder"])
def test_a_file_that_this_account_may_not_write_is_known_without_trying(tmp_path, monkeypatch, shut):
    store = a_store_whose_connections(tmp_path, "cache_size=-2000")
    assert store.may_be_written()
    place = Path(store.where) if shut == "the file" else tmp_path
    allowed = os.access  # of the machine: whoever runs the tests may be let in everywhere
    monkeypatch.setattr(os, "access", lambda path, mode: path != place and allowed(path, mode))
    assert not store.may_be_written()


@pytest.mark.postgres
def test_a_server_whose_files_may_grow_no_more_is_called_full(postgres, empty_postgres_url):
    store = Store(empty_postgres_url)
    with store.writing(of_any_schema=True) as connection:
        connection.execute(text("CREATE UNLOGGED TABLE kept (words TEXT)"))
        at_work = connection.execute(text("SELECT pg_backend_pid()")).scalar()
    postgres.run("prlimit", f"--pid={at_work}", "--fsize=8192:")
    with (
        pytest.raises(StoreFull, match="Nothing was changed; free some space"),
        store.writing(of_any_schema=True) as connection,
    ):
        connection.execute(text("INSERT INTO kept SELECT md5(n::text) FROM generate_series(1, 1000) AS n"))
    store.dispose()
