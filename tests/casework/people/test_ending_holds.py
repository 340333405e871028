"""A person lays a mandate down, and nothing that hung on it is left without somebody."""

from datetime import date

import pytest
from sqlalchemy import text

from casework.core.rights import NotOnFile, NotYours
from casework.follow_ups.actions import take
from casework.follow_ups.listing import follow_up_list
from casework.follow_ups.reassignment import OutOfReach
from casework.people.ending_holds import end_hold
from casework.people.holds import NotHeld, hold
from casework.people.mandates import NotAppointed, end_mandate
from casework.people.people_list import people_list
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.refusals import remark
from pathways.grammar.roles import Reach, Role
from tests.appointments import (
    FROM,
    SILENT_ON,
    a_champion,
    a_coordinator,
    a_mandate,
    a_person,
    eyes,
    fallen_silent,
    held,
    silent_states,
    told,
)
from tests.builders import clock_of

TODAY = SILENT_ON
TOMORROW = date(2026, 11, 3)


@pytest.fixture
def workspace(record):
    return fallen_silent(record)


def holds_of(workspace, person):
    return next(view.holds for view in people_list(workspace, treaty="att", reader=OPERATOR) if view.person == person)


def owners(workspace):
    return {
        f.state: f.owner
        for f in follow_up_list(workspace, open_only=True, treaty="att", reader=OPERATOR)
        if f.owner is not None
    }


def audited(workspace, what):
    with workspace.reading() as connection:
        query = text("SELECT detail FROM audit WHERE what = :what ORDER BY id")
        return [row[0] for row in connection.execute(query, {"what": what})]


