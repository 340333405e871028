"""Promises as they are listed: the oldest first, with their age, for who may know them; counted by region and age."""

import pytest

from casework.attention.next_steps import next_steps
from casework.attention.told import told
from casework.core.as_of import UnknownRegion
from casework.promises.listing import promise_list
from pathways.grammar.clearance import ANYONE, Sensitivity
from pathways.grammar.promises import PromiseStanding
from tests.builders import a_day
from tests.casework.meetings.meeting_days import CHAMPION, CLOSED, CONTACT, ELSEWHERE, SECRETARIAT, check, take
from tests.casework.overview.test_overview import statements

WORDS = "Will ratify, once conditions are met."
CLOSED_WORDS = "Will lay the bill before parliament."


@pytest.fixture
def promised(record):
    take(record, "Comoros", words=WORDS, condition="conditions are met")
    take(record, "The Gambia", words="Is about to ratify.")
    take(record, "Comoros", "position", words="Thinks well of it.")
    take(record, "Cambodia", words=CLOSED_WORDS, by="2024-12", meeting=CLOSED, on="2024-05-16")
    check(record)
    check(record, CLOSED)
    return record


def listed(workspace, reader=SECRETARIAT, **how):
    return promise_list(workspace, treaty="att", reader=reader, **how).promises


def test_the_word_of_the_comoros_stands_since_2023(promised):
    """B6: “once conditions are met”, 15 February 2023."""
    [comoros] = [one for one in listed(promised) if one.state == "COM"]
    assert (comoros.words, comoros.condition, str(comoros.made_on)) == (WORDS, "conditions are met", "2023-02-15")
    assert (comoros.standing, comoros.due_on) == (PromiseStanding.OPEN, None)
    assert comoros.age_days == (promised.today() - a_day("2023-02-15")).days
    assert comoros.years >= 3
    assert comoros.asked_on == a_day("2023-08-14")


def test_the_gambia_has_kept_its_word_with_its_deposit(promised):
    [gambia] = [one for one in listed(promised) if one.state == "GMB"]
    assert gambia.standing is PromiseStanding.KEPT
    assert gambia.asked_on is None
    [then] = [one for one in listed(promised, on=a_day("2023-12-01")) if one.state == "GMB"]
    assert (then.standing, then.age_days) == (PromiseStanding.OPEN, 289)


def test_the_oldest_stands_first(promised):
    days = [one.made_on.last for one in listed(promised)]
    assert len(days) == 3
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("reader", "states"),
    [
        (SECRETARIAT, ["COM", "GMB", "KHM"]),
        (ELSEWHERE, ["COM", "GMB", "KHM"]),  # a coordinator of Cambodia
        (CHAMPION, ["COM", "GMB"]),
        (CONTACT, ["COM", "GMB"]),
        (ANYONE, ["COM", "GMB"]),
    ],
)
def test_what_was_promised_behind_closed_doors_is_listed_for_who_accompanies_the_state(promised, reader, states):
    found = listed(promised, reader)
    assert sorted(one.state for one in found) == states
    assert any(one.words == CLOSED_WORDS for one in found) is ("KHM" in states)


def test_who_may_not_know_of_one_counts_none(promised):
    told = promise_list(promised, treaty="att", reader=CHAMPION).counted()
    every = promise_list(promised, treaty="att", reader=SECRETARIAT).counted()
    assert [one.region for one in told] == ["Africa"]
    assert [(one.region, one.stand, one.kept, one.lapsed) for one in every] == [("Africa", 1, 1, 0), ("Asia", 1, 0, 0)]


def test_they_are_counted_by_age(promised):
    [africa, asia] = promise_list(promised, treaty="att", reader=SECRETARIAT, on=a_day("2025-12-01")).counted()
    assert africa.by_age == (0, 0, 1, 0)
    assert asia.by_age == (0, 1, 0, 0)


def test_those_of_one_region(promised):
    assert [one.state for one in listed(promised, region="asia")] == ["KHM"]
    with pytest.raises(UnknownRegion):
        listed(promised, region="Atlantis")


def test_a_list_takes_as_many_statements_however_many_there_are(promised):
    listed(promised)
    few = statements(promised, lambda: listed(promised))
    for number in range(20):
        take(promised, "Comoros", words=f"Will do thing {number}.")
    check(promised)
    listed(promised)
    assert len(statements(promised, lambda: listed(promised))) == len(few) <= 6


def test_closer_than_usual_is_the_secretariats(record):
    take(record, "Comoros", words=CLOSED_WORDS, meeting=CLOSED, on="2024-05-16", sensitivity=Sensitivity.CONFIDENTIAL)
    check(record, CLOSED)
    assert [one.words for one in listed(record)] == [CLOSED_WORDS]
    assert listed(record, CHAMPION) == ()


def test_next_steps_name_the_promise_whose_day_is_nearest(promised):
    take(promised, "Comoros", words="Will lay the law before parliament.", by="2023-06")
    take(promised, "Comoros", words="Will publish it.", by="2023-09")
    check(promised)
    lines = next_steps(promised, treaty="att", reader=SECRETARIAT).lines
    due = {line.state: told(line).promise_due_on for line in lines if line.promise}
    assert due == {"COM": a_day("2023-06-30"), "KHM": a_day("2024-12-31")}
    assert not any(line.promise for line in next_steps(promised, treaty="att", reader=ANYONE).lines)
