"""Committing: what was done in open dossiers is written with its follow-ups, notices and letters, or not at all.

Decides nothing about a State: the agenda says what stands, this writes it down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from casework.core.directory import Directory
from casework.core.escalation import RungAsked, ask
from casework.core.open_dossier import OpenDossier
from casework.core.settings import Settings
from models.follow_ups import lifecycle
from models.follow_ups.follow_up import note_move
from models.ledger import contents, dossiers
from models.letters import notices as notice_rows
from models.letters.notices import NewNotice
from models.store.engine import Connection
from notifications.letters import Kind
from pathways.grammar.agenda import Agenda, Item
from pathways.grammar.dossier import STEP, Dossier
from pathways.grammar.roles import Role, nearness, roles_that

#: The hour at which a day's sweep runs, and tomorrow's digests leave.
SWEEP_AT = time(6, 0)
#: A digest waits for the sweep that writes it, at most so long.
_SETTLES_WITHIN = timedelta(minutes=10)


@dataclass
class Committed:
    """What was written, in numbers."""

    advanced: int = 0
    opened: int = 0
    closed: int = 0
    notices: int = 0
    letters: int = 0
    moved: list[str] = field(default_factory=list)  # States whose by-date step was taken; these are public

    def add(self, other: Committed) -> None:
        """Add up."""
        self.advanced += other.advanced
        self.opened += other.opened
        self.closed += other.closed
        self.notices += other.notices
        self.letters += other.letters
        self.moved += other.moved


class Clock(Protocol):
    """Somebody who knows the hour."""

    def now(self) -> datetime:
        """Return the real hour, in UTC."""


class Desk(Protocol):
    """What writing letters needs of the workspace: its clock and its zone."""

    @property
    def clock(self) -> Clock:
        """The real hour."""

    @property
    def settings(self) -> Settings:
        """The zone whose morning is meant."""

    def stamp(self) -> datetime:
        """Return the record's own hour, at which things are put on file."""


def write_notices(
    desk: Desk,
    connection: Connection,
    notices: Sequence[NewNotice],
    today: date,
    done: Committed,
    *,
    in_sweep: bool,
) -> None:
    """Put notices into their readers' digests of the day, or of tomorrow where today's has left."""
    if not notices:
        return
    now = desk.clock.now()
    written = notice_rows.write(
        connection,
        notices,
        now=now,
        today=today,
        due_at=now + _SETTLES_WITHIN if in_sweep else now,
        tomorrow_at=datetime.combine(today + timedelta(days=1), SWEEP_AT, desk.settings.timezone),
    )
    done.notices += written.notices
    done.letters += written.letters


