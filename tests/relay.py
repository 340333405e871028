"""A relay before a PostgreSQL of the tests: one machine's way to it, which a test can cut.

Once cut, nothing passes any more and neither side is told, as when a cable is pulled; closed, both sides know.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HOST = "127.0.0.1"


class Relay:
    """Takes what comes to a port of this machine to a server's socket, and back."""

    def __init__(self, server: Path) -> None:
        """Listen; nobody has come yet."""
        self._server = server / ".s.PGSQL.5432"
        self._listens = socket.create_server((HOST, 0))
        self._is_cut = threading.Event()
        self._ends: list[socket.socket] = [self._listens]
        threading.Thread(target=self._take_in, daemon=True).start()

    def url(self, database: str) -> str:
        """Return a database's address by this way."""
        return f"postgresql+psycopg://accede@{HOST}:{self._listens.getsockname()[1]}/{database}"

    def cut(self) -> None:
        """Let nothing pass from now on."""
        self._is_cut.set()

    def close(self) -> None:
        """Hang up on both sides."""
        self.cut()
        for end in self._ends:
            with suppress(OSError):  # whoever was there has gone
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _take_in(self) -> None:
        with suppress(OSError):  # closed
            while True:
                near, _ = self._listens.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(str(self._server))
                self._ends += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):  # closed
            while said := one.recv(65_536):
                if self._is_cut.is_set():
                    return
                other.sendall(said)
            if not self._is_cut.is_set():
                other.shutdown(socket.SHUT_WR)


@contextmanager
def relayed(server: Path) -> Iterator[Relay]:
    """Give a relay for the length of a block."""
    relay = Relay(server)
    try:
        yield relay
    finally:
        relay.close()
