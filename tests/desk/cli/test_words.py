"""What people read on the command line is in words; a code stands only behind its words, where it is to be typed."""

import re

import pytest

from casework.follow_ups.failures import NOT_TAKEN_IN
from desk.cli.printed.matters import what
from desk.cli.printed.spoken import words_of
from desk.i18n.codes import WORDS
from pathways.grammar.agenda import OWN, Occasion

_CODE = re.compile(r"(?<![\w/(.])[a-z]+_[a-z_]+(?![\w)./])")
FACT = ("fact", "AGO", "contact_named", "--on", "2022-06-01", "--source", "note_verbale:NV 1")


@pytest.fixture
def worked(training):
    """A record in which one of each has happened."""
    for words in (
        ("mandate", "add", "coordinator", "South Africa", "--region", "Africa", "--from", "2022-01-01"),
        ("people", "add", "Ann", "--email", "ann@x.example"),
        ("people", "hold", "1", "1", "--from", "2022-01-01"),
        (*FACT, "--set", "ministry=Foreign_Affairs", "--set", "reached_by=role_mailbox"),
        ("step", "AGO", "start_drafting", "--on", "2022-06-02"),
        (
            "fact",
            "AGO",
            "paused",
            "--on",
            "2022-06-03",
            "--source",
            "note_verbale:NV 2",
            "--set",
            "review_on=2022-12-01",
        ),
        ("follow-up", "open", "AGO", "--on", "2022-07-01", "--about", "call_them", "--owner", "1"),
        ("sweep",),
        ("post",),
    ):
        assert training(*words).code == 0, words
    return training


@pytest.mark.parametrize(
    "words",
    [
        ("dossier", "AGO"),
        ("dossier", "PHL"),
        ("agenda", "--within", "400"),
        ("follow-up", "list"),
        ("letters",),
        ("mandate", "list"),
        ("people", "list"),
        ("status",),
    ],
    ids=" ".join,
)
def test_nothing_that_is_printed_for_people_is_a_code(worked, words):
    printed = worked(*words, COLUMNS="300").out
    assert set(_CODE.findall(printed)) <= {"call_them"}


def test_a_dossier_says_in_words_what_is_on_file_and_which_step_to_type(worked):
    printed = " ".join(worked("dossier", "AGO", COLUMNS="300").out.split())
    assert "contact named · the ministry or mission: Foreign_Affairs · reached by: mailbox of the office" in printed
    assert "step Drafting begun: interest → legislation" in printed
    assert "note verbale: NV 1" in printed
    assert "Standing paused by the State" in printed
    assert "Parliament approves, the executive deposits (T1, assumed)" in printed
    assert "Instrument ready for deposit (prepare_instrument)" in printed


def test_what_was_done_is_said_in_words(training):
    filed = training(*FACT, "--set", "ministry=Foreign Affairs")
    assert filed.out.startswith("On file for Angola (AGO): contact named of 2022-06-01, held as confidential")
    taken = training("step", "AGO", "start_drafting", "--on", "2022-06-02")
    assert taken.out == "Angola (AGO): interest → legislation, by the step “Drafting begun” of 2022-06-02.\n"


class Matter:
    """A matter as the lists have it."""

    def __init__(self, kind, about="", words=None):
        self.kind, self.about, self.words = kind, about, words


@pytest.mark.parametrize(
    ("matter", "said"),
    [
        (Matter(OWN, words="call the mission"), "call the mission"),
        (Matter(OWN), "follow-up opened by a person"),
        (Matter(Occasion.READY, "prepare_instrument"), "ready to advance: Instrument ready for deposit"),
        (Matter(Occasion.SILENCE, "deposit"), "nothing heard: deposit"),
        (Matter(Occasion.CONTRADICTION, "deposit"), "contradiction to settle: deposit of the instrument"),
        (Matter(Occasion.DATE_PASSED, "annual report 2025"), "a date has passed: annual report 2025"),
        (Matter("no_mail_server", "mail server"), "no mail server"),
        (Matter(NOT_TAKEN_IN, "att_status.xml"), "file not taken in: att_status.xml"),
    ],
    ids=lambda given: given if isinstance(given, str) else given.kind,
)
def test_what_a_matter_asks_is_said_in_the_words_of_the_desk(matter, said):
    assert what(matter, str, words_of("att")) == said


def test_every_occasion_has_its_words():
    assert {*Occasion} | {OWN, "no_mail_server", NOT_TAKEN_IN} <= WORDS.keys()
