"""Terms of service: who holds, held and will hold a mandate, all at once, to look at one State on any day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from models.people.people import HELD, HeldMandate
from models.tables.people import Hold, Mandate, Person

_person = Person.__table__  # type: ignore[attr-defined]
_mandate = Mandate.__table__  # type: ignore[attr-defined]
_hold = Hold.__table__  # type: ignore[attr-defined]


class Term(NamedTuple):
    """A mandate as somebody holds it, from the first to the last day. `ended_on`: from then on it was ended early."""

    held: HeldMandate
    name: str
    first: date
    last: date | None
    ended_on: date | None


#: Built once: putting a query together takes longer than reading with it.
_terms = (
    select(*HELD, _person.c.name, _mandate.c.starts_on, _mandate.c.ends_on, _hold.c.ended_on, _mandate.c.ended_on)
    .join(_mandate, _mandate.c.id == _hold.c.mandate_id)
    .join(_person, _person.c.id == _hold.c.person_id)
    .where(_mandate.c.treaty == bindparam("_treaty"))
    .order_by(_hold.c.id)
)


def terms(connection: Connection, treaty: str) -> list[Term]:
    """Return every hold of a treaty's mandates, ever, in order of entry."""
    rows = connection.execute(_terms, {"_treaty": treaty}).all()
    return [_term(HeldMandate(*row[: len(HELD)]), *row[len(HELD) :]) for row in rows]


def _term(
    held: HeldMandate, name: str, starts: date, ends: date | None, hold_ended: date | None, mandate_ended: date | None
) -> Term:
    """Put the dates of a hold and of its mandate together; from the day of an early end on it is not held any more."""
    natural = min((day for day in (held.ends_on, ends) if day), default=None)
    ended = min((day for day in (hold_ended, mandate_ended) if day), default=None)
    if ended is not None and natural is not None and ended > natural:
        ended = None
    return Term(
        held=held,
        name=name,
        first=max(held.starts_on, starts),
        last=ended - timedelta(days=1) if ended else natural,
        ended_on=ended,
    )