@dataclass
class DossierCommit:
    """One transaction's writing."""

    connection: Connection
    directory: Directory
    today: date
    desk: Desk
    in_sweep: bool = False
    first_sweep: bool = False
    _rows: list[dict[str, Any]] = field(default_factory=list)
    _notices: list[NewNotice] = field(default_factory=list)

    def settle(self, open_dossiers: Sequence[OpenDossier]) -> Committed:
        """Write what was done in these dossiers; return what it came to."""
        touched = [f for f in open_dossiers if f.swept or f.new_facts or f.closed or f.opened]
        done = Committed()
        hearing = sorted(roles_that(lambda row: row.told_of_steps), key=nearness)
        agendas = [self._decide(open_dossier) for open_dossier in touched]
        heads = dossiers.append(
            self.connection, (dossiers.Appended(f.record, f.new_facts, f.contents) for f in touched)
        )
        dossiers.rewrite(self.connection, [self._projected(f, a, heads) for f, a in zip(touched, agendas, strict=True)])
        for open_dossier in touched:
            self._open(open_dossier)
            self._tell(open_dossier, hearing)
            self._count(open_dossier, done)
        done.closed += self._close(touched)
        lifecycle.free_occasions(self.connection, [id_ for f in touched for id_ in f.come_again()])
        lifecycle.insert_new(self.connection, self._rows)
        contents.purge(self.connection, [id_ for f in touched for id_ in f.purged], at=self.desk.clock.now())
        write_notices(self.desk, self.connection, self._notices, self.today, done, in_sweep=self.in_sweep)
        return done

    def _decide(self, open_dossier: OpenDossier) -> Agenda:
        found = open_dossier.agenda()
        open_dossier.close_overtaken(found.items)
        if open_dossier.swept:
            open_dossier.opened += open_dossier.unopened(found.items)
        return found

    def _projected(self, open_dossier: OpenDossier, found: Agenda, heads: dict[int, tuple[int, str]]) -> dict[str, Any]:
        record = open_dossier.record
        head = heads.get(record.id, (record.head_seq, record.head_hash))
        return {
            "id": record.id,
            "version": record.version,
            **projection(open_dossier.dossier(reader=None)),
            "projected_on": open_dossier.today,
            "next_due_on": self._next(open_dossier, found),
            "head_seq": head[0],
            "head_hash": head[1],
        }

    def _next(self, open_dossier: OpenDossier, found: Agenda) -> date | None:
        """Let the next sweep look at what a save has brought up, as of the day it fell due, or at what comes next."""
        asked = [day for item in found.items if (day := open_dossier.asked_on(item)) is not None]
        waits = [] if open_dossier.swept else [due.on for due in found.steps] + [d for d in asked if d <= self.today]
        later = [found.next_due_on, *(day for day in asked if day > self.today)]
        return min(waits or (day for day in later if day is not None), default=None)

    def _open(self, open_dossier: OpenDossier) -> None:
        for item in open_dossier.opened:
            asked = ask(self.directory, item.rungs, 0, open_dossier.state, open_dossier.record.treaty, self.first_sweep)
            self._rows.append(self._row(open_dossier, item, asked))
            self._notices += asked.notices(
                item, open_dossier.key(item.key), open_dossier.record.treaty, open_dossier.record.id
            )

    def _row(self, open_dossier: OpenDossier, item: Item, asked: RungAsked) -> dict[str, Any]:
        return {
            "key": open_dossier.key(item.key),
            "treaty": open_dossier.record.treaty,
            "dossier_id": open_dossier.record.id,
            "occasion": item.occasion.value,
            "about": item.about,
            "role": Role.SECRETARIAT.value,
            "region": open_dossier.record.region,
            "opened_on": self.today,
            "due_on": item.due_for(self.today),
            "rungs": ",".join(item.rungs),
            "rung": asked.rung,
            "patience": item.patience.days,
            "next_rung_on": self.today + timedelta(days=1) if asked.nobody and item.rungs else None,
            "is_public": item.is_public,
            "moved_at": self.desk.stamp(),
        }

    def _tell(self, open_dossier: OpenDossier, hearing: Sequence[str]) -> None:
        """Tell of a stage taken or lost whom the table of roles says, once a person and in the nearest role."""
        for news in open_dossier.news:
            told: set[int] = set()
            for role in hearing:
                for held in self.directory.holders(role, open_dossier.state, open_dossier.record.treaty):
                    if held.person_id in told:
                        continue
                    told.add(held.person_id)
                    self._notices.append(
                        NewNotice(
                            key=f"{open_dossier.key(news.occasion)}:news:{held.person_id}",
                            kind=Kind.NEWS,
                            occasion="step",
                            about=news.about,
                            person_id=held.person_id,
                            role=role,
                            treaty=open_dossier.record.treaty,
                            dossier_id=open_dossier.record.id,
                            is_public=news.is_public,
                        )
                    )

    def _close(self, touched: Sequence[OpenDossier]) -> int:
        closed = [
            (id_, outcome, open_dossier.actor) for open_dossier in touched for id_, outcome in open_dossier.closed
        ]
        for id_, outcome, by in closed:
            lifecycle.close_all(self.connection, [id_], on=self.today, outcome=outcome, by=by)
        note_move(self.connection, [id_ for id_, _, _ in closed], at=self.desk.stamp())
        notice_rows.withdraw(self.connection, [id_ for id_, _, _ in closed])
        return len(closed)

    def _count(self, open_dossier: OpenDossier, done: Committed) -> None:
        taken = [f for f in open_dossier.new_facts if f.kind == STEP]
        done.advanced += len(taken)
        done.opened += len(open_dossier.opened)
        if any(f.text("by") == "date" for f in taken):
            done.moved.append(open_dossier.state)


def projection(dossier: Dossier) -> dict[str, Any]:
    """Return the columns of a dossier's row that its facts alone decide."""
    legal = dossier.legal
    return {
        "stage": dossier.stage.value,
        "standing": dossier.standing.value,
        "legal_status": legal.status.value,
        "tier": dossier.tier,
        "deposited_on": str(legal.deposit.effective) if legal.deposit else None,
        "entry_into_force": legal.entry_into_force.last if legal.entry_into_force else None,
        "entered_by": dossier.entered_by,
        "entered_on": dossier.entered_on,
    }
