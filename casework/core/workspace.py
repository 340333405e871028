"""The workspace: the three transactions in which anything is written, the clock, and the store.

`open_dossier` opens one dossier, `batch` many for the sweep; what was done in them is written with its follow-ups
and letters, or not at all. `registry` is for rows beside the ledger: persons, mandates, letters, leases.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from casework.core.rights import NotOnFile, require
from casework.core.settings import Settings, load
from casework.core.snapshots import Snapshots
from casework.core.staleness import refuse_stale
from models.ledger import dossiers
from models.ledger.dossiers import Record
from models.store.engine import Connection, Store
from models.store.record_settings import all_settings
from pathways import pathway
from pathways.grammar.clearance import Reader
from pathways.grammar.pathway import Pathway, with_own_dossiers
from pathways.grammar.refusals import refusal
from pathways.grammar.roles import Right

# What writes, or names States, is imported where it does: a command that only looks starts faster without.
if TYPE_CHECKING:
    from casework.core.commit import Clock, Committed, DossierCommit
    from casework.core.directory import Directory
    from casework.core.open_dossier import OpenDossier
    from sources.states import Register

TRAINING_DAY, TRAINING_SINCE = "training_day", "training_since"
DOSSIERS = "dossiers:"


class SystemClock:
    """The one clock. Leases and retries use the real hour; “today” is the record's."""

    def now(self) -> datetime:
        """Return the real hour, in UTC."""
        return datetime.now(UTC)


