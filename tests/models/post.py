"""The post in tests: persons, letters and follow-ups as rows, and a worker's hands on them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from models.follow_ups import lifecycle
from models.letters import notices as notice_rows
from models.letters import outbox
from models.letters.notices import NewNotice
from models.people import people
from models.tables.letters import FollowUpRow, LetterRow
from notifications.outbox import LetterState, Settlement

NOW = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
MINUTE = timedelta(minutes=1)
SENT = Settlement(state=LetterState.SENT)
DEAD = Settlement(state=LetterState.DEAD, reason="550 no")
LETTER = LetterRow.__table__  # type: ignore[attr-defined]
FOLLOW_UP = FollowUpRow.__table__  # type: ignore[attr-defined]


def a_person(store, name="Office", **said):
    with store.writing() as connection:
        person = people.add(connection, "person", name=name, language="fr", created_at=NOW)
        people.add(
            connection, "channel", person_id=person, kind="email", address=f"{person}@x.test",
            **{"vouched_by": "operator", **said},
        )  # fmt: skip
    return person


def a_letter(store, person, *keys, due_at=NOW, today=TODAY, **said):
    defaults = {"kind": "chase", "occasion": "silence", "about": "", "role": "champion", "treaty": "att"}
    notices = [
        NewNotice(key=f"{key}:{person}", person_id=person, **{**defaults, "follow_up_key": key, **said})
        for key in keys or ("k",)
    ]
    with store.writing() as connection:
        notice_rows.write(connection, notices, now=NOW, today=today, due_at=due_at, tomorrow_at=NOW + timedelta(days=1))
        query = select(LETTER.c.id).where(LETTER.c.person_id == person, LETTER.c.day == today)
        return connection.execute(query).scalar()


def a_follow_up(store, key, **said):
    defaults = {
        "treaty": "att", "occasion": "silence", "about": "", "role": "secretariat", "region": "", "opened_on": TODAY,
        "due_on": TODAY, "rungs": "champion,coordinator,secretariat", "rung": 1, "patience": 14,
        "next_rung_on": None, "is_public": False, "dossier_id": None,
    }  # fmt: skip
    with store.writing() as connection:
        lifecycle.insert_new(connection, [{**defaults, "key": key, **said}])


def claim(store, *, now=NOW, today=TODAY, worker="us", limit=10, lease=MINUTE):
    with store.writing() as connection:
        return outbox.claim(connection, now=now, today=today, worker=worker, until=now + lease, limit=limit)


def settle(store, letter, settlement, *, worker="us", at=NOW, day=TODAY, **said):
    with store.writing() as connection:
        return outbox.settle(connection, letter, settlement, at=at, day=day, worker=worker, **said)


def the(store, letter):
    with store.reading() as connection:
        return connection.execute(select(LETTER).where(LETTER.c.id == letter)).one()


def next_rung(store, key):
    with store.reading() as connection:
        return connection.execute(select(FOLLOW_UP.c.next_rung_on).where(FOLLOW_UP.c.key == key)).scalar()


def due_on(store, key):
    with store.reading() as connection:
        return connection.execute(select(FOLLOW_UP.c.due_on).where(FOLLOW_UP.c.key == key)).scalar()
