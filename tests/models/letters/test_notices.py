"""Notices: what is told is written once, and one digest a person and day carries it."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from models.follow_ups import lifecycle
from models.letters import notices as notice_rows
from models.letters import outbox
from models.letters.notices import NewNotice
from models.people import people
from models.store.engine import Store
from models.tables.letters import LetterRow, NoticeRow
from notifications.outbox import LetterState, Settlement

NOW = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
SOON, TOMORROW_AT = NOW + timedelta(minutes=10), NOW + timedelta(days=1)
LETTER = LetterRow.__table__  # type: ignore[attr-defined]
NOTICE = NoticeRow.__table__  # type: ignore[attr-defined]


@pytest.fixture
def store(store_url):
    store = Store(store_url)
    yield store
    store.dispose()


@pytest.fixture
def persons(store):
    with store.writing() as connection:
        return [people.add(connection, "person", name=f"Office {n}", language="en", created_at=NOW) for n in range(3)]


def a_notice(person, key, **said):
    defaults = {"kind": "chase", "occasion": "silence", "about": "", "role": "champion", "treaty": "att"}
    return NewNotice(key=f"{key}:{person}", person_id=person, **{**defaults, **said})


def write(store, *notices, today=TODAY, now=NOW):
    with store.writing() as connection:
        return notice_rows.write(
            connection,
            notices,
            now=now,
            today=today,
            due_at=SOON,
            tomorrow_at=TOMORROW_AT + (today - TODAY),
        )


def claim(store, now=SOON, today=TODAY, worker="us"):
    with store.writing() as connection:
        return outbox.claim(
            connection, now=now, today=today, worker=worker, until=now + timedelta(minutes=1), limit=100
        )


def letters(store):
    with store.reading() as connection:
        return connection.execute(select(LETTER).order_by(LETTER.c.day, LETTER.c.person_id)).all()


def told(store):
    """Return letter -> keys of what it tells, the withdrawn left out."""
    with store.reading() as connection:
        rows = connection.execute(select(NOTICE.c.letter_id, NOTICE.c.key).where(~NOTICE.c.withdrawn)).all()
    inside = {}
    for letter, key in rows:
        inside.setdefault(letter, set()).add(key)
    return inside


def test_a_person_gets_one_digest_of_a_days_notices(store, persons):
    ann, ben, _ = persons
    written = write(store, a_notice(ann, "a"), a_notice(ann, "b"), a_notice(ben, "a"))
    assert (written.notices, written.letters) == (3, 2)
    assert write(store, a_notice(ann, "c")).letters == 0
    [first, second] = letters(store)
    assert told(store) == {first.id: {f"a:{ann}", f"b:{ann}", f"c:{ann}"}, second.id: {f"a:{ben}"}}
    assert [(row.state, row.kind, row.day, row.due_at) for row in (first, second)] == [
        ("waiting", "digest", TODAY, SOON)
    ] * 2


def test_deciding_twice_writes_one(store, persons):
    write(store, a_notice(persons[0], "a"))
    again = write(store, a_notice(persons[0], "a"), a_notice(persons[0], "a"))
    assert (again.notices, again.letters) == (0, 0)
    assert len(letters(store)) == 1


def test_ids_are_random_and_tell_nothing(store, persons):
    write(store, *(a_notice(person, "a") for person in persons))
    ids = {row.id for row in letters(store)}
    assert len(ids) == 3
    assert all(len(id_) == 32 and int(id_, 16) >= 0 for id_ in ids)


@pytest.mark.parametrize("state", [s for s in LetterState if s is not LetterState.WAITING])
def test_what_comes_after_the_digest_has_left_waits_for_tomorrow(store, persons, state):
    ann = persons[0]
    write(store, a_notice(ann, "a"))
    [letter] = claim(store)
    with store.writing() as connection:
        outbox.settle(connection, letter.id, Settlement(state=state), at=SOON, day=TODAY, worker="us")
    assert write(store, a_notice(ann, "b")).letters == 1
    assert write(store, a_notice(ann, "c")).letters == 0
    [first, second] = letters(store)
    assert told(store) == {first.id: {f"a:{ann}"}, second.id: {f"b:{ann}", f"c:{ann}"}}
    assert (second.day, second.due_at) == (TOMORROW, TOMORROW_AT)


def test_a_digest_in_hand_takes_nothing_more(store, persons):
    ann = persons[0]
    write(store, a_notice(ann, "a"))
    claim(store)
    write(store, a_notice(ann, "b"))
    assert [row.day for row in letters(store)] == [TODAY, TOMORROW]


def test_when_tomorrows_digest_has_left_too_the_day_after_takes_it(store, persons):
    ann = persons[0]
    write(store, a_notice(ann, "a"))
    claim(store)
    write(store, a_notice(ann, "b"))
    claim(store, now=TOMORROW_AT, today=TOMORROW)
    write(store, a_notice(ann, "c"))
    [first, second, third] = letters(store)
    assert told(store) == {first.id: {f"a:{ann}"}, second.id: {f"b:{ann}"}, third.id: {f"c:{ann}"}}
    assert (third.day, third.due_at) == (TOMORROW + timedelta(days=1), TOMORROW_AT + timedelta(days=1))


def test_an_urgent_letter_leaves_at_once_beside_the_digest(store, persons):
    ann = persons[0]
    write(store, a_notice(ann, "a"))
    with store.writing() as connection:
        urgent = notice_rows.write_urgent(connection, a_notice(ann, "link", kind="link"), now=NOW, today=TODAY)
    assert [letter.id for letter in claim(store, now=NOW)] == [urgent]


def test_a_closed_follow_ups_unsent_notices_are_withdrawn_and_an_empty_letter_given_up(store, persons):
    ann, ben, _ = persons
    closed, stays = a_follow_up(store, "closed"), a_follow_up(store, "stays")
    write(
        store,
        a_notice(ann, "a", follow_up_key="closed"),
        a_notice(ann, "b", follow_up_key="stays"),
        a_notice(ben, "a", follow_up_key="closed"),
    )
    with store.writing() as connection:
        notice_rows.withdraw(connection, [closed])
    [full, empty] = letters(store)
    assert told(store) == {full.id: {f"b:{ann}"}}
    assert (full.state, empty.state, empty.reason) == ("waiting", "given_up", notice_rows.OVERTAKEN)
    assert stays


def test_what_was_sent_stays_sent(store, persons):
    follow_up = a_follow_up(store, "closed")
    write(store, a_notice(persons[0], "a", follow_up_key="closed"))
    [letter] = claim(store)
    with store.writing() as connection:
        outbox.settle(connection, letter.id, Settlement(state=LetterState.SENT), at=SOON, day=TODAY, worker="us")
        notice_rows.withdraw(connection, [follow_up])
    assert told(store) == {letter.id: {f"a:{persons[0]}"}}
    assert letters(store)[0].state == "sent"


def test_hundreds_of_notices_cost_a_handful_of_statements(store):
    with store.writing() as connection:
        many = [people.add(connection, "person", name=f"P{n}", language="en", created_at=NOW) for n in range(150)]
    statements = []
    event.listen(store.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    written = write(store, *(a_notice(person, f"n{n}") for person in many for n in range(3)))
    assert (written.notices, written.letters) == (450, 150)
    assert len([s for s in statements if not s.startswith(("BEGIN", "COMMIT"))]) <= 10


@pytest.mark.postgres
def test_two_who_write_at_once_for_the_same_persons_meet_in_one_digest(postgres_url):
    store = Store(postgres_url)
    with store.writing() as connection:
        several = [people.add(connection, "person", name=f"P{n}", language="en", created_at=NOW) for n in range(20)]
    go = threading.Barrier(4)

    def one(name):
        order = several if int(name) % 2 else several[::-1]
        for round_ in range(5):
            go.wait(20)
            write(store, *(a_notice(p, f"{name}{round_}") for p in order), a_notice(several[0], f"same{round_}"))

    threads = [threading.Thread(target=one, args=(str(n),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(letters(store)) == 20
    assert sum(len(keys) for keys in told(store).values()) == 4 * 5 * 20 + 5
    store.dispose()


def a_follow_up(store, key, **said):
    defaults = {
        "treaty": "att", "occasion": "silence", "about": "", "role": "secretariat", "region": "", "opened_on": TODAY,
        "due_on": TOMORROW, "rungs": "champion,coordinator,secretariat", "rung": 1, "patience": 14,
        "next_rung_on": None, "is_public": False, "dossier_id": None,
    }  # fmt: skip
    with store.writing() as connection:
        lifecycle.insert_new(connection, [{**defaults, "key": key, **said}])
        return lifecycle.open_with_prefix(connection, key)[key]