class Workspace:
    """Everything a verb needs: the store, the clock, the pathways, and the transactions."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        clock: Clock,
        pathways: Callable[[str], Pathway] = pathway,
    ) -> None:
        """Put the parts together; nothing is opened yet."""
        self.settings = settings
        self.store = store
        self.clock = clock
        self.pathway = with_own_dossiers(pathways)
        self._kept: dict[str, str] | None = None
        self.snapshots = Snapshots()

    @property
    def kept(self) -> dict[str, str]:
        """Return what this record is, as it was set when it was opened."""
        return self._kept if self._kept is not None else self.forget()

    def opened_with(self) -> dict[str, int]:
        """Return how many dossiers were opened, by treaty."""
        return {
            key.removeprefix(DOSSIERS): int(number) for key, number in self.kept.items() if key.startswith(DOSSIERS)
        }

    @property
    def training(self) -> date | None:
        """Return the day a training record stands on; None for a real one."""
        day = self.kept.get(TRAINING_DAY)
        return date.fromisoformat(day) if day else None

    @property
    def training_since(self) -> datetime | None:
        """Return the real hour at which a training record was put on its day, as far as that is known."""
        since = self.kept.get(TRAINING_SINCE)
        return datetime.fromisoformat(since) if since else None

    def forget(self) -> dict[str, str]:
        """Read again what the record is, and return it; its training day may have been moved.

        At once, and put in place whole: whoever asks meanwhile, with a connection in hand, waits for none.
        """
        with self.store.reading() as connection:
            kept = all_settings(connection)
        self._kept = kept
        return kept

    def today(self) -> date:
        """Return the record's day: the training day, or the date in the record's zone."""
        return self.training or self.clock.now().astimezone(self.settings.timezone).date()

    def stamp(self) -> datetime:
        """Return the hour to record facts at: real, or the office's real time of day on the training day."""
        now = self.clock.now()
        if self.training is None:
            return now
        time_of_day = now.astimezone(self.settings.timezone).timetz()
        return datetime.combine(self.training, time_of_day).astimezone(UTC)

    def register(self, connection: Connection | None = None, *, on: date | None = None) -> Register:
        """Return the States as this record calls them today, or on another day, found by every name they bear.

        Without a connection in hand one is opened.
        """
        from casework.core.registers import register_of

        if connection is None:
            with self.reading() as opened:
                return self.register(opened, on=on)
        return register_of(connection, on or self.today())

    def close(self) -> None:
        """Close the store."""
        self.store.dispose()

    @contextmanager
    def reading(self, *, of_any_schema: bool = False) -> Iterator[Connection]:
        """Yield a connection to read from."""
        with self.store.reading(of_any_schema=of_any_schema) as connection:
            yield connection

    @contextmanager
    def registry(self, *, of_any_schema: bool = False) -> Iterator[Connection]:
        """Open one transaction for rows beside the ledger, or for a database that holds no record yet."""
        with self.store.writing(of_any_schema=of_any_schema) as connection:
            yield connection

    @contextmanager
    def open_dossier(
        self,
        state: str,
        *,
        treaty: str,
        reader: Reader,
        right: Right,
        name: str = "",
        mark: str | None = None,
        beat: Callable[[Connection], None] | None = None,
    ) -> Iterator[OpenDossier]:
        """Open one dossier for work; Stale tells the second of two writers what the first has changed.

        `mark` is that of the facts on the page from which somebody writes.
        """
        with self.store.writing() as connection:
            record = dossiers.record_of(connection, treaty, state, lock=True)
            if record is None:
                raise NotOnFile(refusal("no_dossier", state=name or state))
            require(reader, right, state, name or state)
            open_dossier = self._open(connection, [record], reader.actor)[0]
            if mark is not None:
                refuse_stale(open_dossier.pathway, open_dossier.facts, reader, mark)
            yield open_dossier
            self._commit_of(connection, [open_dossier], self.today()).settle([open_dossier])
            if beat is not None:
                beat(connection)

    @contextmanager
    def batch(
        self,
        ids: Sequence[int],
        *,
        actor: str,
        today: date,
        committed: Committed,
        sweeping: bool = False,
        first_sweep: bool = False,
        skip_locked: bool = False,
        directory: Directory | None = None,
        beat: Callable[[Connection], None] | None = None,
    ) -> Iterator[list[OpenDossier]]:
        """Open many dossiers in one transaction; those another writer holds are waited for, or left out if asked."""
        with self.store.writing() as connection:
            found = dossiers.claim(connection, ids, skip_locked=skip_locked)
            open_dossiers = self._open(connection, found, actor, today)
            yield open_dossiers
            settling = self._commit_of(
                connection, open_dossiers, today, directory, in_sweep=sweeping, first_sweep=first_sweep
            )
            committed.add(settling.settle(open_dossiers))
            if beat is not None:
                beat(connection)

    def _open(
        self, connection: Connection, found: Sequence[Record], actor: str, today: date | None = None
    ) -> list[OpenDossier]:
        from casework.core.open_dossier import OpenDossier
        from models.follow_ups import lifecycle

        facts = dossiers.facts_of(connection, found)
        standing = lifecycle.of_dossiers(connection, [record.id for record in found])
        stamp, asked = self.stamp(), today or self.today()
        return [
            OpenDossier(
                pathway=self.pathway(record.treaty),
                record=record,
                facts=facts[record.id],
                follow_ups=standing[record.id],
                actor=actor,
                stamp=stamp,
                today=max(asked, record.projected_on or asked),  # a late run takes no dossier back
            )
            for record in found
        ]

    def _commit_of(
        self,
        connection: Connection,
        open_dossiers: Sequence[OpenDossier],
        today: date,
        directory: Directory | None = None,
        *,
        in_sweep: bool = False,
        first_sweep: bool = False,
    ) -> DossierCommit:
        from casework.core.commit import DossierCommit
        from casework.core.directory import Directory

        return DossierCommit(
            connection=connection,
            directory=directory or Directory.of(connection, today, treaties={f.record.treaty for f in open_dossiers}),
            today=today,
            desk=self,
            in_sweep=in_sweep,
            first_sweep=first_sweep,
        )


def open_workspace(home: Path | None = None) -> Workspace:
    """Open the workspace of a home, with its configuration; what it makes there is its owner's alone to read."""
    os.umask(0o077)
    settings = load(home)
    return Workspace(settings, Store(settings.url, silent=settings.lease_seconds), SystemClock())
