"""The desk as a process of the supervisor: how it is started, and the address that it answers at.

Nothing of it is imported here: it is a process of its own, so that what breaks there breaks nothing else.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.request import ProxyHandler, build_opener

from desk.processes.children import Children
from desk.processes.ports import HOST, require_free

_STARTS_WITHIN = 60.0  # seconds
_ENDS_WITHIN = 4.0  # a page under way is finished within three
_PATIENCE = 2.0

#: Loopback is never asked through a proxy, whatever the shell says.
_opener = build_opener(ProxyHandler({}))


def address(port: int) -> str:
    """Return where the desk is found on this machine."""
    return f"http://{HOST}:{port}"


@dataclass(frozen=True, kw_only=True)
class DeskServer:
    """The desk's process."""

    port: int
    children: Children
    told: Mapping[str, str] = field(default_factory=dict, repr=False)

    def start(self) -> None:
        """Start it over a record that is open; it needs a second or two, in which there is other work to do.

        PortInUse where somebody has taken its port meanwhile: what was started before it takes a minute.
        """
        require_free(self.port, "--port")
        command = [sys.executable, "-m", "desk.server.app", "--port", str(self.port)]
        self.children.start("desk", command, grace=_ENDS_WITHIN, told=self.told)

    def url(self) -> str:
        """Wait until it answers, and return its address."""
        self.children.until(self._is_healthy, _STARTS_WITHIN, "The desk")
        return address(self.port)

    def _is_healthy(self) -> bool:
        try:
            with _opener.open(f"{address(self.port)}/health", timeout=_PATIENCE) as answer:
                return bool(answer.status == HTTPStatus.OK)
        except OSError:
            return False
