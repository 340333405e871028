"""Ways out: an office's room instead of mail, and a training record that stays on this machine."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.letters import administration
from casework.letters.posting import Posted, post
from models.people import people
from notifications.offices import BadChannel
from pathways.grammar.clearance import OPERATOR
from tests.builders import AN_HOUR, clock_of, days_pass
from tests.casework.letters.at_the_post import a_notice, a_person, a_workspace_with_mail, states
from tests.notifications.neighbours import web_server


@pytest.fixture
def make(tmp_path, record_as, mail_server):
    opened = []

    def workspace(*, training=None, **said):
        url = record_as(training=training, empty=True)
        opened.append(a_workspace_with_mail(tmp_path, url, mail_server, **said))
        return opened[-1]

    yield workspace
    for made in opened:
        made.close()


def test_an_office_with_a_room_gets_its_letters_there(make, mail_server):
    with web_server() as web:
        room = {"kind": "webhook", "serves": "secretariat", "host": "127.0.0.1", "port": web.port, "tls": False}
        workspace = make(offices={"room": {**room, "allow_private": True}})
        a_notice(workspace, a_person(workspace, "Secretariat", role="secretariat", mail=False), role="secretariat")
        assert post(workspace, run="test") == Posted(sent=1)
        assert "A State: nothing has been heard" in web.posted[0].body["message"]
    assert mail_server.messages == []


def test_a_room_written_wrongly_stops_the_post_with_every_fault_named(make):
    workspace = make(offices={"a": {"kind": "syslog"}, "b": {"kind": "slack", "serves": "x"}})
    a_notice(workspace, a_person(workspace, "Champion"))
    with pytest.raises(BadChannel) as refused:
        post(workspace, run="test")
    assert "offices.a:" in str(refused.value)
    assert "offices.b:" in str(refused.value)
    assert states(workspace) == ["waiting"]


def test_a_training_record_says_so_and_its_digests_follow_its_clock(make, mail_server):
    workspace = make(training="2022-06-21")
    person = a_person(workspace, "Champion")
    with workspace.registry() as connection:
        people.add(connection, "hold", mandate_id=1, person_id=person, starts_on=date(2022, 1, 1))
        connection.exec_driver_sql("UPDATE mandate SET starts_on = '2022-01-01'")
    a_notice(workspace, person, "today")
    assert post(workspace, run="test") == Posted(sent=1)
    assert mail_server.messages[0].text.startswith("Training record, 21 June 2022\n")
    a_notice(workspace, person, "later")
    clock_of(workspace).hour += timedelta(days=2)
    assert post(workspace, run="test") == Posted(), "tomorrow's digest waits for the record's day"
    days_pass(workspace, "2022-06-22")
    assert post(workspace, run="test") == Posted(sent=1)


def test_a_training_record_writes_to_this_machine_alone(make):
    workspace = make(training="2022-06-21", smtp_host="192.0.2.1", smtp_security="tls")
    with workspace.registry() as connection:
        person = people.add(connection, "person", name="X", language="en", created_at=AN_HOUR)
        people.add(connection, "channel", person_id=person, kind="email", address="x@x.test", vouched_by="operator")
    a_notice(workspace, person, kind="link", occasion="sign_in", role="", state=None)
    assert post(workspace, run="test") == Posted(dead=1)
    assert "not this machine" in str(administration.list_letters(workspace, reader=OPERATOR)[0].reason)
