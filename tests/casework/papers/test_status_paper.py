"""The paper on the status of participation: the public's numbers, on any day, in every format the same each time."""

import re
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from casework.core.as_of import UnknownRegion
from casework.core.rights import NotOnFile
from casework.core.workspace import open_workspace
from casework.overview.status import status
from casework.papers.document import Chart, Paragraph, Table
from casework.papers.kinds import FORMATS, Asked, NotMade, PaperKind, Version
from casework.papers.making import kind_named, make_paper, written_as
from casework.record.opening import open_record
from notifications.languages import OF_LETTERS
from notifications.phrases import phrases_for
from pathways.grammar.clearance import ANYONE, OPERATOR

FIRST_MEETING = date(2023, 2, 15)
ASKED = Asked(kind=PaperKind.STATUS, treaty="att", on=FIRST_MEETING, meeting="wgtu-2023-02-15")


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    home = tmp_path_factory.mktemp("record")
    with closing(open_workspace(home)) as workspace:
        open_record(workspace, training=None, treaty="att")
        yield workspace


def the_paper(record, **asked):
    return make_paper(record, replace(ASKED, **asked), reader=OPERATOR)


def blocks(paper, kind):
    return [block for section in paper.sections for block in section.blocks if isinstance(block, kind)]


def text_of(paper):
    return written_as(paper, "md").decode()


def test_the_first_meeting_heard_of_113_states_gabon_and_andorra_new(record):
    said = text_of(the_paper(record))
    assert "113 of 197 States had deposited" in said
    assert "the treaty was in force for 112 of them" in said
    assert "2 States have deposited an instrument: Gabon (21 September 2022) and Andorra (2 December 2022)" in said
    assert "were 30 then, and are 28 now" in said


def test_its_numbers_are_those_of_the_count_of_the_day(record):
    paper = the_paper(record, on=date(2026, 7, 24), meeting=None)
    counted = status(record, treaty="att", on=date(2026, 7, 24), reader=ANYONE)
    regions = next(table for table in blocks(paper, Table) if table.has_sum)
    assert {row[0]: (row[1], row[2], row[4]) for row in regions.rows[:-1]} == {
        name: (one.deposits, one.signatories_not_party, one.states) for name, one in counted.by_region.items()
    }
    assert regions.rows[-1][1:3] == (counted.deposits, counted.signatories_not_party)


def test_growth_adds_up_to_all_that_have_deposited(record):
    paper = the_paper(record)
    years = next(table for table in blocks(paper, Table) if not table.has_sum)
    assert sum(row[1] for row in years.rows) == years.rows[-1][2] == 113
    assert years.rows[1] == ("2014", 52, 61)
    bars = next(chart for chart in blocks(paper, Chart) if chart.stands)
    assert bars.series[0].values == tuple(row[1] for row in years.rows)


def test_every_chart_has_its_table_beside_it(record):
    paper = the_paper(record)
    for section in paper.sections:
        kinds = [type(block) for block in section.blocks]
        assert kinds.count(Chart) == kinds.count(Table)


def test_change_is_told_since_the_day_that_is_named(record):
    said = text_of(the_paper(record, since=date(2022, 11, 1)))
    assert "Since 1 November 2022, one State has deposited an instrument: Andorra (2 December 2022)" in said


def test_before_any_conference_on_file_change_is_told_since_the_treaty_began(record):
    assert "Since 24 December 2014" in text_of(the_paper(record, on=date(2016, 1, 1), meeting=None))


def test_one_region_is_told_of_alone(record):
    paper = the_paper(record, region="oceania")
    assert [table.rows for table in blocks(paper, Table)][1] == (("Oceania", 6, 3, 7, 16, 38),)
    assert "Africa" not in text_of(paper)
    with pytest.raises(UnknownRegion):
        the_paper(record, region="Atlantis")


