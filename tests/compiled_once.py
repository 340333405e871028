"""Statements are compiled once per session, not anew for each test's record: that took longer than running them.

A pytest plugin, loaded by tests/conftest.py. It asks SQLAlchemy for one store of compiled statements where there would
be one per engine; outside the tests a process has one engine.
"""

from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event


class _CompiledStatements(dict[tuple[Any, ...], Any]):
    """What was compiled, by the database's kind where SQLAlchemy looks for the engine's own dialect."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get(_of_a_kind(key), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__(_of_a_kind(key), compiled)


def _of_a_kind(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *statement = key
    return (type(dialect), *statement)


@pytest.hookimpl
def pytest_configure() -> None:
    """Let every engine of this process keep its statements in one place."""
    statements = _CompiledStatements()

    @event.listens_for(Engine, "engine_connect")
    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=statements)
