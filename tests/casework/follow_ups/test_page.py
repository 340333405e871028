"""One follow-up, its chain and the inbox, as each role may see them."""

from datetime import date, timedelta

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.follow_ups.actions import close, hand_over, snooze, take
from casework.follow_ups.delivery_history import Delivery
from casework.follow_ups.inbox import PAGE, Part, follow_up_inbox
from casework.follow_ups.page import follow_up_page
from casework.follow_ups.reassignment import OutOfReach
from casework.letters import administration
from casework.letters.posting import post
from models.ledger import dossiers
from pathways.grammar.clearance import ANYONE, OPERATOR
from tests.appointments import a_champion, a_coordinator, eyes, held, silent_states, the_secretariat
from tests.builders import an_office, clock_of, file
from tests.mailserver import Answer

TODAY = date(2026, 11, 2)
NEXT_WEEK = date(2026, 11, 9)


@pytest.fixture
def office(tmp_path, record_url, mail_server):
    """Give a record with a mail server in which every signatory has been silent for a hundred days."""
    mail = {"smtp_host": "127.0.0.1", "smtp_port": mail_server.port, "smtp_security": "none"}
    office = an_office(tmp_path, record_url, opened=False, **mail)
    clock_of(office).stand_on(str(TODAY))
    yield office
    office.close()


def page(office, id_, reader=OPERATOR):
    return follow_up_page(office, id_, treaty="att", reader=reader)


def inbox(office, reader=OPERATOR, **said):
    return follow_up_inbox(office, treaty="att", reader=reader, **said)


def listed(shown):
    return [e.follow_up.id for e in shown.entries]


def deliveries(office, id_, reader=OPERATOR):
    return [(told.name, told.delivery) for told in page(office, id_, reader).chain.told]


def test_a_notice_waits_until_a_server_accepts_its_letter_and_is_never_called_received(office):
    a_champion(office)
    id_ = silent_states(office)["AGO"]
    assert deliveries(office, id_) == [("Champion of NAM", Delivery.WAITING)]
    post(office, run="test")
    [told] = page(office, id_).chain.told
    assert (told.delivery, told.sent_at, told.reason) == (Delivery.ACCEPTED, clock_of(office).now(), None)
    assert not any("received" in delivery for delivery in Delivery)


def test_a_letter_that_failed_says_why_and_one_that_came_back_says_so(office, mail_server):
    a_champion(office)
    mail_server.answers["champion.of.nam@mission.example"] = Answer.REFUSE
    id_ = silent_states(office)["AGO"]
    post(office, run="test")
    [told] = page(office, id_).chain.told
    assert told.delivery is Delivery.FAILED
    assert told.reason
    mail_server.answers.clear()
    administration.retry(office, told.letter)
    post(office, run="test")
    administration.returned(office, told.letter, reason="mailbox full")
    [told] = page(office, id_).chain.told
    assert (told.delivery, told.reason) == (Delivery.CAME_BACK, "came back: mailbox full")


def test_who_has_no_channel_was_not_reminded(office):
    person, _ = a_champion(office)
    with office.registry() as connection:
        connection.exec_driver_sql("DELETE FROM channel")
    id_ = silent_states(office)["AGO"]
    post(office, run="test")
    assert deliveries(office, id_) == [("Champion of NAM", Delivery.HELD)]
    coordinator, _ = a_coordinator(office)
    assert not page(office, id_, eyes(office, coordinator)).chain.others_reminded
    assert deliveries(office, id_, eyes(office, person)) == [("Champion of NAM", Delivery.HELD)]


def test_what_was_taken_back_before_it_left_is_withdrawn(office):
    (one, _), (two, _) = a_champion(office, "NAM"), a_champion(office, "ZAF")
    id_ = silent_states(office)["AGO"]
    hand_over(office, id_, two, reader=eyes(office, one))
    assert deliveries(office, id_) == [
        ("Champion of NAM", Delivery.WITHDRAWN),
        ("Champion of ZAF", Delivery.WAITING),
    ]


def test_others_are_told_of_their_own_notices_and_that_somebody_was_reminded(office):
    (one, _), (two, _) = a_champion(office, "NAM"), a_champion(office, "ZAF")
    id_ = silent_states(office)["AGO"]
    assert not page(office, id_, eyes(office, two)).chain.others_reminded
    post(office, run="test")
    seen = page(office, id_, eyes(office, two)).chain
    assert (seen.told, seen.others_reminded) == ((), True)
    mine = page(office, id_, eyes(office, one)).chain
    assert ([told.person for told in mine.told], mine.others_reminded) == ([one], False)


