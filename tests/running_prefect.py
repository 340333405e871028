"""A real Prefect server behind its gate, running on this machine for the tests: with a password, telling nobody."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

from desk.processes.children import Children
from desk.processes.ports import free_from
from desk.processes.stop_signal import StopSignal
from desk.runtime import prefect_server
from desk.runtime.prefect_server import Prefect
from desk.runtime.prefect_stack import PrefectStack
from desk.scheduling.prefect_http import Server
from notifications.proxies import with_loopback_direct, without_unspoken

ROOT = Path(__file__).resolve().parents[1]
ZONE = "America/New_York"  # an office's own, where the flows keep its hours


@dataclass(frozen=True, kw_only=True)
class RunningPrefect:
    """A server that answers, and what can be started beside it."""

    prefect: Prefect
    children: Children

    @property
    def server(self) -> Server:
        """The server as the desk asks it."""
        return Server(url=self.prefect.url, auth=self.prefect.auth, is_ours=True)


@contextmanager
def running_prefect(home: Path) -> Iterator[RunningPrefect]:
    """Run a server with a home of its own until the block ends."""
    prefect = Prefect(port=free_from(0), auth=token_urlsafe(32))
    shell = with_loopback_direct(without_unspoken(os.environ))
    environment = {**shell, **prefect_server.environment(home, prefect.port)}
    with Children(StopSignal(), environment=environment, directory=ROOT, logs=home / "log") as children:
        PrefectStack(prefect=prefect, children=children, home=home, zone=ZONE).start_server(templates=ROOT / "build")
        children.until(prefect.is_healthy, 120, "Prefect's server")
        yield RunningPrefect(prefect=prefect, children=children)
