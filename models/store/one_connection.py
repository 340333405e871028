"""One connection: a store seen from within a transaction that is not committed yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from models.store.engine import Connection, Store


class OneConnection(Store):
    """Reads and writes on a connection in hand; whoever opened its transaction commits it, or does not."""

    def __init__(self, store: Store, connection: Connection) -> None:
        """Look at a store through one of its connections."""
        self.url, self.engine, self.schema, self.has_written = store.url, store.engine, store.schema, False
        self._connection = connection

    @contextmanager
    def reading(self, *, of_any_schema: bool = False) -> Iterator[Connection]:
        """Yield the connection."""
        yield self._connection

    @contextmanager
    def writing(self, *, of_any_schema: bool = False) -> Iterator[Connection]:
        """Yield the connection; nothing is committed here."""
        yield self._connection
        self.has_written = True
