"""A schema made at once: a fuzzer that waited for every migration would try ten inputs where it tries hundreds.

For the fuzzer alone; a record of an older schema is still brought up step by step.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import create_engine, text

from casework.record import bringing_back
from models.store.engine import Connection
from models.store.schema import SCHEMA, migrate_on, revision_on


def make_schemas_quickly() -> None:
    """Let whatever is brought back find its schema made by the statements that the migrations come to."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        migrate_on(connection)
        made = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY rowid"
        statements = [row[0] for row in connection.execute(text(made))]

    def quick(connection: Connection, to: str = SCHEMA, **told: Any) -> None:
        stands = revision_on(connection)
        if to != SCHEMA or stands not in (None, to):
            migrate_on(connection, to, **told)
        elif stands is None:
            for statement in statements:
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{SCHEMA}')")

    setattr(bringing_back, "migrate_on", quick)  # noqa: B010  # it is there to be told so
