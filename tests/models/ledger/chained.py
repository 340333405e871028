"""A ledger of three facts in a database of its own, and what somebody with that in hand could do to it."""

from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import text

from models.ledger import dossiers, verification
from models.ledger.dossiers import Appended
from models.ledger.hash_chain import Content
from tests.builders import a_deposit, a_fact, a_signature, on_file

SALT = "00" * 16


def blank(state):
    row = {"treaty": "att", "state": state, "stage": "outside", "standing": "open", "version": 0}
    return {**row, "legal_status": "non_signatory", "entered_by": "", "head_seq": 0, "head_hash": ""}


def keep(store, *facts, state="KHM", note=None, file=(None, None, None)):
    """Append facts to a dossier and move its head; note and file stand beside the last of them."""
    filed = [replace(f, state=state, id=f"{state}-{f.id}") for f in on_file(*facts)]
    beside = {filed[-1].id: Content(SALT, note, *file)} if note or any(file) else {}
    with store.writing() as connection:
        record = dossiers.record_of(connection, "att", state)
        heads = dossiers.append(connection, [Appended(record, filed, beside)])
        connection.execute(
            text("UPDATE dossier SET head_seq = :seq, head_hash = :hash WHERE id = :id"),
            {"seq": heads[record.id][0], "hash": heads[record.id][1], "id": record.id},
        )


def breaks(store, state="KHM"):
    with store.reading() as connection:
        record = dossiers.record_of(connection, "att", state)
        return verification.breaks(record, verification.links_of(connection, [record])[record.id])


@contextmanager
def undone(store):
    with store.engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin() as transaction:
            yield connection
            transaction.rollback()


def tamper(store, statement, *, with_triggers_gone=True):
    """Do what somebody with the database in hand could do."""
    with store.writing() as connection:
        if with_triggers_gone and store.is_sqlite:
            for name in (
                connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            ):
                connection.execute(text(f"DROP TRIGGER {name}"))
        elif with_triggers_gone:
            for table in ("fact", "seal"):
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        connection.execute(text(statement))


THREE = (a_signature(), a_fact("contact_named", "2024-01-10", ministry="Défense “nationale”"), a_deposit("2024-06"))
