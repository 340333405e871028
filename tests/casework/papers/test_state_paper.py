"""The brief on one State: in what its bearer may read; to whom may know nothing it looks as if there were nothing."""

from dataclasses import replace
from datetime import date

import pytest

from casework.papers.kinds import Asked, NotMade, PaperKind, Version
from casework.papers.making import make_paper, written_as
from pathways.grammar.clearance import Sensitivity
from tests.casework.meetings.meeting_days import CHAIR, CHAMPION, CLOSED, ELSEWHERE, SECRETARIAT, check, take

ASKED = Asked(kind=PaperKind.STATE, treaty="att", state="COM")


def the_paper(record, reader=SECRETARIAT, **asked):
    return make_paper(record, replace(ASKED, **asked), reader=reader)


def text_of(paper):
    return written_as(paper, "md").decode()


def test_it_has_status_promise_next_step_and_who_was_heard_last(record):
    take(record, "Comoros", "promise", "Will ratify.", condition="conditions are met")
    check(record)
    said = text_of(the_paper(record))
    assert "# Brief: Comoros" in said
    assert "has signed and not deposited. Signature: 26 September 2013." in said
    assert "15 February 2023, Intentions: Will ratify. Condition: conditions are met." in said
    assert "Next step" in said
    assert "was last heard on 15 February 2023" in said


def test_every_page_says_who_may_hold_it_and_there_is_no_open_one(record):
    assert "and by nobody else." in the_paper(record).foot
    with pytest.raises(NotMade):
        the_paper(record, version=Version.OPEN)
    with pytest.raises(NotMade):
        the_paper(record, state=None)


def test_to_whom_may_not_know_it_looks_as_if_there_were_nothing(record):
    before = the_paper(record, ELSEWHERE)
    take(record, "Comoros", "obstacle", "No money.", meeting=CLOSED, on="2024-05-16")
    take(record, "Comoros", "obstacle", "A quarrel.", sensitivity=Sensitivity.CONFIDENTIAL)
    check(record)
    check(record, meeting=CLOSED)
    assert the_paper(record, ELSEWHERE) == before
    assert "Next step" not in text_of(before)
    assert "No money" in text_of(the_paper(record, CHAMPION))
    assert "A quarrel" not in text_of(the_paper(record, CHAMPION))
    assert "A quarrel" in text_of(the_paper(record, SECRETARIAT))


def test_as_of_a_day_it_says_what_was_so_then_and_twice_the_same(record):
    paper = the_paper(record, CHAIR, state="PHL", on=date(2022, 4, 1), known=record.today())
    assert "is not yet bound" in text_of(paper)
    assert "Deposit: 24 March 2022." in text_of(paper)
    again = the_paper(record, CHAIR, state="PHL", on=date(2022, 4, 1), known=record.today())
    for one in ("docx", "pdf", "md"):
        assert written_as(paper, one) == written_as(again, one)


@pytest.mark.parametrize("language", ["fr", "es"])
def test_it_is_said_in_each_language(record, language):
    assert "Comor" in text_of(the_paper(record, language=language))
