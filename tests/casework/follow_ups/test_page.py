"""One follow-up, its chain and the inbox, as each role may see them."""

from datetime import date, timedelta

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.follow_ups.actions import close, hand_over, snooze, take
from casework.follow_ups.delivery_history import Delivery
from casework.follow_ups.inbox import PAGE, follow_up_inbox
from casework.follow_ups.page import follow_up_page
from casework.follow_ups.reassignment import OutOfReach
from casework.follow_ups.whose import Part
from casework.letters import administration
from casework.letters.letter_link import follow
from casework.letters.posting import post
from models.ledger import dossiers
from pathways.grammar.clearance import ANYONE, OPERATOR
from pathways.grammar.refusals import remark
from tests.appointments import a_champion, a_coordinator, eyes, held, silent_states, the_secretariat
from tests.builders import clock_of, file, step
from tests.mailserver import Answer

TODAY = date(2026, 11, 2)
NEXT_WEEK = date(2026, 11, 9)


@pytest.fixture
def workspace(silent_record_with_mail):
    return silent_record_with_mail


def page(workspace, id_, reader=OPERATOR):
    return follow_up_page(workspace, id_, treaty="att", reader=reader)


def inbox(workspace, reader=OPERATOR, **said):
    return follow_up_inbox(workspace, treaty="att", reader=reader, **said)


def listed(shown):
    return [f.id for _, f in shown.open]


def deliveries(workspace, id_, reader=OPERATOR):
    return [(told.name, told.delivery) for told in page(workspace, id_, reader).chain.told]


def test_a_notice_waits_until_a_server_accepts_its_letter_and_is_never_called_received(workspace):
    a_champion(workspace)
    id_ = silent_states(workspace)["AGO"]
    assert deliveries(workspace, id_) == [("Champion of NAM", Delivery.WAITING)]
    post(workspace, run="test")
    [told] = page(workspace, id_).chain.told
    assert (told.delivery, told.sent_at, told.reason) == (Delivery.ACCEPTED, clock_of(workspace).now(), None)
    assert not any("received" in delivery for delivery in Delivery)


def test_a_letter_that_failed_says_why_and_one_that_came_back_says_so(workspace, mail_server):
    a_champion(workspace)
    mail_server.answers["champion.of.nam@mission.example"] = Answer.REFUSE
    id_ = silent_states(workspace)["AGO"]
    post(workspace, run="test")
    [told] = page(workspace, id_).chain.told
    assert told.delivery is Delivery.FAILED
    assert told.reason
    mail_server.answers.clear()
    administration.retry(workspace, told.letter, reader=OPERATOR)
    post(workspace, run="test")
    administration.returned(workspace, told.letter, reason="mailbox full", reader=OPERATOR)
    [told] = page(workspace, id_).chain.told
    assert (told.delivery, told.reason) == (Delivery.CAME_BACK, remark("letter_came_back", reason="mailbox full"))


def test_who_has_no_channel_was_not_reminded(workspace):
    person, _ = a_champion(workspace)
    with workspace.registry() as connection:
        connection.exec_driver_sql("DELETE FROM channel")
    id_ = silent_states(workspace)["AGO"]
    post(workspace, run="test")
    assert deliveries(workspace, id_) == [("Champion of NAM", Delivery.HELD)]
    coordinator, _ = a_coordinator(workspace)
    assert not page(workspace, id_, eyes(workspace, coordinator)).chain.others_reminded
    assert deliveries(workspace, id_, eyes(workspace, person)) == [("Champion of NAM", Delivery.HELD)]


