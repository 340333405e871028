"""The mail server of the tests speaks SMTP and answers as it is told."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

import pytest

from tests.mailserver import Answer


def send(server, *recipients, timeout=5):
    letter = EmailMessage()
    letter["From"], letter["To"], letter["X-Accede-Letter"] = "desk@accede.test", ", ".join(recipients), "a1"
    letter["Subject"] = "Réunion à Genève"
    letter.set_content("Un État a déposé.\n")
    with smtplib.SMTP(server.host, server.port, timeout=timeout) as smtp:
        return smtp.send_message(letter)


def test_a_letter_is_kept_as_it_came(mail_server):
    send(mail_server, "champion@state.test", "other@state.test")
    [letter] = mail_server.messages
    assert letter.sender == "desk@accede.test"
    assert letter.recipients == ("champion@state.test", "other@state.test")
    assert letter.message["Subject"] == "Réunion à Genève"
    assert letter.message["X-Accede-Letter"] == "a1"
    assert letter.text == "Un État a déposé.\n"
    assert mail_server.to("other@state.test") == [letter]
    assert mail_server.to("nobody@state.test") == []


@pytest.mark.parametrize(("answer", "code"), [(Answer.LATER, 450), (Answer.REFUSE, 550)])
def test_one_recipient_is_refused_and_the_others_are_not(mail_server, answer, code):
    mail_server.answers["bad@state.test"] = answer
    refused = send(mail_server, "bad@state.test", "good@state.test")
    assert refused["bad@state.test"][0] == code
    assert [letter.recipients for letter in mail_server.messages] == [("good@state.test",)]


def test_an_answer_may_change_between_two_letters(mail_server):
    mail_server.answers["busy@state.test"] = Answer.LATER
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(mail_server, "busy@state.test")
    del mail_server.answers["busy@state.test"]
    assert send(mail_server, "busy@state.test") == {}
    assert len(mail_server.to("busy@state.test")) == 1


def test_a_connection_that_closes_leaves_no_letter(mail_server):
    mail_server.answers["gone@state.test"] = Answer.CLOSE
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(mail_server, "gone@state.test")
    assert mail_server.messages == []


def test_a_receipt_that_is_lost_leaves_a_letter(mail_server):
    mail_server.answers["lost@state.test"] = Answer.CLOSE_AFTER
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(mail_server, "lost@state.test")
    assert len(mail_server.to("lost@state.test")) == 1


def test_a_server_that_hangs_is_waited_for_no_longer_than_the_sender_wants(mail_server):
    mail_server.answers["silent@state.test"] = Answer.HANG
    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        send(mail_server, "silent@state.test", timeout=0.2)
    assert mail_server.messages == []


def test_a_server_that_hangs_answers_once_it_is_told_to(mail_server):
    mail_server.otherwise = Answer.HANG
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(send, mail_server, "patient@state.test")
        while not mail_server.visits:
            pass
        assert not sent.done()
        mail_server.otherwise = Answer.ACCEPT
        assert sent.result() == {}
    assert len(mail_server.to("patient@state.test")) == 1


def test_a_greylist_takes_a_letter_to_whoever_it_has_met(mail_server):
    mail_server.otherwise = Answer.GREYLIST
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(mail_server, "new@state.test")
    assert send(mail_server, "new@state.test") == {}


def test_a_letter_that_was_taken_without_a_word_is_counted(mail_server):
    mail_server.otherwise = Answer.CLOSE_AFTER
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(mail_server, "lost@state.test")
    assert mail_server.unsaid == mail_server.messages != []


def test_whoever_comes_while_it_is_shut_is_sent_away(mail_server):
    mail_server.is_shut = True
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionResetError)):
        send(mail_server, "early@state.test")
    mail_server.is_shut = False
    assert send(mail_server, "early@state.test") == {}
    assert (mail_server.visits, len(mail_server.messages)) == (2, 1)
