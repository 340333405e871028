"""Traces: every column by which a row is about a person, what is told of it, and what becomes of it in the end.

One list, held by a test to the tables: a new column that names a person is decided here, or the test fails.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Integer, Table, or_, select

from models.tables.every import METADATA
from pathways.grammar.dossier import RELEASE


class Fate(StrEnum):
    """What becomes of a row once what is kept about its person is erased."""

    EMPTIED = "emptied"  # the row stays, and names nobody
    DELETED = "deleted"
    STAYS = "stays"  # it holds a number, and words that are about a State


class Trace(NamedTuple):
    """A column that names a person by number, or as an actor: what is told, under which heading; and its fate.

    `tells` are columns of its table; of none of them is anything told under another heading already.
    """

    fate: Fate
    heading: str = ""
    tells: tuple[str, ...] = ()


_FOLLOW_UP = ("id", "treaty", "occasion", "about", "opened_on", "due_on", "closed_on")
#: By table and column.
TRACES: Mapping[str, Trace] = MappingProxyType(
    {
        "person.id": Trace(Fate.EMPTIED, "person", ("id", "name", "language", "sees_personal", "created_at")),
        "channel.person_id": Trace(
            Fate.DELETED,
            "addresses",
            ("id", "kind", "address", "vouched_by", "verified_at", "returned_at", "returned_reason"),
        ),
        "hold.person_id": Trace(Fate.STAYS, "holds", ("id", "mandate_id", "starts_on", "ends_on", "ended_on", "lead")),
        "credential.person_id": Trace(Fate.DELETED, "password", ("changed_at",)),
        "session.person_id": Trace(
            Fate.DELETED, "sessions", ("signed_in_by", "created_at", "seen_at", "ends_at", "signed_out_at")
        ),
        "one_time_link.person_id": Trace(Fate.DELETED, "links", ("purpose", "made_at", "expires_at", "used_at")),
        "last_visit.person_id": Trace(Fate.DELETED, "visits", ("treaty", "here_at", "seen_at")),
        "letter.person_id": Trace(
            Fate.STAYS, "letters", ("id", "day", "kind", "state", "written_at", "sent_at", "opened_at")
        ),
        "notice.person_id": Trace(Fate.STAYS, "notices", ("letter_id", "occasion", "role", "treaty", "written_at")),
        "follow_up.owner_id": Trace(Fate.STAYS, "follow_ups", _FOLLOW_UP),
        "follow_up.opened_by": Trace(Fate.STAYS, "follow_ups_opened", (*_FOLLOW_UP, "words")),
        "follow_up.closed_by": Trace(Fate.STAYS, "follow_ups_closed", (*_FOLLOW_UP, "outcome")),
        "comment.author": Trace(Fate.STAYS, "comments", ("id", "follow_up_id", "written_at", "words")),
        "statement_draft.taken_down_by": Trace(
            Fate.STAYS, "statements_taken_down", ("id", "meeting_id", "taken_down_at", "standing")
        ),
        "statement_draft.settled_by": Trace(
            Fate.STAYS, "statements_settled", ("id", "meeting_id", "settled_at", "standing")
        ),
        "next_step.written_by": Trace(Fate.STAYS, "next_steps_written", ("id", "words", "due_on", "written_at")),
        "enquiry.opened_by": Trace(Fate.STAYS, "enquiries_opened", ("id", "opened_on")),
        "enquiry.closed_by": Trace(Fate.STAYS, "enquiries_closed", ("id", "closed_on")),
        "asked_state.answered_by": Trace(Fate.STAYS, "enquiry_answers_noted", ("enquiry_id", "state", "answered_on")),
        "mission.person_id": Trace(Fate.DELETED, "missions", ("state",)),
        "fact.actor": Trace(Fate.STAYS, "facts_filed", ("id", "kind", "effective_on", "recorded_at")),
        "proposal.proposed_by": Trace(
            Fate.STAYS, "proposals", ("id", "kind", "effective_on", "proposed_at", "result", "decided_at")
        ),
        "proposal.decided_by": Trace(Fate.STAYS, "proposals_decided", ("id", "kind", "result", "decided_at")),
        "reading.actor": Trace(Fate.STAYS, "facts_shown", ("fact_id", "day", "at")),
        "advance_request.person_id": Trace(
            Fate.STAYS, "steps_asked_for", ("treaty", "state", "step", "day", "asked_at", "result")
        ),
        "advance_request.actor": Trace(Fate.STAYS),
        "channel.vouched_by": Trace(Fate.STAYS, "addresses_vouched_for", ("id",)),
        "one_time_link.made_by": Trace(Fate.STAYS),  # noted in the journal as well
        "sweep.actor": Trace(Fate.STAYS),  # the run's own name; who started it stands in the journal
        "audit.actor": Trace(Fate.STAYS, "journal"),  # told by `journal_of`
    }
)
#: Letters name a State in what is public alone, and so does what is told of them.
_NAMES_NO_STATE = frozenset({"notice"})


def told_of(connection: Connection, person: int) -> dict[str, list[dict[str, Any]]]:
    """Return what is kept about a person under each heading, row by row; with the treaty and the State it is about."""
    return {
        trace.heading: [dict(row) for row in connection.execute(_query(place, trace, person)).mappings()]
        for place, trace in TRACES.items()
        if trace.tells
    }


def mandates_of(connection: Connection, ids: set[int]) -> dict[int, dict[str, Any]]:
    """Return mandates by number: role, whose, treaty, where, and the term."""
    of = METADATA.tables["mandate"]
    names = ("id", "role", "of", "treaty", "region", "states", "starts_on", "ends_on", "ended_on")
    query = select(*(of.c[name] for name in names)).where(of.c.id.in_(ids))
    return {row["id"]: dict(row) for row in connection.execute(query).mappings()}


def releases_to(connection: Connection, person: int) -> list[dict[str, Any]]:
    """Return which facts were released to a person by name: treaty, State, the fact, and when."""
    fact, dossier = METADATA.tables["fact"], METADATA.tables["dossier"]
    query = (
        select(dossier.c.treaty, dossier.c.state, fact.c.data, fact.c.recorded_at)
        .join(dossier, dossier.c.id == fact.c.dossier_id)
        .where(fact.c.kind == RELEASE, fact.c.data.contains(f'"{_actor(person)}"', autoescape=True))
        .order_by(fact.c.recorded_at)
    )
    rows = [(dict(row), json.loads(row["data"])) for row in connection.execute(query).mappings()]
    return [
        {"treaty": row["treaty"], "state": row["state"], "fact": said["fact"], "recorded_at": row["recorded_at"]}
        for row, said in rows
        if said.get("audience") == _actor(person)
    ]


def journal_of(connection: Connection, person: int, rows: set[str]) -> list[dict[str, Any]]:
    """Return the lines of the journal that a person caused, or that are of one of these rows or name the person."""
    audit = METADATA.tables["audit"]
    query = (
        select(audit.c.at, audit.c.actor, audit.c.what, audit.c.row, audit.c.detail)
        .where(or_(audit.c.actor == _actor(person), audit.c.row.in_(rows), *_names(audit.c.detail, person)))
        .order_by(audit.c.id)
    )
    return [{**row, "detail": json.loads(row["detail"])} for row in connection.execute(query).mappings()]


#: What the journal calls a person by number in the details of a line.
PERSON_KEYS = ("person", "owner", "before", "after")


def _names(detail: ColumnElement[Any], person: int) -> Iterator[ColumnElement[bool]]:
    for key in PERSON_KEYS:
        for ends in (",", "}"):
            yield detail.contains(f'"{key}":{person}{ends}', autoescape=True)


def _query(place: str, trace: Trace, person: int) -> Any:
    name, _, column = place.partition(".")
    of: Table = METADATA.tables[name]
    whose: Column[Any] = of.c[column]
    shown = [of.c[one] for one in trace.tells]
    source: Any = of
    fact, dossier = METADATA.tables["fact"], METADATA.tables["dossier"]
    through = of.c.get("dossier_id")
    if name == "reading":
        source, through = source.join(fact, fact.c.id == of.c.fact_id), fact.c.dossier_id
    if through is not None and name not in _NAMES_NO_STATE:
        source = source.outerjoin(dossier, dossier.c.id == through)
        shown += [dossier.c[one] for one in ("treaty", "state") if one not in trace.tells]
    value = person if isinstance(whose.type, Integer) else _actor(person)
    return select(*shown).select_from(source).where(whose == value).order_by(*of.primary_key)


def _actor(person: int) -> str:
    return f"person:{person}"
