"""Settings of the record: whether it is real or for training, and when it was opened."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, Select, delete, insert, select

from models.store.beginnings import begins_with
from models.store.upsert import insert_into
from models.tables.record import Setting

_setting = Setting.__table__  # type: ignore[attr-defined]
_all = select(_setting.c.key, _setting.c.value)  # built once: asked for every page of a training record


def all_settings(connection: Connection) -> dict[str, str]:
    """Return every setting."""
    return dict(connection.execute(_all).tuples().all())


def keep(connection: Connection, key: str, value: str) -> None:
    """Keep a setting, in place of an earlier one."""
    connection.execute(delete(_setting).where(_setting.c.key == key))
    connection.execute(insert(_setting), [{"key": key, "value": value}])


def keep_other(connection: Connection, key: str, value: str) -> bool:
    """Keep a setting unless it is that already, and tell whether it was not: of two who ask at once, to one alone."""
    statement = insert_into(connection, _setting).values(key=key, value=value)
    statement = statement.on_conflict_do_update(
        index_elements=["key"], set_={"value": value}, where=_setting.c.value != value
    )
    return bool(connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount == 1)


def marked(connection: Connection, prefix: str) -> frozenset[str]:
    """Return what is marked “yes” under a prefix, such as the States that allow something."""
    found = connection.execute(_marked(prefix)).scalars().all()
    return frozenset(key.removeprefix(prefix) for key in found)


@cache  # the few prefixes there are
def _marked(prefix: str) -> Select[tuple[str]]:
    return select(_setting.c.key).where(begins_with(_setting.c.key, prefix), _setting.c.value == "yes")
