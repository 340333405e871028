"""Persons take mandates up and lay them down; nothing that hung on one is left without somebody."""

from datetime import date

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.follow_ups.listing import follow_up_list
from casework.people.ending_holds import end_hold
from casework.people.holds import NotHeld, hold
from casework.people.mandates import end_mandate
from casework.people.people_list import people_list
from pathways.grammar.clearance import OPERATOR, Reader
from pathways.grammar.refusals import remark
from pathways.grammar.roles import Role
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
def workspace(record):
    return fallen_silent(record)


def opened(workspace, kind):
    return [f for f in follow_up_list(workspace, open_only=True, treaty="att", reader=OPERATOR) if f.kind == kind]


def holds_of(workspace, person):
    return next(view.holds for view in people_list(workspace, treaty="att", reader=OPERATOR) if view.person == person)


def test_a_person_holds_a_mandate_from_the_first_to_the_last_day(workspace):
    person, mandate = a_person(workspace, "Officer"), a_mandate(workspace, "secretariat", "ATT Secretariat")
    hold(workspace, person, mandate, from_=TODAY, until=TOMORROW, reader=OPERATOR, treaty=None)
    assert eyes(workspace, person).is_secretariat
    clock_of(workspace).stand_on("2026-11-04")
    with pytest.raises(NotYours):
        eyes(workspace, person)


def test_everything_wrong_with_a_hold_is_said_at_once(workspace):
    person = a_person(workspace, "Officer")
    mandate = a_mandate(workspace, "coordinator", "NAM", region="Africa", from_=TODAY, until=TOMORROW)
    with pytest.raises(NotHeld) as refused:
        hold(workspace, person, mandate, from_=date(2026, 10, 1), until=date(2026, 9, 1), reader=OPERATOR, treaty=None)
    assert refused.value.codes == ("held_until_before_from", "held_before_the_mandate")
    assert refused.value.fields == ("until", "from")
    with pytest.raises(NotHeld, match="held_beyond_the_term"):
        hold(workspace, person, mandate, from_=TODAY, until=date(2027, 1, 1), reader=OPERATOR, treaty=None)
    end_mandate(workspace, mandate, on=TOMORROW, reader=OPERATOR, treaty=None)
    with pytest.raises(NotHeld, match="held_beyond_the_end"):
        hold(workspace, person, mandate, from_=TOMORROW, reader=OPERATOR, treaty=None)
    with pytest.raises(NotOnFile, match="nobody_so_named"):
        hold(workspace, "Somebody", mandate, from_=TODAY, reader=OPERATOR, treaty=None)
    with pytest.raises(NotOnFile, match="no_such_mandate_listed"):
        hold(workspace, person, 99, from_=TODAY, reader=OPERATOR, treaty=None)
    assert holds_of(workspace, person) == ()