def test_an_answer_marks_the_letter_that_asked(office):
    person, _ = a_champion(office)
    id_ = silent_states(office)["AGO"]
    post(office, run="test")
    clock_of(office).hour += timedelta(hours=3)
    close(office, id_, "done: spoke with the mission", reader=eyes(office, person))
    [told] = page(office, id_).chain.told
    assert (told.delivery, told.answered_at) == (Delivery.ACCEPTED, clock_of(office).now())


def test_who_answers_without_having_been_asked_marks_no_letter(office):
    a_champion(office)
    officer, _ = the_secretariat(office)
    id_ = silent_states(office)["AGO"]
    post(office, run="test")
    close(office, id_, "done: spoke with the mission", reader=eyes(office, officer))
    assert [told.answered_at for told in page(office, id_).chain.told] == [None]


def test_a_champion_sees_the_own_region_only_and_others_as_if_they_were_not_there(office):
    african, _ = a_champion(office, "NAM", "Africa")
    asian, _ = a_champion(office, "JPN", "Asia")
    silent = silent_states(office)
    shown = inbox(office, eyes(office, asian))
    assert {e.follow_up.region for e in shown.entries} == {"Asia"} == set(shown.regions)
    for id_ in (silent["AGO"], 9999):
        with pytest.raises(NotOnFile):
            page(office, id_, eyes(office, asian))
    assert page(office, silent["AGO"], eyes(office, african)).follow_up.state == "AGO"
    assert inbox(office, eyes(office, asian), region="Africa").entries == ()


def test_no_list_of_the_own_region_names_what_one_may_not_know(office):
    """The contact was named in confidence: neither the follow-up nor who owns it is for a coordinator's eyes."""
    (coordinator, _), (officer, _) = a_coordinator(office), the_secretariat(office)
    file(office, "AGO", "contact_named", "2026-10-30", "note_verbale", ministry="Foreign Affairs")
    with office.registry() as connection:
        dossiers.look_again(connection, TODAY, treaty="att")
    silent_states(office)
    ready = next(e.follow_up.id for e in inbox(office, region="Africa").entries if e.follow_up.kind == "ready")
    take(office, ready, reader=eyes(office, officer))
    shown = inbox(office, eyes(office, coordinator))
    assert ready not in listed(shown)
    assert shown.owners == ()
    assert [owner.person for owner in inbox(office).owners] == [officer]
    close(office, ready, "done: the step was taken", reader=eyes(office, officer))
    assert ready in [f.id for f in inbox(office).closed]
    assert ready not in [f.id for f in inbox(office, eyes(office, coordinator)).closed]


@pytest.mark.parametrize("role", ["president", "chair", "contact"])
def test_who_follows_nothing_up_has_an_empty_inbox(office, role):
    person, _ = held(office, "Delegate", role, "AGO")
    silent = silent_states(office)
    close(office, silent["COM"], "done")
    for reader in (eyes(office, person), ANYONE):
        shown = inbox(office, reader)
        assert (shown.entries, shown.closed, shown.regions, shown.owners) == ((), (), (), ())


def test_another_treatys_follow_up_is_not_there(office):
    id_ = silent_states(office)["AGO"]
    with pytest.raises(NotOnFile):
        follow_up_page(office, id_, treaty="ccm", reader=OPERATOR)
    for verb in (
        lambda: close(office, id_, "done", treaty="ccm"),
        lambda: snooze(office, id_, until=NEXT_WEEK, reason="election", treaty="ccm"),
        lambda: hand_over(office, id_, 1, treaty="ccm"),
        lambda: take(office, id_, 1, treaty="ccm"),
    ):
        with pytest.raises(NotOnFile):
            verb()


