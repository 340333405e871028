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
def office(record):
    return fallen_silent(record)


def owners(office):
    return {f.id: f.owner for f in follow_up_list(office, open_only=True) if f.owner is not None}


def untouched(office, mandate):
    ended = [m.until for m in mandate_list(office) if m.mandate == mandate]
    held = [h.until for p in people_list(office) for h in p.holds if h.mandate == mandate]
    return not owners(office) and ended == [None] and held == [None]


def holds_of(office, person):
    with office.reading() as connection:
        return [row["id"] for row in people.holds(connection, person_id=person)]


def ended(office, number):
    with office.reading() as connection:
        return next(row["ended_on"] for row in people.holds(connection) if row["id"] == number)


def in_scope(office, person):
    scope = eyes(office, person).scope
    return [id_ for state, id_ in silent_states(office).items() if state in scope]


def test_each_follow_up_goes_to_the_person_named_for_it(office):
    (leaving, mandate), (second, _) = a_champion(office, "NAM"), a_champion(office, "ZAF")
    officer, _ = the_secretariat(office)
    first, *rest = in_scope(office, leaving)
    end_hold(office, leaving, mandate, on=TODAY, heirs={first: officer, **dict.fromkeys(rest, second)})
    assert owners(office) == {first: officer, **dict.fromkeys(rest, second)}
    assert [told(office, id_) for id_ in (first, rest[0])] == [[(officer, "task")], [(second, "task")]]
    with pytest.raises(NotYours):
        eyes(office, leaving)


def test_one_who_takes_over_the_mandate_gets_what_nobody_else_was_named_for(office):
    (leaving, mandate), (second, _) = a_champion(office, "NAM"), a_champion(office, "ZAF")
    first, *rest = in_scope(office, leaving)
    heir = a_person(office, "Heir")
    ended = end_hold(office, leaving, mandate, on=TODAY, hand_over=heir, heirs={first: second})
    assert owners(office) == {first: second, **dict.fromkeys(rest, heir)}
    assert set(ended.says) == {
        "Champion of ZAF takes over one open follow-up.",
        f"Heir takes over {len(rest)} open follow-ups.",
    }


def test_one_orphan_is_enough_to_undo_everything_and_every_orphan_is_named(office):
    (leaving, mandate), (second, _) = a_champion(office, "NAM"), a_champion(office, "ZAF")
    first, *rest = in_scope(office, leaving)
    with pytest.raises(NotHeld) as refused:
        end_hold(office, leaving, mandate, on=TODAY, heirs={first: second})
    assert len(refused.value.faults) == len(rest)
    assert all(f"follow-up {id_}." in " ".join(refused.value.faults) for id_ in rest)
    with pytest.raises(NotHeld):
        end_hold(office, leaving, mandate, on=TODAY, heirs={})
    assert not owners(office)
    assert eyes(office, leaving).scope


def test_nobody_leaves_a_follow_up_to_himself_or_to_somebody_out_of_reach(office):
    (leaving, mandate), (asian, _) = a_champion(office, "NAM"), a_champion(office, "JPN", "Asia")
    every = in_scope(office, leaving)
    with pytest.raises(NotHeld, match="Somebody else has to take over"):
        end_hold(office, leaving, mandate, on=LATER, heirs=dict.fromkeys(every, leaving))
    with pytest.raises(OutOfReach):
        end_hold(office, leaving, mandate, on=TODAY, heirs=dict.fromkeys(every, asian))
    with pytest.raises(NotOnFile):
        end_hold(office, leaving, mandate, on=TODAY, heirs=dict.fromkeys(every, 999))
    assert untouched(office, mandate)


def test_a_coordinator_is_not_named_for_a_silent_state(office):
    (leaving, mandate), (coordinator, _) = a_champion(office, "NAM"), a_coordinator(office)
    every = in_scope(office, leaving)
    with pytest.raises(OutOfReach, match="not asked for active outreach"):
        end_hold(office, leaving, mandate, on=TODAY, heirs=dict.fromkeys(every, coordinator))
    assert untouched(office, mandate)


