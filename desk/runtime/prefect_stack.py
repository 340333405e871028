"""The Prefect stack: its server and worker as children of the supervisor, and all of `prefect.yaml` deployed."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from casework.operations.checkup_of_surroundings import PREFECT_ADDRESS
from desk.processes.children import CannotGoOn, Children
from desk.runtime import prefect_server
from desk.runtime.prefect_server import Prefect
from desk.scheduling import prefect_file

_STARTS_WITHIN = 120.0  # seconds; a busy machine takes half a minute to make Prefect's database
_DEPLOYS_WITHIN = 90.0
_ENDS_WITHIN = 120.0


@dataclass(frozen=True, kw_only=True)
class PrefectStack:
    """Prefect on this machine, for one home."""

    prefect: Prefect
    children: Children
    home: Path
    zone: str  # whose hours the flows keep

    def start_server(self, *, templates: Path) -> None:
        """Start the server; it needs some seconds, in which there is other work to do."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lay_database(templates / f"prefect-{version('prefect')}.db")
        prefect = self.prefect
        told = prefect_server.for_server(prefect.auth)
        self.children.start("prefect-server", prefect_server.server_command(prefect.port), grace=10, told=told)

    def url(self) -> str:
        """Wait until the server answers, and return the address of its page."""
        self.children.until(self.prefect.is_healthy, _STARTS_WITHIN, "Prefect's server")
        return self.prefect.url

    def start_worker(self, now: datetime) -> None:
        """Tidy up after the last time, deploy everything and start the worker; the server answers already."""
        (self.home / PREFECT_ADDRESS).write_text(self.prefect.url, encoding="utf-8")
        self.prefect.ensure_pool(self.children.directory)
        self.prefect.tidy(now)
        file = self.home / prefect_file.FILE.name
        file.write_text(
            prefect_file.written(prefect_file.FILE.read_text(encoding="utf-8"), zone=self.zone), encoding="utf-8"
        )
        told = prefect_server.for_clients(self.prefect.auth)
        deploying = self.children.start("prefect-deploy", prefect_server.deploy_command(file), told=told)
        self.children.start("prefect-worker", prefect_server.worker_command(), grace=10, told=told)
        if not self.children.finish(deploying, _DEPLOYS_WITHIN):
            raise CannotGoOn(f"The flows could not be deployed; why is in {deploying.log}.")

    def do(self, deployment: str) -> str:
        """Run a deployment now, wait for its end, and return the run's name with what it came to."""
        run = self.prefect.run(deployment)
        self.children.until(lambda: self.prefect.look(run).is_over, _ENDS_WITHIN, f"The run of {deployment}")
        seen = self.prefect.look(run)
        return f"{seen.name}: {seen.message}"

    def _lay_database(self, template: Path) -> None:
        """Begin with a copy of an empty database: making one takes Prefect longer than all the rest."""
        place = self.home / "prefect.db"
        if place.exists():
            return
        if not template.exists():
            making = self.children.start("prefect-database", prefect_server.database_command())
            if not self.children.finish(making, _STARTS_WITHIN):
                raise CannotGoOn(f"Prefect's database could not be made; why is in {making.log}.")
            with suppress(OSError):  # where nothing may be written, it is made anew each time
                _copy(place, template)
        else:
            _copy(template, place)


def _copy(source: Path, target: Path) -> None:
    """Copy a file that no process has open, whole or not at all."""
    target.parent.mkdir(exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copyfile(source, part)
    part.replace(target)
