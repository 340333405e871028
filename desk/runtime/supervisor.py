"""The supervisor: what `accede up` runs. It starts processes, watches them, and leaves none behind.

Every address is a loopback address. It knows processes and addresses, never States.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from casework.core.settings import Settings
from casework.core.workspace import SystemClock, Workspace
from casework.operations.flows import Flow, deployments
from casework.people.first_administrator import administrator_link
from casework.record.opening import open_record
from desk.demo import scenario as demonstration
from desk.processes.children import Children, Stopped
from desk.processes.home_lock import locked
from desk.processes.ports import require_free, require_two
from desk.processes.stop_signal import StopSignal
from desk.runtime import prefect_server
from desk.runtime.desk_process import DeskServer, address
from desk.runtime.prefect_server import Prefect
from desk.runtime.prefect_stack import PrefectStack
from desk.scheduling import schedule
from models.store.engine import Store
from notifications.proxies import unspoken, with_loopback_direct, without_unspoken

ROOT = Path(__file__).resolve().parents[2]
DEMO_HOME = ROOT / "build" / "demo"
PREFECT_PORT = 4200
#: Where the administrator's link is kept when what is said goes into a log, which others may read.
LINK_FILE = "sign-in-link"

Echo = Callable[[str], None]


def up(
    settings: Settings,
    *,
    demo: bool,
    port: int,
    prefect_port: int | None,
    with_prefect: bool,
    echo: Echo,
    is_watched: bool,
    is_home_given: bool,
) -> int:
    """Run everything until Ctrl-C; return the exit code.

    `is_watched`: what is said goes to a terminal, not a log. `is_home_given`: a demonstration is to be there.
    """
    os.umask(0o077)  # what is made in the home is its owner's alone to read
    prefect = Prefect(port=prefect_port or PREFECT_PORT, auth=secrets.token_urlsafe(32)) if with_prefect else None
    if prefect is not None:
        require_two(port, prefect.port)
    home = settings.home.resolve() if is_home_given or not demo else DEMO_HOME
    if demo and is_home_given:
        demonstration.require_free_for_it(home)
    with locked(home), StopSignal() as stop_signal:
        if prefect is not None:
            require_free(prefect.port, "--prefect-port")
        require_free(port, "--port")
        settings = demonstration.fresh(settings, home, port) if demo else _at_home(settings, home, port)
        environment = _environment(settings, prefect, alone=demo)
        for line in _unused_proxies():
            echo(line)
        with (
            suppress(Stopped),
            Children(stop_signal, environment=environment, directory=ROOT, logs=home / "log") as children,
        ):
            _run(settings, prefect, children, demo=demo, port=port, echo=echo, is_watched=is_watched)
        echo("Stopped.")
    return 0


def _run(
    settings: Settings,
    prefect: Prefect | None,
    children: Children,
    *,
    demo: bool,
    port: int,
    echo: Echo,
    is_watched: bool,
) -> None:
    """Start everything, the desk last, say where it is, and stay until something ends it."""
    mailbox = demonstration.Mailbox(settings, children) if demo else None
    prefect_stack = (
        PrefectStack(prefect=prefect, children=children, home=settings.home / "prefect", zone=settings.zone)
        if prefect
        else None
    )
    if prefect_stack is not None:
        prefect_stack.start_server(templates=ROOT / "build")
    with closing(Workspace(settings, Store(settings.url), SystemClock())) as workspace:
        demonstration.open_demonstration(workspace) if demo else open_record(workspace, treaty=settings.treaty)
        for name, part in (("prefect", prefect_stack), ("mailbox", mailbox)):
            if part is not None:
                echo(f"{name}: {part.url()}")
        if prefect is not None:
            echo("Prefect's page asks for a password that changes with each start; on the desk, Runs opens it.")
        do = _doing(prefect_stack, workspace)
        desk = DeskServer(port=port, children=children, told=_of_prefect(prefect))
        desk.start()
        if mailbox is not None:
            demonstration.play(workspace, mailbox, do, echo)
        echo(f"desk: {desk.url()}")
        for line in demonstration.ways_in(workspace) if demo else _ways_in(workspace, is_watched=is_watched):
            echo(line)
        echo("Everything runs; Ctrl-C ends it.")
        children.stay() if prefect_stack is not None else schedule.run_due(
            workspace, children.stop_signal, echo, children.look
        )


def _doing(prefect_stack: PrefectStack | None, workspace: Workspace) -> Callable[[Flow], str]:
    """Return a way to do a flow's work now: as a flow run, once there is a worker, or in this process."""
    if prefect_stack is None:
        return partial(schedule.once, workspace, treaty=workspace.settings.treaty)
    prefect_stack.start_worker(workspace.clock.now())
    deployed = deployments(workspace.settings.treaty)
    return lambda flow: prefect_stack.do(deployed[flow])


def _ways_in(workspace: Workspace, *, is_watched: bool) -> Iterator[str]:
    """Yield the first administrator's one-time link, or where it is kept; once somebody signed in, how others do."""
    link = administrator_link(workspace, treaty=workspace.settings.treaty)
    file = workspace.settings.home / LINK_FILE
    file.unlink(missing_ok=True)
    what = "signs the administrator in, once and within seven days. Start again for a new one."
    if link is not None and is_watched:
        yield f"sign-in: {link}"
        yield f"This link {what}"
        return
    yield f"sign-in: {workspace.settings.base_url}/sign-in"
    if link is not None:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as kept:
            kept.write(f"{link}\n")
        yield f"The link in {file} {what}"
        return
    yield "For somebody whose mail does not arrive: accede people link PERSON"


def _at_home(settings: Settings, home: Path, port: int) -> Settings:
    """Return the configuration of a lasting record; unless it says otherwise, letters link to the desk that runs."""
    found = {"home": home} if "base_url" in settings.model_fields_set else {"home": home, "base_url": address(port)}
    return settings.model_copy(update=found)


def _unused_proxies() -> Iterator[str]:
    """Yield what is to be known of proxies that the shell names and nothing here can speak to."""
    if found := unspoken(os.environ):
        yield f"Not used, because only http and https proxies are: {', '.join(found)}."


def _of_prefect(prefect: Prefect | None) -> dict[str, str]:
    """Return what the desk is told of the Prefect that runs beside it."""
    if prefect is None:
        return {}
    told = {"ACCEDE_PREFECT_URL": prefect.url, "ACCEDE_PREFECT_IS_OURS": "true"}
    return {**told, "ACCEDE_PREFECT_AUTH_STRING": prefect.auth} if prefect.auth else told


def _environment(settings: Settings, prefect: Prefect | None, *, alone: bool) -> dict[str, str]:
    """Return what the children are told: nothing of another Prefect, and for a demo nothing of another home."""
    foreign = ("PREFECT_", "ACCEDE_") if alone else ("PREFECT_",)
    spoken = with_loopback_direct(without_unspoken(os.environ))
    told = {name: value for name, value in spoken.items() if not name.startswith(foreign)}
    told |= {"ACCEDE_HOME": str(settings.home), "ACCEDE_BASE_URL": settings.base_url, "PYTHONUNBUFFERED": "1"}
    if prefect is not None:
        told |= prefect_server.environment(settings.home / "prefect", prefect.port)
        told |= prefect_server.in_json() if settings.log_format == "json" else {}
    return told
