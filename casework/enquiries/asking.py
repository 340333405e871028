"""Asking: whoever is to be written to today is, whoever cannot be is on the Secretariat's list, and what is silent
for long goes on to the champion of the region and then to the Secretariat.

Once a day and when a round is opened; the same again does nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from casework.core.commit import Committed, write_notices
from casework.core.directory import Directory
from casework.core.escalation import ENQUIRY_SILENT, RungAsked, ask
from casework.core.workspace import Workspace
from casework.enquiries.letters import key_of, write_letter
from casework.enquiries.recipients import Recipients
from casework.enquiries.rhythm import LETTERS, PASSED_ON_AFTER, REMINDED_AFTER, WITH_A_CHAMPION
from casework.follow_ups.periods import due
from casework.follow_ups.secretariat_tasks import Task, enter, leave
from models.enquiries import rounds
from models.enquiries.rounds import Asked, Round
from models.follow_ups import lifecycle
from models.ledger import dossiers
from models.ledger.dossiers import Record
from models.store.engine import Connection
from pathways.grammar.roles import Role, nearness, roles_that
from pathways.grammar.stages import LegalStatus

#: The occasion under which the Secretariat is told whom no letter reaches.
ENQUIRY_NOBODY = "enquiry_nobody"
#: Who is not party, and has not deposited what will make it one.
NOT_PARTY = frozenset({LegalStatus.NON_SIGNATORY, LegalStatus.SIGNATORY, LegalStatus.WITHDRAWN})
#: Who may be asked for a word to a State, the nearest to it first: its champion, then the Secretariat.
_RUNGS = tuple(sorted(roles_that(lambda row: row.reaches_out), key=nearness))
_JOINED = "overtaken: the State is on its way in"


@dataclass(kw_only=True, slots=True)
class Wrote:
    """How many letters were written, to how many States there was nobody to write, and how many went on."""

    first: int = 0
    again: int = 0
    nobody: int = 0
    passed_on: int = 0


def records_to_ask(connection: Connection, treaty: str) -> dict[str, Record]:
    """Return the dossiers of the States that are not party, by State."""
    return {one.state: one for one in dossiers.records(connection, treaty) if one.legal_status in NOT_PARTY}


def carry_on(workspace: Workspace, connection: Connection, asked_in: Round) -> Wrote:
    """Do in an open round, which is locked, what its days bring; who has answered or joined by now is left alone."""
    day = _Day.of(workspace, connection, asked_in)
    not_party = records_to_ask(connection, asked_in.treaty)
    for one in rounds.asked_in(connection, asked_in.id):
        record = not_party.get(one.state)
        if one.answered_on is None and record is not None:
            day.ask(one, record)
        elif one.answered_on is None:
            leave_in_peace(connection, asked_in.id, one.state, day.today, _JOINED)
    _tell_of_nobody(workspace, connection, asked_in, day.unreached)
    return replace(day.wrote, nobody=sum(map(len, day.unreached.values())))


@dataclass(kw_only=True)
class _Day:
    """What a day brings in a round: who is written to, who cannot be, by region, and who is passed on."""

    workspace: Workspace
    connection: Connection
    asked_in: Round
    directory: Directory
    recipients: Recipients
    today: date
    wrote: Wrote = field(default_factory=Wrote)
    unreached: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, workspace: Workspace, connection: Connection, asked_in: Round) -> _Day:
        """Read who serves today and where letters may go."""
        today = workspace.today()
        directory = Directory.of(connection, today, treaties={asked_in.treaty})
        return cls(
            workspace=workspace,
            connection=connection,
            asked_in=asked_in,
            directory=directory,
            recipients=Recipients(connection, directory, asked_in.treaty),
            today=today,
        )

    def ask(self, one: Asked, record: Record) -> None:
        """Write to a State whose day it is, or ask somebody for a word to it."""
        if _is_due(one, self.today):
            self._write(one, record)
        elif _goes_on(one, self.today):
            _pass_on(self.workspace, self.connection, self.directory, self.asked_in, record)
            rounds.note(self.connection, self.asked_in.id, one.state, {"passed_on": self.today})
            self.wrote.passed_on += 1

    def _write(self, one: Asked, record: Record) -> None:
        to = self.recipients.of(one.state)
        if to is None:
            self.unreached[record.region].append(one.state)
            return
        rung = one.letters + 1
        if write_letter(self.workspace, self.connection, self.asked_in, one.state, record.id, to, rung):
            rounds.note(self.connection, self.asked_in.id, one.state, _written(one, to.way, self.today))
            self.wrote.first += rung == 1
            self.wrote.again += rung > 1


def _is_due(one: Asked, today: date) -> bool:
    """Tell whether a State is to be written to: never yet, or the time of a reminder has passed."""
    if one.last_on is None:
        return True
    return one.letters < LETTERS and today >= one.last_on + REMINDED_AFTER[one.letters - 1]


def _goes_on(one: Asked, today: date) -> bool:
    is_last = one.letters >= LETTERS and one.last_on is not None
    return is_last and one.passed_on is None and today >= (one.last_on or today) + PASSED_ON_AFTER


def _written(one: Asked, way: str, today: date) -> Mapping[str, object]:
    return {"letters": one.letters + 1, "way": way, "first_on": one.first_on or today, "last_on": today}


def _pass_on(
    workspace: Workspace, connection: Connection, directory: Directory, asked_in: Round, record: Record
) -> None:
    """Ask the champion of the region for a word to the State, or the Secretariat where there is none."""
    today, key = workspace.today(), silence_key(asked_in.id, record.state)
    if lifecycle.keys_of(connection, [key]):
        return
    task = Task(
        key=key,
        occasion=ENQUIRY_SILENT,
        about="",
        treaty=asked_in.treaty,
        due_on=today + WITH_A_CHAMPION,
        region=record.region,
        dossier_id=record.id,
    )
    asked = ask(directory, _RUNGS, 0, record.state, asked_in.treaty)
    lifecycle.insert_new(connection, [{**_row(task, asked, today), "moved_at": workspace.stamp()}])
    notices = asked.notices(task, key, asked_in.treaty, record.id)
    write_notices(workspace, connection, notices, today, Committed(), in_sweep=False)


def _row(task: Task, asked: RungAsked, today: date) -> dict[str, object]:
    return {
        "key": task.key,
        "treaty": task.treaty,
        "dossier_id": task.dossier_id,
        "occasion": task.occasion,
        "about": task.about,
        "role": asked.role or Role.SECRETARIAT.value,
        "region": task.region,
        "opened_on": today,
        "due_on": task.due_on,
        "rungs": ",".join(_RUNGS),
        "rung": asked.rung,
        "patience": WITH_A_CHAMPION.days,
        "next_rung_on": None if asked.rung else today + timedelta(days=1),  # whoever comes to serve is told then
        "is_public": False,
    }


def silence_key(enquiry: str, state: str) -> str:
    """Return under which key it is asked for a word to a State that is silent in a round."""
    return f"{ENQUIRY_SILENT}:{enquiry}:{state}"


def leave_in_peace(connection: Connection, enquiry: str, state: str, day: date, outcome: str) -> None:
    """Withdraw what has not left yet to a State, and ask nobody any more for a word to it."""
    rounds.withdraw(connection, key_of(enquiry, state))
    key = silence_key(enquiry, state)
    open_ = lifecycle.open_with_prefix(connection, key)
    leave(connection, [open_[key]] if key in open_ else [], day, outcome)


def _tell_of_nobody(
    workspace: Workspace, connection: Connection, asked_in: Round, unreached: Mapping[str, list[str]]
) -> None:
    """Have it on the Secretariat's list, once for each region, that no letter reaches States there; or off it."""
    today, prefix = workspace.today(), f"{ENQUIRY_NOBODY}:{asked_in.id}:"
    open_ = lifecycle.open_with_prefix(connection, prefix)
    over = [id_ for key, id_ in open_.items() if key.removeprefix(prefix) not in unreached]
    leave(connection, over, today, "done: there is somebody to write to", anew=True)
    tasks = [
        Task(
            key=f"{prefix}{region}",
            occasion=ENQUIRY_NOBODY,
            about="",
            treaty=asked_in.treaty,
            due_on=due(ENQUIRY_NOBODY, today),
            region=region,
            recurs=True,
        )
        for region in sorted(unreached)
    ]
    enter(workspace, connection, tasks, today)