def test_a_meeting_that_the_public_does_not_know_is_not_there(record):
    with pytest.raises(NotOnFile):
        the_paper(record, meeting="wgtu-1999-01-01")


def test_who_signed_and_did_not_deposit_stands_under_letters_by_region(record):
    paper = the_paper(record)
    points = next(block.points for block in blocks(paper, Paragraph) if block.points)
    assert points[3] == "Europe: Ukraine;"
    assert points[4] == "Oceania: Kiribati, Nauru and Vanuatu."


def test_paragraphs_are_numbered_through_the_paper(record):
    numbers = [number for _, found in the_paper(record).numbered() for number, _ in found if number]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(("format_", "language"), [*((one, "en") for one in FORMATS), ("pdf", "es"), ("docx", "fr")])
def test_the_same_question_again_gives_the_same_bytes(record, format_, language):
    first, second = (written_as(the_paper(record, language=language), format_) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_a_file_names_no_author_no_library_and_no_hour(record, format_):
    written = written_as(the_paper(record), format_)
    with ZipFile(BytesIO(written)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        told = file.read("docProps/core.xml") + file.read("docProps/app.xml")
    assert not re.search(rb"creator|lastModifiedBy|openpyxl|python|Macintosh", told, re.IGNORECASE)
    assert set(re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+Z", told)) == {b"2023-02-15T00:00:00Z"}


def test_a_pdf_says_of_itself_what_the_paper_says(record):
    written = written_as(the_paper(record), "pdf")
    assert b"D:20230215000000Z" in written
    assert b"fpdf" not in written.lower()


def test_word_opens_it_with_its_sections_and_tables(record):
    document = Document(BytesIO(written_as(the_paper(record), "docx")))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings[:2] == ["I.\tIntroduction", "II.\tParticipation"]
    assert [cell.text for cell in document.tables[2].rows[-1].cells] == ["All", "113", "28", "56", "197", "57"]
    assert "Anybody may hold it." in document.sections[0].footer.paragraphs[0].text


def test_excel_has_a_sheet_for_each_table(record):
    book = load_workbook(BytesIO(written_as(the_paper(record), "xlsx")))
    _, years, regions = book.worksheets
    assert [*years.values][2] == ("2014", 52, 61)
    assert [*regions.values][-1] == ("All", 113, 28, 56, 197, 57)


def test_a_language_without_texts_is_answered_in_english_and_says_so_first(record):
    paper = the_paper(record, language="ar")
    assert paper.marks == ("[هذه الوثيقة غير متاحة بالعربية بعد، وفيما يلي نصها بالإنكليزية.]",)
    assert paper.language == "en"
    with pytest.raises(NotMade):
        the_paper(record, language="tlh")


def test_french_names_days_states_and_regions_as_french_does(record):
    said = text_of(the_paper(record, language="fr"))
    assert "Gabon (21 septembre 2022) et Andorre (2 décembre 2022)" in said
    assert "| Amériques |" in said


def test_it_is_open_alone_and_of_a_kind_that_there_is(record):
    with pytest.raises(NotMade):
        the_paper(record, version=Version.CLOSED)
    with pytest.raises(NotMade):
        kind_named("poem")


def test_every_language_of_letters_has_every_phrase_of_papers_with_the_same_places():
    english = phrases_for("en")
    for language in OF_LETTERS:
        other = phrases_for(language)
        assert other.papers.keys() == english.papers.keys()
        assert other.regions.keys() == english.regions.keys()
        for name, says in english.papers.items():
            assert set(re.findall(r"\$\w+", other.papers[name])) == set(re.findall(r"\$\w+", says)), name


def test_a_training_record_says_on_every_page_that_it_is_one(tmp_path):
    with closing(open_workspace(tmp_path)) as workspace:
        open_record(workspace, training=FIRST_MEETING, treaty="att")
        paper = the_paper(workspace)
    assert paper.marks == ("Training record: made to learn on, and not to be handed out.",)
    assert paper.foot.endswith("not to be handed out.")
