"""What somebody could do to a record who has its database in hand and knows the program."""

from sqlalchemy import text

from models.ledger import dossiers, verification
from models.ledger.hash_chain import chained_hash


def tampered(workspace, *statements):
    """Change the database as somebody with its file or its password could: triggers dropped first."""
    with workspace.registry() as connection:
        if workspace.store.is_sqlite:
            for name in (
                connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            ):
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            for table in ("fact", "seal"):
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        for statement in statements:
            connection.execute(text(statement))


def record_of(workspace, state="BRA"):
    with workspace.reading() as connection:
        return dossiers.record_of(connection, "att", state)


def of_brazil(workspace):
    return f"dossier_id = {record_of(workspace).id}"


def forged(workspace):
    """Change Brazil's deposit and compute every hash after it anew, as somebody who knows the program would."""
    rewritten(workspace, effective_on="2018-08-20")


def rewritten(workspace, seq=3, **changed):
    """Change columns of one of Brazil's facts, its deposit unless said, and compute every hash after it anew."""
    with workspace.reading() as reading:
        facts = [dict(row._mapping) for row in _typed(reading, record_of(workspace))]
    values = ", ".join(f"{name} = '{value}'" for name, value in changed.items())
    tampered(workspace, f"UPDATE fact SET {values} WHERE {of_brazil(workspace)} AND seq = {seq}")
    previous = ""
    with workspace.registry() as connection:
        for fact in facts:
            fresh = {**fact, **(changed if fact["seq"] == seq else {}), "previous": previous}
            hash_ = chained_hash(fresh, "att", "BRA")
            connection.execute(
                text("UPDATE fact SET hash = :hash, previous = :previous WHERE id = :id"),
                {"hash": hash_, "previous": previous, "id": fact["id"]},
            )
            previous = hash_
        connection.execute(text(f"UPDATE dossier SET head_hash = '{previous}' WHERE id = {record_of(workspace).id}"))


def _typed(connection, record):
    return verification.links_of(connection, [record])[record.id]
