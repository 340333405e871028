"""Triggers that keep the ledger and its seals append-only, for SQLite and PostgreSQL.

`INSERT OR REPLACE` deletes without firing a delete trigger in SQLite, so an insert of an existing id is refused too.
"""

from __future__ import annotations

import re

KEPT = ("fact", "seal")
_SAYS = "the ledger is append-only"
#: What every trigger does on PostgreSQL.
RAISES = f" BEGIN RAISE EXCEPTION '{_SAYS}'; END "


def statements(dialect: str) -> list[str]:
    """Return the statements that make the triggers."""
    return _postgresql() if dialect == "postgresql" else _sqlite()


def named(dialect: str) -> dict[str, str]:
    """Return the statement that makes each trigger, by the trigger's name."""
    made = ((re.match(r"CREATE TRIGGER (\w+)", statement), statement) for statement in statements(dialect))
    return {found[1]: statement for found, statement in made if found}


def _sqlite() -> list[str]:
    made: list[str] = []
    for table in KEPT:
        for deed in ("UPDATE", "DELETE"):
            made.append(  # noqa: PERF401  # reads better than a comprehension of three lines of SQL
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
            )
        made.append(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
            f" BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
        )
    made.append(
        "CREATE TRIGGER fact_no_replace_seq BEFORE INSERT ON fact"
        " WHEN EXISTS (SELECT 1 FROM fact WHERE dossier_id = NEW.dossier_id AND seq = NEW.seq)"
        f" BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    )
    return made


def _postgresql() -> list[str]:
    made = [f"CREATE FUNCTION accede_append_only() RETURNS trigger LANGUAGE plpgsql AS $${RAISES}$$"]
    for table in KEPT:
        made.append(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION accede_append_only()"
        )
        made.append(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION accede_append_only()"
        )
    return made
