"""The chair's report: the two meetings of the cycle to the Ninth Conference, as they were reported to it.

What was said on 15 February and 10 May 2023 is taken down here in the words of paragraphs 5 and 6 of that report.
"""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from casework.meetings.keeping import Planned, add_meeting, end_meeting
from casework.meetings.kinds import Ended
from casework.papers.document import Paragraph
from casework.papers.kinds import FORMATS, Asked, NotMade, PaperKind, Version
from casework.papers.making import make_paper, written_as
from notifications.languages import OF_LETTERS
from notifications.phrases import phrases_for
from pathways.grammar.clearance import ANYONE, OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from tests.casework.meetings.meeting_days import CHAIR, CLOSED, SECRETARIAT, WEBCAST, check, take

FEBRUARY, MAY, LATER = WEBCAST, "wgtu-2023-05-10", "wgtu-2024-02-22"
SYMBOL = "ATT/CSP9.WGTU/2023/CHAIR/769/Conf.Rep"
ASKED = Asked(kind=PaperKind.REPORT, treaty="att", on=date(2023, 7, 21), meeting="csp-2023-08-21")
HIDDEN = "quinine"  # a word that nothing public says

#: As it was said: who, about what, which words. Paragraph 5 of the report is of February, paragraph 6 of May.
HEARD = {
    FEBRUARY: (
        ("Secretariat", "other", "Gabon and Andorra are new; the rate of universalization has declined."),
        ("Comoros", "promise", "Will ratify."),
        ("Republic of Korea", "position", "Steered the resolution of 2022: 159 for, none against."),
        ("Gambia", "law_progress", "About to ratify, and finding the gaps in national law."),
        ("several States Parties", "assistance_received", "Assistance was received and provided."),
        ("civil society", "outreach", "Held workshops and advocacy programmes by region."),
        ("Republic of Korea", "outreach", "Translates the toolkit into all languages of ASEAN."),
        ("the co-chairs", "position", "Outreach fits the realities of each region; champions are a new link to it."),
        ("several delegations", "obstacle", "Asked whether the resources exist."),
    ),
    MAY: (
        ("several States Parties", "offer", "Are interested in being regional champions."),
        ("one delegation", "obstacle", "Vice-Presidents would become champions whatever their resources."),
        ("several delegations", "position", "A ranking may reduce attention to States outside the plan."),
        ("Republic of Korea", "outreach", "Khmer and Burmese are translated; a workshop follows in Jakarta."),
        ("Secretariat", "other", "Showed parties and signatories by region."),
        ("the chair", "position", "These views go into the final draft for the Ninth Conference."),
        ("several States Parties", "law_progress", "Spoke of efforts at the national level."),
        ("the co-chairs", "position", "The paper was adjusted: it has an item on the resources required."),
    ),
}
#: As it is told: under which letter, in the order of what it was about.
TOLD = {
    FEBRUARY: (
        "realities of each",
        "159 for",
        "advocacy",
        "languages of ASEAN",
        "the gaps",
        "received and",
        "Will ratify",
        "resources exist",
        "has declined",
    ),
    MAY: (
        "A ranking",
        "These views",
        "was adjusted",
        "in Jakarta",
        "efforts at",
        "being regional",
        "whatever",
        "by region",
    ),
}


@pytest.fixture
def heard(record):
    for meeting, lines in HEARD.items():
        for speaker, about, words in lines:
            condition = "conditions are met" if about == "promise" else ""
            take(record, speaker, about, words, condition=condition, meeting=meeting)
        check(record, meeting=meeting)
    return record


def the_report(record, reader=OPERATOR, **asked):
    return make_paper(record, replace(ASKED, **asked), reader=reader)


def text_of(paper):
    return written_as(paper, "md").decode()


def paragraphs(paper):
    return {number: block for _, blocks in paper.numbered() for number, block in blocks if isinstance(block, Paragraph)}


def section(paper, heading):
    return next(one.blocks for one in paper.sections if one.heading == heading)


def test_each_point_stands_in_the_paragraph_of_its_meeting_in_order_and_lettered(heard):
    paper = the_report(heard)
    of_meetings = section(paper, "Meetings of the working group")
    assert [block.text[:73] for block in of_meetings] == [
        "Working Group on Treaty Universalization: first meeting of the CSP9 cycle",
        "Working Group on Treaty Universalization: second meeting of the CSP9 cycl",
    ]
    for block, meeting, day in zip(of_meetings, (FEBRUARY, MAY), ("15 February 2023", "10 May 2023"), strict=True):
        assert f"({day}). It was webcast. " in block.text
        assert len(block.points) == len(TOLD[meeting]) == len(HEARD[meeting])
        for point, words in zip(block.points, TOLD[meeting], strict=True):
            assert words in point, meeting
    said = text_of(paper)
    assert "(b) Republic of Korea: Steered" in said
    assert "(g) Comoros: Will ratify. Condition: conditions are met." in said


def test_it_tells_of_113_states_parties_gabon_and_andorra_new(heard):
    [background] = section(the_report(heard), "Background")
    assert background.text == (
        "On 21 July 2023 there were 113 States Parties, and 28 States that had signed and not deposited."
        " Since August 2022 (Eighth Conference of States Parties), 2 States have deposited an instrument:"
        " Gabon (21 September 2022) and Andorra (2 December 2022)."
    )
    [background] = section(the_report(heard, on=date(2023, 2, 15)), "Background")
    assert "112 States Parties, 1 more that had deposited and were not yet bound" in background.text


