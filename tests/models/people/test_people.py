"""Mandates and holds: when they are in force, and who held what on any day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.people import people
from models.runs import health
from models.store.engine import Store

FROM, LAST = date(2026, 1, 1), date(2026, 8, 31)
A_DAY = timedelta(days=1)


@pytest.fixture
def connection(store_url):
    store = Store(store_url)
    with store.writing() as writing:
        yield writing
    store.dispose()


@pytest.fixture
def held(connection):
    """Return the numbers of a mandate for a term and of a hold for all of it."""
    person = people.add(
        connection, "person", name="Mission", language="en", created_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    mandate = people.add(
        connection, "mandate", role="champion", of="FJI", of_state=True, treaty="att", starts_on=FROM, ends_on=LAST
    )  # fmt: skip
    hold = people.add(connection, "hold", mandate_id=mandate, person_id=person, starts_on=FROM)
    return mandate, hold


def test_a_term_includes_its_first_and_its_last_day(connection, held):
    assert [len(people.held_on(connection, day)) for day in (FROM, LAST)] == [1, 1]
    assert [people.held_on(connection, day) for day in (FROM - A_DAY, LAST + A_DAY)] == [[], []]


@pytest.mark.parametrize(("end", "which"), [(people.end_mandate, 0), (people.end_hold, 1)])
def test_what_somebody_ended_is_over_from_that_day_and_stays_as_it_was_before(connection, held, end, which):
    end(connection, held[which], date(2026, 3, 2))
    assert people.held_on(connection, date(2026, 3, 2)) == []
    assert len(people.held_on(connection, date(2026, 3, 1))) == 1


def test_a_mandate_whose_only_holder_has_left_is_an_orphan(connection, held):
    assert health.orphaned_mandates(connection, FROM) == []
    people.end_hold(connection, held[1], date(2026, 3, 2))
    assert health.orphaned_mandates(connection, date(2026, 3, 2)) == [held[0]]
    people.end_mandate(connection, held[0], date(2026, 3, 2))
    assert health.orphaned_mandates(connection, date(2026, 3, 2)) == []
