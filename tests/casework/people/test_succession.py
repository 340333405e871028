"""Each open follow-up that somebody leaves goes to a person of its own, all in one commit, or nobody leaves."""

from datetime import date

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.follow_ups.actions import take
from casework.follow_ups.listing import follow_up_list
from casework.follow_ups.reassignment import OutOfReach
from casework.people.ending_holds import end_hold
from casework.people.holds import NotHeld, hold
from casework.people.mandates import NotAppointed, end_mandate
from casework.people.people_list import mandate_list, people_list
from models.people import people
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.refusals import remark
from pathways.grammar.roles import Reach
from tests.appointments import (
    SILENT_ON,
    a_champion,
    a_coordinator,
    a_mandate,
    a_person,
    eyes,
    fallen_silent,
    silent_states,
    the_secretariat,
    told,
)

TODAY = SILENT_ON
LATER = date(2026, 12, 1)


@pytest.fixture
def workspace(record):
    return fallen_silent(record)


def owners(workspace):
    return {
        f.id: f.owner
        for f in follow_up_list(workspace, open_only=True, treaty="att", reader=OPERATOR)
        if f.owner is not None
    }


def untouched(workspace, mandate):
    ended = [m.until for m in mandate_list(workspace, treaty="att", reader=OPERATOR) if m.mandate == mandate]
    held = [
        h.until for p in people_list(workspace, treaty="att", reader=OPERATOR) for h in p.holds if h.mandate == mandate
    ]
    return not owners(workspace) and ended == [None] and held == [None]


def holds_of(workspace, person):
    with workspace.reading() as connection:
        return [row["id"] for row in people.holds(connection, person_id=person)]


def ended(workspace, number):
    with workspace.reading() as connection:
        return next(row["ended_on"] for row in people.holds(connection) if row["id"] == number)


def in_scope(workspace, person):
    scope = eyes(workspace, person).served(Reach.SCOPE)
    return [id_ for state, id_ in silent_states(workspace).items() if state in scope]


