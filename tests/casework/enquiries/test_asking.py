"""Every State that is not party is asked, reminded after three and six weeks, and passed on; once each, and kindly."""

import pytest
from sqlalchemy import text

from casework.core.rights import NotYours
from casework.depositary.intake import take_in
from casework.enquiries.rounds import NotOpened, carry_on_all, close_enquiry, open_enquiry
from casework.enquiries.standing import note_answered, set_mission
from casework.letters.posting import post
from casework.operations.sweep import sweep
from pathways.grammar.clearance import ANYONE, OPERATOR, Reader
from pathways.grammar.roles import Role
from tests.appointments import a_champion, a_person, the_secretariat
from tests.builders import a_day, clock_of
from tests.casework.enquiries.asked import a_contact, later, letters_leave, opened, stands, tasks, written
from tests.casework.letters.at_the_post import a_workspace_with_mail
from tests.sources.files import a_csv

REGIONS = ["Africa", "Americas", "Asia", "Europe", "Oceania"]


def test_every_state_that_is_not_party_is_asked_and_none_is_skipped_in_silence(record):
    the_secretariat(record)
    a_contact(record, "AGO")
    a_contact(record, "KHM")
    a_contact(record, "PHL", "Contact of a State Party")
    asked = opened(record)
    assert (asked.enquiry, asked.sent, asked.nobody) == ("att-2026-07-24", 2, 77)
    found = stands(record)
    assert (found.sent, found.answered, found.silent, found.never_answered, found.nobody) == (2, 0, 2, 2, 77)
    assert written(record, "enquiry") == [("AGO", "enquiry", 1, "2026-07-24"), ("KHM", "enquiry", 1, "2026-07-24")]
    assert [region for _, region, _, _ in tasks(record, "enquiry_nobody")] == REGIONS


def test_a_round_is_opened_by_the_secretariat_alone_and_one_at_a_time(record):
    for reader in (ANYONE, Reader.of("person:8", {Role.CHAIR: ()}), Reader.of("person:8", {Role.CONTACT: {"AGO"}})):
        with pytest.raises(NotYours):
            open_enquiry(record, until=a_day("2026-12-01"), treaty="att", reader=reader)
    with pytest.raises(NotOpened) as refused:
        open_enquiry(record, until=record.today(), treaty="att", reader=OPERATOR)
    assert [one.code for one in refused.value.refusals] == ["enquiry_closes_too_soon"]
    with pytest.raises(NotOpened) as refused:
        opened(record, days=400)
    assert [one.code for one in refused.value.refusals] == ["enquiry_closes_too_late"]
    opened(record)
    with pytest.raises(NotOpened) as refused:
        opened(record)
    assert [one.code for one in refused.value.refusals] == ["enquiry_is_open"]
    assert close_enquiry(record, treaty="att", reader=OPERATOR) == "att-2026-07-24"
    assert opened(record).enquiry == "att-2026-07-24-2"


def test_who_is_silent_is_reminded_after_three_weeks_and_after_six_and_then_the_champion_is_asked(record):
    the_secretariat(record)
    a_champion(record)
    a_contact(record, "AGO")
    a_contact(record, "KHM")
    opened(record)
    assert written(record) == written(record, "enquiry")
    later(record, 20)
    assert written(record, "enquiry_again") == []
    later(record, 1)
    assert written(record, "enquiry_again") == [(s, "enquiry_again", 2, "2026-08-14") for s in ("AGO", "KHM")]
    later(record, 21)
    assert [one for one in written(record, "enquiry_again") if one[0] == "AGO"] == [
        ("AGO", "enquiry_again", 2, "2026-08-14"),
        ("AGO", "enquiry_again", 3, "2026-09-04"),
    ]
    later(record, 20)
    assert tasks(record, "enquiry_silent") == []
    later(record, 1)
    assert tasks(record, "enquiry_silent") == [("AGO", "Africa", 1, "champion"), ("KHM", "Asia", 2, "secretariat")]
    assert [(s, day) for s, _, _, day in written(record, "enquiry_silent")] == [
        ("AGO", "2026-09-25"),
        ("KHM", "2026-09-25"),
    ]
    later(record, 60)
    assert len(written(record, "enquiry", "enquiry_again")) == 6


def test_what_the_champion_leaves_goes_on_to_the_secretariat(record):
    the_secretariat(record)
    a_champion(record)
    a_contact(record, "AGO")
    opened(record)
    later(record, 63)
    assert tasks(record, "enquiry_silent") == [("AGO", "Africa", 1, "champion")]
    post_day = record.today()
    with record.registry() as connection:  # as if the letter to the champion had left
        connection.execute(
            text("UPDATE follow_up SET next_rung_on = :day WHERE occasion = 'enquiry_silent'"), {"day": post_day}
        )
    sweep(record, "att", run="sweep")
    assert tasks(record, "enquiry_silent") == [("AGO", "Africa", 2, "champion")]


def test_deciding_twice_writes_once(record):
    a_contact(record, "AGO")
    opened(record)
    later(record, 21)
    before = written(record)
    assert carry_on_all(record).again == 0
    assert written(record) == before


def test_after_weeks_without_a_run_a_state_gets_one_reminder_and_not_two(record):
    a_contact(record, "AGO")
    opened(record)
    letters_leave(record)
    clock_of(record).stand_on("2026-10-30")
    assert carry_on_all(record).again == 1
    assert carry_on_all(record).again == 0
    later(record, 20)
    assert len(written(record, "enquiry_again")) == 1
    assert later(record, 1).again == 1


def test_a_letter_that_has_not_left_is_withdrawn_for_the_one_after_it(record):
    a_contact(record, "AGO")
    opened(record)
    post(record, run="post")  # no mail server: the letter is held
    clock_of(record).stand_on("2026-08-14")
    carry_on_all(record)
    assert written(record) == [("AGO", "enquiry", 2, "2026-08-14")]  # asked anew: nobody has read the first