def test_the_last_champion_does_not_leave_a_silent_state_without_anybody(workspace):
    person, mandate = a_champion(workspace, "NAM", "Africa")
    count = len(silent_states(workspace).keys() & eyes(workspace, person).served(Reach.SCOPE))
    assert count > 1
    with pytest.raises(NotHeld, match="several_hang_on_it") as refused:
        end_hold(workspace, person, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    assert refused.value.refusals[0].values["count"] == count
    assert eyes(workspace, person).roles == {Role.CHAMPION}


def test_who_takes_over_gets_the_follow_ups_the_mandate_and_the_letters(workspace):
    person, mandate = a_champion(workspace, "NAM", "Africa")
    scope = eyes(workspace, person).served(Reach.SCOPE)
    silent = {state: id_ for state, id_ in silent_states(workspace).items() if state in scope}
    heir = a_person(workspace, "Heir")
    [said] = end_hold(workspace, person, mandate, on=TODAY, hand_over=heir, reader=OPERATOR, treaty=None).says
    assert said == remark("takes_over_several", name="Heir", count=len(silent))
    assert owners(workspace) == dict.fromkeys(silent, heir)
    assert [(h.mandate, h.from_, h.until) for h in holds_of(workspace, heir)] == [(mandate, TODAY, None)]
    assert [told(workspace, id_) for id_ in silent.values()] == [[(heir, "task")]] * len(silent)
    assert len(audited(workspace, "handed over")) == len(silent)
    with pytest.raises(NotYours):
        eyes(workspace, person)


def test_the_lead_is_passed_on_with_the_mandate(workspace):
    first, mandate = held(workspace, "First", "secretariat", "ATT Secretariat", lead=True)
    second, third = a_person(workspace, "Second"), a_person(workspace, "Third")
    hold(workspace, second, mandate, from_=TODAY, reader=OPERATOR, treaty=None)
    hold(workspace, third, mandate, from_=TODAY, reader=OPERATOR, treaty=None)
    end_hold(workspace, first, mandate, on=TODAY, hand_over=third, reader=OPERATOR, treaty=None)
    assert [holds_of(workspace, person)[0].lead for person in (second, third)] == [False, True]
    assert len(holds_of(workspace, third)) == 1


def test_one_of_several_who_does_not_lead_leaves_without_more_ado(workspace):
    _, mandate = held(workspace, "First", "secretariat", "ATT Secretariat", lead=True)
    second = a_person(workspace, "Second")
    hold(workspace, second, mandate, from_=FROM, reader=OPERATOR, treaty=None)
    silent_states(workspace)
    assert end_hold(workspace, second, mandate, on=TODAY, reader=OPERATOR, treaty=None).says == ()


def test_the_lead_of_several_names_who_takes_over(workspace):
    first, mandate = held(workspace, "First", "secretariat", "ATT Secretariat", lead=True)
    hold(workspace, a_person(workspace, "Second"), mandate, from_=FROM, reader=OPERATOR, treaty=None)
    silent_states(workspace)
    with pytest.raises(NotHeld, match="several_hang_on_it"):
        end_hold(workspace, first, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    end_hold(workspace, first, mandate, on=TODAY, hand_over="Second", reader=OPERATOR, treaty=None)
    assert set(owners(workspace).values()) == {people_list(workspace, treaty="att", reader=OPERATOR)[1].person}


def test_who_owns_a_follow_up_leaves_only_when_somebody_takes_it(workspace):
    _, mandate = held(workspace, "First", "secretariat", "ATT Secretariat", lead=True)
    second = a_person(workspace, "Second")
    hold(workspace, second, mandate, from_=FROM, reader=OPERATOR, treaty=None)
    taken = silent_states(workspace)["AGO"]
    take(workspace, taken, second, reader=OPERATOR, treaty=None)
    with pytest.raises(NotHeld, match="one_hangs_on_it"):
        end_hold(workspace, second, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    with pytest.raises(NotAppointed, match="still_owns_one"):
        end_mandate(workspace, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    end_hold(workspace, second, mandate, on=TODAY, hand_over="First", reader=OPERATOR, treaty=None)
    assert owners(workspace) == {"AGO": people_list(workspace, treaty="att", reader=OPERATOR)[0].person}


def test_a_follow_up_that_another_mandate_of_the_owner_reaches_stays_the_owners(workspace):
    person, mandate = a_coordinator(workspace, "NAM", "Africa", name="Ambassador")
    other = a_mandate(workspace, "coordinator", "NAM", states=("AGO", "COM"))
    hold(workspace, person, other, from_=FROM, reader=OPERATOR, treaty=None)
    take(workspace, silent_states(workspace)["AGO"], reader=eyes(workspace, person), treaty=None)
    end_hold(workspace, person, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    assert owners(workspace) == {"AGO": person}


def test_a_coordinator_leaves_freely_what_it_was_only_informed_of(workspace):
    """A silent State asks for outreach, and a coordinator is not asked for that (E3.7)."""
    person, mandate = a_coordinator(workspace)
    silent_states(workspace)
    assert end_hold(workspace, person, mandate, on=TODAY, reader=OPERATOR, treaty=None).says == ()


def test_what_a_coordinator_took_goes_to_the_next_one_for_information(workspace):
    person, mandate = a_coordinator(workspace)
    id_ = silent_states(workspace)["AGO"]
    take(workspace, id_, reader=eyes(workspace, person), treaty=None)
    with pytest.raises(NotHeld, match="one_hangs_on_it"):
        end_hold(workspace, person, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    heir = a_person(workspace, "Next ambassador")
    end_hold(workspace, person, mandate, on=TODAY, hand_over=heir, reader=OPERATOR, treaty=None)
    assert owners(workspace) == {"AGO": heir}
    assert told(workspace, id_) == [(heir, "chase")]


def test_the_heir_is_somebody_else_who_exists(workspace):
    person, mandate = a_champion(workspace, "NAM", "Africa")
    silent_states(workspace)
    with pytest.raises(NotHeld, match="hands_over_to_oneself"):
        end_hold(workspace, person, mandate, on=TODAY, hand_over=person, reader=OPERATOR, treaty=None)
    with pytest.raises(NotOnFile):
        end_hold(workspace, person, mandate, on=TODAY, hand_over="Nobody", reader=OPERATOR, treaty=None)
    assert [h.until for h in holds_of(workspace, person)] == [None]


def test_nothing_is_handed_to_somebody_whom_the_mandate_no_longer_reaches(workspace):
    """A mandate that is over gives its heir no right to what hung on it; the whole change is undone."""
    person, mandate = held(workspace, "Ambassador", "coordinator", "NAM", region="Africa", until=TODAY)
    take(workspace, silent_states(workspace)["AGO"], reader=eyes(workspace, person), treaty=None)
    heir = a_person(workspace, "Heir")
    clock_of(workspace).stand_on(str(TOMORROW))
    with pytest.raises(OutOfReach, match="reaches_not_this_one"):
        end_hold(workspace, person, mandate, on=TODAY, hand_over=heir, reader=OPERATOR, treaty=None)
    assert holds_of(workspace, heir) == ()
    assert owners(workspace) == {"AGO": person}


def test_an_end_still_to_come_lets_the_heir_begin_today(workspace):
    person, mandate = a_champion(workspace, "NAM", "Africa")
    silent_states(workspace)
    heir = a_person(workspace, "Heir")
    end_hold(workspace, person, mandate, on=date(2026, 12, 1), hand_over=heir, reader=OPERATOR, treaty=None)
    for both in (person, heir):
        assert eyes(workspace, both).roles == {Role.CHAMPION}


def test_a_hold_ends_once_and_not_before_it_began(workspace):
    person, mandate = a_champion(workspace, "NAM", "Africa")
    with pytest.raises(NotHeld, match="hold_ends_before_it_begins"):
        end_hold(workspace, person, mandate, on=date(2021, 5, 1), reader=OPERATOR, treaty=None)
    end_hold(workspace, person, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    with pytest.raises(NotOnFile, match="not_held_on"):
        end_hold(workspace, person, mandate, on=TODAY, reader=OPERATOR, treaty=None)
