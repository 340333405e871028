"""Offices: rooms named in typed fields, each kind tried against a real web server where its host can be ours."""

from __future__ import annotations

import os
from dataclasses import replace

import apprise
import pytest

from notifications.carried import Rejected, Sent, TryAgain
from notifications.channels import OfficeChannel, OutgoingLetter
from notifications.hosts import Hosts
from notifications.letters import Message
from notifications.offices import BadChannel, Slack, office
from notifications.turns import LetGo
from tests.notifications.neighbours import certificate, web_server

ID = "0a1b" * 8
LETTER = OutgoingLetter(
    id=ID,
    message=Message(
        subject="Accede: a notice of 21 June 2022",
        body_text="A State of your region: something *new* <b>&amp; true</b>\n\nhttps://accede.example/l/x\n",
        headers=(),
    ),
)


@pytest.fixture
def web():
    with web_server() as server:
        yield server


def here(kind, web, **given):
    written = {"kind": kind, "serves": "Secretariat", "host": "127.0.0.1", "port": web.port, "tls": False, **given}
    return OfficeChannel(office=office("secretariat", {**written, "allow_private": True}))


def here_with_tls(kind, web, **given):
    written = {"kind": kind, "serves": "Secretariat", "host": "localhost", "port": web.port, **given}
    return OfficeChannel(office=office("secretariat", {**written, "allow_private": True}))


def test_a_letter_whose_turn_does_not_come_is_not_posted(web):
    def turn():
        raise LetGo

    with pytest.raises(LetGo):
        here("webhook", web).carry(LETTER, turn)
    assert web.posted == []


@pytest.fixture
def proxy(monkeypatch):
    """A proxy that the operator's shell names for everything; what reaches it has left this machine."""
    with web_server() as server:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{server.port}")
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.setenv(name, "chat.example.org")
        yield server


def test_a_room_on_this_machine_is_never_reached_through_a_proxy(web, proxy):
    channel = replace(here("webhook", web), training=True)
    assert channel.carry(LETTER) == Sent()
    assert (len(web.posted), len(proxy.posted)) == (1, 0)
    assert os.environ["NO_PROXY"].split(",")[0] == "chat.example.org"


def test_a_room_elsewhere_is_reached_through_the_operator_s_proxy(web, proxy):
    far = replace(here("webhook", web).office, host="room.example.org", port=80)
    carried = OfficeChannel(office=far, hosts=Hosts(lambda _: ("192.0.2.7",))).carry(LETTER)
    assert (carried, len(proxy.posted)) == (Sent(), 1)


def test_mattermost_gets_the_letter_on_its_hook(web):
    assert here("mattermost", web, token="tok3n", channel="universalization").carry(LETTER) == Sent()
    [posted] = web.posted
    assert posted.path == "/hooks/tok3n"
    assert posted.body["channel"] == "universalization"
    assert "something *new* <b>&amp; true</b>" in posted.body["text"]
    assert "https://accede.example/l/x" in posted.body["text"]


def test_ntfy_gets_the_letter_on_its_topic(web):
    assert here("ntfy", web, topic="accede-champions", token="tk_secret").carry(LETTER) == Sent()
    [posted] = web.posted
    assert posted.body["topic"] == "accede-champions"
    assert posted.body["title"] == LETTER.message.subject
    assert posted.headers["Authorization"] == "Bearer tk_secret"


def test_a_program_gets_json_with_the_letters_id_in_its_headers(web):
    channel = here("webhook", web, path="in/accede?x=1#y", user="us er", password="p@ss:/%41")
    assert channel.carry(LETTER) == Sent()
    [posted] = web.posted
    assert posted.path == "/in/accede%3Fx=1%23y"
    assert posted.headers["X-Accede-Letter"] == ID
    assert posted.headers["User-Agent"] == "Accede"
    assert posted.headers["Authorization"] == "Basic dXMgZXI6cEBzczovJTQx"
    assert posted.body["message"] == LETTER.message.body_text.rstrip()
    assert "pprise" not in str(posted)


def test_teams_gets_the_letter_on_its_workflow_over_tls(tmp_path, monkeypatch):
    pem = certificate(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(pem))
    with web_server(tls=pem) as web:
        assert here_with_tls("teams", web, workflow="w0rkfl0w", signature="s1gn_-").carry(LETTER) == Sent()
    [posted] = web.posted
    assert posted.path.startswith("/workflows/w0rkfl0w/triggers/manual/paths/invoke?")
    assert "sig=s1gn_-" in posted.path
    assert "something *new*" in str(posted.body)


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(tmp_path):
    with web_server(tls=certificate(tmp_path)) as web:
        outcome = here_with_tls("webhook", web).carry(LETTER)
        assert isinstance(outcome, TryAgain)
        assert "certificate" in outcome.reason
        assert web.posted == []


def test_slack_is_read_as_its_three_parts():
    slack = office("secretariat", {"kind": "slack", "serves": "Secretariat", "token": "T1JJ3T3L2/A1BRTD4JD/TIiajkdnl"})
    read = apprise.Apprise.instantiate(slack.url(letter=ID))
    assert (read.token_a, read.token_b, read.token_c) == ("T1JJ3T3L2", "A1BRTD4JD", "TIiajkdnl")
    assert not read.redirects
    assert slack.host == "hooks.slack.com"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413])
