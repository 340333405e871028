"""Mail: carried by a real server on loopback, and what its answers make of a letter."""

from __future__ import annotations

import logging
import ssl
from base64 import b64encode
from urllib.parse import quote

import pytest

from notifications.carried import NoChannel, Rejected, Sent, TryAgain
from notifications.channels import MailChannel, NoMail, OutgoingLetter
from notifications.hosts import Hosts
from notifications.letters import Message
from notifications.turns import LetGo
from notifications.wires import MailServer
from pathways.grammar.refusals import remark
from tests.mailserver import Answer
from tests.notifications.neighbours import certificate, guarded_mail_server

ID = "0a1b" * 8
WORLD = Hosts(lambda _: ("93.184.216.34",))


def a_letter(to="champion@state.test", text="Philippines : entrée en vigueur — 批准.\n"):
    message = Message(subject="Accède : un avis", body_text=text, headers=(("X-Accede-Letter", ID),))
    return OutgoingLetter(id=ID, message=message, to=to)


def the_post(server, **said):
    fields = {"host": "127.0.0.1", "port": server.port, "security": "none", "sender": "Accede <desk@accede.test>"}
    return MailChannel(server=MailServer(**{**fields, "patience": 0.5, **said}))


def test_a_letter_arrives_as_it_was_written(mail_server):
    assert the_post(mail_server).carry(a_letter()) == Sent()
    [received] = mail_server.messages
    assert received.recipients == ("champion@state.test",)
    assert received.sender == "desk@accede.test"
    assert received.message["Subject"] == "Accède : un avis"
    assert received.text == "Philippines : entrée en vigueur — 批准.\n".rstrip() + "\n" * received.text.count("\n")
    assert received.message.get_content_type() == "text/plain"
    assert received.message["X-Accede-Letter"] == ID


def test_a_letter_says_that_no_person_wrote_it_so_that_no_machine_answers(mail_server):
    the_post(mail_server).carry(a_letter())
    assert mail_server.messages[0].message.get_all("Auto-Submitted") == ["auto-generated"]


def test_a_letter_keeps_its_message_id_over_all_tries_so_that_a_repeat_is_known_for_one(mail_server):
    mail_server.answers["champion@state.test"] = Answer.CLOSE_AFTER
    assert isinstance(the_post(mail_server).carry(a_letter()), TryAgain)
    del mail_server.answers["champion@state.test"]
    assert the_post(mail_server).carry(a_letter()) == Sent()
    assert [m.message.get_all("Message-ID") for m in mail_server.messages] == [[f"<{ID}@accede.test>"]] * 2


def test_nothing_tells_what_carried_it(mail_server):
    the_post(mail_server).carry(a_letter())
    assert "apprise" not in str(mail_server.messages[0].message).lower()


def test_a_letter_whose_turn_does_not_come_is_not_handed_over(mail_server):
    def turn():
        raise LetGo

    with pytest.raises(LetGo):
        the_post(mail_server).carry(a_letter(), turn)
    assert mail_server.messages == []


def test_its_turn_is_taken_only_when_the_server_is_ready_for_it(mail_server):
    mail_server.answers["champion@state.test"] = Answer.REFUSE
    turns = []
    assert isinstance(the_post(mail_server).carry(a_letter(), lambda: turns.append("taken")), Rejected)
    assert turns == []


@pytest.mark.parametrize(
    ("security", "implicit", "read"), [("none", False, 0), ("starttls", False, 1), ("tls", True, 1)]
)
def test_what_proves_a_server_is_read_once_for_all_letters(tmp_path, monkeypatch, security, implicit, read):
    """It is the machine's whole list of authorities: read for every letter, it costs more than the letter."""
    pem, reads = certificate(tmp_path), []
    real = ssl.create_default_context
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    monkeypatch.setattr(ssl, "create_default_context", lambda *a, **k: reads.append(1) or real(*a, **k))
    with guarded_mail_server(None if security == "none" else pem, implicit=implicit) as inbox:
        said = {"user": "u", "password": "p", "patience": 5}
        host = {} if security == "none" else {"host": "localhost"}
        channel = the_post(inbox, security=security, **host, **said)
        assert [channel.carry(a_letter()) for _ in range(3)] == [Sent()] * 3
    assert len(reads) == read


