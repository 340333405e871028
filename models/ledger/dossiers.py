"""Dossiers and their facts: read and written in bulk.

Decides nothing; not who may read what it returns either.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, insert, select, update

from models.ledger.hash_chain import Content, content_hash, fact_row
from models.ledger.heads import Head
from models.tables.ledger import DossierRow, FactContent, FactRow, StateEntry
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import Fact, SourceKind
from pathways.grammar.pathway import is_own

_dossier = DossierRow.__table__  # type: ignore[attr-defined]
_fact = FactRow.__table__  # type: ignore[attr-defined]
_content = FactContent.__table__  # type: ignore[attr-defined]
_state = StateEntry.__table__  # type: ignore[attr-defined]


class Record(NamedTuple):
    """A dossier's row as it was read; `version` guards it against a second writer."""

    id: int
    treaty: str
    state: str
    stage: str
    standing: str
    legal_status: str
    tier: int | None
    deposited_on: str | None
    entry_into_force: date | None
    entered_by: str
    entered_on: date | None
    projected_on: date | None
    next_due_on: date | None
    version: int
    head_seq: int
    head_hash: str
    region: str
    group: str


class Moved(Exception):
    """A dossier was changed by somebody else between reading and writing."""


#: Every dossier with its State's region and group, in the order of `Record`; its State may be on no list of ours.
RECORDS = select(
    *(getattr(_dossier.c, name) for name in Record._fields[:-2]),
    func.coalesce(_state.c.att_region, ""),
    func.coalesce(_state.c.un_regional_group, ""),
).select_from(_dossier.outerjoin(_state, _state.c.iso3 == _dossier.c.state))
# Built once: putting a query together takes longer than reading one row with it.
_one = RECORDS.where(_dossier.c.treaty == bindparam("_treaty"), _dossier.c.state == bindparam("_state"))


def record_of(connection: Connection, treaty: str, state: str, *, lock: bool = False) -> Record | None:
    """Return one dossier's row, locked against other writers if asked."""
    query = _one.with_for_update(of=_dossier) if lock else _one
    row = connection.execute(query, {"_treaty": treaty, "_state": state}).first()
    return Record(*row) if row else None


def records(connection: Connection, treaty: str) -> list[Record]:
    """Return every dossier of a treaty, by State."""
    query = RECORDS.where(_dossier.c.treaty == treaty).order_by(_dossier.c.state)
    return [Record(*row) for row in connection.execute(query)]


def claim(connection: Connection, ids: Sequence[int], *, skip_locked: bool) -> list[Record]:
    """Return the rows of these dossiers in order of id, locked; if asked, without those another writer holds."""
    query = (
        RECORDS.where(_dossier.c.id.in_(ids))
        .order_by(_dossier.c.id)
        .with_for_update(of=_dossier, skip_locked=skip_locked)
    )
    return list(map(Record._make, connection.execute(query).all()))  # at once, as `facts_of` does


#: The columns of a fact, in the order in which `as_fact` reads them.
FACT = tuple(
    _fact.c[name]
    for name in (
        "dossier_id", "id", "seq", "kind", "effective_on", "known_by", "data", "source", "reference", "sensitivity",
        "recorded_at", "actor", "replaces", "annuls", "rests_on", "contests", "unconfirmed",
    )
)  # fmt: skip


_facts = (
    select(*FACT)
    .where(_fact.c.dossier_id.in_(bindparam("_ids", expanding=True)))
    .order_by(_fact.c.dossier_id, _fact.c.seq)
)


def facts_of(
    connection: Connection, found: Iterable[Record | Head], *, where: ColumnElement[bool] | None = None
) -> dict[int, list[Fact]]:
    """Return the facts of these dossiers in order of seq, by dossier."""
    states = {record.id: record.state for record in found}
    facts: dict[int, list[Fact]] = {id_: [] for id_ in states}
    query = _facts if where is None else _facts.where(where)
    for row in connection.execute(query, {"_ids": list(states)}).all():  # at once: row by row takes twice as long
        facts[row[0]].append(as_fact(row, states[row[0]]))
    return facts


def all_facts(connection: Connection, treaty: str) -> dict[int, list[Fact]]:
    """Return the facts of every dossier of a treaty, by dossier."""
    query = (
        select(*FACT, _dossier.c.state)
        .join(_dossier, _dossier.c.id == _fact.c.dossier_id)
        .where(_dossier.c.treaty == treaty)
        .order_by(_fact.c.dossier_id, _fact.c.seq)
    )
    facts: dict[int, list[Fact]] = {}
    for row in connection.execute(query).all():
        facts.setdefault(row[0], []).append(as_fact(row, row[-1]))
    return facts