def test_the_inbox_begins_with_the_own_then_what_waits_for_the_role_late_first(office):
    (one, _), (two, _) = a_champion(office, "NAM"), a_champion(office, "ZAF")
    silent = silent_states(office)
    take(office, silent["COM"], reader=eyes(office, one))
    take(office, silent["AGO"], reader=eyes(office, two))
    shown = inbox(office, eyes(office, one))
    parts = dict(shown.parts)
    assert [f.state for f in parts[Part.MINE]] == ["COM"]
    assert [f.state for f in parts[Part.OTHERS]] == ["AGO"]
    waiting = parts[Part.FOR_MY_ROLE]
    assert [f.due_on for f in waiting] == sorted(f.due_on for f in waiting)
    assert [e.part for e in shown.entries] == sorted((e.part for e in shown.entries), key=list(Part).index)
    assert {(owner.person, owner.name) for owner in shown.owners} == {
        (one, "Champion of NAM"),
        (two, "Champion of ZAF"),
    }
    assert listed(inbox(office, eyes(office, one), person=two)) == [silent["AGO"]]


def test_what_rests_stands_after_what_does_not(office):
    silent = silent_states(office)
    first = listed(inbox(office))[0]
    snooze(office, first, until=NEXT_WEEK, reason="elections")
    assert listed(inbox(office, region="Africa"))[-1:] != [silent["AGO"]] or first == silent["AGO"]
    assert first not in listed(inbox(office))[:10]


def test_long_lists_come_in_pages_that_leave_nothing_out(office):
    silent = silent_states(office)
    everything, number = [], 1
    while (shown := inbox(office, page=number)).has_more:
        assert len(shown.entries) == PAGE
        everything += listed(shown)
        number += 1
    everything += listed(shown)
    assert len(everything) == len(set(everything))
    assert set(silent.values()) <= set(everything)
    for far in (-1, 0, 10**9):
        assert inbox(office, page=far, closed_page=far).page >= 1


def test_the_closed_stand_in_a_second_list_the_last_first(office):
    silent = silent_states(office)
    person, _ = a_champion(office)
    asian, _ = a_champion(office, "JPN", "Asia")
    close(office, silent["COM"], "done: one")
    clock_of(office).stand_on("2026-11-03")
    close(office, silent["AGO"], "done: two", reader=eyes(office, person))
    shown = inbox(office)
    assert [f.state for f in shown.closed if f.kind == "silence"] == ["AGO", "COM"]
    assert not {silent["AGO"], silent["COM"]} & set(listed(shown))
    assert [f.state for f in inbox(office, eyes(office, person)).closed] == ["AGO", "COM"]
    assert inbox(office, eyes(office, asian)).closed == ()
    assert page(office, silent["AGO"]).closed_by_name == "Champion of NAM"
    assert page(office, silent["COM"]).closed_by_name is None


def test_only_persons_who_may_own_it_are_offered_and_a_coordinator_not_for_outreach(office):
    (one, _), (two, _) = a_champion(office, "NAM"), a_champion(office, "ZAF")
    a_champion(office, "JPN", "Asia")
    coordinator, _ = a_coordinator(office)
    officer, _ = the_secretariat(office)
    id_ = silent_states(office)["AGO"]
    offered = page(office, id_).heirs
    assert {heir.person for heir in offered} == {one, two, officer}
    for person in (one, two, officer):
        assert hand_over(office, id_, person).owner_id == person
    with pytest.raises(OutOfReach):
        hand_over(office, id_, coordinator)


def test_what_somebody_else_owns_is_handed_over_by_its_owner_or_the_secretariat(office):
    (one, _), (two, _) = a_champion(office, "NAM"), a_champion(office, "ZAF")
    id_ = silent_states(office)["AGO"]
    take(office, id_, reader=eyes(office, one))
    seen = page(office, id_, eyes(office, two))
    assert (seen.heirs, seen.may_take, seen.is_mine) == ((), False, False)
    with pytest.raises(NotYours, match="its owner or the Secretariat can hand it over"):
        hand_over(office, id_, two, reader=eyes(office, two))
    seen = page(office, id_, eyes(office, one))
    assert ([heir.person for heir in seen.heirs], seen.is_mine) == ([two], True)


def test_an_answer_to_a_silence_says_that_it_files_an_exchange(office):
    silent = silent_states(office)
    vacant = next(e.follow_up.id for e in inbox(office).entries if e.follow_up.kind == "nobody")
    assert page(office, silent["AGO"]).files_exchange
    assert not page(office, vacant).files_exchange
    close(office, silent["AGO"], "done")
    assert not page(office, silent["AGO"]).files_exchange
