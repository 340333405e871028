"""The lifecycle of a follow-up: opened once per occasion, and closed with an outcome."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, String, bindparam, cast, func, insert, literal, select, update

from models.follow_ups.follow_up import FollowUp
from models.store.beginnings import begins_with
from models.tables.ledger import DossierRow
from models.tables.letters import FollowUpRow, NoticeRow
from pathways.grammar.agenda import OWN

_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]
_notice = NoticeRow.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]


#: What the record writes when an occasion is gone: with the fact that ended it, or when it was the day alone.
BY_TIME = "the passing of time"
_OVERTAKEN = re.compile(rf"overtaken by ([0-9a-f]{{32}}|{BY_TIME})")


def overtaken(by: str) -> str:
    """Return the outcome of a follow-up whose occasion is gone; the same occasion may come again."""
    return f"overtaken by {by}"


def overtaken_by(outcome: str | None) -> str | None:
    """Return what overtook a follow-up, a fact's id or time; None when it ended otherwise."""
    found = _OVERTAKEN.fullmatch(outcome or "")
    return found[1] if found else None


class Standing(NamedTuple):
    """A follow-up as the sweep needs to know it: its occasion, and when and how it ended, if it has."""

    id: int
    key: str
    occasion: str
    closed_on: date | None
    outcome: str | None

    @property
    def is_open(self) -> bool:
        """Tell whether it is open."""
        return self.closed_on is None

    @property
    def comes_again(self) -> bool:
        """Tell whether its occasion, gone by now, is opened anew if it comes again."""
        return not self.is_open and overtaken_by(self.outcome) is not None


def of_dossiers(connection: Connection, ids: Sequence[int]) -> dict[int, list[Standing]]:
    """Return the follow-ups of these dossiers, open and closed, by dossier."""
    columns = (_follow_up.c[name] for name in ("dossier_id", *Standing._fields))
    query = select(*columns).where(_follow_up.c.dossier_id.in_(ids))
    found: dict[int, list[Standing]] = {id_: [] for id_ in ids}
    for dossier_id, *rest in connection.execute(query).all():
        found[dossier_id].append(Standing(*rest))
    return found