def test_a_webhook_that_says_no_refuses_for_good(web, status):
    web.status, web.says = status, b"no"
    assert isinstance(here("webhook", web).carry(LETTER), Rejected)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
@pytest.mark.parametrize("kind", ["webhook", "mattermost", "ntfy"])
def test_a_webhook_that_is_busy_is_tried_again(web, status, kind):
    web.status, web.says = status, b"{}"
    needs = {"mattermost": {"token": "t"}, "ntfy": {"topic": "t"}, "webhook": {}}[kind]
    outcome = here(kind, web, **needs).carry(LETTER)
    assert isinstance(outcome, TryAgain)
    assert str(status) in outcome.reason


def test_an_exception_that_was_there_before_is_not_taken_for_the_servers(web):
    web.status = 404
    try:
        raise ValueError("of somebody else")
    except ValueError:
        assert isinstance(here("webhook", web).carry(LETTER), Rejected)


def test_a_redirect_is_not_followed(web):
    with web_server() as other:
        web.status, web.location = 307, f"http://127.0.0.1:{other.port}/elsewhere"
        assert isinstance(here("webhook", web).carry(LETTER), Rejected)
        assert other.posted == []


def test_a_closed_door_is_tried_again_and_the_reason_shows_no_secret(web):
    channel = here("mattermost", web, token="tok3n-s3cret")
    web.status, web.says = 503, b"tok3n-s3cret"
    outcome = channel.carry(LETTER)
    assert isinstance(outcome, TryAgain)
    assert "tok3n" not in outcome.reason
    assert "tok3n" not in repr(channel)


def test_a_private_host_needs_the_operators_word(web):
    unsaid = office(
        "x", {"kind": "webhook", "serves": "Secretariat", "host": "127.0.0.1", "port": web.port, "tls": False}
    )
    outcome = OfficeChannel(office=unsaid).carry(LETTER)
    assert isinstance(outcome, Rejected)
    assert "allow_private" in outcome.reason
    assert web.posted == []


def test_a_training_record_posts_to_this_machine_alone(web):
    mine = office(
        "x", {"kind": "webhook", "serves": "Secretariat", "host": "127.0.0.1", "port": web.port, "tls": False}
    )
    assert OfficeChannel(office=mine, training=True).carry(LETTER) == Sent()
    world = OfficeChannel(
        office=office(
            "x", {"kind": "webhook", "serves": "Secretariat", "host": "chat.example.org", "allow_private": True}
        ),
        training=True,
        hosts=Hosts(lambda _: ("93.184.216.34",)),
    )
    assert isinstance(world.carry(LETTER), Rejected)
    slack = OfficeChannel(
        office=Slack(serves="Secretariat", token="a/b/c"), training=True, hosts=Hosts(lambda _: ("93.184.216.34",))
    )
    assert isinstance(slack.carry(LETTER), Rejected)


def test_nothing_travels_in_clear_to_another_machine():
    clear = office("x", {"kind": "webhook", "serves": "Secretariat", "host": "chat.example.org", "tls": False})
    outcome = OfficeChannel(office=clear, hosts=Hosts(lambda _: ("93.184.216.34",))).carry(LETTER)
    assert isinstance(outcome, Rejected)
    assert "in clear" in outcome.reason


@pytest.mark.parametrize("kind", ["syslog", "mailto", "dbus", "", "json"])
def test_a_kind_that_is_not_on_the_list_is_refused(kind):
    with pytest.raises(BadChannel, match="kind is one of mattermost, slack, teams, ntfy, webhook"):
        office("x", {"kind": kind, "serves": "Secretariat", "host": "example.org"})


@pytest.mark.parametrize("host", ["user:pw@example.org", "example.org/path", "http://example.org", "a b"])
def test_a_host_is_only_a_host(host):
    with pytest.raises(BadChannel, match="is no host"):
        office("x", {"kind": "webhook", "serves": "Secretariat", "host": host})


def test_every_fault_is_named_at_once():
    with pytest.raises(BadChannel) as refused:
        office("x", {"kind": "mattermost", "url": "https://x", "port": "443"})
    said = str(refused.value)
    for fault in ("“url” is no field", "serves is missing", "host is missing", "token is missing", "port is to be int"):
        assert f"offices.x: {fault}" in said


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"kind": "slack", "token": "a/b"}, "three parts"),
        ({"kind": "slack", "token": "a/b/c", "host": "example.org"}, "its own"),
        ({"kind": "webhook", "host": "example.org", "port": 70000}, "from 1 to 65535"),
        ({"kind": "teams", "host": "example.org", "workflow": "w", "signature": "s", "tls": False}, "only with TLS"),
    ],
)
def test_what_cannot_work_is_refused_when_it_is_read(given, fault):
    with pytest.raises(BadChannel, match=fault):
        office("x", {"serves": "Secretariat", **given})
