"""The paper of a meeting: what it says to anybody, what to its bearer, and what the open one never gives away."""

import random
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from casework.core.rights import NotOnFile
from casework.meetings.keeping import Planned, add_meeting
from casework.papers.kinds import FORMATS, Asked, NotMade, PaperKind, Version
from casework.papers.making import make_paper, written_as
from models.ledger import disclosures
from pathways.grammar.clearance import ANYONE, OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.terms import About
from tests.casework.meetings.meeting_days import CHAIR, CHAMPION, CLOSED, SECRETARIAT, WEBCAST, check, take

HIDDEN = "quinine"  # a word that nothing public says


def the_paper(record, version=Version.OPEN, reader=OPERATOR, meeting=WEBCAST, **asked):
    wanted = Asked(kind=PaperKind.MEETING, treaty="att", version=version, meeting=meeting, **asked)
    return make_paper(record, wanted, reader=reader)


def text_of(paper):
    return written_as(paper, "md").decode()


def a_public_round(record):
    take(record, "Comoros", "promise", "Will ratify.", condition="conditions are met")
    take(record, "Gambia", "law_progress", "The bill is before the Assembly.")
    take(record, "several delegations", "position", "Are resources there?")
    check(record)


def hide(record, chance):
    """Bring on file, at random, what is not public: lines held closely, of closed meetings, and drafts."""
    state = chance.choice(["COM", "GMB", "MNG", "UKR", "KHM"])
    about, held = chance.choice([*About]), chance.choice([Sensitivity.COORDINATION, Sensitivity.CONFIDENTIAL])
    where = chance.choice([WEBCAST, CLOSED])
    on = "2024-05-16" if where == CLOSED else None
    take(record, state, about, f"{HIDDEN} {chance.random()}", meeting=where, on=on, sensitivity=held)
    if chance.random() < 0.7:
        check(record, meeting=where)


def test_the_open_version_has_the_public_words_under_letters_by_subject(record):
    a_public_round(record)
    said = text_of(the_paper(record))
    assert "(a) Comoros: Will ratify. Condition: conditions are met." in said
    assert "several delegations: Are resources there?" in said
    assert "3 delegations and organizations took the floor" in said
    assert "113 of 197" in text_of(the_paper(record, on=date(2023, 2, 15)))


def test_nothing_hidden_changes_one_byte_of_the_open_version(record):
    a_public_round(record)
    day = {"on": date(2026, 11, 1)}
    before = the_paper(record, **day)
    files = {name: written_as(before, name) for name in FORMATS}
    for seed in range(8):  # of many more records: tests/desk/pages/test_no_paper_says_more.py
        hide(record, random.Random(seed))
        assert the_paper(record, **day) == before
    assert {name: written_as(the_paper(record, **day), name) for name in FORMATS} == files
    assert HIDDEN in text_of(the_paper(record, Version.CLOSED))


def test_no_part_of_the_files_of_the_open_version_holds_a_hidden_word(record):
    a_public_round(record)
    for seed in range(10):
        hide(record, random.Random(seed))
    paper = the_paper(record)
    assert HIDDEN not in repr(paper)
    for name in ("docx", "xlsx"):
        with ZipFile(BytesIO(written_as(paper, name))) as file:
            assert [entry for entry in file.namelist() if HIDDEN.encode() in file.read(entry)] == []


def test_stages_are_counted_for_those_who_may_know_them_and_for_nobody_else(record):
    assert "States by stage" in text_of(the_paper(record, Version.CLOSED, CHAIR))
    assert "States by stage" not in text_of(the_paper(record, Version.CLOSED, ANYONE))
    assert "States by stage" not in text_of(the_paper(record))


def test_a_closed_version_holds_what_its_bearer_may_read_and_says_how_it_is_held(record):
    take(record, "Comoros", "obstacle", f"No money, {HIDDEN}.", meeting=CLOSED, on="2024-05-16")
    take(record, "Mongolia", "obstacle", "No time.", meeting=CLOSED, on="2024-05-16")
    check(record, meeting=CLOSED)
    for_champion = text_of(the_paper(record, Version.CLOSED, CHAMPION, meeting=CLOSED))
    assert "No money" in for_champion
    assert "For those who accompany the State." in for_champion
    assert "No time" not in for_champion
    assert "No time" in text_of(the_paper(record, Version.CLOSED, CHAIR, meeting=CLOSED))


def test_a_closed_version_says_on_every_page_who_may_hold_it(record):
    paper = the_paper(record, Version.CLOSED, SECRETARIAT)
    assert paper.foot.startswith("Closed version")
    assert "(Secretariat), and by nobody else." in paper.foot


def test_what_was_told_in_confidence_is_noted_as_read_by_its_bearer(record):
    take(record, "Comoros", "obstacle", "A quarrel.", sensitivity=Sensitivity.CONFIDENTIAL)
    check(record)
    the_paper(record)
    with record.reading() as connection:
        [fact] = [one.fact for one in _closed_lines(record)]
        assert disclosures.of_fact(connection, fact.id) == []
    the_paper(record, Version.CLOSED, SECRETARIAT)
    with record.reading() as connection:
        assert [read.actor for read in disclosures.of_fact(connection, fact.id)] == [SECRETARIAT.actor]


def _closed_lines(record):
    from casework.papers.spoken import spoken_at

    return spoken_at(record, WEBCAST, treaty="att", on=None, known=None, reader=OPERATOR)


def test_as_known_before_it_was_checked_nothing_was_said(record):
    a_public_round(record)
    assert "Nothing that was said" in text_of(the_paper(record, known=date(2020, 1, 1)))


def test_a_bilateral_meeting_has_no_open_version_that_there_would_be_anything_of(record):
    start = PartialDate.parse("2026-01-10")
    kept = add_meeting(
        record,
        Planned(
            kind="bilateral",
            title="With Mongolia",
            from_=start,
            until=None,
            place="",
            is_webcast=False,
            documents_by=None,
            source="",
            is_unconfirmed=False,
        ),
        treaty="att",
        reader=SECRETARIAT,
    )
    with pytest.raises(NotOnFile):
        the_paper(record, meeting=kept.meeting)
    assert "With Mongolia" in text_of(the_paper(record, Version.CLOSED, meeting=kept.meeting))


def test_a_letter_that_no_font_has_is_seen_to_be_missing_in_a_pdf(record):
    take(record, "Comoros", "position", "Thanks: \u8c22\u8c22")
    check(record)
    paper = the_paper(record)
    boxes = [point for section in paper.sections for block in section.blocks for point in getattr(block, "points", ())]
    assert boxes == ["Comoros: Thanks: \u8c22\u8c22"]
    assert written_as(paper, "pdf") == written_as(_with_boxes(paper), "pdf")


def _with_boxes(paper):
    sections = tuple(
        replace(section, blocks=tuple(_boxed(block) for block in section.blocks)) for section in paper.sections
    )
    return replace(paper, sections=sections)


def _boxed(block):
    points = getattr(block, "points", ())
    return replace(block, points=tuple(point.replace("\u8c22", "\u25a1") for point in points)) if points else block


def test_it_is_of_a_meeting(record):
    with pytest.raises(NotMade):
        the_paper(record, meeting=None)