def test_nobody_holds_a_mandate_twice_at_once_and_a_second_click_changes_nothing(workspace):
    person, mandate = the_secretariat(workspace)
    again = hold(workspace, person, mandate, from_=FROM, reader=OPERATOR, treaty=None)
    assert [said.code for said in again.says] == ["holds_it_so_already"]
    with pytest.raises(NotHeld, match="held_already"):
        hold(workspace, person, mandate, from_=TODAY, reader=OPERATOR, treaty=None)
    end_hold(workspace, person, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    hold(workspace, person, mandate, from_=TOMORROW, reader=OPERATOR, treaty=None)
    assert [h.from_ for h in holds_of(workspace, person)] == [FROM, TOMORROW]


def test_a_second_lead_takes_the_lead_and_the_first_stays(workspace):
    first, mandate = held(workspace, "First", "secretariat", "ATT Secretariat", lead=True)
    second = a_person(workspace, "Second")
    [said] = hold(workspace, second, mandate, from_=TODAY, lead=True, reader=OPERATOR, treaty=None).says
    assert said == remark("led_until_now", before="First", now="Second")
    assert [holds_of(workspace, person)[0].lead for person in (first, second)] == [False, True]
    assert eyes(workspace, first).is_secretariat


def test_who_holds_a_mandate_already_may_be_given_the_lead(workspace):
    first, mandate = held(workspace, "First", "secretariat", "ATT Secretariat", lead=True)
    second = a_person(workspace, "Second")
    hold(workspace, second, mandate, from_=TODAY, reader=OPERATOR, treaty=None)
    says = hold(workspace, second, mandate, from_=TODAY, lead=True, reader=OPERATOR, treaty=None).says
    assert says == (remark("leads_it_now", name="Second"), remark("led_until_now", before="First", now="Second"))
    assert [holds_of(workspace, person)[0].lead for person in (first, second)] == [False, True]


def test_somebody_appointed_closes_the_call_for_somebody_in_the_same_commit(workspace):
    silent_states(workspace)
    wanted = {(f.about, f.region) for f in opened(workspace, "nobody")}
    assert {("champion", "Africa"), ("coordinator", "Africa"), ("champion", "Asia"), ("secretariat", "")} <= wanted
    a_champion(workspace, "NAM", "Africa")
    assert {(f.about, f.region) for f in opened(workspace, "nobody")} == wanted - {("champion", "Africa")}
    [closed] = [f for f in follow_up_list(workspace, treaty="att", reader=OPERATOR) if f.closed_on]
    assert (closed.outcome, closed.closed_by) == ("overtaken: somebody was appointed", "operator")
    the_secretariat(workspace)
    assert ("secretariat", "") not in {(f.about, f.region) for f in opened(workspace, "nobody")}


def test_a_role_that_falls_vacant_again_is_called_for_again(workspace):
    officer, _ = the_secretariat(workspace)
    silent_states(workspace)
    person, mandate = a_champion(workspace, "NAM", "Africa")
    clock_of(workspace).stand_on(str(TOMORROW))
    end_hold(workspace, person, mandate, on=TOMORROW, reader=OPERATOR, treaty=None)
    silent_states(workspace)
    [again] = [f for f in opened(workspace, "nobody") if (f.about, f.region) == ("champion", "Africa")]
    assert again.opened_on == TOMORROW
    assert told(workspace, again.id) == [(officer, "task")]


def test_a_mandate_that_nobody_holds_yet_or_only_from_tomorrow_leaves_the_call_open(workspace):
    silent_states(workspace)
    mandate = a_mandate(workspace, "champion", "NAM", region="Africa", from_=TODAY)
    hold(workspace, a_person(workspace, "Champion"), mandate, from_=TOMORROW, reader=OPERATOR, treaty=None)
    assert ("champion", "Africa") in {(f.about, f.region) for f in opened(workspace, "nobody")}


def test_a_hold_given_or_ended_lets_the_sweep_look_at_the_states_in_its_scope(workspace):
    mandate, person = (
        a_mandate(workspace, "champion", "NAM", states=("AGO",), from_=TODAY),
        a_person(workspace, "Champion"),
    )
    for change in (hold, end_hold):
        put_everything_off(workspace)
        day = {"from_": TODAY} if change is hold else {"on": TODAY}
        change(workspace, person, mandate, **day, reader=OPERATOR, treaty=None)
        assert due(workspace) == {"AGO"}


def test_only_the_secretariat_says_who_holds_what(workspace):
    person, mandate = a_champion(workspace, "NAM", "Africa")
    champion = Reader.of(f"person:{person}", {Role.CHAMPION: {"AGO"}})
    with pytest.raises(NotYours):
        hold(workspace, person, mandate, from_=TODAY, reader=champion, treaty=None)
    with pytest.raises(NotYours):
        end_hold(workspace, person, mandate, on=TODAY, reader=champion, treaty=None)
    officer, _ = the_secretariat(workspace)
    end_hold(workspace, person, mandate, on=TODAY, reader=eyes(workspace, officer), treaty=None)
    assert [h.until for h in holds_of(workspace, person)] == [TODAY]
