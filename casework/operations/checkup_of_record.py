"""The check-up of the record: what it tells of itself: sweeps, letters, seals, leases, appointments, incidents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from casework.core.commit import SWEEP_AT
from casework.core.directory import Directory
from casework.core.workspace import Workspace
from casework.depositary.drop_folder import inbox_of, waiting
from casework.operations.findings import Condition, Finding
from casework.operations.opening import OPENED
from casework.people.first_administrator import ways_in
from models.ledger import dossiers
from models.runs import health, runs
from models.store.engine import Connection
from pathways.grammar.roles import Vacancy

#: A sweep begins at 06:00 and may take its time; letters leave every five minutes; the audit runs each night.
_SWEPT_BY = time(SWEEP_AT.hour + 1)
_POSTED_WITHIN = timedelta(minutes=30)
_SEALED_WITHIN = timedelta(days=2)


def of_record(workspace: Workspace) -> list[Finding]:
    """Look at what the record tells."""
    with workspace.reading() as connection:
        return [
            *_sweeps(workspace, connection),
            _letters(workspace, connection),
            _undelivered(connection),
            _seal(workspace, connection),
            *_leases(workspace, connection),
            *_incidents(connection),
            *_appointments(workspace, connection),
            *_doors(workspace, connection),
            _inbox(workspace),
        ]


def _sweeps(workspace: Workspace, connection: Connection) -> Iterator[Finding]:
    expected = _expected(workspace)
    for treaty in dossiers.treaties(connection):
        last = runs.last_completed(connection, treaty)
        late = (last or _opened(workspace)) < expected
        yield Finding(
            name=f"sweep of {treaty}",
            condition=Condition.LATE if late else Condition.FINE,
            says=f"The last completed one was of {last}." if last else "There has been none yet.",
            todo=f"accede sweep --treaty {treaty}, and see why no flow did it (accede up)" if late else "",
        )


def _expected(workspace: Workspace) -> date:
    """Return the day whose sweep should be done by now: yesterday's in the small hours."""
    here = workspace.clock.now().astimezone(workspace.settings.timezone)
    still_early = workspace.training is None and here.time() < _SWEPT_BY
    return workspace.today() - timedelta(days=1) if still_early else workspace.today()


def _opened(workspace: Workspace) -> date:
    opened = workspace.kept.get(OPENED)
    return date.fromisoformat(opened) if opened else workspace.today()


def _letters(workspace: Workspace, connection: Connection) -> Finding:
    counts = health.letters_by_state(connection)
    ahead, first = health.waiting_for_their_day(connection, workspace.today())
    due = health.oldest_due(connection, workspace.today())
    late = due is not None and due + _POSTED_WITHIN < workspace.clock.now()
    said = f"{counts.get('waiting', 0) - ahead} waiting, {counts.get('again', 0)} to try again"
    said += f", {ahead} wait for their day" if ahead else ""
    goes_on = f"accede clock {first} lets those of that day go" if ahead and workspace.training else ""
    return Finding(
        name="letters to carry",
        condition=Condition.LATE if late else Condition.FINE,
        says=f"{said}; the oldest was due {_hour(workspace, due)}." if due else f"{said}.",
        todo="accede post, and see why no flow did it (accede up)" if late else goes_on,
    )


def _undelivered(connection: Connection) -> Finding:
    counts = health.letters_by_state(connection)
    dead, held = counts.get("dead", 0), counts.get("held", 0)
    return Finding(
        name="letters undelivered",
        condition=Condition.TO_DO if dead or held else Condition.FINE,
        says=f"{dead} dead, {held} held.",
        todo="accede letters says why; then --retry or --give-up" if dead or held else "",
    )


def _seal(workspace: Workspace, connection: Connection) -> Finding:
    last = runs.last_seal(connection)
    sealed: datetime | None = last["sealed_at"] if last else None
    young = workspace.today() - _opened(workspace) < _SEALED_WITHIN
    late = not young and (sealed is None or workspace.stamp() - sealed > _SEALED_WITHIN)
    return Finding(
        name="seal of the ledger",
        condition=Condition.LATE if late else Condition.FINE if sealed else Condition.NOT_YET,
        says=f"The last is of {_hour(workspace, sealed)}." if sealed else "There is none yet.",
        todo="See why the flow “audit” does not run at night (accede up)" if late else "",
    )


def _leases(workspace: Workspace, connection: Connection) -> Iterator[Finding]:
    now = workspace.clock.now()
    for lease in runs.leases(connection):
        silent = lease["until"] < now
        yield Finding(
            name=f"lease of {lease['name']}",
            condition=Condition.LATE if silent else Condition.FINE,
            says=f"Silent since {_hour(workspace, lease['until'])}." if silent else "Held by a run at work.",
            todo="The next run takes it over; nothing is lost" if silent else "",
        )


def _incidents(connection: Connection) -> Iterator[Finding]:
    number = len(runs.open_incidents(connection))
    if number:
        yield Finding(
            name="incidents",
            condition=Condition.TO_DO,
            says=f"{number} dossiers could not be treated; each is tried again with every sweep.",
            todo="accede agenda names them",
        )


def _appointments(workspace: Workspace, connection: Connection) -> Iterator[Finding]:
    directory = Directory.of(connection, workspace.today())
    for treaty in dossiers.treaties(connection):
        found = directory.vacant(treaty, Vacancy.FOLLOWED_UP)
        vacant = [f"{role} of {region}" if region else role for role, region in found]
        yield Finding(
            name=f"appointments for {treaty}",
            condition=Condition.TO_DO if vacant else Condition.FINE,
            says=f"Nobody is {', '.join(vacant)}." if vacant else "Every region has its coordinator and champion.",
            todo="accede mandate add, then accede people hold" if vacant else "",
        )


def _doors(workspace: Workspace, connection: Connection) -> Iterator[Finding]:
    """Tell whether anybody of the Secretariat can sign in, who lets everybody else in."""
    has_mail = workspace.settings.smtp_host is not None
    for treaty in dossiers.treaties(connection):
        found = ways_in(workspace, connection, treaty=treaty) - (frozenset() if has_mail else {"address"})
        yield Finding(
            name=f"way in for {treaty}",
            condition=Condition.FINE if found else Condition.TO_DO,
            says="Somebody of the Secretariat can sign in." if found else "Nobody of the Secretariat can sign in.",
            todo="" if found else "accede up prints the first link; accede people link PERSON makes another",
        )


def _inbox(workspace: Workspace) -> Finding:
    inbox = inbox_of(workspace)
    there = len(waiting(workspace))
    return Finding(
        name="inbox",
        condition=Condition.FINE,
        says=f"{there} files wait in {inbox}."
        if inbox.is_dir()
        else f"{inbox} is made when the flow “intake” first runs.",
    )


def _hour(workspace: Workspace, moment: datetime | None) -> str:
    return f"{moment.astimezone(workspace.settings.timezone):%Y-%m-%d %H:%M}" if moment else "never"
