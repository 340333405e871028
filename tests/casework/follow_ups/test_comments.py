"""Comments on a follow-up: in order, to whoever may know it and them; in no letter, and deleted for good if need be."""

import pytest
from sqlalchemy import text

from casework.core.rights import NotOnFile, NotYours
from casework.follow_ups.actions import NotFollowedUp, close
from casework.follow_ups.comments import comment, delete_words
from casework.follow_ups.listing import follow_up_view
from casework.follow_ups.own import Intention, open_own
from casework.follow_ups.page import follow_up_page
from casework.people.holds import hold
from pathways.grammar.clearance import OPERATOR, Sensitivity
from tests.appointments import (
    FROM,
    SILENT_ON,
    a_champion,
    a_coordinator,
    a_mandate,
    eyes,
    held,
    silent_states,
    the_secretariat,
)

SECRET = Sensitivity.CONFIDENTIAL


@pytest.fixture
def workspace(silent_record):
    return silent_record


@pytest.fixture
def angola(workspace):
    """Give the follow-up of a State that has fallen silent."""
    return silent_states(workspace)["AGO"]


def say(workspace, follow_up, words, reader, **said):
    return comment(workspace, follow_up, words, reader=reader, treaty=None, **said)


def seen(workspace, follow_up, reader):
    shown = follow_up_page(workspace, follow_up, treaty="att", reader=reader)
    return [(one.author_name, one.words) for one in shown.comments]


def test_what_is_said_stands_in_order_with_its_author(workspace, angola):
    (one, _), (two, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    say(workspace, angola, " They ask for the guide ", eyes(workspace, one))
    say(workspace, angola, "Sent on Friday", eyes(workspace, two))
    assert seen(workspace, angola, OPERATOR) == [
        ("Champion of NAM", "They ask for the guide"),
        ("Champion of ZAF", "Sent on Friday"),
    ]


@pytest.mark.parametrize(("words", "refusal"), [("  ", "say_something"), ("a\nb", "no_line"), ("x" * 501, "no_line")])
def test_nothing_and_what_is_no_line_is_refused(workspace, angola, words, refusal):
    with pytest.raises(NotFollowedUp, match=refusal):
        say(workspace, angola, words, OPERATOR)
    assert seen(workspace, angola, OPERATOR) == []


def test_a_comment_is_held_by_no_level_of_facts_alone(workspace, angola):
    with pytest.raises(NotFollowedUp, match="held_so_is_no_follow_up"):
        say(workspace, angola, "For all the world", OPERATOR, sensitivity=Sensitivity.PUBLIC)


def test_one_for_the_secretariat_alone_is_met_by_nobody_else_but_its_author(workspace, angola):
    (one, _), (two, _), (officer, _) = (
        a_champion(workspace, "NAM"),
        a_coordinator(workspace, "ZAF"),
        the_secretariat(workspace),
    )
    say(workspace, angola, "The minister is leaving", eyes(workspace, one), sensitivity=SECRET)
    assert {p: len(seen(workspace, angola, eyes(workspace, p))) for p in (one, two, officer)} == {
        one: 1,
        two: 0,
        officer: 1,
    }


def test_no_comment_reaches_who_comes_to_hold_a_mandate_of_the_state(workspace, angola):
    author, _ = a_champion(workspace)
    theirs, _ = a_coordinator(workspace, "ZAF")
    say(workspace, angola, "They stall", eyes(workspace, author))
    assert len(seen(workspace, angola, eyes(workspace, theirs))) == 1
    hold(workspace, theirs, a_mandate(workspace, "contact", "AGO"), from_=FROM, reader=OPERATOR, treaty=None)
    assert seen(workspace, angola, eyes(workspace, theirs)) == []


def test_who_may_not_know_the_follow_up_says_nothing_beside_it(workspace, angola):
    person, _ = a_champion(workspace, "JPN", "Asia")
    contact, _ = held(workspace, "Mission", "contact", "AGO")
    for reader in (eyes(workspace, person), eyes(workspace, contact)):
        with pytest.raises(NotOnFile):
            say(workspace, angola, "Hello", reader)
    assert seen(workspace, angola, OPERATOR) == []


def test_it_can_be_said_after_the_close_too(workspace, angola):
    close(workspace, angola, "done", reader=OPERATOR, treaty=None)
    say(workspace, angola, "They wrote to thank us", OPERATOR)
    assert seen(workspace, angola, OPERATOR) == [(None, "They wrote to thank us")]


def test_the_words_stand_in_no_audit_and_the_secretariat_deletes_them_for_good(workspace, angola):
    person, _ = a_champion(workspace)
    number = say(workspace, angola, "Her private number is below", eyes(workspace, person))
    with pytest.raises(NotYours):
        delete_words(workspace, angola, number, reader=eyes(workspace, person), treaty=None)
    delete_words(workspace, angola, number, reader=OPERATOR, treaty=None)
    assert seen(workspace, angola, OPERATOR) == [("Champion of NAM", None)]
    with workspace.reading() as connection:
        for table in ("comment", "audit", "fact", "notice"):
            assert "private number" not in str(connection.execute(text(f"SELECT * FROM {table}")).all()), table
    for again in (number, 9999):
        with pytest.raises(NotOnFile, match="no_words_to_delete"):
            delete_words(workspace, angola, again, reader=OPERATOR, treaty=None)


def test_what_a_person_meant_to_do_is_deleted_too_and_the_follow_up_stands(workspace):
    officer, _ = the_secretariat(workspace)
    meant = Intention(words="Ring 555", on=SILENT_ON, state="AGO")
    opened = open_own(workspace, meant, reader=eyes(workspace, officer), treaty="att").follow_up.id
    delete_words(workspace, opened, reader=OPERATOR, treaty=None)
    view = follow_up_view(workspace, opened, treaty="att", reader=OPERATOR)
    assert (view.words, view.closed_on) == (None, None)
