"""Persons take mandates up and lay them down; nothing that hung on one is left without somebody."""

from datetime import date

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.follow_ups.listing import follow_up_list
from casework.people.ending_holds import end_hold
from casework.people.holds import NotHeld, hold
from casework.people.mandates import end_mandate
from casework.people.people_list import people_list
from pathways.grammar.clearance import Reader, Role
from tests.appointments import (
    FROM,
    SILENT_ON,
    a_champion,
    a_mandate,
    a_person,
    due,
    eyes,
    fallen_silent,
    held,
    put_everything_off,
    silent_states,
    the_secretariat,
    told,
)
from tests.builders import clock_of

TODAY = SILENT_ON
TOMORROW = date(2026, 11, 3)


@pytest.fixture
def office(record):
    return fallen_silent(record)


def opened(office, kind):
    return [f for f in follow_up_list(office, open_only=True) if f.kind == kind]


def holds_of(office, person):
    return next(view.holds for view in people_list(office) if view.person == person)


def test_a_person_holds_a_mandate_from_the_first_to_the_last_day(office):
    person, mandate = a_person(office, "Officer"), a_mandate(office, "secretariat", "ATT Secretariat")
    hold(office, person, mandate, from_=TODAY, until=TOMORROW)
    assert eyes(office, person).is_secretariat
    clock_of(office).stand_on("2026-11-04")
    with pytest.raises(NotYours):
        eyes(office, person)


def test_everything_wrong_with_a_hold_is_said_at_once(office):
    person = a_person(office, "Officer")
    mandate = a_mandate(office, "coordinator", "NAM", region="Africa", from_=TODAY, until=TOMORROW)
    with pytest.raises(NotHeld) as refused:
        hold(office, person, mandate, from_=date(2026, 10, 1), until=date(2026, 9, 1))
    assert [f.split(";")[0] for f in refused.value.faults] == [
        "It cannot be held until 2026-09-01, before it is taken up on 2026-10-01.",
        "The mandate begins on 2026-11-02",
    ]
    with pytest.raises(NotHeld, match="term ends on 2026-11-03"):
        hold(office, person, mandate, from_=TODAY, until=date(2027, 1, 1))
    end_mandate(office, mandate, on=TOMORROW)
    with pytest.raises(NotHeld, match="was ended on 2026-11-03"):
        hold(office, person, mandate, from_=TOMORROW)
    with pytest.raises(NotOnFile, match="Nobody on file"):
        hold(office, "Somebody", mandate, from_=TODAY)
    with pytest.raises(NotOnFile, match="no mandate 99"):
        hold(office, person, 99, from_=TODAY)
    assert holds_of(office, person) == ()


def test_nobody_holds_a_mandate_twice_at_once_and_a_second_click_changes_nothing(office):
    person, mandate = the_secretariat(office)
    assert "holds this mandate so already" in hold(office, person, mandate, from_=FROM).says[0]
    with pytest.raises(NotHeld, match="from 2020-01-01 already"):
        hold(office, person, mandate, from_=TODAY)
    end_hold(office, person, mandate, on=TODAY)
    hold(office, person, mandate, from_=TOMORROW)
    assert [h.from_ for h in holds_of(office, person)] == [FROM, TOMORROW]


def test_a_second_lead_takes_the_lead_and_the_first_stays(office):
    first, mandate = held(office, "First", "secretariat", "ATT Secretariat", lead=True)
    second = a_person(office, "Second")
    [said] = hold(office, second, mandate, from_=TODAY, lead=True).says
    assert "First led this mandate until now; Second leads it" in said
    assert [holds_of(office, person)[0].lead for person in (first, second)] == [False, True]
    assert eyes(office, first).is_secretariat


def test_who_holds_a_mandate_already_may_be_given_the_lead(office):
    first, mandate = held(office, "First", "secretariat", "ATT Secretariat", lead=True)
    second = a_person(office, "Second")
    hold(office, second, mandate, from_=TODAY)
    assert "Second leads this mandate now." in hold(office, second, mandate, from_=TODAY, lead=True).says
    assert [holds_of(office, person)[0].lead for person in (first, second)] == [False, True]


def test_somebody_appointed_closes_the_call_for_somebody_in_the_same_commit(office):
    silent_states(office)
    wanted = {(f.about, f.region) for f in opened(office, "nobody")}
    assert {("champion", "Africa"), ("coordinator", "Africa"), ("champion", "Asia"), ("secretariat", "")} <= wanted
    a_champion(office, "NAM", "Africa")
    assert {(f.about, f.region) for f in opened(office, "nobody")} == wanted - {("champion", "Africa")}
    [closed] = [f for f in follow_up_list(office) if f.closed_on]
    assert (closed.outcome, closed.closed_by) == ("overtaken: somebody was appointed", "operator")
    the_secretariat(office)
    assert ("secretariat", "") not in {(f.about, f.region) for f in opened(office, "nobody")}


def test_a_role_that_falls_vacant_again_is_called_for_again(office):
    officer, _ = the_secretariat(office)
    silent_states(office)
    person, mandate = a_champion(office, "NAM", "Africa")
    clock_of(office).stand_on(str(TOMORROW))
    end_hold(office, person, mandate, on=TOMORROW)
    silent_states(office)
    [again] = [f for f in opened(office, "nobody") if (f.about, f.region) == ("champion", "Africa")]
    assert again.opened_on == TOMORROW
    assert told(office, again.id) == [(officer, "task")]


def test_a_mandate_that_nobody_holds_yet_or_only_from_tomorrow_leaves_the_call_open(office):
    silent_states(office)
    mandate = a_mandate(office, "champion", "NAM", region="Africa", from_=TODAY)
    hold(office, a_person(office, "Champion"), mandate, from_=TOMORROW)
    assert ("champion", "Africa") in {(f.about, f.region) for f in opened(office, "nobody")}


def test_a_hold_given_or_ended_lets_the_sweep_look_at_the_states_in_its_scope(office):
    mandate, person = a_mandate(office, "champion", "NAM", states=("AGO",), from_=TODAY), a_person(office, "Champion")
    for change in (hold, end_hold):
        put_everything_off(office)
        change(office, person, mandate, **({"from_": TODAY} if change is hold else {"on": TODAY}))
        assert due(office) == {"AGO"}


def test_only_the_secretariat_says_who_holds_what(office):
    person, mandate = a_champion(office, "NAM", "Africa")
    champion = Reader(actor=f"person:{person}", roles=frozenset({Role.CHAMPION}), scope=frozenset({"AGO"}))
    with pytest.raises(NotYours):
        hold(office, person, mandate, from_=TODAY, reader=champion)
    with pytest.raises(NotYours):
        end_hold(office, person, mandate, on=TODAY, reader=champion)
    officer, _ = the_secretariat(office)
    end_hold(office, person, mandate, on=TODAY, reader=eyes(office, officer))
    assert [h.until for h in holds_of(office, person)] == [TODAY]