def test_it_has_the_form_of_such_a_report(heard):
    paper = the_report(heard, symbol=SYMBOL)
    assert [one.heading for one in paper.sections] == [
        "Introduction",
        "Background",
        "Meetings of the working group",
        "Intersessional work",
        "Recommendations",
    ]
    assert [*paragraphs(paper)] == [1, 2, 3, 4, 5, 6, 7]
    assert (paper.symbol, paper.right[0], paper.left[0]) == (SYMBOL, "Draft", "Ninth Conference of States Parties")
    assert the_report(heard).symbol == "Symbol to be given"


def test_what_is_not_on_file_is_to_be_written(record):
    paper = the_report(record)
    assert "mandate for this report is not on file" in paragraphs(paper)[2].text
    assert [block.text for block in section(paper, "Recommendations")] == [
        "The recommendations are to be written: none are on file."
    ]
    assert [block.points for block in section(paper, "Meetings of the working group")] == [(), ()]


def test_what_the_chair_put_forward_is_told_once_more_at_the_end(heard):
    [recommended] = section(the_report(heard), "Recommendations")
    assert [point[:11] for point in recommended.points] == ["Outreach fi", "These views", "The paper w"]


def test_the_other_meetings_have_a_point_each_and_one_not_confirmed_says_so(heard):
    [between] = section(the_report(heard), "Intersessional work")
    assert between.points == (
        "Outreach workshop for ASEAN (Jakarta, 31 May 2023). It was not webcast, and what was said there is not set out"
        " here. That it took place is not confirmed.",
    )


def test_a_meeting_that_was_cancelled_or_comes_after_the_day_is_not_in_it(heard):
    assert len(section(the_report(heard, on=date(2023, 3, 1)), "Meetings of the working group")) == 1
    assert len(section(the_report(heard, since=date(2023, 2, 15)), "Meetings of the working group")) == 1
    end_meeting(heard, "workshop-2023-05-31", Ended.CANCELLED, treaty="att", reader=SECRETARIAT)
    [between] = section(the_report(heard), "Intersessional work")
    assert between.points == ()


def test_nothing_that_is_not_public_is_in_it_whoever_makes_it(heard):
    over = date(2024, 7, 1)
    begins = PartialDate.parse("2024-03-01")
    known = {"on": over, "known": heard.today(), "meeting": None}
    before = the_report(heard, **known)
    files = {name: written_as(before, name) for name in FORMATS}
    alone = Planned(kind="bilateral", title=f"With Mongolia, {HIDDEN}", from_=begins, is_webcast=False)
    met = add_meeting(heard, alone, treaty="att", reader=SECRETARIAT).meeting
    take(heard, "Mongolia", "obstacle", f"{HIDDEN} alone", meeting=met, on="2024-03-01")
    take(heard, "Mongolia", "obstacle", f"{HIDDEN} closed", meeting=CLOSED, on="2024-05-16")
    held = Sensitivity.COORDINATION
    take(heard, "Mongolia", "position", f"{HIDDEN} held", meeting=LATER, sensitivity=held)
    for meeting in (met, CLOSED, LATER):
        check(heard, meeting=meeting)
    take(heard, "Comoros", "position", f"{HIDDEN} not checked", meeting=LATER)
    for reader in (OPERATOR, CHAIR, ANYONE):
        after = the_report(heard, reader, **known)
        assert HIDDEN not in repr(after)
        assert after == before
    assert {name: written_as(after, name) for name in FORMATS} == files
    for name in ("docx", "xlsx"):
        with ZipFile(BytesIO(files[name])) as file:
            assert [one for one in file.namelist() if HIDDEN.encode() in file.read(one)] == []
    assert "Informal preparatory meeting for CSP10 (Geneva, 16 May 2024" in text_of(before)


def test_the_same_question_gives_the_same_bytes(heard):
    known = {"known": heard.today()}
    for name in FORMATS:
        assert written_as(the_report(heard, **known), name) == written_as(the_report(heard, CHAIR, **known), name)


def test_the_workbook_has_each_point_under_the_number_by_which_it_is_cited(heard):
    paper = the_report(heard)
    sheet = load_workbook(BytesIO(written_as(paper, "xlsx"))).worksheets[1]
    first, *rows = sheet.iter_rows(values_only=True)
    assert first == ("Point", "Meeting", "Day", "Who spoke", "About", "Words")
    assert [row[0] for row in rows] == [*(f"4({one})" for one in "abcdefghi"), *(f"5({one})" for one in "abcdefgh")]
    for row in rows:
        number, place = int(row[0][0]), "abcdefghi".index(row[0][2])
        assert row[5] in paragraphs(paper)[number].points[place]


@pytest.mark.parametrize("language", [*OF_LETTERS])
def test_it_speaks_every_language_that_letters_have(heard, language):
    paper = the_report(heard, language=language)
    assert paper.sections[-1].heading == phrases_for(language).of_paper("report_recommendations")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"region": "Africa"}, "paper_of_all_regions"),
        ({"kind": PaperKind.MEETING, "region": "Africa"}, "paper_of_all_regions"),
        ({"kind": PaperKind.STATE, "state": "MNG", "region": "Africa"}, "paper_of_all_regions"),
        ({"kind": PaperKind.STATUS, "symbol": SYMBOL}, "paper_without_symbol"),
        ({"symbol": "A\nB"}, "name_not_a_line"),
        ({"version": Version.CLOSED}, "no_such_version"),
    ],
)
def test_what_does_not_go_with_it_is_refused_in_words(record, asked, why):
    with pytest.raises(NotMade) as refused:
        the_report(record, **asked)
    assert refused.value.codes == (why,)