def insert_new(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Open follow-ups that are known to be new, in bulk."""
    if rows:
        connection.execute(insert(_follow_up), list(rows))


def insert_one(connection: Connection, opened: FollowUp) -> FollowUp:
    """Open a follow-up, and return it with its number."""
    row = {name: value for name, value in opened._asdict().items() if name not in ("id", "state")}
    number = connection.execute(insert(_follow_up).values(**row).returning(_follow_up.c.id)).scalar_one()
    return opened._replace(id=number)


_close = (
    update(_follow_up)
    .where(_follow_up.c.id == bindparam("_id"), _follow_up.c.closed_on.is_(None))
    .values(
        closed_on=bindparam("_closed_on"),
        outcome=bindparam("_outcome"),
        closed_by=bindparam("_closed_by"),
        kept_rung_on=_follow_up.c.next_rung_on,
        next_rung_on=None,
    )
)


def close_all(connection: Connection, ids: Sequence[int], *, on: date, outcome: str, by: str) -> None:
    """Close follow-ups with one outcome."""
    if ids:
        connection.execute(
            _close, [{"_id": id_, "_closed_on": on, "_outcome": outcome, "_closed_by": by} for id_ in ids]
        )


def answered(connection: Connection, follow_up_id: int) -> None:
    """Note of a closed follow-up that a person's answer closed it, so that the close can be taken back."""
    connection.execute(update(_follow_up).where(_follow_up.c.id == follow_up_id).values(is_answered=True))


def reopen(connection: Connection, found: FollowUp, *, today: date) -> FollowUp | None:
    """Open a follow-up again as it was before a person closed it, late no day; None when it is open by now.

    Whom the close kept from being told is told with the next sweep: the same rung asks again, as after a rest.
    """
    found = _take_occasion(connection, found)
    untold = _withdrawn_of_its_rung(connection, found)
    asks_again = untold and found.rung > 0 and found.kept_rung_on is None
    open_again: dict[str, Any] = {
        "closed_on": None,
        "outcome": None,
        "closed_by": None,
        "is_answered": False,
        "kept_rung_on": None,
        "due_on": found.due_on if found.occasion == OWN else max(found.due_on, today),  # a person's own day stands
        "snoozed_until": today if asks_again else found.snoozed_until,
        "next_rung_on": today if asks_again else found.kept_rung_on,
    }
    still_closed = (_follow_up.c.id == found.id, _follow_up.c.closed_on.is_not(None))
    if not connection.execute(update(_follow_up).where(*still_closed).values(**open_again)).rowcount:
        return None
    told, own_mark = update(_notice).where(_notice.c.follow_up_key == found.key), cast(_notice.c.id, String)
    connection.execute(told.where(_notice.c.withdrawn).values(key=_notice.c.key.concat(literal("#").concat(own_mark))))
    connection.execute(told.where(_notice.c.person_id == _person(found.closed_by)).values(answered_at=None))
    return found._replace(**open_again)


def _withdrawn_of_its_rung(connection: Connection, found: FollowUp) -> bool:
    """Tell whether nobody was told of the rung that a follow-up stands at, because the letter never left."""
    of_rung = select(_notice.c.withdrawn).where(_notice.c.follow_up_key == found.key, _notice.c.rung == found.rung)
    told = connection.execute(of_rung).scalars().all()
    return bool(told) and all(told)


def _person(actor: str | None) -> int | None:
    kind, _, number = (actor or "").partition(":")
    return int(number) if kind == "person" and number.isdigit() else None


def occasion_of(found: FollowUp) -> str:
    """Return the occasion for which a follow-up was opened, also once that was freed to be opened anew."""
    return found.key.removesuffix(_mark(found.id))


def _mark(follow_up_id: int) -> str:
    return f"#{follow_up_id}"


def _take_occasion(connection: Connection, found: FollowUp) -> FollowUp:
    """Give a follow-up its occasion back, and to what was told of it; that it is free is known."""
    key = occasion_of(found)
    if key == found.key:
        return found
    bare = func.substr(_notice.c.key, 1, func.length(_notice.c.key) - len(_mark(found.id)))
    told = update(_notice).where(_notice.c.follow_up_key == found.key)
    connection.execute(told.values(key=bare, follow_up_key=key))
    connection.execute(update(_follow_up).where(_follow_up.c.id == found.id).values(key=key))
    return found._replace(key=key)


def free_occasions(connection: Connection, ids: Sequence[int]) -> None:
    """Let the occasions of closed follow-ups be opened anew, as when a role falls vacant a second time."""
    if not ids:
        return
    old = literal("#").concat(cast(_follow_up.c.id, String))
    mark = select(old).where(_follow_up.c.key == _notice.c.follow_up_key).scalar_subquery()
    told = select(_follow_up.c.key).where(_follow_up.c.id.in_(ids))
    connection.execute(  # what was told then does not count as told when the occasion comes again
        update(_notice)
        .where(_notice.c.follow_up_key.in_(told))
        .values(key=_notice.c.key.concat(mark), follow_up_key=_notice.c.follow_up_key.concat(mark))
    )
    connection.execute(update(_follow_up).where(_follow_up.c.id.in_(ids)).values(key=_follow_up.c.key.concat(old)))


def keys_of(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Return those of these occasions that have a follow-up, open or closed."""
    if not keys:
        return set()
    return set(connection.execute(select(_follow_up.c.key).where(_follow_up.c.key.in_(keys))).scalars())


def closed(connection: Connection, keys: Sequence[str]) -> list[int]:
    """Return the follow-ups of these occasions that are closed."""
    if not keys:
        return []
    query = select(_follow_up.c.id).where(_follow_up.c.key.in_(keys), _follow_up.c.closed_on.is_not(None))
    return list(connection.execute(query).scalars())


def open_with_prefix(connection: Connection, prefix: str) -> dict[str, int]:
    """Return the open follow-ups whose occasion begins so, by key."""
    query = select(_follow_up.c.key, _follow_up.c.id).where(
        begins_with(_follow_up.c.key, prefix), _follow_up.c.closed_on.is_(None)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
