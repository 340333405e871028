"""Guards of the ledger: whether what keeps it append-only is in place, and what belongs to nothing. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, func, select, text

from models.migrations.triggers import RAISES, named
from models.tables.every import METADATA

# What each trigger of ours is and does: for each row or statement, never with a condition, and while it is switched on.
_ON_POSTGRESQL = text(
    "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND t.tgqual IS NULL AND t.tgenabled IN ('O', 'A') AND p.prosrc = :does"
    " AND pg_table_is_visible(c.oid)"
)


def missing_triggers(connection: Connection) -> list[str]:
    """Return the names of the triggers that are gone, switched off, or do something else."""
    expected = named(connection.dialect.name)
    if connection.dialect.name == "postgresql":
        there = set(connection.execute(_ON_POSTGRESQL, {"does": RAISES}).scalars())
        return sorted(expected.keys() - there)
    kept = dict(connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).tuples().all())
    return sorted(name for name, made in expected.items() if kept.get(name) != made)


def orphans(connection: Connection) -> Iterator[tuple[str, str, int]]:
    """Yield (table, what it belongs to, how many) where rows name something that is not there."""
    for table in METADATA.sorted_tables:
        for key in table.foreign_keys:
            number = _without(connection, table, key.parent.name, key.column.table, key.column.name)
            if number:
                yield table.name, key.column.table.name, number


def _without(connection: Connection, table: Table, column: str, other: Table, named_by: str) -> int:
    parent = other.alias("parent")
    there = select(parent.c[named_by]).where(parent.c[named_by] == table.c[column]).correlate(table)
    query = select(func.count()).select_from(table).where(table.c[column].is_not(None), ~there.exists())
    return int(connection.execute(query).scalar_one())