# The same few texts stand in most facts.
_parse = lru_cache(maxsize=8192)(PartialDate.parse)
_fields: Callable[[str], Mapping[str, Any]] = lru_cache(maxsize=8192)(json.loads)
_SOURCES = {source.value: source for source in SourceKind}


def as_fact(row: Sequence[Any], state: str) -> Fact:
    """Return the fact that a row of the ledger says; ValueError, KeyError or TypeError where it says none."""
    (
        _, id_, seq, kind, effective, known_by, data, source, reference, sensitivity, recorded_at, actor,
        replaces, annuls, rests_on, contests, unconfirmed,
    ) = row[:17]  # fmt: skip
    return Fact(
        id=id_,
        seq=seq,
        state=state,
        kind=kind,
        effective=_parse(effective),
        known_by=known_by,
        data=_fields(data),
        source=_SOURCES[source],
        reference=reference,
        sensitivity=sensitivity,
        recorded_at=recorded_at,
        actor=actor,
        replaces=replaces,
        annuls=() if annuls == "[]" else tuple(json.loads(annuls)),
        rests_on=rests_on,
        contests=contests,
        unconfirmed=() if unconfirmed == "[]" else tuple(json.loads(unconfirmed)),
    )


class Appended(NamedTuple):
    """A dossier's new facts, with what stands beside them, to be chained to its head."""

    record: Record
    facts: Sequence[Fact]
    contents: Mapping[str, Content]


def append(connection: Connection, additions: Iterable[Appended]) -> dict[int, tuple[int, str]]:
    """Write new facts to the ledger, each bound to the one before; return the new heads by dossier."""
    rows: list[dict[str, Any]] = []
    beside: list[dict[str, Any]] = []
    heads: dict[int, tuple[int, str]] = {}
    for record, facts, contents in additions:
        head = record.head_hash
        for fact in facts:
            content = contents.get(fact.id)
            digest = content_hash(content) if content else ""
            row = fact_row(fact, record.id, record.treaty, head, digest)
            head = row["hash"]
            rows.append(row)
            if content:
                beside.append({"fact_id": fact.id, **content._asdict()})
        if facts:
            heads[record.id] = (facts[-1].seq, head)
    if rows:
        connection.execute(insert(_fact), rows)
    if beside:
        connection.execute(insert(_content), beside)
    return heads


#: What a dossier's row says of its facts, in the columns that `rewrite` is given.
PROJECTED = (
    "stage", "standing", "legal_status", "tier", "deposited_on", "entry_into_force", "entered_by", "entered_on",
    "projected_on", "next_due_on", "head_seq", "head_hash",
)  # fmt: skip
_rewrite = (
    update(_dossier)
    .where(and_(_dossier.c.id == bindparam("_id"), _dossier.c.version == bindparam("_version")))
    .values({**{name: bindparam(f"_{name}") for name in PROJECTED}, "version": _dossier.c.version + 1})
)


def rewrite(connection: Connection, updates: Sequence[Mapping[str, Any]]) -> None:
    """Write projected rows (`id`, `version` as read, and every projected column); Moved if one was changed."""
    if not updates:
        return
    done = connection.execute(_rewrite, [{f"_{name}": value for name, value in u.items()} for u in updates])
    if done.rowcount != len(updates):
        raise Moved


def add_dossiers(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add empty dossiers."""
    if rows:
        connection.execute(insert(_dossier), list(rows))


def treaties(connection: Connection) -> list[str]:
    """Return the keys of every treaty that has dossiers of States."""
    found = connection.execute(select(_dossier.c.treaty).distinct().order_by(_dossier.c.treaty)).scalars()
    return [treaty for treaty in found if not is_own(treaty)]


def look_again(connection: Connection, on: date, *, treaty: str, states: Sequence[str] | None = None) -> None:
    """Put dossiers on the next sweep's list, in one statement: a mandate, region or rule changed."""
    later = func.coalesce(_dossier.c.next_due_on, date.max) > on
    statement = update(_dossier).where(_dossier.c.treaty == treaty, later)
    if states is not None:
        statement = statement.where(_dossier.c.state.in_(states))
    connection.execute(statement.values(next_due_on=on))


def state_of(connection: Connection, dossier_id: int) -> str:
    """Return the State of a dossier."""
    return str(connection.execute(select(_dossier.c.state).where(_dossier.c.id == dossier_id)).scalar_one())


def treaty_of(connection: Connection, dossier_id: int) -> str:
    """Return the treaty of a dossier."""
    return str(connection.execute(select(_dossier.c.treaty).where(_dossier.c.id == dossier_id)).scalar_one())


def put_off(connection: Connection, dossier_id: int, day: date) -> None:
    """Look at a dossier again on a later day."""
    connection.execute(update(_dossier).where(_dossier.c.id == dossier_id).values(next_due_on=day))
