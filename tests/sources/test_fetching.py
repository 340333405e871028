"""Fetching from the depositary, and from nowhere else."""

from __future__ import annotations

import io
from email.message import Message
from typing import IO
from urllib.error import URLError
from urllib.request import Request

import pytest

from sources.fetching import NotFetched, _SameHost, fetch, refuse_elsewhere
from sources.participation import TableRefused
from tests.sources.files import the_file_of

ADDRESS = "https://treaties.un.org/doc/Publication/MTDSG/Volume%20II/Chapter%20XXVI/XXVI-8.en.xml"


class Answers:
    """An opener that answers with what it was given, and notes what it was asked."""

    def __init__(self, answer: bytes | Exception) -> None:
        self.answer = answer
        self.asked: list[tuple[str, float]] = []

    def open(self, fullurl: Request, /, *, timeout: float) -> IO[bytes]:
        self.asked.append((fullurl.full_url, timeout))
        if isinstance(self.answer, Exception):
            raise self.answer
        return io.BytesIO(self.answer)


def test_the_file_arrives_as_the_depositary_sent_it():
    answers = Answers(the_file_of("2023-08-25"))
    assert fetch(ADDRESS, opener=answers, timeout=5) == the_file_of("2023-08-25")
    assert answers.asked == [(ADDRESS, 5)]


@pytest.mark.parametrize(
    "url",
    [
        "http://treaties.un.org/doc/x.xml",
        "https://treaties.un.org.example.org/doc/x.xml",
        "https://treaties.un.org:8443/x.xml",
        "https://user@treaties.un.org/x.xml",
        "https://127.0.0.1/x.xml",
        "file:///etc/hostname",
        "//treaties.un.org/x.xml",
        "https://[/x.xml",
        "",
    ],
)
def test_no_other_address_is_asked(url):
    answers = Answers(b"")
    with pytest.raises(NotFetched, match="fetched_elsewhere"):
        fetch(url, opener=answers)
    assert answers.asked == []


def test_a_redirection_does_not_lead_elsewhere():
    with pytest.raises(NotFetched):
        _SameHost().redirect_request(Request(ADDRESS), io.BytesIO(), 302, "Found", Message(), "http://127.0.0.1/secret")
    refuse_elsewhere(ADDRESS)


@pytest.mark.parametrize("failure", [URLError("no route to host"), TimeoutError("timed out"), OSError("reset")])
def test_what_does_not_arrive_is_said_in_a_sentence(failure):
    with pytest.raises(NotFetched, match="file_did_not_arrive"):
        fetch(ADDRESS, opener=Answers(failure))


def test_the_notice_of_maintenance_is_not_taken_for_the_file():
    notice = b"<html>The site requires urgent maintenance and is currently unavailable</html>"
    with pytest.raises(TableRefused, match="notice_of_maintenance"):
        fetch(ADDRESS, opener=Answers(notice))


def test_an_endless_answer_is_cut_off():
    with pytest.raises(TableRefused, match="table_too_large"):
        fetch(ADDRESS, opener=Answers(b"x" * 2_000), max_bytes=1_000)
