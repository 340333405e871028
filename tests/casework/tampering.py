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
    tampered(
        workspace, f"UPDATE fact SET effective_on = '2018-08-20' WHERE kind = 'deposit' AND {of_brazil(workspace)}"
    )
    with workspace.registry() as connection:
        rows = (
            connection.execute(text(f"SELECT * FROM fact WHERE {of_brazil(workspace)} ORDER BY seq")).mappings().all()
        )
        previous = ""
        with workspace.reading() as reading:
            typed = {r.id: dict(r._mapping) for r in _typed(reading, record_of(workspace))}
        for row in rows:
            fresh = {**typed[row["id"]], "effective_on": row["effective_on"], "previous": previous}
            previous = chained_hash(fresh, "att", "BRA")
            connection.execute(
                text("UPDATE fact SET hash = :hash, previous = :previous WHERE id = :id"),
                {"hash": previous, "previous": fresh["previous"], "id": row["id"]},
            )
        connection.execute(text(f"UPDATE dossier SET head_hash = '{previous}' WHERE id = {record_of(workspace).id}"))


def _typed(connection, record):
    return verification.links_of(connection, [record])[record.id]
