"""Follow-ups are taken, put off, handed over and closed with an outcome, by those who may know of them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from casework.core.rights import NotYours
from casework.dossiers.releasing import release
from casework.follow_ups.actions import NotFollowedUp, close, hand_over, snooze, take
from casework.follow_ups.listing import follow_up_list, follow_up_view
from casework.follow_ups.page import follow_up_page
from casework.follow_ups.reassignment import OutOfReach
from casework.operations.audit import verify
from casework.operations.sweep import sweep
from casework.people.holds import hold
from models.follow_ups import escalation
from models.ledger import dossiers
from models.tables import NoticeRow
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.refusals import Word
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
from tests.builders import a_workspace, clock_of, file, step
from tests.refusals import said

TODAY = SILENT_ON
NEXT_WEEK = date(2026, 11, 9)


@pytest.fixture
def workspace(record):
    return fallen_silent(record)


def facts_of(workspace, state, kind):
    with workspace.reading() as connection:
        record = dossiers.record_of(connection, "att", state)
        assert record is not None
        return [f for f in dossiers.facts_of(connection, [record])[record.id] if f.kind == kind]


def test_a_follow_up_is_closed_with_its_outcome_and_never_without(workspace):
    id_ = silent_states(workspace)["AGO"]
    for nothing in (None, "", "  "):
        with pytest.raises(NotFollowedUp, match="outcome_wanted"):
            close(workspace, id_, nothing, reader=OPERATOR, treaty=None)
    close(workspace, id_, " spoke with the mission ", reader=OPERATOR, treaty=None)
    view = follow_up_view(workspace, id_, reader=OPERATOR)
    assert (view.closed_on, view.outcome, view.closed_by) == (TODAY, "spoke with the mission", "operator")


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


def test_a_silence_that_was_followed_up_is_an_exchange_on_file_and_the_clock_starts_again(workspace):
    silent = silent_states(workspace)
    close(workspace, silent["AGO"], "spoke with the mission", reader=OPERATOR, treaty=None)
    [fact] = facts_of(workspace, "AGO", "exchange")
    assert (str(fact.effective), fact.source, fact.sensitivity) == (
        "2026-11-02",
        "assessment",
        Sensitivity.COORDINATION,
    )
    assert (fact.reference, fact.actor) == (f"follow-up {silent['AGO']}", "operator")
    clock_of(workspace).stand_on("2027-01-30")  # 89 days
    assert "AGO" not in silent_states(workspace)
    clock_of(workspace).stand_on("2027-01-31")  # 90 days
    assert silent_states(workspace)["AGO"] != silent["AGO"]
    assert verify(workspace).is_sound


def test_what_was_not_needed_is_no_exchange_and_says_why(workspace):
    id_ = silent_states(workspace)["AGO"]
    for bare in ("not needed", "Not needed.", "not needed: "):
        with pytest.raises(NotFollowedUp, match="say_why_not_needed"):
            close(workspace, id_, bare, reader=OPERATOR, treaty=None)
    close(workspace, id_, "not needed: the capital wrote on Friday", reader=OPERATOR, treaty=None)
    assert facts_of(workspace, "AGO", "exchange") == []


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
    assert follow_up_view(workspace, ready, reader=OPERATOR).closed_on is None
    taken = step(workspace, "AGO", "start_drafting", str(TODAY)).fact
    assert follow_up_view(workspace, ready, reader=OPERATOR).outcome == f"overtaken by {taken.id}"


def test_what_a_person_says_of_an_outcome_is_one_line_and_never_in_the_ledger(workspace):
    id_ = silent_states(workspace)["AGO"]
    for wrong in ("two\nlines", "x" * 501, "bell\x07"):
        with pytest.raises(NotFollowedUp, match="no_line"):
            close(workspace, id_, wrong, reader=OPERATOR, treaty=None)
    close(workspace, id_, "the third secretary was frank", reader=OPERATOR, treaty=None)
    with workspace.reading() as connection:
        ledger = connection.execute(text("SELECT kind, data, reference FROM fact")).all()
        audit = connection.execute(text("SELECT what, detail FROM audit")).all()
    assert not any("frank" in str(row) for row in [*ledger, *audit])


def test_who_is_given_a_follow_up_back_on_the_same_day_is_told_again(workspace):
    one, _ = a_champion(workspace, "NAM", "Africa", "One")
    other, _ = a_champion(workspace, "SEN", "Africa", "Other")
    id_ = silent_states(workspace)["AGO"]
    for heir in (one, other, one):
        hand_over(workspace, id_, heir, reader=OPERATOR, treaty=None)
        assert told(workspace, id_) == [(heir, "task")]


def test_closing_withdraws_what_was_not_yet_sent_of_it(workspace):
    person, _ = a_champion(workspace, "NAM", "Africa")
    silent = silent_states(workspace)
    assert told(workspace, silent["AGO"]) == [(person, "chase")]
    close(workspace, silent["AGO"], "done", reader=OPERATOR, treaty=None)
    assert told(workspace, silent["AGO"]) == []
    assert told(workspace, silent["COM"]) == [(person, "chase")]


def test_what_concerns_no_state_is_closed_too(workspace):
    silent_states(workspace)
    vacant = next(f for f in follow_up_list(workspace, treaty="att", reader=OPERATOR) if f.kind == "nobody")
    assert vacant.state is None
    close(workspace, vacant.id, "not needed: the region has asked for none", reader=OPERATOR, treaty=None)
    assert follow_up_view(workspace, vacant.id, reader=OPERATOR).outcome == "not needed: the region has asked for none"
    with pytest.raises(NotFollowedUp):
        close(workspace, vacant.id, "done", reader=OPERATOR, treaty=None)


def test_a_follow_up_rests_until_a_later_day_for_a_reason(workspace):
    id_ = silent_states(workspace)["AGO"]
    with pytest.raises(NotFollowedUp) as refused:
        snooze(workspace, id_, until=TODAY, reason=" ", reader=OPERATOR, treaty=None)
    assert refused.value.codes == ("rests_until_a_later_day", "say_why_it_rests")
    snooze(workspace, id_, until=NEXT_WEEK, reason="elections", reader=OPERATOR, treaty=None)
    view = follow_up_view(workspace, id_, reader=OPERATOR)
    assert (view.snoozed_until, view.snooze_reason, view.closed_on) == (NEXT_WEEK, "elections", None)


@pytest.mark.parametrize(
    ("patience", "latest"), [(14, "2026-11-16"), (30, "2026-12-02"), (180, "2027-05-01"), (365, "2027-05-01")]
)
def test_a_follow_up_rests_no_longer_than_its_stage_has_patience_and_never_half_a_year(workspace, patience, latest):
    id_, last = silent_states(workspace)["AGO"], date.fromisoformat(latest)
    with workspace.registry() as connection:
        connection.execute(text("UPDATE follow_up SET patience = :days"), {"days": patience})
    with pytest.raises(NotFollowedUp) as refused:
        snooze(workspace, id_, until=last + timedelta(days=1), reason="why", reader=OPERATOR, treaty=None)
    (found,) = refused.value.refusals
    assert (found.code, found.field, found.values["latest"]) == ("rests_no_longer", "until", last)
    assert snooze(workspace, id_, until=last, reason="why", reader=OPERATOR, treaty=None).snoozed_until == last


def test_while_a_follow_up_rests_nobody_is_told_and_then_whoever_was_asked_last_is_again(workspace):
    (champion, _), (officer, _) = a_champion(workspace), the_secretariat(workspace)
    id_ = silent_states(workspace)["AGO"]
    vacant = next(f.id for f in follow_up_list(workspace, treaty="att", reader=OPERATOR) if f.kind == "nobody")
    for follow_up in (id_, vacant):
        snooze(workspace, follow_up, until=NEXT_WEEK, reason="elections", reader=OPERATOR, treaty=None)
    clock_of(workspace).stand_on("2026-11-08")
    silent_states(workspace)
    assert (told(workspace, id_), told(workspace, vacant)) == ([], [])
    clock_of(workspace).stand_on(str(NEXT_WEEK))
    silent_states(workspace)
    assert (told(workspace, id_), told(workspace, vacant)) == ([(champion, "chase")], [(officer, "task")])


def test_a_follow_up_may_rest_more_than_once(workspace):
    champion, _ = a_champion(workspace)
    id_ = silent_states(workspace)["AGO"]
    for until in (NEXT_WEEK, date(2026, 11, 16)):
        snooze(workspace, id_, until=until, reason="elections", reader=OPERATOR, treaty=None)
        clock_of(workspace).stand_on(str(until))
        silent_states(workspace)
        assert told(workspace, id_) == [(champion, "chase")]


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
    view = follow_up_view(workspace, id_, reader=OPERATOR)
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
    view = follow_up_view(workspace, id_, reader=OPERATOR)
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


def test_who_gets_a_follow_up_is_told_by_letter_and_may_own_it(workspace):
    (one, _), (two, _), (far, _) = (
        a_champion(workspace, "NAM"),
        a_champion(workspace, "ZAF"),
        a_champion(workspace, "JPN", "Asia"),
    )
    id_ = silent_states(workspace)["AGO"]
    assert told(workspace, id_) == [(one, "chase")]
    hand_over(workspace, id_, two, reader=eyes(workspace, one), treaty=None)
    assert told(workspace, id_) == [(two, "task")]
    assert follow_up_view(workspace, id_, reader=OPERATOR).owner == two
    for beyond in (far, a_person(workspace, "Without a mandate")):
        with pytest.raises(OutOfReach, match="reaches_not_this_one"):
            hand_over(workspace, id_, beyond, reader=OPERATOR, treaty=None)
    assert told(workspace, id_) == [(two, "task")]


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


def test_the_list_shows_what_is_open_by_due_day_then_what_is_closed(workspace):
    silent = silent_states(workspace)
    close(workspace, silent["COM"], "done", reader=OPERATOR, treaty=None)
    close(workspace, silent["AGO"], "done", reader=OPERATOR, treaty=None)
    listed = follow_up_list(workspace, treaty="att", reader=OPERATOR)
    still_open = [f for f in listed if f.closed_on is None]
    assert list(listed[: len(still_open)]) == sorted(still_open, key=lambda f: (f.due_on, f.id))
    assert {f.state for f in listed[len(still_open) :]} == {"AGO", "COM"}
    assert follow_up_list(workspace, open_only=True, treaty="att", reader=OPERATOR) == tuple(still_open)


def test_a_follow_up_past_its_day_is_late_until_it_is_closed(workspace):
    id_ = silent_states(workspace)["AGO"]
    assert not follow_up_view(workspace, id_, reader=OPERATOR).is_late
    clock_of(workspace).stand_on(str(follow_up_view(workspace, id_, reader=OPERATOR).due_on))
    assert not follow_up_view(workspace, id_, reader=OPERATOR).is_late
    clock_of(workspace).stand_on("2027-06-01")
    assert follow_up_view(workspace, id_, reader=OPERATOR).is_late
    close(workspace, id_, "done", reader=OPERATOR, treaty=None)
    assert not follow_up_view(workspace, id_, reader=OPERATOR).is_late


def test_of_two_who_close_at_once_the_second_is_told_and_writes_nothing(workspace, tmp_path, record_url, monkeypatch):
    id_, colleague, verb = (
        silent_states(workspace)["AGO"],
        a_workspace(tmp_path, record_url, opened=False),
        workspace.open_dossier,
    )

    def a_moment_later(*where, **how):
        close(colleague, id_, "done by a colleague", reader=OPERATOR, treaty=None)
        return verb(*where, **how)

    monkeypatch.setattr(workspace, "open_dossier", a_moment_later)
    clock_of(colleague).stand_on(str(TODAY))
    with pytest.raises(NotFollowedUp, match="closed_meanwhile"):
        close(workspace, id_, "done", reader=OPERATOR, treaty=None)
    colleague.close()
    assert follow_up_view(workspace, id_, reader=OPERATOR).outcome == "done by a colleague"
    assert len(facts_of(workspace, "AGO", "exchange")) == 1


def test_that_the_operator_was_faster_is_said_in_a_word_of_each_language(workspace):
    id_ = next(iter(silent_states(workspace).values()))
    close(workspace, id_, "done", reader=OPERATOR, treaty=None)
    with pytest.raises(NotFollowedUp) as refused:
        close(workspace, id_, "done", reader=OPERATOR, treaty=None)
    assert isinstance(refused.value.refusals[0].values["who"], Word)
    assert said(refused.value)[0].startswith(f"The operator closed follow-up {id_} on ")
