"""The continuity pack: what is open for whoever takes over, in what its bearer may read."""

from dataclasses import replace
from datetime import date

import pytest

from casework.core.as_of import UnknownRegion
from casework.papers.kinds import Asked, NotMade, PaperKind, Version
from casework.papers.making import make_paper, written_as
from pathways.grammar.clearance import OPERATOR, Sensitivity
from tests.appointments import a_champion
from tests.casework.meetings.meeting_days import CHAIR, CHAMPION, CLOSED, ELSEWHERE, SECRETARIAT, check, take

ASKED = Asked(kind=PaperKind.CONTINUITY, treaty="att")
AFTER = date(2024, 7, 1)  # between the Conferences of 2023 and 2024
SECTIONS = ("Open promises", "What comes next", "Open follow-ups", "What happened", "Meetings ahead", "People")


def the_paper(record, reader=SECRETARIAT, **asked):
    return make_paper(record, replace(ASKED, **asked), reader=reader)


def text_of(paper):
    return written_as(paper, "md").decode().replace("\\", "")  # brackets are escaped there


def test_it_has_what_is_open_and_a_line_for_every_state_that_is_not_party(record):
    take(record, "Comoros", "promise", "Will ratify.", condition="conditions are met")
    check(record)
    paper = the_paper(record)
    said = text_of(paper)
    assert [name for name in SECTIONS if name not in said] == []
    assert "| Comoros | 15 February 2023 | Will ratify. Condition: conditions are met. |" in said
    [steps] = [table for table in paper.tables() if "next step" in table.caption]
    assert len(steps.rows) == 80  # the 79 that are outside, and Ecuador, which has deposited and is not yet bound


def test_what_happened_since_the_last_conference_stands_in_it_with_how_it_is_held(record):
    take(record, "Comoros", "obstacle", "No money.", meeting=CLOSED, on="2024-05-16")
    check(record, meeting=CLOSED)
    said = text_of(the_paper(record, CHAIR, on=AFTER))
    assert "| 16 May 2024 | Comoros | Obstacles | No money. [For those who accompany the State.] |" in said
    assert "No money" not in text_of(the_paper(record, CHAIR, on=AFTER, since=date(2024, 5, 16)))
    assert "since 16 May 2024" in text_of(the_paper(record, CHAIR, on=AFTER, since=date(2024, 5, 16)))


def test_to_whom_may_not_know_it_looks_as_if_there_were_nothing(record):
    before = the_paper(record, ELSEWHERE, on=AFTER)
    take(record, "Comoros", "obstacle", "No money.", meeting=CLOSED, on="2024-05-16")
    take(record, "Comoros", "promise", "A quarrel.", sensitivity=Sensitivity.CONFIDENTIAL)
    check(record)
    check(record, meeting=CLOSED)
    assert the_paper(record, ELSEWHERE, on=AFTER) == before
    assert "No money" in text_of(the_paper(record, CHAMPION, on=AFTER))
    assert "A quarrel" not in text_of(the_paper(record, CHAMPION))
    assert "A quarrel. [Told in confidence.]" in text_of(the_paper(record, SECRETARIAT))


def test_of_a_region_it_has_its_states_and_who_serves_them(record):
    a_champion(record, of="SEN", region="Africa", name="Champion of Africa")
    a_champion(record, of="JPN", region="Asia", name="Champion of Asia")
    said = text_of(the_paper(record, OPERATOR, region="Africa"))
    assert "Gabon" not in said, "it is party"
    assert "| Comoros |" in said
    assert "| Mongolia |" not in said
    assert "Champion of Africa" in said
    assert "Champion of Asia" not in said
    with pytest.raises(UnknownRegion):
        the_paper(record, region="Atlantis")


def test_as_of_another_day_it_has_nothing_that_is_kept_as_it_is_today_alone(record):
    said = text_of(the_paper(record, CHAIR, on=AFTER))
    assert [name for name in SECTIONS if name in said] == ["Open promises", "What happened", "Meetings ahead"]


def test_it_is_for_its_bearer_alone_and_twice_the_same_to_the_byte(record):
    first, again = the_paper(record, CHAIR, on=AFTER), the_paper(record, CHAIR, on=AFTER)
    assert first.foot.startswith("Closed version")
    assert "and by nobody else." in first.foot
    for one in ("docx", "xlsx", "md"):
        assert written_as(first, one) == written_as(again, one)
    with pytest.raises(NotMade):
        the_paper(record, version=Version.OPEN)


@pytest.mark.parametrize(("language", "title"), [("fr", "Dossier de continuité"), ("es", "Expediente de continuidad")])
def test_it_is_said_in_each_language(record, language, title):
    assert title in text_of(the_paper(record, language=language))
