"""Two workers of one pool, as on two machines: they share a sweep, and one that is killed is missed by nobody.

Each is a real `prefect worker start` with a home of its own; server and database are real too. A gate in the database
holds every run where it first says, with a batch written and not yet committed, that it is at work on its part.
"""

import os
import signal
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml  # type: ignore[import-untyped]

from casework.core.workspace import open_workspace
from casework.operations.sweep import sweep
from casework.record.audit import verify
from desk.processes.children import Child, Children
from desk.processes.stop_signal import StopSignal
from desk.runtime import prefect_server
from desk.runtime.prefect_server import POOL
from desk.scheduling import prefect_file
from models.runs import runs
from tests.bench.made_up import FIRST_DAY, Size
from tests.casework.large_sweeps import make_record, steps, what_it_came_to
from tests.desk.running_processes import all_gone, comes_about, running_for
from tests.running_prefect import running_prefect

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.timeout(400)]
ROOT = Path(__file__).resolve().parents[2]
SIZE = Size(dossiers=190, due=160, first="att")
PATIENCE = 60.0  # seconds; a machine at ease needs ten to start a worker and its run
_GATE = """
CREATE FUNCTION wait_at_the_gate() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NULL; END $$;
CREATE TRIGGER gate AFTER UPDATE ON sweep_part FOR EACH ROW
  WHEN (OLD.holder = NEW.holder AND NEW.ended_at IS NULL) EXECUTE FUNCTION wait_at_the_gate();
"""
#: Who writes to the same people as somebody at the gate waits behind them, with a part in hand too.
_WAITING = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.fixture(scope="module")
def prefect(tmp_path_factory):
    """Give a server of our own, for its workers take every run that they find, with the sweep deployed and no hour."""
    home = tmp_path_factory.mktemp("prefect")
    declared = yaml.safe_load(prefect_file.FILE.read_text())
    declared["deployments"] = [{**one, "schedules": []} for one in declared["deployments"] if one["name"] == "att"]
    (home / "prefect.yaml").write_text(yaml.safe_dump(declared))
    with running_prefect(home) as running:
        running.prefect.ensure_pool(ROOT)
        told = prefect_server.for_clients(running.prefect.auth)
        deploying = running.children.start("deploy", prefect_server.deploy_command(home / "prefect.yaml"), told=told)
        assert running.children.finish(deploying, PATIENCE), deploying.log.read_text()
        yield running.prefect


@pytest.fixture(scope="module")
def template(postgres, postgres_template, tmp_path_factory):
    """Give a record on the eve of a day on which 160 of its 190 dossiers are due."""
    name = postgres.create(postgres_template)
    make_record(tmp_path_factory.mktemp("eve"), postgres.url(name), SIZE)
    return name


