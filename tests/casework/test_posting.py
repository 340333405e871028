"""Posting, end to end: from the shelf to a real mail server, and to the Secretariat's list where it does not arrive."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework import correspondence
from casework.correspondence import NotPossible
from casework.posting import Posted, post
from casework.rights import NotOnFile, NotYours
from models import follow_ups, people, shelf
from models.shelf import NewNotice
from notifications.offices import BadChannel
from notifications.outbox import PAUSES
from pathways.grammar.clearance import ANYONE
from tests.builders import AN_HOUR, an_office, clock_of, days_pass
from tests.mailserver import Answer
from tests.notifications.neighbours import web_server

TODAY = date(2026, 7, 24)
FAR = timedelta(days=400)


@pytest.fixture
def make(tmp_path, store_url, mail_server):
    offices = []

    def office(**said):
        mail = {"smtp_host": "127.0.0.1", "smtp_port": mail_server.port, "smtp_security": "none"}
        offices.append(an_office(tmp_path, store_url, **{"empty": True, **mail, **said}))
        return offices[-1]

    yield office
    for made in offices:
        made.close()


@pytest.fixture
def office(make):
    return make()


def a_person(office, name, *, role="champion", region="Africa", language="en", mail=True, vouched_by="operator"):
    with office.registry() as connection:
        person = people.add(connection, "person", name=name, language=language, created_at=AN_HOUR)
        if mail:
            address = f"{name.lower()}@x.test"
            people.add(connection, "channel", person_id=person, kind="email", address=address, vouched_by=vouched_by)
        if role:
            mandate = people.add(
                connection, "mandate", role=role, of="ZAF", of_state=True, treaty="att",
                scheme="att_region", region=region if role in ("champion", "coordinator") else "",
                starts_on=TODAY - FAR, ends_on=TODAY + FAR,
            )  # fmt: skip
            people.add(connection, "hold", mandate_id=mandate, person_id=person, starts_on=TODAY - FAR)
    return person


def a_notice(office, person, key="k", *, state="NAM", **said):
    defaults = {"kind": "chase", "occasion": "silence", "about": "legislation", "role": "champion", "treaty": "att"}
    with office.registry() as connection:
        notice = NewNotice(
            key=f"{key}:{person}",
            person_id=person,
            dossier_id=dossier_of(connection, state) if state else None,
            **{**defaults, **said},
        )
        now = office.clock.now()
        shelf.shelve(
            connection,
            [notice],
            now=now,
            today=office.today(),
            due_at=now,
            tomorrow_at=now + timedelta(days=1),
        )


def dossier_of(connection, state):
    from models import archive

    found = archive.record_of(connection, "att", state)
    assert found is not None
    return found.id


def the_list(office, prefix=""):
    with office.reading() as connection:
        return sorted(follow_ups.open_with_prefix(connection, prefix))


def states(office):
    return [letter.state for letter in correspondence.list_letters(office)]


def test_a_letter_goes_from_the_shelf_to_its_reader(office, mail_server):
    a_notice(office, a_person(office, "Champion", language="fr"))
    assert post(office, run="test") == Posted(sent=1)
    [received] = mail_server.to("champion@x.test")
    [letter] = correspondence.list_letters(office)
    assert received.message["X-Accede-Letter"] == letter.letter
    assert f"{office.settings.base_url}/l/{letter.letter}" in received.text
    assert "Un État de votre région : pas de nouvelles" in received.text
    assert (letter.name, letter.state, letter.attempts) == ("Champion", "sent", 1)
    assert post(office, run="test") == Posted()


def test_a_states_name_travels_only_when_the_matter_is_public(office, mail_server):
    person = a_person(office, "Champion", language="es")
    a_notice(office, person, "a")
    a_notice(office, person, "b", kind="news", occasion="step", about="deposited", is_public=True)
    a_notice(office, person, "c", kind="news", occasion="step", about="start_drafting", state="KEN")
    post(office, run="test")
    text = mail_server.messages[0].text
    assert "Namibia: instrumento depositado" in text
    assert "Un Estado de su región: hay novedades en el camino hacia el tratado." in text
    assert "Ken" not in text
    assert "draft" not in text


def test_a_mandate_that_ended_stops_letters_at_once(office, mail_server):
    a_notice(office, a_person(office, "Champion"))
    with office.registry() as connection:
        people.end_mandate(connection, 1, TODAY)
    assert post(office, run="test") == Posted()
    assert mail_server.messages == []
    [letter] = correspondence.list_letters(office)
    assert (letter.state, letter.reason) == ("given_up", "the mandate it was written for has ended")


def test_only_what_the_ended_mandate_reached_is_taken_out(office, mail_server):
    person = a_person(office, "Both", region="Africa")
    with office.registry() as connection:
        mandate = people.add(
            connection, "mandate", role="champion", of="JPN", of_state=True, treaty="att", scheme="att_region",
            region="Asia", starts_on=TODAY - FAR,
        )  # fmt: skip
        people.add(connection, "hold", mandate_id=mandate, person_id=person, starts_on=TODAY - FAR)
    a_notice(office, person, "africa", state="NAM", kind="news", occasion="step", about="signed", is_public=True)
    a_notice(office, person, "asia", state="THA", kind="news", occasion="step", about="signed", is_public=True)
    with office.registry() as connection:
        people.end_mandate(connection, 1, TODAY)
    assert post(office, run="test") == Posted(sent=1)
    assert "Thailand" in mail_server.messages[0].text
    assert "Namibia" not in mail_server.messages[0].text


def test_what_was_overtaken_in_mid_post_is_not_sent_after_a_crash(office, mail_server):
    """A worker died with the letter in hand; meanwhile its follow-up was closed."""
    a_follow_up(office, "k", closed_on=TODAY, outcome="done")
    a_notice(office, a_person(office, "Champion"), follow_up_key="k")
    assert post(office, run="test") == Posted()
    assert states(office) == ["given_up"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"mail": False}, "No address is on file for this person."),
        ({"vouched_by": None}, "Nobody has vouched for this person's address yet."),
    ],
)
def test_who_has_no_good_address_is_on_the_secretariats_list_once(office, mail_server, said, reason):
    person = a_person(office, "Champion", **said)
    a_person(office, "Secretariat", role="secretariat")
    for day in range(3):
        a_notice(office, person, f"k{day}")
        clock_of(office).hour += timedelta(days=1)
        post(office, run="test")
    letters = [letter for letter in correspondence.list_letters(office) if letter.name == "Champion"]
    assert [(letter.state, letter.reason) for letter in letters] == [("held", reason)] * 3
    assert len(the_list(office, f"unreachable:{person}:")) == 1
    assert len(mail_server.to("secretariat@x.test")) == 1
    assert mail_server.to("champion@x.test") == []


def test_a_dead_letter_is_on_the_secretariats_list_with_its_reason(office, mail_server):
    mail_server.answers["champion@x.test"] = Answer.REFUSE
    a_notice(office, a_person(office, "Champion"))
    a_person(office, "Secretariat", role="secretariat")
    assert post(office, run="test").dead == 1
    dead = next(letter for letter in correspondence.list_letters(office) if letter.state == "dead")
    assert dead.reason == "550 no such mailbox here"
    assert the_list(office, "letter_dead:") == [f"letter_dead:{dead.letter}"]
    post(office, run="test")
    [told] = mail_server.to("secretariat@x.test")
    assert "A letter was refused for good." in told.text


def test_when_the_secretariats_own_letters_die_they_do_not_breed(office, mail_server):
    mail_server.answers["secretariat@x.test"] = Answer.REFUSE
    a_notice(office, a_person(office, "Secretariat", role="secretariat"), role="secretariat")
    for _ in range(6):
        post(office, run="test")
        clock_of(office).hour += timedelta(days=1)
    assert len(correspondence.list_letters(office)) == 2
    assert len(the_list(office, "letter_dead:")) == 1


def test_a_busy_server_is_tried_again_after_its_pause(office, mail_server):
    mail_server.answers["champion@x.test"] = Answer.LATER
    a_notice(office, a_person(office, "Champion"))
    assert post(office, run="test") == Posted(again=1)
    assert post(office, run="test") == Posted()
    del mail_server.answers["champion@x.test"]
    clock_of(office).hour += PAUSES[0]
    assert post(office, run="test") == Posted(sent=1)
    [letter] = correspondence.list_letters(office)
    assert [t.outcome for t in correspondence.tries_of(office, letter.letter)] == ["again", "sent"]
    assert len({m.message["X-Accede-Letter"] for m in mail_server.messages}) == 1


def test_after_two_days_in_vain_it_is_dead(office, mail_server):
    mail_server.answers["champion@x.test"] = Answer.LATER
    a_notice(office, a_person(office, "Champion"))
    for pause in PAUSES:
        assert post(office, run="test").again == 1
        clock_of(office).hour += pause
    assert post(office, run="test").dead == 1


def test_without_a_mail_server_letters_are_held_and_the_lack_is_on_the_list_once(make):
    office = make(smtp_host=None)
    for name in ("One", "Two"):
        a_notice(office, a_person(office, name))
    assert post(office, run="test") == Posted(held=2)
    assert len(the_list(office, "no_mail_server:")) == 1


def test_a_letter_that_came_back_silences_its_address_until_it_is_good_again(office, mail_server):
    person = a_person(office, "Champion")
    a_notice(office, person)
    post(office, run="test")
    [letter] = correspondence.list_letters(office)
    correspondence.returned(office, letter.letter, reason="mailbox full")
    assert the_list(office, "letter_dead:") == [f"letter_dead:{letter.letter}"]
    clock_of(office).hour += timedelta(days=1)
    a_notice(office, person, "another")
    assert post(office, run="test") == Posted(held=1)
    assert correspondence.list_letters(office)[0].reason == "Letters to this person's address came back."
    assert len(mail_server.messages) == 1


def test_a_dead_letter_tried_again_leaves_the_list_and_returns_to_it_when_it_dies_again(office, mail_server):
    mail_server.answers["champion@x.test"] = Answer.REFUSE
    a_notice(office, a_person(office, "Champion"))
    post(office, run="test")
    [letter] = correspondence.list_letters(office)
    correspondence.retry(office, letter.letter)
    assert the_list(office, "letter_dead:") == []
    clock_of(office).hour += timedelta(days=1)
    assert post(office, run="test") == Posted(dead=1)
    assert len(the_list(office, "letter_dead:")) == 1
    correspondence.give_up(office, letter.letter, reason="the mission has closed")
    assert the_list(office, "letter_dead:") == []
    assert correspondence.list_letters(office)[0].reason == "the mission has closed"


def test_what_cannot_be_done_to_a_letter_is_refused_in_a_sentence(office):
    a_notice(office, a_person(office, "Champion"))
    post(office, run="test")
    [letter] = correspondence.list_letters(office)
    for refused in (correspondence.retry, correspondence.give_up):
        with pytest.raises(NotPossible, match="was sent"):
            refused(office, letter.letter)
    with pytest.raises(NotPossible, match="--reason"):
        correspondence.returned(office, letter.letter, reason=" ")
    with pytest.raises(NotOnFile, match="accede letters"):
        correspondence.retry(office, "nothing")
    with pytest.raises(NotYours):
        correspondence.list_letters(office, reader=ANYONE)


def test_a_letter_in_hand_is_left_alone(office):
    a_notice(office, a_person(office, "Champion"))
    [letter] = correspondence.list_letters(office)
    with office.registry() as connection:
        from models import outbox

        now = office.clock.now()
        outbox.claim(connection, now=now, today=TODAY, worker="another", until=now + timedelta(minutes=1), limit=1)
    with pytest.raises(NotPossible, match="being carried"):
        correspondence.give_up(office, letter.letter)
    assert post(office, run="test") == Posted()
    clock_of(office).hour += timedelta(minutes=1)
    assert post(office, run="test") == Posted(sent=1)


def test_after_a_letter_was_sent_the_next_rung_has_patience(office):
    a_follow_up(office, "k")
    a_notice(office, a_person(office, "Champion"), follow_up_key="k", rung=1)
    post(office, run="test")
    assert next_rung(office) == TODAY + timedelta(days=14)


def test_a_letter_that_is_held_passes_the_rung_on_at_once(office):
    a_follow_up(office, "k")
    a_notice(office, a_person(office, "Champion", mail=False), follow_up_key="k", rung=1)
    post(office, run="test")
    assert next_rung(office) == TODAY


def test_an_office_with_a_room_gets_its_letters_there(make, mail_server):
    with web_server() as web:
        room = {"kind": "webhook", "serves": "secretariat", "host": "127.0.0.1", "port": web.port, "tls": False}
        office = make(offices={"room": {**room, "allow_private": True}})
        a_notice(office, a_person(office, "Secretariat", role="secretariat", mail=False), role="secretariat")
        assert post(office, run="test") == Posted(sent=1)
        assert "A State: nothing has been heard" in web.posted[0].body["message"]
    assert mail_server.messages == []


def test_a_room_written_wrongly_stops_the_post_with_every_fault_named(make):
    office = make(offices={"a": {"kind": "syslog"}, "b": {"kind": "slack", "serves": "x"}})
    a_notice(office, a_person(office, "Champion"))
    with pytest.raises(BadChannel) as refused:
        post(office, run="test")
    assert "offices.a:" in str(refused.value)
    assert "offices.b:" in str(refused.value)
    assert states(office) == ["waiting"]


def test_a_training_record_says_so_and_its_digests_follow_its_clock(make, mail_server):
    office = make(training="2022-06-21")
    person = a_person(office, "Champion")
    with office.registry() as connection:
        people.add(connection, "hold", mandate_id=1, person_id=person, starts_on=date(2022, 1, 1))
        connection.exec_driver_sql("UPDATE mandate SET starts_on = '2022-01-01'")
    a_notice(office, person, "today")
    assert post(office, run="test") == Posted(sent=1)
    assert mail_server.messages[0].text.startswith("Training record, 21 June 2022\n")
    a_notice(office, person, "later")
    clock_of(office).hour += timedelta(days=2)
    assert post(office, run="test") == Posted(), "tomorrow's digest waits for the record's day"
    days_pass(office, "2022-06-22")
    assert post(office, run="test") == Posted(sent=1)


def test_a_training_record_writes_to_this_machine_alone(make):
    office = make(training="2022-06-21", smtp_host="192.0.2.1", smtp_security="tls")
    with office.registry() as connection:
        person = people.add(connection, "person", name="X", language="en", created_at=AN_HOUR)
        people.add(connection, "channel", person_id=person, kind="email", address="x@x.test", vouched_by="operator")
    a_notice(office, person, kind="link", occasion="sign_in", role="", state=None)
    assert post(office, run="test") == Posted(dead=1)
    assert "not this machine" in str(correspondence.list_letters(office)[0].reason)


def a_follow_up(office, key, **said):
    defaults = {
        "treaty": "att", "occasion": "silence", "about": "", "role": "secretariat", "region": "", "opened_on": TODAY,
        "due_on": TODAY, "rungs": "champion,coordinator,secretariat", "rung": 1, "patience": 14,
        "next_rung_on": None, "is_public": False, "dossier_id": None,
    }  # fmt: skip
    with office.registry() as connection:
        follow_ups.insert_new(connection, [{**defaults, "key": key, **said}])


def next_rung(office):
    with office.reading() as connection:
        value = connection.exec_driver_sql("SELECT next_rung_on FROM follow_up WHERE key = 'k'").scalar()
    return date.fromisoformat(value) if isinstance(value, str) else value
