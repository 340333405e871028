"""Replies: an answer to the letter decides; trouble of the wire waits for its repair."""

from __future__ import annotations

import smtplib

import pytest

from notifications.carried import Rejected, TryAgain
from notifications.replies import from_exception, from_log, said


@pytest.mark.parametrize("code", [500, 550, 552, 553, 554])
def test_a_five_hundred_to_sender_recipient_or_text_is_final(code):
    for wrong in (
        smtplib.SMTPRecipientsRefused({"a@b.test": (code, b"no")}),
        smtplib.SMTPSenderRefused(code, b"no", "desk@accede.test"),
        smtplib.SMTPDataError(code, b"no"),
    ):
        assert from_exception(wrong, ()) == Rejected(f"{code} no")


@pytest.mark.parametrize("code", [421, 450, 451, 452])
def test_a_four_hundred_asks_for_patience(code):
    assert from_exception(smtplib.SMTPDataError(code, b"later"), ()) == TryAgain(f"{code} later")


def test_who_are_you_is_not_the_letters_fault():
    assert isinstance(from_exception(smtplib.SMTPSenderRefused(530, b"log in first", "x"), ()), TryAgain)
    assert isinstance(from_exception(smtplib.SMTPAuthenticationError(535, b"no"), ()), TryAgain)


def test_a_server_that_refuses_the_connection_refuses_no_letter():
    assert isinstance(from_exception(smtplib.SMTPConnectError(554, b"not today"), ()), TryAgain)


def test_a_log_that_says_nothing_is_tried_again():
    assert from_log([], ()) == TryAgain("The carrier failed and did not say why.")


def test_a_reason_is_one_short_line_without_secrets():
    words = "550 no\r\nuser desk@x.org pw hunter%202 HUNTER 2 mailto://desk:hunter 2@h " + "x" * 400
    told = said(words, ("hunter 2", "desk@x.org"))
    assert "hunter" not in told.lower()
    assert "desk@x.org" not in told
    assert "://" not in told
    assert "\n" not in told
    assert len(told) == 300