@contextmanager
def record_at(home, url):
    """Open a record as a flow does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ACCEDE_DATABASE_URL", url)
        with closing(open_workspace(home)) as workspace:
            yield workspace


@pytest.fixture(scope="module")
def by_one(postgres, template, tmp_path_factory):
    """Give what the sweep of the day comes to by one run."""
    url = postgres.url(postgres.create(template))
    with record_at(tmp_path_factory.mktemp("alone"), url) as workspace:
        sweep(workspace, "att", on=FIRST_DAY, run="alone")
        return what_it_came_to(workspace), the_sweep(workspace)["counts"]


@dataclass(frozen=True, kw_only=True)
class Hired:
    """A worker, and where it is at home."""

    child: Child
    home: Path

    def has(self, run: str) -> bool:
        """Tell whether a flow run is one of its processes."""
        return any(run in line for line in running_for(self.home))

    def processes(self) -> list[int]:
        """Return its own process and those of its flow runs."""
        return [int(line.split()[0]) for line in running_for(self.home)]


@dataclass(frozen=True, kw_only=True)
class Shop:
    """A record, the gate before its writers, and two workers."""

    prefect: Any
    workspace: Any
    gate: Any
    workers: list[Hired]
    earlier: frozenset[str]

    def sweep(self) -> None:
        """Run the deployment once; come back when both workers have a part in hand and stand before the gate."""
        self.gate.execute("SELECT pg_advisory_lock(1)")
        self.prefect.run("sweep/att", treaty="att", on=FIRST_DAY.isoformat())
        assert comes_about(lambda: self.gate.execute(_WAITING).fetchone() == (2,), PATIENCE), self.said()

    def open_gate(self) -> None:
        """Let everybody pass from now on."""
        self.gate.execute("SELECT pg_advisory_unlock(1)")

    def runs(self) -> dict[str, str]:
        """Return how each flow run of this record stands, by its id."""
        return {id_: state for id_, state in runs_of(self.prefect).items() if id_ not in self.earlier}

    def worker_of(self, run: str) -> Hired:
        """Return whose process a flow run is."""
        [found] = [worker for worker in self.workers if worker.has(run)]
        return found

    def said(self) -> str:
        """Return what the workers said, for whoever has to find out what went wrong."""
        return "\n".join(worker.child.log.read_text() for worker in self.workers)


@pytest.fixture
def lease():
    return 60


@pytest.fixture
def shop(prefect, postgres, template, tmp_path, lease):
    """Give a record of our own and two workers that would share its sweep."""
    url = postgres.url(postgres.create(template))
    accede = {"ACCEDE_DATABASE_URL": url, "ACCEDE_SHARED_FROM": "1", "ACCEDE_SWEEP_RUNS": "2"}
    told = {**accede, "ACCEDE_LEASE_SECONDS": str(lease), **prefect_server.for_clients(prefect.auth)}
    environment = {**os.environ, **prefect_server.environment(tmp_path, prefect.port)}
    with (
        Children(StopSignal(), environment=environment, directory=ROOT, logs=tmp_path / "log") as children,
        record_at(tmp_path / "looker", url) as workspace,
        psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as gate,
    ):
        gate.execute(_GATE)
        workers = [hired(children, tmp_path / name, told) for name in ("one", "two")]
        earlier = frozenset(runs_of(prefect))
        yield Shop(prefect=prefect, workspace=workspace, gate=gate, workers=workers, earlier=earlier)


def runs_of(prefect):
    return {run["id"]: run["state"]["type"] for run in prefect.ask("POST", "/flow_runs/filter", {})}


def hired(children, home, told):
    home.mkdir()
    command = [sys.executable, "-m", "prefect", "worker", "start", "--name", home.name, "--pool", POOL]
    told = {**told, "ACCEDE_HOME": str(home), "PREFECT_HOME": str(home / "prefect")}
    child = children.start(home.name, [*command, "--type", "process", "--limit", "1"], told=told)
    return Hired(child=child, home=home)


def the_sweep(workspace):
    """Return the sweep of the day; there is one."""
    with workspace.reading() as connection:
        [found] = [row for row in runs.sweeps(connection) if row["day"] == FIRST_DAY]
        return found


def parts_of(workspace):
    with workspace.reading() as connection:
        query = "SELECT number, holder, ended_at FROM sweep_part ORDER BY number"
        return list(connection.exec_driver_sql(query).mappings())


def assert_as_by_one(workspace, by_one):
    """See that all was done, and once: the record is what one run makes of it."""
    swept, found = the_sweep(workspace), verify(workspace)
    assert (swept["state"], swept["counts"]) == ("completed", by_one[1])
    assert what_it_came_to(workspace) == by_one[0]
    assert set(steps(workspace).values()) == {1}
    assert (found.chain, found.replay) == ((), ())
    assert all(part["ended_at"] for part in parts_of(workspace))


def test_the_pool_gives_a_sweep_to_both_workers_and_it_comes_to_what_one_run_comes_to(shop, by_one):
    shop.sweep()
    in_hand = {part["holder"] for part in parts_of(shop.workspace) if part["holder"]}
    assert set(shop.runs()) == in_hand
    assert len({shop.worker_of(run).home for run in in_hand}) == 2, "each worker runs one of the two"
    shop.open_gate()
    assert comes_about(lambda: set(shop.runs().values()) == {"COMPLETED"}, PATIENCE), shop.said()
    assert {part["holder"] for part in parts_of(shop.workspace)} == in_hand
    assert_as_by_one(shop.workspace, by_one)


@pytest.mark.parametrize("lease", [5])
def test_a_worker_that_is_killed_with_its_run_is_taken_over_by_the_other_and_nobody_is_asked(shop, by_one):
    shop.sweep()
    [lost, other] = [part["holder"] for part in parts_of(shop.workspace) if part["holder"]]
    killed = shop.worker_of(lost)
    processes = killed.processes()
    os.killpg(killed.child.process.pid, signal.SIGKILL)
    assert all_gone(processes)
    shop.open_gate()
    assert comes_about(lambda: the_sweep(shop.workspace)["state"] == "completed", PATIENCE), shop.said()
    assert {part["holder"] for part in parts_of(shop.workspace)} == {other}
    assert comes_about(lambda: shop.runs()[other] == "COMPLETED"), shop.said()
    assert len(shop.runs()) == 2, "no other run was asked for"
    assert_as_by_one(shop.workspace, by_one)