def test_whoever_has_answered_is_left_in_peace(record):
    the_secretariat(record)
    a_contact(record, "AGO")
    a_contact(record, "KHM")
    opened(record)
    later(record, 10)
    assert note_answered(record, "AGO", treaty="att", reader=OPERATOR)
    assert not note_answered(record, "AGO", treaty="att", reader=OPERATOR)
    later(record, 60)
    assert [rung for state, _, rung, _ in written(record, "enquiry", "enquiry_again") if state == "AGO"] == [1]
    assert [state for state, *_ in tasks(record, "enquiry_silent")] == ["KHM"]
    found = stands(record)
    assert (found.sent, found.answered, found.silent, found.never_answered) == (2, 1, 1, 1)


def test_an_answer_that_comes_late_takes_the_matter_off_the_lists(record):
    the_secretariat(record)
    a_contact(record, "AGO")
    opened(record)
    later(record, 63)
    assert len(tasks(record, "enquiry_silent")) == 1
    note_answered(record, "AGO", treaty="att", reader=OPERATOR)
    assert tasks(record, "enquiry_silent") == []


def test_only_who_was_asked_can_have_answered(record):
    opened(record)
    with pytest.raises(NotOpened):
        note_answered(record, "PHL", treaty="att", reader=OPERATOR)


def test_a_state_that_joins_meanwhile_is_left_in_peace(record):
    a_contact(record, "AGO")
    opened(record)
    take_in(record, a_csv("AGO,Angola,2013-09-24,,2026-07-20,,Ratification,,"), treaty="att")
    later(record, 30)
    assert written(record, "enquiry_again") == []


def test_a_mission_is_written_to_where_there_is_no_contact_and_a_contact_before_it(record):
    mission = a_person(record, "Mission of Angola")
    set_mission(record, "AGO", "Mission of Angola", reader=OPERATOR)
    opened(record)
    with record.reading() as connection:
        query = text("SELECT n.person_id, n.role, a.way FROM notice n, asked_state a WHERE a.state = 'AGO'")
        assert connection.execute(query).all() == [(mission, "", "mission")]
    a_contact(record, "AGO")
    later(record, 21)
    with record.reading() as connection:
        assert connection.execute(text("SELECT way FROM asked_state WHERE state = 'AGO'")).scalar_one() == "contact"


def test_whoever_comes_on_file_later_is_written_to_then_and_the_list_gets_shorter(record):
    the_secretariat(record)
    opened(record)
    later(record, 10)
    for state in _asked_of(record, "Europe"):
        set_mission(record, state, a_person(record, f"Mission of {state}"), reader=OPERATOR)
    assert later(record, 1).first == 4
    assert {day for _, _, _, day in written(record, "enquiry")} == {"2026-08-04"}
    assert [region for _, region, _, _ in tasks(record, "enquiry_nobody")] == ["Africa", "Americas", "Asia", "Oceania"]


def _asked_of(record, region):
    query = text("SELECT a.state FROM asked_state a JOIN state s ON s.iso3 = a.state WHERE s.att_region = :region")
    with record.reading() as connection:
        return list(connection.execute(query, {"region": region}).scalars())


def test_a_round_closes_after_its_last_day_by_itself_and_withdraws_what_has_not_left(record):
    the_secretariat(record)
    a_contact(record, "AGO")
    opened(record, days=5)
    later(record, 5)
    assert stands(record).closed_on is None
    later(record, 1)
    assert str(stands(record).closed_on) == "2026-07-30"
    assert tasks(record, "enquiry_nobody") == []
    assert later(record, 60).again == 0
    assert opened(record).enquiry == "att-2026-09-28"


def test_whoever_never_answered_is_told_apart_from_who_answered_a_year_ago(record):
    a_contact(record, "AGO")
    a_contact(record, "KHM")
    opened(record)
    note_answered(record, "AGO", treaty="att", reader=OPERATOR)
    close_enquiry(record, treaty="att", reader=OPERATOR)
    clock_of(record).stand_on("2027-07-24")
    opened(record)
    found = stands(record)
    assert (found.sent, found.silent, found.never_answered) == (2, 2, 1)


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "By 21 December 2026."), ("fr", "21 décembre 2026"), ("es", "21 de diciembre de 2026")],
)
def test_a_letter_has_its_link_its_day_and_no_word_of_any_state(tmp_path, record_url, mail_server, language, says):
    workspace = a_workspace_with_mail(tmp_path, record_url, mail_server)
    person = a_contact(workspace, "AGO")
    with workspace.registry() as connection:
        connection.execute(text("UPDATE person SET language = :l WHERE id = :p"), {"l": language, "p": person})
    opened(workspace)
    assert post(workspace, run="post").sent == 1
    [received] = mail_server.to("contact.ago@mission.example")
    assert f"{workspace.settings.base_url}/r/" in received.text
    for word in ("Angola", "AGO", "signator", "not party", "partie", "parte en"):
        assert word not in received.text, word
    assert says in received.text
    token = received.text.split("/r/")[1].split()[0]
    with workspace.reading() as connection:
        [kept] = connection.execute(text("SELECT token_hash, enquiry_id, state FROM enquiry_link")).all()
    assert (kept.enquiry_id, kept.state) == ("att-2026-07-24", "AGO")
    assert token not in str(kept)
    workspace.close()


def test_closing_withdraws_what_has_not_left(record):
    a_contact(record, "AGO")
    opened(record)
    close_enquiry(record, treaty="att", reader=OPERATOR)
    assert written(record) == []
    with pytest.raises(NotOpened):
        close_enquiry(record, treaty="att", reader=OPERATOR)