def test_an_heir_who_will_be_gone_by_then_is_none(office):
    leaving, mandate = a_champion(office, "NAM")
    brief, short = a_person(office, "Brief"), a_mandate(office, "champion", "ZAF", region="Africa", until=TODAY)
    hold(office, brief, short, from_=TODAY)
    with pytest.raises(OutOfReach):
        end_hold(office, leaving, mandate, on=LATER, heirs=dict.fromkeys(in_scope(office, leaving), brief))


def test_a_mandate_ends_once_each_of_its_follow_ups_has_somebody(office):
    (leaving, mandate), (officer, _) = a_champion(office, "NAM"), the_secretariat(office)
    first, *rest = every = in_scope(office, leaving)
    take(office, first, reader=eyes(office, leaving))
    with pytest.raises(NotAppointed) as refused:
        end_mandate(office, mandate, on=TODAY, heirs={first: officer})
    assert len(refused.value.faults) == len(rest)
    with pytest.raises(OutOfReach):
        end_mandate(office, mandate, on=LATER, heirs=dict.fromkeys(every, leaving))
    end_mandate(office, mandate, on=TODAY, heirs=dict.fromkeys(every, officer))
    assert owners(office) == dict.fromkeys(every, officer)
    with pytest.raises(NotYours):
        eyes(office, leaving)


def test_one_person_may_get_all_that_nobody_else_was_named_for_without_the_mandate(office):
    (leaving, mandate), (second, _) = a_champion(office, "NAM"), a_champion(office, "ZAF")
    officer, _ = the_secretariat(office)
    coordinator, _ = a_coordinator(office)
    first, *rest = in_scope(office, leaving)
    with pytest.raises(OutOfReach, match="not asked for active outreach"):
        end_hold(office, leaving, mandate, on=TODAY, heirs={}, otherwise=coordinator)
    end_hold(office, leaving, mandate, on=TODAY, heirs={first: second}, otherwise=officer)
    assert owners(office) == {first: second, **dict.fromkeys(rest, officer)}
    assert next(p.holds for p in people_list(office) if p.person == officer)[0].role == "secretariat"
    end_mandate(office, mandate, on=TODAY, heirs={}, otherwise=officer)


def test_what_another_of_the_same_role_is_asked_for_too_needs_no_heir(office):
    """Two champions serve the region: when one mandate ends, the other is asked."""
    (leaving, mandate), _ = a_champion(office, "NAM"), a_champion(office, "ZAF")
    first, *_ = in_scope(office, leaving)
    end_mandate(office, mandate, on=TODAY, heirs={})
    assert first not in owners(office)


def test_of_two_holds_of_one_person_the_one_named_ends(office):
    officer, mandate = the_secretariat(office)
    end_hold(office, officer, mandate, on=TODAY)
    hold(office, officer, mandate, from_=TODAY, until=date(2026, 11, 30))
    hold(office, officer, mandate, from_=date(2027, 1, 1))
    _, now, later = holds_of(office, officer)
    end_hold(office, officer, mandate, on=date(2027, 2, 1), hold=later)
    assert [ended(office, number) for number in (now, later)] == [None, date(2027, 2, 1)]
    with pytest.raises(NotOnFile):
        end_hold(office, officer, mandate, on=TODAY, hold=999)


def test_a_presidency_passes_on_with_the_mandate(office):
    president, heir = a_person(office, "President"), a_person(office, "Next president")
    mandate = a_mandate(office, "president", "CSP12 Presidency")
    hold(office, president, mandate, from_=TODAY, lead=True)
    silent_states(office)
    end_hold(office, president, mandate, on=TODAY, hand_over=heir, heirs={})
    assert eyes(office, heir).roles == {"president"}
    with pytest.raises(NotYours):
        eyes(office, president)


def test_another_treatys_mandate_is_not_there(office):
    person, mandate = a_champion(office, "NAM")
    for verb in (
        lambda: end_hold(office, person, mandate, on=TODAY, treaty="ccm"),
        lambda: end_mandate(office, mandate, on=TODAY, treaty="ccm"),
        lambda: hold(office, person, mandate, from_=TODAY, treaty="ccm"),
    ):
        with pytest.raises(NotOnFile):
            verb()
