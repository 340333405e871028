"""The check-up of the record: what it tells of itself: sweeps, letters, seals, leases, appointments, incidents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import reduce

from casework.core.commit import SWEEP_AT
from casework.core.directory import Directory
from casework.core.workspace import Workspace
from casework.depositary.drop_folder import inbox_of, left_lying, waiting
from casework.follow_ups.failures import open_failures
from casework.operations.checkup_of_backups import of_backups
from casework.operations.checkup_of_seals import of_seals_elsewhere
from casework.operations.checkup_of_shared_sweeps import of_shared_sweeps
from casework.operations.findings import NOTHING, Condition, Finding
from casework.people.first_administrator import ways_in
from casework.record.opening import OPENED
from casework.record.seals import settled_by, unlike_the_kept
from models.ledger import dossiers, guards
from models.runs import health, runs
from models.store.engine import Connection
from pathways.grammar.refusals import Remark, Word, remark
from pathways.grammar.roles import Vacancy

#: A sweep begins at 06:00 and may take its time; letters leave every five minutes; the audit runs each night.
_SWEPT_BY = time(SWEEP_AT.hour + 1)
_POSTED_WITHIN = timedelta(minutes=30)
_SEALED_WITHIN = timedelta(days=2)
_IN_FULL = 5  # reasons of one failure


def of_record(workspace: Workspace) -> list[Finding]:
    """Look at what the record tells."""
    with workspace.reading() as connection:
        return [
            *_sweeps(workspace, connection),
            _letters(workspace, connection),
            _undelivered(connection),
            _seal(workspace, connection),
            *of_seals_elsewhere(workspace, connection),
            _guards(connection),
            *of_backups(workspace),
            *_leases(workspace, connection),
            *of_shared_sweeps(workspace, connection),
            *_incidents(connection),
            *_failures(connection),
            *_appointments(workspace, connection),
            *_doors(workspace, connection),
            *_inbox(workspace),
        ]


def _sweeps(workspace: Workspace, connection: Connection) -> Iterator[Finding]:
    expected = _expected(workspace)
    for treaty in dossiers.treaties(connection):
        last = runs.last_completed(connection, treaty)
        late = (last or _opened(workspace)) < expected
        yield Finding(
            name=f"sweep of {treaty}",
            what="sweep",
            of=treaty,
            condition=Condition.LATE if late else Condition.FINE,
            says=remark("last_sweep", day=last) if last else remark("no_sweep_yet"),
            todo=remark("sweep_by_hand", treaty=treaty) if late else NOTHING,
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
    waiting, again = counts.get("waiting", 0) - ahead, counts.get("again", 0)
    goes_on = remark("clock_lets_them_go", day=str(first)) if ahead and workspace.training else NOTHING
    return Finding(
        name="letters to carry",
        condition=Condition.LATE if late else Condition.FINE,
        says=_to_carry(waiting, again, ahead, _real_hour(workspace, due) if due else ""),
        todo=remark("post_by_hand") if late else goes_on,
    )


def _to_carry(waiting: int, again: int, ahead: int, hour: Remark | str) -> Remark:
    if ahead and hour:
        return remark("letters_to_carry_late_some_later", waiting=waiting, again=again, ahead=ahead, hour=hour)
    if ahead:
        return remark("letters_to_carry_some_later", waiting=waiting, again=again, ahead=ahead)
    if hour:
        return remark("letters_to_carry_late", waiting=waiting, again=again, hour=hour)
    return remark("letters_to_carry", waiting=waiting, again=again)


def _undelivered(connection: Connection) -> Finding:
    counts = health.letters_by_state(connection)
    dead, held = counts.get("dead", 0), counts.get("held", 0)
    return Finding(
        name="letters undelivered",
        condition=Condition.TO_DO if dead or held else Condition.FINE,
        says=remark("letters_undelivered", dead=dead, held=held),
        todo=remark("letters_say_why") if dead or held else NOTHING,
    )


def _seal(workspace: Workspace, connection: Connection) -> Finding:
    last = runs.last_seal(connection)
    sealed: datetime | None = last["sealed_at"] if last else None
    late = _is_seal_late(workspace, sealed)
    if unlike := unlike_the_kept(workspace, connection):
        return Finding(
            name="seal of the ledger",
            condition=Condition.BROKEN,
            says=remark("seals_unlike_the_kept", seals=tuple(str(number) for number, _ in unlike)),
            todo=remark("database_was_changed"),
        )
    return Finding(
        name="seal of the ledger",
        condition=Condition.LATE if late else Condition.FINE if sealed else Condition.NOT_YET,
        says=remark("last_seal", hour=_hour(workspace, sealed)) if sealed else remark("no_seal_yet"),
        todo=remark("see_why_no_audit") if late else NOTHING,
    )


def _is_seal_late(workspace: Workspace, sealed: datetime | None) -> bool:
    """Tell whether nights have gone by without a seal; over those that a training clock passed by, no record stood."""
    if workspace.training is None:
        young = workspace.today() - _opened(workspace) < _SEALED_WITHIN
        return not young and (sealed is None or workspace.clock.now() - sealed > _SEALED_WITHIN)
    since = workspace.training_since
    has_stood = since is not None and workspace.clock.now() - since > _SEALED_WITHIN
    return has_stood and (sealed is None or sealed < settled_by(workspace))


def _guards(connection: Connection) -> Finding:
    gone = guards.missing_triggers(connection)
    return Finding(
        name="append-only ledger",
        condition=Condition.BROKEN if gone else Condition.FINE,
        says=remark("triggers_gone", triggers=tuple(gone)) if gone else remark("triggers_in_place"),
        todo=remark("database_was_changed") if gone else NOTHING,
    )


def _leases(workspace: Workspace, connection: Connection) -> Iterator[Finding]:
    now = workspace.clock.now()
    for lease in runs.leases(connection):
        is_alive = runs.is_alive(lease, now=now, seconds=workspace.settings.lease_seconds)
        until = _real_hour(workspace, lease["until"])
        is_silent = lease["until"] < now
        gone = remark("lease_silent", hour=until) if is_silent else remark("lease_not_believed", hour=until)
        yield Finding(
            name=f"lease of {lease['name']}",
            what="lease",
            of=lease["name"],
            condition=Condition.FINE if is_alive else Condition.LATE,
            says=remark("lease_at_work") if is_alive else gone,
            todo=NOTHING if is_alive else remark("lease_is_taken_over"),
        )


def _incidents(connection: Connection) -> Iterator[Finding]:
    number = len(runs.open_incidents(connection))
    if number:
        yield Finding(
            name="incidents",
            condition=Condition.TO_DO,
            says=remark("dossiers_not_treated", number=number),
            todo=remark("agenda_names_them"),
        )


def _failures(connection: Connection) -> Iterator[Finding]:
    """Name what nobody has dealt with, whatever went well since; incidents stand above by their number too."""
    for one in open_failures(connection):
        yield Finding(
            name=f"not dealt with: {one.about}",
            what="failure",
            of=one.about,
            condition=Condition.TO_DO,
            says=_together(one.reasons),
            todo=remark("deal_with_it", follow_up=one.follow_up),
        )


def _together(reasons: Sequence[Remark | str]) -> Remark:
    """Return several reasons as one remark: the first few in full, and how many more there are."""
    first = [one if isinstance(one, Remark) else remark("plain", sentence=one) for one in reasons[:_IN_FULL]]
    more = len(reasons) - len(first)
    told = first + ([remark("more_reasons", number=more)] if more else [])
    return reduce(lambda before, after: remark("one_after_another", before=before, after=after), told)


def _appointments(workspace: Workspace, connection: Connection) -> Iterator[Finding]:
    directory = Directory.of(connection, workspace.today())
    for treaty in dossiers.treaties(connection):
        found = directory.vacant(treaty, Vacancy.FOLLOWED_UP)
        vacant = tuple(
            remark("role_of_a_region", role=Word(role), region=Word(region)) if region else Word(role)
            for role, region in found
        )
        yield Finding(
            name=f"appointments for {treaty}",
            what="appointments",
            of=treaty,
            condition=Condition.TO_DO if vacant else Condition.FINE,
            says=remark("nobody_is", vacant=vacant) if vacant else remark("everybody_appointed"),
            todo=remark("appoint_somebody") if vacant else NOTHING,
        )


def _doors(workspace: Workspace, connection: Connection) -> Iterator[Finding]:
    """Tell whether anybody of the Secretariat can sign in, who lets everybody else in."""
    has_mail = workspace.settings.smtp_host is not None
    for treaty in dossiers.treaties(connection):
        found = ways_in(workspace, connection, treaty=treaty) - (frozenset() if has_mail else {"address"})
        yield Finding(
            name=f"way in for {treaty}",
            what="way in",
            of=treaty,
            condition=Condition.FINE if found else Condition.TO_DO,
            says=remark("somebody_can_sign_in") if found else remark("nobody_can_sign_in"),
            todo=NOTHING if found else remark("make_a_link"),
        )


def _inbox(workspace: Workspace) -> Iterator[Finding]:
    inbox = inbox_of(workspace)
    there = len(waiting(workspace))
    for one in left_lying(workspace):
        assert one.why is not None
        yield Finding(
            name=f"in the inbox: {one.name}",
            what="file left lying",
            of=one.name,
            condition=Condition.TO_DO,
            says=one.why,
            todo=remark("see_to_the_inbox", folder=str(one.path.parent)),
        )
    yield Finding(
        name="inbox",
        condition=Condition.FINE,
        says=remark("files_wait", count=there, inbox=str(inbox))
        if inbox.is_dir()
        else remark("inbox_not_made", inbox=str(inbox)),
    )


def _hour(workspace: Workspace, moment: datetime | None) -> str:
    return f"{moment.astimezone(workspace.settings.timezone):%Y-%m-%d %H:%M}" if moment else "never"


def _real_hour(workspace: Workspace, moment: datetime) -> Remark | str:
    """Return an hour of the machine's clock, said to be so where a training record's clock stands on another day."""
    hour = _hour(workspace, moment)
    return remark("hour_by_the_real_clock", hour=hour) if workspace.training else hour
