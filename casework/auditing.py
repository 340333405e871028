"""Auditing: the chain of every dossier, the replay of its facts into its row, and a seal over all heads."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from casework.attachments import clear_away
from casework.folder import Folder
from casework.forgetting import forget_the_old
from casework.leasing import leased
from casework.office import Office
from casework.settling import projection
from models import archive, proof, runs
from models.archive import Record
from models.ledger import canonical
from models.store import Connection
from pathways.grammar.facts import Fact

_PAGE = 500
#: A seal covers facts recorded so long before it: a writer under way may still commit an earlier hour.
_SETTLED = timedelta(minutes=5)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """What the ledger says of itself; empty lists are good."""

    facts: int
    dossiers: int
    chain: tuple[str, ...]
    replay: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing differs."""
        return not self.chain and not self.replay


@dataclass(frozen=True, kw_only=True, slots=True)
class Audited:
    """What the nightly audit found."""

    verified: Verified
    sealed: bool
    oldest_unsent: datetime | None
    orphaned_mandates: tuple[int, ...]


def verify(office: Office, *, progress: Progress | None = None) -> Verified:
    """Check every chain and replay every dossier; each difference is a sentence."""
    chain: list[str] = []
    replay: list[str] = []
    facts = dossiers = 0
    with office.reading() as connection:
        total = proof.count_dossiers(connection)
        failing = {incident["dossier_id"] for incident in runs.open_incidents(connection)}
        for records in _pages(connection):
            read, unreadable = _read(connection, records)
            chain += unreadable
            for record, links, on_file in read:
                chain += proof.breaks(record, links)
                replay += _differences(office, record, on_file, failed=record.id in failing)
                facts += len(links)
            dossiers += len(records)
            if progress is not None:
                progress(dossiers, total)
        chain += _missing(office, connection)
        chain += _broken_seals(connection)
    return Verified(facts=facts, dossiers=dossiers, chain=tuple(chain), replay=tuple(replay))


def audit(office: Office, *, run: str) -> Audited:
    """Verify, seal what is sound, and name what waits: the oldest letter, mandates nobody holds.

    Files that nothing refers to, as a crash leaves them, are cleared away; sessions and links long over are forgotten.
    """
    with leased(office, "audit", run) as beat:

        def alive(_done: int, _total: int) -> None:
            with office.registry() as connection:
                beat(connection)

        verified = verify(office, progress=alive)
        if verified.is_sound:
            with office.registry() as connection:
                _seal(connection, _settled_by(office), verified)
                beat(connection)
        clear_away(office)
        forget_the_old(office)
        with office.reading() as connection:
            return Audited(
                verified=verified,
                sealed=verified.is_sound,
                oldest_unsent=proof.oldest_unsent(connection),
                orphaned_mandates=tuple(proof.orphaned_mandates(connection, office.today())),
            )


def _pages(connection: Connection) -> Iterator[list[Record]]:
    after = 0
    while page := proof.page(connection, after, _PAGE):
        yield page
        after = page[-1].id


_Read = list[tuple[Record, Sequence[Any], list[Fact]]]


def _read(connection: Connection, records: Sequence[Record]) -> tuple[_Read, list[str]]:
    """Read dossiers with their ledger; where a row cannot even be read, name its dossier and read the others."""
    try:
        links, on_file = proof.links_of(connection, records), archive.facts_of(connection, records)
    except (ValueError, KeyError, TypeError) as wrong:
        if len(records) == 1:
            where = f"{records[0].treaty}/{records[0].state}"
            return [], [f"{where}: a fact was changed so that it cannot be read ({type(wrong).__name__})"]
        apart = [_read(connection, [record]) for record in records]
        return [one for read, _ in apart for one in read], [says for _, said in apart for says in said]
    return [(record, links[record.id], on_file[record.id]) for record in records], []


def _missing(office: Office, connection: Connection) -> list[str]:
    """Name facts whose dossier is gone, and treaties that have fewer dossiers than were opened."""
    orphans = proof.orphaned_facts(connection)
    gone = [f"{orphans} facts have no dossier any more"] if orphans else []
    for treaty, opened in office.opened_with().items():
        there = len(archive.records(connection, treaty))
        if there < opened:
            gone.append(f"{treaty}: {opened - there} of the {opened} dossiers that were opened are gone")
    return gone


def _differences(office: Office, record: Record, facts: list[Fact], *, failed: bool) -> list[str]:
    """Replay the facts into the row, as of the day it speaks of; of today too, when it says that nothing changed."""
    if not facts:
        return []
    today, due = office.today(), record.next_due_on
    days = [record.projected_on or today]
    if not failed and (due is None or due > today) and today > days[0]:
        days.append(today)
    where = f"{record.treaty}/{record.state}"
    try:
        again = [projection(_folder(office, record, facts, day)) for day in days]
    except Exception as wrong:  # noqa: BLE001  # whatever it is, it is this dossier's, and the others are looked at
        return [f"{where}: its facts do not add up ({type(wrong).__name__})"]
    return [
        f"{where}: {name} is {getattr(record, name)!s} in the row, {value!s} by the facts of {day}"
        for day, projected in zip(days, again, strict=True)
        for name, value in projected.items()
        if getattr(record, name) != value
    ]


def _folder(office: Office, record: Record, facts: list[Fact], day: date) -> Folder:
    return Folder(
        pathway=office.pathway(record.treaty),
        record=record,
        facts=facts,
        follow_ups=(),
        actor="system:audit",
        stamp=office.stamp(),
        today=day,
    )


def _settled_by(office: Office) -> datetime:
    """Return an hour up to which nothing more is recorded; a training day may stand for many real ones."""
    if office.training is None:
        return office.stamp() - _SETTLED
    return datetime.combine(office.training, time.min, office.settings.timezone).astimezone(UTC)


def _seal(connection: Connection, through: datetime, verified: Verified) -> None:
    last = runs.last_seal(connection)
    if last is not None and last["sealed_at"] >= through:
        return
    previous = last["hash"] if last else ""
    root = _root(proof.heads(connection, through))
    runs.add_seal(
        connection,
        sealed_at=through,
        dossiers=verified.dossiers,
        facts=verified.facts,
        root=root,
        previous=previous,
        hash=_seal_hash(previous, root, through),
    )


def _broken_seals(connection: Connection) -> list[str]:
    """Check the chain of seals, and that the ledger still holds what the newest one sealed."""
    found = runs.seals(connection)
    previous = ""
    wrong: list[str] = []
    for seal in found:
        if seal["previous"] != previous or seal["hash"] != _seal_hash(previous, seal["root"], seal["sealed_at"]):
            wrong.append(f"seal {seal['id']}: it does not follow from the one before")
        previous = seal["hash"]
    if found and _root(proof.heads(connection, found[-1]["sealed_at"])) != found[-1]["root"]:
        wrong.append(f"seal {found[-1]['id']}: the ledger no longer holds what was sealed then")
    return wrong


def _root(heads: Iterator[tuple[str, str, int, str]]) -> str:
    digest = hashlib.sha256()
    for head in heads:
        digest.update(canonical(list(head)).encode())
    return digest.hexdigest()


def _seal_hash(previous: str, root: str, through: datetime) -> str:
    return hashlib.sha256(canonical([previous, root, through.isoformat()]).encode()).hexdigest()
