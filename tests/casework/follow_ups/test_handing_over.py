"""A follow-up is taken and handed over by those who may read what it rests on and may do what it asks."""

from datetime import date

import pytest

from casework.core.rights import NotYours
from casework.dossiers.releasing import release
from casework.follow_ups.actions import NotFollowedUp, close, hand_over, snooze, take
from casework.follow_ups.listing import follow_up_list, follow_up_view
from casework.follow_ups.page import follow_up_page
from casework.follow_ups.reassignment import OutOfReach
from casework.operations.sweep import sweep
from casework.people.holds import hold
from models.follow_ups import escalation
from models.tables.letters import NoticeRow
from pathways.grammar.clearance import OPERATOR
from tests.appointments import (
    SILENT_ON,
    a_champion,
    a_coordinator,
    a_mandate,
    eyes,
    silent_states,
    the_secretariat,
    told,
)
from tests.builders import clock_of, file, step

TODAY = SILENT_ON
NEXT_WEEK = date(2026, 11, 9)


@pytest.fixture
def workspace(silent_record):
    return silent_record


def test_a_closed_follow_up_is_not_closed_or_handled_again(workspace):
    id_ = silent_states(workspace)["AGO"]
    person, _ = the_secretariat(workspace)
    close(workspace, id_, "done", reader=OPERATOR, treaty=None)
    for again in (
        lambda: close(workspace, id_, "done", reader=OPERATOR, treaty=None),
        lambda: take(workspace, id_, person, reader=OPERATOR, treaty=None),
        lambda: snooze(workspace, id_, until=NEXT_WEEK, reason="election", reader=OPERATOR, treaty=None),
        lambda: hand_over(workspace, id_, person, reader=OPERATOR, treaty=None),
    ):
        with pytest.raises(NotFollowedUp, match="closed_already"):
            again()


def a_ready_step(workspace, released_to=()):
    """Put on file in confidence what Angola's next step asks for; return the follow-up that says so."""
    filed = file(workspace, "AGO", "contact_named", "2026-10-30", "government", ministry="Foreign Affairs")
    for person in released_to:
        release(
            workspace, "AGO", filed.fact.id, audience=f"person:{person}", treaty="att", name="Angola", reader=OPERATOR,
            consent="Note verbale 7/2026",
        )  # fmt: skip
    sweep(workspace, run="all is there", treaty="att")
    listed = follow_up_list(workspace, open_only=True, treaty="att", reader=OPERATOR)
    return next(f.id for f in listed if (f.state, f.kind) == ("AGO", "ready"))


@pytest.mark.parametrize(
    "outcome", ["done: it was taken", "not needed: the minister left", "handed over: Ministry", ""]
)
def test_that_a_step_is_ready_is_closed_by_the_step_and_by_nothing_that_is_said(workspace, outcome):
    ready = a_ready_step(workspace)
    with pytest.raises(NotFollowedUp, match="ready_closes_by_its_step"):
        close(workspace, ready, outcome, reader=OPERATOR, treaty=None)
    snooze(workspace, ready, until=NEXT_WEEK, reason="the minister is away", reader=OPERATOR, treaty=None)
    assert follow_up_view(workspace, ready, treaty="att", reader=OPERATOR).closed_on is None
    taken = step(workspace, "AGO", "start_drafting", str(TODAY)).fact
    assert follow_up_view(workspace, ready, treaty="att", reader=OPERATOR).outcome == f"overtaken by {taken.id}"


def test_who_is_given_a_follow_up_back_on_the_same_day_is_told_again(workspace):
    one, _ = a_champion(workspace, "NAM", "Africa", "One")
    other, _ = a_champion(workspace, "SEN", "Africa", "Other")
    id_ = silent_states(workspace)["AGO"]
    for heir in (one, other, one):
        hand_over(workspace, id_, heir, reader=OPERATOR, treaty=None)
        assert told(workspace, id_) == [(heir, "task")]


@pytest.mark.parametrize(
    ("released", "refused"),
    [
        (True, {"champion": "reaches_not_this_one"}),  # no champion takes a step
        (False, {"champion": "reaches_not_this_one", "coordinator": "reads_not_what_it_rests_on"}),
    ],
)
def test_that_a_step_is_ready_is_handed_only_to_who_may_take_it_and_read_every_proof(workspace, released, refused):
    people = {
        "champion": a_champion(workspace)[0],
        "coordinator": a_coordinator(workspace)[0],
        "officer": the_secretariat(workspace)[0],
    }
    ready = a_ready_step(workspace, [people["champion"], people["coordinator"]] if released else [])
    shown = follow_up_page(workspace, ready, treaty="att", reader=OPERATOR)
    assert {heir.person for heir in shown.heirs} == {people[who] for who in people.keys() - refused.keys()}
    for who, person in people.items():
        if who in refused:
            with pytest.raises(OutOfReach, match=refused[who]):
                hand_over(workspace, ready, person, reader=OPERATOR, treaty=None)
        else:
            assert hand_over(workspace, ready, person, reader=OPERATOR, treaty=None).owner_id == person