def test_a_letter_of_any_length_arrives_whole(mail_server):
    text = "".join(f"- line {n} of a long digest, with an accent: é\n" for n in range(5000))
    assert the_post(mail_server).carry(a_letter(text=text)) == Sent()
    assert mail_server.messages[0].text.rstrip() == text.rstrip()


@pytest.mark.parametrize(
    "address",
    [
        "o'neil+tag@example.org",
        "a%41b@example.org",
        "x/y?z=1&w@example.org",
        "A.B-c_d@sub.example.org",
        "n#1@localhost",
    ],
)
def test_it_goes_to_exactly_the_address_on_file(mail_server, address):
    assert the_post(mail_server).carry(a_letter(to=address)) == Sent()
    assert [letter.recipients for letter in mail_server.messages] == [(address,)]


@pytest.mark.parametrize(
    ("domain", "spelt"),
    [
        ("bücher.example", "xn--bcher-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),  # another domain than strasse.example, as it was until 2003
        ("وزارة.مثال", "xn--mgbexc3i.xn--mgbh0fb"),
    ],
)
def test_an_address_with_another_alphabet_in_its_domain_is_written_as_the_wire_spells_it(mail_server, domain, spelt):
    assert the_post(mail_server).carry(a_letter(to=f"x@{domain}")) == Sent()
    assert mail_server.messages[0].recipients == (f"x@{spelt}",)


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@b@c.test", "a@b.test,c@d.test", "a@b.test c@d.test", "Name <a@b.test>",
     "a@b.test\r\nBcc: c@d.test", "ä@b.test", "a@", "@b.test"],
)  # fmt: skip
def test_what_is_no_single_address_gets_nothing(mail_server, address):
    assert isinstance(the_post(mail_server).carry(a_letter(to=address)), Rejected)
    assert mail_server.messages == []


def test_a_recipient_refused_for_good_is_refused_with_the_servers_words(mail_server):
    mail_server.answers["champion@state.test"] = Answer.REFUSE
    assert the_post(mail_server).carry(a_letter()) == Rejected("550 no such mailbox here")


def test_a_busy_server_is_tried_again_with_its_words(mail_server):
    mail_server.answers["champion@state.test"] = Answer.LATER
    assert the_post(mail_server).carry(a_letter()) == TryAgain("450 mailbox busy, try again later")


@pytest.mark.parametrize("answer", [Answer.CLOSE, Answer.CLOSE_AFTER, Answer.HANG])
def test_a_connection_that_breaks_is_tried_again(mail_server, answer):
    mail_server.answers["champion@state.test"] = answer
    outcome = the_post(mail_server).carry(a_letter())
    assert isinstance(outcome, TryAgain)
    assert "Connection unexpectedly closed" in outcome.reason


def test_a_server_that_is_away_is_tried_again(mail_server):
    class Away:
        port = 1

    assert the_post(Away()).carry(a_letter()) == TryAgain("[Errno 111] Connection refused")


def test_a_name_that_is_not_known_today_may_be_tomorrow():
    server = MailServer(host="mail.example.org", port=25, security="tls", sender="a@b.test")
    assert isinstance(MailChannel(server=server, hosts=Hosts(lambda _: ())).carry(a_letter()), TryAgain)


def test_mail_in_clear_stays_on_this_machine():
    server = MailServer(host="mail.example.org", port=25, security="none", sender="a@b.test")
    assert isinstance(MailChannel(server=server, hosts=WORLD).carry(a_letter()), Rejected)


def test_a_training_record_mails_to_this_machine_alone(mail_server):
    away = MailServer(host="mail.example.org", port=25, security="tls", sender="a@b.test")
    outcome = MailChannel(server=away, training=True, hosts=WORLD).carry(a_letter())
    assert isinstance(outcome, Rejected)
    assert "not this machine" in outcome.reason
    here = MailChannel(server=the_post(mail_server).server, training=True)
    assert here.carry(a_letter()) == Sent()


