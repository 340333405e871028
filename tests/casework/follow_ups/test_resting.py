"""A follow-up rests until a later day for a reason, and for no longer than its stage has patience."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from casework.follow_ups.actions import NotFollowedUp, hand_over, snooze
from casework.follow_ups.comments import comment, delete_words
from casework.follow_ups.listing import follow_up_list, follow_up_view
from casework.follow_ups.page import follow_up_page
from casework.people.holds import hold
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
from tests.builders import clock_of

TODAY = SILENT_ON
NEXT_WEEK = date(2026, 11, 9)


@pytest.fixture
def workspace(silent_record):
    return silent_record


def test_a_follow_up_rests_until_a_later_day_for_a_reason(workspace):
    id_ = silent_states(workspace)["AGO"]
    with pytest.raises(NotFollowedUp) as refused:
        snooze(workspace, id_, until=TODAY, reason=" ", reader=OPERATOR, treaty=None)
    assert refused.value.codes == ("rests_until_a_later_day", "say_why_it_rests")
    snooze(workspace, id_, until=NEXT_WEEK, reason="elections", reader=OPERATOR, treaty=None)
    view = follow_up_view(workspace, id_, treaty="att", reader=OPERATOR)
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


def reasons(workspace, follow_up, reader=OPERATOR):
    """Return what stands beside a follow-up as comments: who said what, and when."""
    shown = follow_up_page(workspace, follow_up, treaty="att", reader=reader)
    return [(one.author_name, one.words, one.written_at) for one in shown.comments]


@pytest.mark.parametrize("by", ["champion", "officer"])
def test_why_it_rested_stays_readable_as_the_words_of_whoever_said_so_when_it_is_handed_over(workspace, by):
    people = {"champion": a_champion(workspace)[0], "officer": the_secretariat(workspace)[0]}
    second, _ = a_champion(workspace, "ZAF")
    coordinator, _ = a_coordinator(workspace)
    id_, who = silent_states(workspace)["AGO"], eyes(workspace, people[by])
    hour = workspace.stamp()
    snooze(workspace, id_, until=NEXT_WEEK, reason="elections", reader=who, treaty=None)
    assert reasons(workspace, id_) == []
    clock_of(workspace).hour += timedelta(hours=2)
    comment(workspace, id_, "The capital knows.", reader=OPERATOR, treaty=None)
    hand_over(workspace, id_, second, reader=OPERATOR, treaty=None)
    name = {"champion": "Champion of NAM", "officer": "Desk officer"}[by]
    for reader in (OPERATOR, eyes(workspace, second), eyes(workspace, coordinator)):
        assert reasons(workspace, id_, reader)[0] == (name, "elections", hour), "in the order in which it was said"
        assert len(reasons(workspace, id_, reader)) == 2
    hand_over(workspace, id_, people["champion"], reader=OPERATOR, treaty=None)
    assert len(reasons(workspace, id_)) == 2


def test_why_it_rested_stays_readable_when_it_rests_again_and_when_the_rest_is_over(workspace):
    a_champion(workspace)
    id_ = silent_states(workspace)["AGO"]
    snooze(workspace, id_, until=date(2026, 11, 4), reason="a feast", reader=OPERATOR, treaty=None)
    snooze(workspace, id_, until=NEXT_WEEK, reason="elections", reader=OPERATOR, treaty=None)
    assert [words for _, words, _ in reasons(workspace, id_)] == ["a feast"]
    clock_of(workspace).stand_on(str(NEXT_WEEK))
    silent_states(workspace)
    assert [words for _, words, _ in reasons(workspace, id_)] == ["a feast", "elections"]
    clock_of(workspace).stand_on("2026-11-10")
    silent_states(workspace)
    assert len(reasons(workspace, id_)) == 2


def test_why_it_rested_is_read_by_whoever_may_read_a_comment_and_its_words_can_be_deleted(workspace):
    """As any comment beside a State: not by whoever holds a mandate of that State."""
    officer, _ = the_secretariat(workspace)
    second, _ = a_champion(workspace, "ZAF")
    id_ = silent_states(workspace)["AGO"]
    snooze(workspace, id_, until=NEXT_WEEK, reason="elections", reader=OPERATOR, treaty=None)
    hand_over(workspace, id_, second, reader=OPERATOR, treaty=None)
    contact = a_mandate(workspace, "contact", "AGO")
    assert len(reasons(workspace, id_, eyes(workspace, officer))) == 1
    hold(workspace, officer, contact, from_=TODAY, reader=OPERATOR, treaty=None)
    assert reasons(workspace, id_, eyes(workspace, officer)) == []
    [said] = follow_up_page(workspace, id_, treaty="att", reader=OPERATOR).comments
    delete_words(workspace, id_, said.id, reader=OPERATOR, treaty=None)
    with workspace.reading() as connection:
        kept = (
            connection.execute(text("SELECT * FROM follow_up")).all()
            + connection.execute(text("SELECT * FROM comment")).all()
        )
    assert "elections" not in str(kept)
