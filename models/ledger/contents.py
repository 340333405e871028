"""Contents beside facts: notes and files, which can be purged where the ledger cannot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, func, or_, select, update

from models.tables.accounts import Proposal
from models.tables.ledger import DossierRow, FactContent, FactRow
from pathways.grammar.clearance import Sensitivity

_content = FactContent.__table__  # type: ignore[attr-defined]
_fact = FactRow.__table__  # type: ignore[attr-defined]
_proposal = Proposal.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]


def purge(connection: Connection, fact_ids: Sequence[str], *, at: datetime) -> None:
    """Delete what stands beside facts, salt included; the hash in the ledger stays and can prove nothing more.

    What was proposed and became one of these facts is deleted with it.
    """
    if not fact_ids:
        return
    nothing = dict.fromkeys(("note", "attachment_name", "attachment_hash", "attachment_type"))
    proposed = update(_proposal).where(_proposal.c.fact_id.in_(fact_ids))
    connection.execute(proposed.values(**nothing))
    filed = update(_content).where(_content.c.fact_id.in_(fact_ids))
    connection.execute(filed.values(**nothing, salt=None, purged_at=at))


def parts_of(connection: Connection, fact_id: str) -> tuple[str, ...]:
    """Return which of “note” and “file” stand beside a fact still."""
    query = select(_content.c.note, _content.c.attachment_hash).where(_content.c.fact_id == fact_id)
    note, file = connection.execute(query).first() or (None, None)
    return tuple(name for name, there in (("note", note), ("file", file)) if there is not None)


def with_content(connection: Connection, fact_ids: Sequence[str]) -> set[str]:
    """Return those of these facts that still have a note or an attachment."""
    there = or_(*(_content.c[name].is_not(None) for name in ("salt", "note", "attachment_hash")))
    query = select(_content.c.fact_id).where(_content.c.fact_id.in_(fact_ids), there)
    return set(connection.execute(query).scalars())


def attachment_hashes(connection: Connection) -> set[str]:
    """Return the hash of every attachment that stands beside a fact, or beside a proposal."""
    of_facts = select(_content.c.attachment_hash).where(_content.c.attachment_hash.is_not(None))
    proposed = select(_proposal.c.attachment_hash).where(_proposal.c.attachment_hash.is_not(None))
    return {*connection.execute(of_facts).scalars(), *connection.execute(proposed).scalars()}


def count_purged(connection: Connection) -> int:
    """Count the facts beside which something stood that was purged."""
    query = select(func.count()).select_from(_content).where(_content.c.purged_at.is_not(None))
    return int(connection.execute(query).scalar_one())


class HeldPersonal(NamedTuple):
    """A fact held as personal that has words or a file still: where it is, and since when."""

    treaty: str
    state: str
    fact: str
    recorded_at: datetime


def held_personal(connection: Connection) -> list[HeldPersonal]:
    """Return the facts held as personal that have words or a file still, the oldest first."""
    there = or_(_content.c.note.is_not(None), _content.c.attachment_hash.is_not(None))
    query = (
        select(_dossier.c.treaty, _dossier.c.state, _fact.c.id, _fact.c.recorded_at)
        .join(_content, _content.c.fact_id == _fact.c.id)
        .join(_dossier, _dossier.c.id == _fact.c.dossier_id)
        .where(_fact.c.sensitivity == Sensitivity.PERSONAL, there)
        .order_by(_fact.c.recorded_at, _fact.c.id)
    )
    return [HeldPersonal(*row) for row in connection.execute(query)]


class Beside(NamedTuple):
    """What stands beside a fact; everything is None once it was purged."""

    note: str | None = None
    attachment_name: str | None = None
    attachment_type: str | None = None
    attachment_hash: str | None = None
    purged_at: datetime | None = None


_BESIDE = tuple(_content.c[name] for name in Beside._fields)
# Only what the fact itself has a hash of: anybody with the database in hand could add a row of another.
_beside = (
    select(_content.c.fact_id, *_BESIDE)
    .join(_fact, and_(_fact.c.id == _content.c.fact_id, _fact.c.content_hash != ""))
    .where(_content.c.fact_id.in_(bindparam("_ids", expanding=True)))
)


def beside(connection: Connection, fact_ids: Sequence[str]) -> dict[str, Beside]:
    """Return what stands or stood beside facts, of those that ever had anything."""
    return {row[0]: Beside(*row[1:]) for row in connection.execute(_beside, {"_ids": list(fact_ids)})}