def test_each_follow_up_goes_to_the_person_named_for_it(workspace):
    (leaving, mandate), (second, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    officer, _ = the_secretariat(workspace)
    first, *rest = in_scope(workspace, leaving)
    end_hold(
        workspace,
        leaving,
        mandate,
        on=TODAY,
        heirs={first: officer, **dict.fromkeys(rest, second)},
        reader=OPERATOR,
        treaty=None,
    )
    assert owners(workspace) == {first: officer, **dict.fromkeys(rest, second)}
    assert [told(workspace, id_) for id_ in (first, rest[0])] == [[(officer, "task")], [(second, "task")]]
    with pytest.raises(NotYours):
        eyes(workspace, leaving)


def test_one_who_takes_over_the_mandate_gets_what_nobody_else_was_named_for(workspace):
    (leaving, mandate), (second, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    first, *rest = in_scope(workspace, leaving)
    heir = a_person(workspace, "Heir")
    ended = end_hold(
        workspace, leaving, mandate, on=TODAY, hand_over=heir, heirs={first: second}, reader=OPERATOR, treaty=None
    )
    assert owners(workspace) == {first: second, **dict.fromkeys(rest, heir)}
    assert set(ended.says) == {
        remark("takes_over_one", name="Champion of ZAF"),
        remark("takes_over_several", name="Heir", count=len(rest)),
    }


def test_one_orphan_is_enough_to_undo_everything_and_every_orphan_is_named(workspace):
    (leaving, mandate), (second, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    first, *rest = in_scope(workspace, leaving)
    with pytest.raises(NotHeld) as refused:
        end_hold(workspace, leaving, mandate, on=TODAY, heirs={first: second}, reader=OPERATOR, treaty=None)
    assert set(refused.value.codes) == {"heir_wanted"}
    assert sorted(refused.value.fields) == sorted(f"heir-{id_}" for id_ in rest)
    with pytest.raises(NotHeld):
        end_hold(workspace, leaving, mandate, on=TODAY, heirs={}, reader=OPERATOR, treaty=None)
    assert not owners(workspace)
    assert eyes(workspace, leaving).served(Reach.SCOPE)


def test_nobody_leaves_a_follow_up_to_himself_or_to_somebody_out_of_reach(workspace):
    (leaving, mandate), (asian, _) = a_champion(workspace, "NAM"), a_champion(workspace, "JPN", "Asia")
    every = in_scope(workspace, leaving)
    with pytest.raises(NotHeld, match="heir_leaves_too"):
        end_hold(
            workspace, leaving, mandate, on=LATER, heirs=dict.fromkeys(every, leaving), reader=OPERATOR, treaty=None
        )
    with pytest.raises(OutOfReach):
        end_hold(workspace, leaving, mandate, on=TODAY, heirs=dict.fromkeys(every, asian), reader=OPERATOR, treaty=None)
    with pytest.raises(NotOnFile):
        end_hold(workspace, leaving, mandate, on=TODAY, heirs=dict.fromkeys(every, 999), reader=OPERATOR, treaty=None)
    assert untouched(workspace, mandate)


def test_a_coordinator_is_not_named_for_a_silent_state(workspace):
    (leaving, mandate), (coordinator, _) = a_champion(workspace, "NAM"), a_coordinator(workspace)
    every = in_scope(workspace, leaving)
    with pytest.raises(OutOfReach, match="no_outreach_by_a_coordinator"):
        end_hold(
            workspace, leaving, mandate, on=TODAY, heirs=dict.fromkeys(every, coordinator), reader=OPERATOR, treaty=None
        )
    assert untouched(workspace, mandate)


def test_an_heir_who_will_be_gone_by_then_is_none(workspace):
    leaving, mandate = a_champion(workspace, "NAM")
    brief, short = a_person(workspace, "Brief"), a_mandate(workspace, "champion", "ZAF", region="Africa", until=TODAY)
    hold(workspace, brief, short, from_=TODAY, reader=OPERATOR, treaty=None)
    with pytest.raises(OutOfReach):
        end_hold(
            workspace,
            leaving,
            mandate,
            on=LATER,
            heirs=dict.fromkeys(in_scope(workspace, leaving), brief),
            reader=OPERATOR,
            treaty=None,
        )


def test_a_mandate_ends_once_each_of_its_follow_ups_has_somebody(workspace):
    (leaving, mandate), (officer, _) = a_champion(workspace, "NAM"), the_secretariat(workspace)
    first, *rest = every = in_scope(workspace, leaving)
    take(workspace, first, reader=eyes(workspace, leaving), treaty=None)
    with pytest.raises(NotAppointed) as refused:
        end_mandate(workspace, mandate, on=TODAY, heirs={first: officer}, reader=OPERATOR, treaty=None)
    assert len(refused.value.refusals) == len(rest)
    with pytest.raises(OutOfReach):
        end_mandate(workspace, mandate, on=LATER, heirs=dict.fromkeys(every, leaving), reader=OPERATOR, treaty=None)
    end_mandate(workspace, mandate, on=TODAY, heirs=dict.fromkeys(every, officer), reader=OPERATOR, treaty=None)
    assert owners(workspace) == dict.fromkeys(every, officer)
    with pytest.raises(NotYours):
        eyes(workspace, leaving)


def test_one_person_may_get_all_that_nobody_else_was_named_for_without_the_mandate(workspace):
    (leaving, mandate), (second, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    officer, _ = the_secretariat(workspace)
    coordinator, _ = a_coordinator(workspace)
    first, *rest = in_scope(workspace, leaving)
    with pytest.raises(OutOfReach, match="no_outreach_by_a_coordinator"):
        end_hold(workspace, leaving, mandate, on=TODAY, heirs={}, otherwise=coordinator, reader=OPERATOR, treaty=None)
    end_hold(
        workspace, leaving, mandate, on=TODAY, heirs={first: second}, otherwise=officer, reader=OPERATOR, treaty=None
    )
    assert owners(workspace) == {first: second, **dict.fromkeys(rest, officer)}
    assert (
        next(p.holds for p in people_list(workspace, treaty="att", reader=OPERATOR) if p.person == officer)[0].role
        == "secretariat"
    )
    end_mandate(workspace, mandate, on=TODAY, heirs={}, otherwise=officer, reader=OPERATOR, treaty=None)


def test_what_another_of_the_same_role_is_asked_for_too_needs_no_heir(workspace):
    """Two champions serve the region: when one mandate ends, the other is asked."""
    (leaving, mandate), _ = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    first, *_ = in_scope(workspace, leaving)
    end_mandate(workspace, mandate, on=TODAY, heirs={}, reader=OPERATOR, treaty=None)
    assert first not in owners(workspace)


def test_of_two_holds_of_one_person_the_one_named_ends(workspace):
    officer, mandate = the_secretariat(workspace)
    end_hold(workspace, officer, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    hold(workspace, officer, mandate, from_=TODAY, until=date(2026, 11, 30), reader=OPERATOR, treaty=None)
    hold(workspace, officer, mandate, from_=date(2027, 1, 1), reader=OPERATOR, treaty=None)
    _, now, later = holds_of(workspace, officer)
    end_hold(workspace, officer, mandate, on=date(2027, 2, 1), hold=later, reader=OPERATOR, treaty=None)
    assert [ended(workspace, number) for number in (now, later)] == [None, date(2027, 2, 1)]
    with pytest.raises(NotOnFile):
        end_hold(workspace, officer, mandate, on=TODAY, hold=999, reader=OPERATOR, treaty=None)


def test_a_presidency_passes_on_with_the_mandate(workspace):
    president, heir = a_person(workspace, "President"), a_person(workspace, "Next president")
    mandate = a_mandate(workspace, "president", "CSP12 Presidency")
    hold(workspace, president, mandate, from_=TODAY, lead=True, reader=OPERATOR, treaty=None)
    silent_states(workspace)
    end_hold(workspace, president, mandate, on=TODAY, hand_over=heir, heirs={}, reader=OPERATOR, treaty=None)
    assert eyes(workspace, heir).roles == {"president"}
    with pytest.raises(NotYours):
        eyes(workspace, president)


def test_another_treatys_mandate_is_not_there(workspace):
    person, mandate = a_champion(workspace, "NAM")
    for verb in (
        lambda: end_hold(workspace, person, mandate, on=TODAY, treaty="ccm", reader=OPERATOR),
        lambda: end_mandate(workspace, mandate, on=TODAY, treaty="ccm", reader=OPERATOR),
        lambda: hold(workspace, person, mandate, from_=TODAY, treaty="ccm", reader=OPERATOR),
    ):
        with pytest.raises(NotOnFile):
            verb()