def test_what_was_taken_back_before_it_left_is_withdrawn(workspace):
    (one, _), (two, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    id_ = silent_states(workspace)["AGO"]
    hand_over(workspace, id_, two, reader=eyes(workspace, one), treaty=None)
    assert deliveries(workspace, id_) == [
        ("Champion of NAM", Delivery.WITHDRAWN),
        ("Champion of ZAF", Delivery.WAITING),
    ]


def test_others_are_told_of_their_own_notices_and_that_somebody_was_reminded(workspace):
    (one, _), (two, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    id_ = silent_states(workspace)["AGO"]
    assert not page(workspace, id_, eyes(workspace, two)).chain.others_reminded
    post(workspace, run="test")
    seen = page(workspace, id_, eyes(workspace, two)).chain
    assert (seen.told, seen.others_reminded) == ((), True)
    mine = page(workspace, id_, eyes(workspace, one)).chain
    assert ([told.person for told in mine.told], mine.others_reminded) == ([one], False)


def test_an_answer_marks_the_letter_that_asked(workspace):
    person, _ = a_champion(workspace)
    id_ = silent_states(workspace)["AGO"]
    post(workspace, run="test")
    clock_of(workspace).hour += timedelta(hours=3)
    close(workspace, id_, "done: spoke with the mission", reader=eyes(workspace, person), treaty=None)
    [told] = page(workspace, id_).chain.told
    assert (told.delivery, told.answered_at) == (Delivery.ACCEPTED, clock_of(workspace).now())


def test_an_answer_marks_what_asked_and_nothing_else_that_its_letter_told_of(workspace):
    person, _ = a_champion(workspace)
    silent = silent_states(workspace)
    post(workspace, run="test")
    [asked], [beside] = (page(workspace, silent[state]).chain.told for state in ("AGO", "COM"))
    assert asked.letter == beside.letter
    close(workspace, silent["AGO"], "done: spoke with the mission", reader=eyes(workspace, person), treaty=None)
    close(workspace, silent["COM"], "done: heard at a reception", reader=OPERATOR, treaty=None)
    [asked], [beside] = (page(workspace, silent[state]).chain.told for state in ("AGO", "COM"))
    assert (asked.answered_at, beside.answered_at) == (clock_of(workspace).now(), None)


def test_the_link_of_a_letter_opens_all_that_it_told_of(workspace):
    person, _ = a_champion(workspace)
    silent = silent_states(workspace)
    post(workspace, run="test")
    [asked] = page(workspace, silent["AGO"]).chain.told
    follow(workspace, asked.letter, reader=eyes(workspace, person))
    for state in ("AGO", "COM"):
        [told] = page(workspace, silent[state]).chain.told
        assert (told.opened_at, told.answered_at) == (clock_of(workspace).now(), None)


def test_who_answers_without_having_been_asked_marks_no_letter(workspace):
    a_champion(workspace)
    officer, _ = the_secretariat(workspace)
    id_ = silent_states(workspace)["AGO"]
    post(workspace, run="test")
    close(workspace, id_, "done: spoke with the mission", reader=eyes(workspace, officer), treaty=None)
    assert [told.answered_at for told in page(workspace, id_).chain.told] == [None]


def test_a_champion_sees_the_own_region_only_and_others_as_if_they_were_not_there(workspace):
    african, _ = a_champion(workspace, "NAM", "Africa")
    asian, _ = a_champion(workspace, "JPN", "Asia")
    silent = silent_states(workspace)
    shown = inbox(workspace, eyes(workspace, asian))
    assert {f.region for _, f in shown.open} == {"Asia"} == set(shown.regions)
    for id_ in (silent["AGO"], 9999):
        with pytest.raises(NotOnFile):
            page(workspace, id_, eyes(workspace, asian))
    assert page(workspace, silent["AGO"], eyes(workspace, african)).follow_up.state == "AGO"
    assert inbox(workspace, eyes(workspace, asian), region="Africa").open == ()


def test_no_list_of_the_own_region_names_what_one_may_not_know(workspace):
    """The contact was named in confidence: neither the follow-up nor who owns it is for a coordinator's eyes."""
    (coordinator, _), (officer, _) = a_coordinator(workspace), the_secretariat(workspace)
    file(workspace, "AGO", "contact_named", "2026-10-30", "note_verbale", ministry="Foreign Affairs")
    with workspace.registry() as connection:
        dossiers.look_again(connection, TODAY, treaty="att")
    silent_states(workspace)
    ready = next(f.id for _, f in inbox(workspace, region="Africa").open if f.kind == "ready")
    take(workspace, ready, reader=eyes(workspace, officer), treaty=None)
    shown = inbox(workspace, eyes(workspace, coordinator))
    assert ready not in listed(shown)
    assert shown.owners == ()
    assert [owner.person for owner in inbox(workspace).owners] == [officer]
    step(workspace, "AGO", "start_drafting", "2026-11-02")
    assert ready in [f.id for f in inbox(workspace).closed]
    assert ready not in [f.id for f in inbox(workspace, eyes(workspace, coordinator)).closed]


@pytest.mark.parametrize("role", ["president", "chair", "contact"])
def test_who_follows_nothing_up_has_an_empty_inbox(workspace, role):
    person, _ = held(workspace, "Delegate", role, "AGO")
    silent = silent_states(workspace)
    close(workspace, silent["COM"], "done", reader=OPERATOR, treaty=None)
    for reader in (eyes(workspace, person), ANYONE):
        shown = inbox(workspace, reader)
        assert (shown.open, shown.closed, shown.regions, shown.owners) == ((), (), (), ())


def test_another_treatys_follow_up_is_not_there(workspace):
    id_ = silent_states(workspace)["AGO"]
    with pytest.raises(NotOnFile):
        follow_up_page(workspace, id_, treaty="ccm", reader=OPERATOR)
    for verb in (
        lambda: close(workspace, id_, "done", treaty="ccm", reader=OPERATOR),
        lambda: snooze(workspace, id_, until=NEXT_WEEK, reason="election", treaty="ccm", reader=OPERATOR),
        lambda: hand_over(workspace, id_, 1, treaty="ccm", reader=OPERATOR),
        lambda: take(workspace, id_, 1, treaty="ccm", reader=OPERATOR),
    ):
        with pytest.raises(NotOnFile):
            verb()


def test_the_inbox_begins_with_the_own_then_what_waits_for_the_role_late_first(workspace):
    (one, _), (two, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    silent = silent_states(workspace)
    take(workspace, silent["COM"], reader=eyes(workspace, one), treaty=None)
    take(workspace, silent["AGO"], reader=eyes(workspace, two), treaty=None)
    shown = inbox(workspace, eyes(workspace, one))
    parts = dict(shown.parts)
    assert [f.state for f in parts[Part.MINE]] == ["COM"]
    assert [f.state for f in parts[Part.PASSED_ON]] == ["AGO"]
    waiting = parts[Part.FOR_MY_ROLE]
    assert [f.due_on for f in waiting] == sorted(f.due_on for f in waiting)
    order = [part for part, _ in shown.open]
    assert order == sorted(order, key=list(Part).index)
    assert {(owner.person, owner.name) for owner in shown.owners} == {
        (one, "Champion of NAM"),
        (two, "Champion of ZAF"),
    }
    assert listed(inbox(workspace, eyes(workspace, one), person=two)) == [silent["AGO"]]


def test_what_rests_stands_after_what_does_not(workspace):
    silent = silent_states(workspace)
    first = listed(inbox(workspace))[0]
    snooze(workspace, first, until=NEXT_WEEK, reason="elections", reader=OPERATOR, treaty=None)
    assert listed(inbox(workspace, region="Africa"))[-1:] != [silent["AGO"]] or first == silent["AGO"]
    assert first not in listed(inbox(workspace))[:10]


def test_long_lists_come_in_pages_that_leave_nothing_out(workspace):
    silent = silent_states(workspace)
    everything, number = [], 1
    while (shown := inbox(workspace, page=number)).has_more:
        assert len(shown.open) == PAGE
        everything += listed(shown)
        number += 1
    everything += listed(shown)
    assert len(everything) == len(set(everything))
    assert set(silent.values()) <= set(everything)
    for far in (-1, 0, 10**9):
        assert inbox(workspace, page=far, closed_page=far).page >= 1


def test_the_closed_stand_in_a_second_list_the_last_first(workspace):
    silent = silent_states(workspace)
    person, _ = a_champion(workspace)
    asian, _ = a_champion(workspace, "JPN", "Asia")
    close(workspace, silent["COM"], "done: one", reader=OPERATOR, treaty=None)
    clock_of(workspace).stand_on("2026-11-03")
    close(workspace, silent["AGO"], "done: two", reader=eyes(workspace, person), treaty=None)
    shown = inbox(workspace)
    assert [f.state for f in shown.closed if f.kind == "silence"] == ["AGO", "COM"]
    assert not {silent["AGO"], silent["COM"]} & set(listed(shown))
    assert [f.state for f in inbox(workspace, eyes(workspace, person)).closed] == ["AGO", "COM"]
    assert inbox(workspace, eyes(workspace, asian)).closed == ()
    assert page(workspace, silent["AGO"]).closed_by_name == "Champion of NAM"
    assert page(workspace, silent["COM"]).closed_by_name is None


def test_only_persons_who_may_own_it_are_offered_and_a_coordinator_not_for_outreach(workspace):
    (one, _), (two, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    a_champion(workspace, "JPN", "Asia")
    coordinator, _ = a_coordinator(workspace)
    officer, _ = the_secretariat(workspace)
    id_ = silent_states(workspace)["AGO"]
    offered = page(workspace, id_).heirs
    assert {heir.person for heir in offered} == {one, two, officer}
    for person in (one, two, officer):
        assert hand_over(workspace, id_, person, reader=OPERATOR, treaty=None).owner_id == person
    with pytest.raises(OutOfReach):
        hand_over(workspace, id_, coordinator, reader=OPERATOR, treaty=None)


def test_what_somebody_else_owns_is_handed_over_by_its_owner_or_the_secretariat(workspace):
    (one, _), (two, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    id_ = silent_states(workspace)["AGO"]
    take(workspace, id_, reader=eyes(workspace, one), treaty=None)
    seen = page(workspace, id_, eyes(workspace, two))
    assert (seen.heirs, seen.may_take, seen.is_mine) == ((), False, False)
    with pytest.raises(NotYours, match="owned_by_another"):
        hand_over(workspace, id_, two, reader=eyes(workspace, two), treaty=None)
    seen = page(workspace, id_, eyes(workspace, one))
    assert ([heir.person for heir in seen.heirs], seen.is_mine) == ([two], True)


def test_an_answer_to_a_silence_says_that_it_files_an_exchange(workspace):
    silent = silent_states(workspace)
    vacant = next(f.id for _, f in inbox(workspace).open if f.kind == "nobody")
    assert page(workspace, silent["AGO"]).files_exchange
    assert not page(workspace, vacant).files_exchange
    close(workspace, silent["AGO"], "done", reader=OPERATOR, treaty=None)
    assert not page(workspace, silent["AGO"]).files_exchange