@pytest.mark.parametrize(("security", "implicit"), [("tls", True), ("starttls", False)])
def test_a_password_travels_inside_tls(tmp_path, monkeypatch, security, implicit):
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with guarded_mail_server(pem, implicit=implicit) as inbox:
        channel = the_post(
            inbox, host="localhost", security=security, user="desk@accede.test", password="p@ss w/o%41:?#&+", patience=5
        )
        assert channel.carry(a_letter()) == Sent()
    assert len(inbox.subjects) == 1
    assert inbox.logins == [("desk@accede.test", "p@ss w/o%41:?#&+")]


@pytest.mark.parametrize("offered", [set(), {"PLAIN"}, {"LOGIN"}])
def test_a_password_beyond_ascii_is_sent_in_utf_8(offered):
    with guarded_mail_server(None, without={"PLAIN", "LOGIN"} - offered if offered else set()) as inbox:
        assert the_post(inbox, user="bureau-é", password="påss 密").carry(a_letter()) == Sent()
    assert inbox.logins == [("bureau-é", "påss 密")]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_and_inside_tls_too(tmp_path, monkeypatch, security):
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with guarded_mail_server(pem, implicit=security == "tls") as inbox:
        channel = the_post(inbox, host="localhost", security=security, user="bureau", password="påss", patience=5)
        assert channel.carry(a_letter()) == Sent()
    assert inbox.logins == [("bureau", "påss")]


@pytest.mark.parametrize(("security", "implicit"), [("tls", True), ("starttls", False)])
def test_a_mail_server_nobody_vouches_for_gets_neither_letter_nor_password(tmp_path, security, implicit):
    with guarded_mail_server(certificate(tmp_path), implicit=implicit) as inbox:
        channel = the_post(inbox, host="localhost", security=security, user="u", password="secret", patience=5)
        outcome = channel.carry(a_letter())
    assert isinstance(outcome, TryAgain)
    assert "certificate" in outcome.reason.lower()
    assert (inbox.subjects, inbox.logins) == ([], [])


def test_a_server_that_offers_no_tls_gets_no_letter(mail_server):
    outcome = the_post(mail_server, security="starttls").carry(a_letter())
    assert isinstance(outcome, TryAgain)
    assert "STARTTLS" in outcome.reason
    assert mail_server.messages == []


def test_a_wrong_password_kills_no_letter_and_is_not_repeated_to_anybody(caplog):
    caplog.set_level(logging.DEBUG)
    with guarded_mail_server(None, accepts=False) as inbox:
        outcome = the_post(inbox, user="desk", password="s3cret-w0rd").carry(a_letter())
    assert isinstance(outcome, TryAgain)
    assert outcome.reason.startswith("535 ")
    assert "s3cret" not in outcome.reason + caplog.text
    assert "champion@state.test" not in caplog.text


def test_a_server_that_repeats_a_password_lets_nobody_read_it():
    secret = "s3cret w0rd"
    repeated = (secret, quote(secret, safe=""), b64encode(f"\0desk\0{secret}".encode()).decode())
    with guarded_mail_server(None, accepts=False, says=f"535 not {' nor '.join(repeated)}") as inbox:
        outcome = the_post(inbox, user="desk", password=secret).carry(a_letter())
    assert outcome == TryAgain("535 not … nor … nor …")


def test_a_channel_written_wrongly_kills_no_letter(mail_server):
    outcome = the_post(mail_server, sender="nobody").carry(a_letter())
    assert isinstance(outcome, TryAgain)
    assert outcome.reason.startswith("The channel cannot be used")


def test_nothing_that_holds_a_password_shows_it():
    assert "s3cret" not in repr(MailServer(host="h", port=1, security="tls", sender="a@b.c", password="s3cret"))


def test_without_a_mail_server_there_is_no_channel():
    outcome = NoMail().carry(a_letter())
    assert isinstance(outcome, NoChannel)
    assert outcome.reason == remark("no_mail_server")
