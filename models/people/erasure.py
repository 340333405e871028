"""Erasure: of a person nothing but a number is left; and until when each has served, by which that is decided.

Who is to be erased is decided above. What becomes of each row stands in `TRACES`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, delete, or_, select, update

from models.people.traces import TRACES, Fate
from models.tables.every import METADATA
from models.tables.letters import AttemptRow, FollowUpRow, LetterRow
from models.tables.people import ChannelRow, Hold, Mandate, Person
from models.tables.record import AuditEntry
from notifications.outbox import LetterState
from pathways.grammar.refusals import remark

_person = Person.__table__  # type: ignore[attr-defined]
_channel = ChannelRow.__table__  # type: ignore[attr-defined]
_hold = Hold.__table__  # type: ignore[attr-defined]
_mandate = Mandate.__table__  # type: ignore[attr-defined]
_letter = LetterRow.__table__  # type: ignore[attr-defined]
_attempt = AttemptRow.__table__  # type: ignore[attr-defined]
_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]
_audit = AuditEntry.__table__  # type: ignore[attr-defined]

#: What the journal calls it.
ERASED = "person erased"
_ON_ITS_WAY = (LetterState.WAITING, LetterState.AGAIN, LetterState.HELD)
_DAY = timedelta(days=1)


def last_days(connection: Connection) -> dict[int, date | None]:
    """Return the last day on which each person serves or served; None where that has no end yet."""
    columns = (_hold.c.person_id, _hold.c.ends_on, _hold.c.ended_on, _mandate.c.ends_on, _mandate.c.ended_on)
    query = select(*columns).join(_mandate, _mandate.c.id == _hold.c.mandate_id)
    found: dict[int, date | None] = {}
    for person, *ends in connection.execute(query):
        last = _last(*ends)
        before = found.get(person, date.min)
        found[person] = None if last is None or before is None else max(last, before)
    return found


def owners(connection: Connection) -> set[int]:
    """Return who has an open follow-up."""
    query = select(_follow_up.c.owner_id).where(_follow_up.c.closed_on.is_(None), _follow_up.c.owner_id.is_not(None))
    return set(connection.execute(query.distinct()).scalars())


def erased(connection: Connection) -> set[int]:
    """Return of whom nothing but a number is kept."""
    rows = connection.execute(select(_audit.c.row).where(_audit.c.what == ERASED).distinct()).scalars()
    return {int(row.removeprefix("person:")) for row in rows}


def erase(connection: Connection, person: int, *, called: str) -> None:
    """Delete everything that tells who a person is or was; what refers to the number finds it `called` so."""
    theirs = select(_letter.c.id).where(_letter.c.person_id == person)
    addresses = select(_channel.c.id).where(_channel.c.person_id == person)
    tried = or_(_attempt.c.letter_id.in_(theirs), _attempt.c.channel_id.in_(addresses))
    connection.execute(update(_attempt).where(tried).values(channel_id=None, reason=""))
    own = update(_letter).where(_letter.c.person_id == person)
    connection.execute(own.values(reason=None))
    gone: dict[str, Any] = {"state": LetterState.GIVEN_UP.value, "reason": remark("letter_overtaken")}
    waiting = own.where(_letter.c.state.in_(_ON_ITS_WAY))
    connection.execute(waiting.values(**gone, claimed_by=None, claimed_until=None))
    for table in reversed(METADATA.sorted_tables):
        for place, trace in TRACES.items():
            if trace.fate is Fate.DELETED and place.startswith(f"{table.name}."):
                connection.execute(delete(table).where(table.c[place.partition(".")[2]] == person))
    named = {"name": called, "language": "en", "sees_personal": False}
    connection.execute(update(_person).where(_person.c.id == person).values(**named))


def _last(hold_ends: date | None, hold_ended: date | None, term: date | None, ended: date | None) -> date | None:
    days = [hold_ends, hold_ended - _DAY if hold_ended else None, term, ended - _DAY if ended else None]
    return min((day for day in days if day is not None), default=None)
