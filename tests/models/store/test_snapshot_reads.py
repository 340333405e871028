"""Reading: everything in one transaction is seen at one moment, whoever writes meanwhile, and nothing is written."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.ledger import dossiers
from models.store.engine import Store, StoreBusy


@pytest.fixture
def stores(store_url):
    """Give two stores over one database, as two programs would have them."""
    opened = Store(store_url), Store(store_url)
    with opened[0].writing() as connection:
        dossiers.add_dossiers(connection, [blank("KHM")])
    yield opened
    for store in opened:
        store.dispose()


def blank(state):
    row = {"treaty": "att", "state": state, "stage": "outside", "standing": "open", "version": 0}
    return {**row, "legal_status": "non_signatory", "entered_by": "", "head_seq": 0, "head_hash": ""}


def states(connection):
    return [record.state for record in dossiers.records(connection, "att")]


def test_what_is_written_meanwhile_is_seen_the_next_time(stores):
    """An audit reads rows first and facts later; a save in between would look like a broken chain."""
    ours, theirs = stores
    with ours.reading() as connection:
        assert states(connection) == ["KHM"]
        with theirs.writing() as elsewhere:
            dossiers.add_dossiers(elsewhere, [blank("PHL")])
        assert states(connection) == ["KHM"]
    with ours.reading() as connection:
        assert states(connection) == ["KHM", "PHL"]


def test_a_reader_keeps_no_writer_waiting(stores):
    ours, theirs = stores
    with ours.reading() as connection:
        assert dossiers.records(connection, "att")
        with theirs.writing() as elsewhere:
            assert dossiers.record_of(elsewhere, "att", "KHM", lock=True)
            elsewhere.execute(text("UPDATE dossier SET version = version + 1"))


def test_nothing_is_written_through_the_door_for_reading(stores):
    ours, _ = stores
    with suppress(DBAPIError), ours.reading() as connection:
        connection.execute(text("UPDATE dossier SET stage = 'deposit'"))
    with ours.reading() as connection:
        assert dossiers.records(connection, "att")[0].stage == "outside"


def test_after_reading_the_same_store_writes(stores):
    ours, _ = stores
    for stage in ("interest", "deposit"):
        with ours.reading() as connection:
            assert dossiers.records(connection, "att")
        with ours.writing() as connection:
            connection.execute(text(f"UPDATE dossier SET stage = '{stage}'"))
    with ours.reading() as connection:
        assert dossiers.records(connection, "att")[0].stage == "deposit"


def test_who_is_in_the_way_of_another_is_told_to_try_again(stores):
    """Each holds what the other wants next: PostgreSQL ends one of the two; SQLite lets nobody begin a second."""
    ours, theirs = stores
    with ours.writing() as connection:
        dossiers.add_dossiers(connection, [blank("PHL")])

    def swap(store, first, then):
        with store.writing() as connection:
            dossiers.record_of(connection, "att", first, lock=True)
            if not store.is_sqlite:
                both.wait(timeout=5)
            dossiers.record_of(connection, "att", then, lock=True)
        return "done"

    both = threading.Barrier(2)
    with ThreadPoolExecutor(2) as elsewhere:
        found = [elsewhere.submit(swap, ours, "KHM", "PHL"), elsewhere.submit(swap, theirs, "PHL", "KHM")]
    ended = [one.exception() for one in found if one.exception() is not None]
    assert len(ended) == (0 if ours.is_sqlite else 1)
    for wrong in ended:
        assert isinstance(wrong, StoreBusy)
        assert str(wrong).startswith("The record is busy with another change; try again in a moment.")