def test_nobody_takes_up_what_the_own_mandate_cannot_end(workspace):
    champion, _ = a_champion(workspace)
    ready = a_ready_step(workspace, [champion])
    seen = follow_up_page(workspace, ready, treaty="att", reader=eyes(workspace, champion))
    assert (seen.may_take, seen.may_do) == (False, False)
    with pytest.raises(OutOfReach):
        take(workspace, ready, reader=eyes(workspace, champion), treaty=None)


def test_what_is_handed_over_rests_no_longer_and_the_next_rung_is_asked_after_the_heirs_time(workspace):
    (one, _), (two, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    coordinator, _ = a_coordinator(workspace)
    id_ = silent_states(workspace)["AGO"]
    snooze(workspace, id_, until=NEXT_WEEK, reason="elections", reader=OPERATOR, treaty=None)
    hand_over(workspace, id_, two, reader=eyes(workspace, one), treaty=None)
    view = follow_up_view(workspace, id_, treaty="att", reader=OPERATOR)
    assert (view.owner, view.snoozed_until, view.snooze_reason) == (two, None, None)
    with workspace.registry() as connection:
        letters = NoticeRow.__table__.c
        escalation.count_on(connection, letters.person_id == two, TODAY)  # the heir's letter has left
    for day, asked in (("2026-11-15", []), ("2026-11-16", [(coordinator, "chase")])):
        clock_of(workspace).stand_on(day)
        silent_states(workspace)
        assert told(workspace, id_) == [(two, "task"), *asked]


def test_who_takes_a_follow_up_owns_it_and_a_second_click_changes_nothing(workspace):
    person, _ = a_champion(workspace, "NAM", "Africa")
    id_ = silent_states(workspace)["AGO"]
    for _ in range(2):
        take(workspace, id_, reader=eyes(workspace, person), treaty=None)
    view = follow_up_view(workspace, id_, treaty="att", reader=OPERATOR)
    assert (view.owner, view.owner_name) == (person, "Champion of NAM")


def test_the_operator_says_who_takes_it(workspace):
    id_ = silent_states(workspace)["AGO"]
    with pytest.raises(NotFollowedUp, match="say_who_takes_it"):
        take(workspace, id_, reader=OPERATOR, treaty=None)
    person, _ = the_secretariat(workspace)
    assert take(workspace, id_, "Desk officer", reader=OPERATOR, treaty=None).owner_id == person


def test_nobody_takes_what_somebody_else_has_but_the_secretariat_decides(workspace):
    (one, _), (two, _), (officer, _) = (
        a_champion(workspace, "NAM"),
        a_champion(workspace, "ZAF"),
        the_secretariat(workspace),
    )
    id_ = silent_states(workspace)["AGO"]
    take(workspace, id_, reader=eyes(workspace, one), treaty=None)
    with pytest.raises(NotYours, match="owned_by_another"):
        take(workspace, id_, reader=eyes(workspace, two), treaty=None)
    with pytest.raises(NotYours, match="taken_for_somebody_else"):
        take(workspace, id_, two, reader=eyes(workspace, one), treaty=None)
    assert take(workspace, id_, officer, reader=eyes(workspace, officer), treaty=None).owner_id == officer


def test_a_coordinator_is_not_asked_to_break_a_silence_but_may_of_its_own_accord(workspace):
    """E3.7: the role may not include active outreach."""
    champion, _ = a_champion(workspace)
    coordinator, _ = a_coordinator(workspace)
    id_ = silent_states(workspace)["AGO"]
    for asks in (
        lambda: hand_over(workspace, id_, coordinator, reader=eyes(workspace, champion), treaty=None),
        lambda: take(workspace, id_, coordinator, reader=OPERATOR, treaty=None),
    ):
        with pytest.raises(OutOfReach, match="no_outreach_by_a_coordinator"):
            asks()
    assert take(workspace, id_, reader=eyes(workspace, coordinator), treaty=None).owner_id == coordinator


def test_who_is_champion_and_coordinator_both_is_asked_as_champion(workspace):
    both, _ = a_champion(workspace)
    mandate = a_mandate(workspace, "coordinator", "NAM", region="Africa")
    hold(workspace, both, mandate, from_=TODAY, reader=OPERATOR, treaty=None)
    assert hand_over(workspace, silent_states(workspace)["AGO"], both, reader=OPERATOR, treaty=None).owner_id == both
