"""Follow-ups are taken, put off, handed over and closed with an outcome, by those who may know of them."""

from datetime import date

import pytest
from sqlalchemy import text

from casework.follow_ups.actions import NotFollowedUp, close, hand_over
from casework.follow_ups.listing import follow_up_list, follow_up_view
from casework.follow_ups.reassignment import OutOfReach
from casework.record.audit import verify
from models.ledger import dossiers
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.refusals import Word
from tests.appointments import (
    SILENT_ON,
    a_champion,
    a_person,
    eyes,
    silent_states,
    told,
)
from tests.builders import a_workspace, clock_of
from tests.refusals import said

TODAY = SILENT_ON
NEXT_WEEK = date(2026, 11, 9)


@pytest.fixture
def workspace(silent_record):
    return silent_record


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
    view = follow_up_view(workspace, id_, treaty="att", reader=OPERATOR)
    assert (view.closed_on, view.outcome, view.closed_by) == (TODAY, "spoke with the mission", "operator")


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
    assert (
        follow_up_view(workspace, vacant.id, treaty="att", reader=OPERATOR).outcome
        == "not needed: the region has asked for none"
    )
    with pytest.raises(NotFollowedUp):
        close(workspace, vacant.id, "done", reader=OPERATOR, treaty=None)


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
    assert follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).owner == two
    for beyond in (far, a_person(workspace, "Without a mandate")):
        with pytest.raises(OutOfReach, match="reaches_not_this_one"):
            hand_over(workspace, id_, beyond, reader=OPERATOR, treaty=None)
    assert told(workspace, id_) == [(two, "task")]


def test_the_list_shows_what_is_open_by_due_day_then_what_is_closed(workspace):
    silent = silent_states(workspace)
    close(workspace, silent["COM"], "done", reader=OPERATOR, treaty=None)
    close(workspace, silent["AGO"], "done", reader=OPERATOR, treaty=None)
    listed = follow_up_list(workspace, treaty="att", reader=OPERATOR)
    still_open = [f for f in listed if f.closed_on is None]
    assert list(listed[: len(still_open)]) == sorted(still_open, key=lambda f: (f.due_on, f.name or "", f.id))
    assert {f.state for f in listed[len(still_open) :]} == {"AGO", "COM"}
    assert follow_up_list(workspace, open_only=True, treaty="att", reader=OPERATOR) == tuple(still_open)


def test_a_follow_up_past_its_day_is_late_until_it_is_closed(workspace):
    id_ = silent_states(workspace)["AGO"]
    assert not follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).is_late
    clock_of(workspace).stand_on(str(follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).due_on))
    assert not follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).is_late
    clock_of(workspace).stand_on("2027-06-01")
    assert follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).is_late
    close(workspace, id_, "done", reader=OPERATOR, treaty=None)
    assert not follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).is_late


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
    assert follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).outcome == "done by a colleague"
    assert len(facts_of(workspace, "AGO", "exchange")) == 1


def test_that_the_operator_was_faster_is_said_in_a_word_of_each_language(workspace):
    id_ = next(iter(silent_states(workspace).values()))
    close(workspace, id_, "done", reader=OPERATOR, treaty=None)
    with pytest.raises(NotFollowedUp) as refused:
        close(workspace, id_, "done", reader=OPERATOR, treaty=None)
    assert isinstance(refused.value.refusals[0].values["who"], Word)
    assert said(refused.value)[0].startswith(f"The operator closed follow-up {id_} on ")
