"""What is attached is what its name says, and holds nothing that runs, hides or swells."""

import io
import struct
import zipfile

import pytest
from openpyxl import Workbook

from casework.files.file_types import ENDINGS, type_faults
from tests.papers import (
    A_DOC,
    AN_XLS,
    JPEG,
    PDF,
    PNG,
    PROGRAM,
    a_compound,
    a_docx,
    a_package,
    an_xlsx,
)

#: What is said of a content that is not what its ending promises.
ANOTHER = {"content_of_another_kind", "content_of_another_ending", "content_of_no_kind"}
_MACRO_TYPE = "vnd.ms-word.document.macroEnabled.main+xml"


def faults(tmp_path, content, ending):
    path = tmp_path / "paper"
    path.write_bytes(content)
    with path.open("rb") as file:
        return {one.code for one in type_faults(file, ENDINGS[ending])}


def a_real_spreadsheet():
    book, made = Workbook(), io.BytesIO()
    for row in range(2000):
        book.active.append([row, "=SUM(A1:A9)", "the same text in every row"])
    book.save(made)
    return made.getvalue()


KEPT = [
    (".pdf", PDF),
    (".doc", A_DOC),
    (".docx", a_docx()),
    (".xls", AN_XLS),
    (".xlsx", an_xlsx()),
    (".png", PNG),
    (".jpg", JPEG),
    (".jpeg", JPEG),
]


@pytest.mark.parametrize(("ending", "content"), KEPT, ids=[ending for ending, _ in KEPT])
def test_what_is_what_it_says_is_kept(tmp_path, ending, content):
    assert faults(tmp_path, content, ending) == set()


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_program_is_refused_under_every_name(tmp_path, ending):
    said = faults(tmp_path, PROGRAM, ending)
    assert said & ANOTHER


@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", b"plain text", b"\0" * 99, b"%PD", b"PK\3\4"])
def test_what_is_no_paper_is_refused(tmp_path, content):
    for ending in ENDINGS:
        assert ANOTHER & faults(tmp_path, content, ending)


def test_a_paper_under_the_name_of_another_is_refused_in_words(tmp_path):
    for mine, content in KEPT:
        for ending, type_ in ENDINGS.items():
            said = faults(tmp_path, content, ending)
            assert bool(said) is (ENDINGS[mine] != type_), (mine, ending)
    assert faults(tmp_path, PDF, ".docx") == {"content_of_another_kind"}


def test_an_empty_file_is_refused(tmp_path):
    assert faults(tmp_path, b"", ".pdf") == {"file_is_empty"}


def test_a_spreadsheet_as_excel_writes_it_is_kept(tmp_path):
    assert faults(tmp_path, a_real_spreadsheet(), ".xlsx") == set()


def test_a_chart_in_a_text_may_hold_its_spreadsheet(tmp_path):
    chart = {"word/embeddings/sheet1.xlsx": an_xlsx()}
    assert faults(tmp_path, a_docx(chart), ".docx") == set()


@pytest.mark.parametrize(
    "content",
    [
        a_docx({"word/vbaProject.bin": b"x"}),
        a_docx({"word/VBAPROJECT.BIN": b"x"}),
        a_docx(type_=_MACRO_TYPE),
        a_docx({"word/embeddings/a.xlsx": an_xlsx({"xl/vbaProject.bin": b"x"})}),
        a_docx({"word/embeddings/a.bin": a_compound("Workbook", storages=("_VBA_PROJECT_CUR",))}),
    ],
    ids=["part", "part in capitals", "type alone", "inside a chart", "inside an older sheet"],
)
def test_macros_are_refused_wherever_they_are(tmp_path, content):
    assert "file_holds_macros" in faults(tmp_path, content, ".docx")


@pytest.mark.parametrize("place", ["Macros", "_VBA_PROJECT_CUR", "VBA"])
def test_macros_of_the_older_office_are_refused(tmp_path, place):
    assert "file_holds_macros" in faults(tmp_path, a_compound("WordDocument", storages=(place,)), ".doc")
    assert "file_holds_macros" in faults(tmp_path, a_compound("Workbook", storages=(place,)), ".xls")


@pytest.mark.parametrize(("kind", "is_kept"), [(0, True), (1, False)])
def test_a_sheet_of_macros_in_an_older_spreadsheet_is_refused(tmp_path, kind, is_kept):
    book = struct.pack("<HH16x", 0x0809, 16) + struct.pack("<HHIBBBBc", 0x0085, 9, 99, 1, kind, 1, 0, b"a")
    said = faults(tmp_path, a_compound("Workbook", first=book + struct.pack("<HH", 0x000A, 0)), ".xls")
    assert ("file_holds_macros" in said) is not is_kept


def test_the_word_macros_in_a_text_is_no_macro(tmp_path):
    text = "Macros\0".encode("utf-16-le").rjust(99)
    assert faults(tmp_path, a_compound("WordDocument", first=text), ".doc") == set()


def test_programs_inside_a_paper_are_refused(tmp_path):
    package = a_compound("\x01Ole10Native")
    for inside in (package, PROGRAM, b"#!/bin/sh\n"):
        said = faults(tmp_path, a_docx({"word/embeddings/oleObject1.bin": inside}), ".docx")
        assert "file_holds_files" in said


def test_what_a_password_hides_is_refused(tmp_path):
    locked_word = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, 0x0100)
    locked_sheet = struct.pack("<HH16x", 0x0809, 16) + struct.pack("<HHHH", 0x002F, 4, 0, 0)
    assert "file_is_locked" in faults(tmp_path, a_compound("WordDocument", first=locked_word), ".doc")
    assert "file_is_locked" in faults(tmp_path, a_compound("Workbook", first=locked_sheet), ".xls")
    assert ANOTHER & faults(tmp_path, a_compound("EncryptedPackage", "EncryptionInfo"), ".docx")
    assert "file_is_locked" in faults(tmp_path, marked_as_locked(a_docx()), ".docx")


def marked_as_locked(packed):
    """Set the mark of a password on the first part, in its head and in the list."""
    found = bytearray(packed)
    found[6] |= 1
    found[found.index(b"PK\x01\x02") + 8] |= 1
    return bytes(found)


def test_a_spreadsheet_bomb_is_refused(tmp_path):
    air = b"\0" * 30_000_000
    assert "file_grows" in faults(tmp_path, an_xlsx({"xl/worksheets/sheet1.xml": air}), ".xlsx")


def test_a_bomb_in_a_bomb_is_refused(tmp_path):
    air = b"\0" * 15_000_000
    inner = {f"xl/embeddings/{number}.xlsx": an_xlsx({"xl/air.xml": air}) for number in range(4)}
    assert "file_grows" in faults(tmp_path, an_xlsx(inner), ".xlsx")


def test_papers_in_papers_in_papers_end_somewhere(tmp_path):
    found = an_xlsx()
    for _ in range(4):
        found = an_xlsx({"xl/embeddings/next.xlsx": found})
    assert "file_grows" in faults(tmp_path, found, ".xlsx")


def test_a_package_of_too_many_parts_is_refused_before_its_list_is_read(tmp_path, monkeypatch):
    crowd = a_package({f"xl/{number}": b"" for number in range(5_100)}, packed=False)
    monkeypatch.setattr(zipfile.ZipFile, "infolist", None)
    assert "file_grows" in faults(tmp_path, crowd, ".xlsx")


def test_a_package_that_lies_about_its_size_is_refused(tmp_path):
    honest = an_xlsx({"xl/air.xml": b"\0" * 5_000_000})
    lying = honest.replace(struct.pack("<I", 5_000_000), struct.pack("<I", 1_000))
    assert lying != honest
    assert "file_is_damaged" in faults(tmp_path, lying, ".xlsx")


def test_a_package_cut_off_is_refused(tmp_path):
    whole = a_real_spreadsheet()
    assert ANOTHER & faults(tmp_path, whole[: len(whole) // 2], ".xlsx")


@pytest.mark.parametrize("name", ["/etc/passwd", "../../word/x", "word\\..\\..\\x"])
def test_a_part_that_leads_out_of_its_package_is_refused(tmp_path, name):
    assert "file_is_damaged" in faults(tmp_path, a_docx({name: b"x"}), ".docx")


def a_relationship(kind, target, mode="External"):
    said = f"<Relationship Id='r1' Type='http://x.test/relationships/{kind}' Target='{target}' TargetMode='{mode}'/>"
    return f"<Relationships xmlns='http://x.test/package/relationships'>{said}</Relationships>"


@pytest.mark.parametrize("place", ["word/_rels/settings.xml.rels", "WORD/_RELS/Settings.XML.RELS"])
@pytest.mark.parametrize("spelt", ["plainly", "by number", "in two bytes"])
def test_a_text_that_fetches_its_template_from_elsewhere_is_refused(tmp_path, place, spelt):
    said = a_relationship("attachedTemplate", "https://elsewhere.test/a.dotm")
    by_number = said.replace("External", "&#69;xternal")
    rels = {"plainly": said, "by number": by_number, "in two bytes": said.encode("utf-16")}[spelt]
    assert "file_fetches_elsewhere" in faults(tmp_path, a_docx({place: rels}), ".docx")
    inside = a_docx({"word/embeddings/a.docx": a_docx({place: rels})})
    assert "file_fetches_elsewhere" in faults(tmp_path, inside, ".docx")


def test_a_text_may_link_to_a_page_and_have_a_template_of_its_own(tmp_path):
    link = a_relationship("hyperlink", "https://treaties.test/")
    own = a_relationship("attachedTemplate", "a.dotx", mode="Internal")
    parts = {"word/_rels/document.xml.rels": link, "word/_rels/settings.xml.rels": own}
    assert faults(tmp_path, a_docx(parts), ".docx") == set()


def test_relationships_that_cannot_be_read_are_refused(tmp_path):
    for rels in ("<Relationships", "<!DOCTYPE r [<!ENTITY e 'External'>]><Relationships/>"):
        assert "file_is_damaged" in faults(tmp_path, a_docx({"word/_rels/settings.xml.rels": rels}), ".docx")


def test_a_part_behind_backslashes_hides_no_sheet_of_macros(tmp_path):
    assert "file_is_damaged" in faults(tmp_path, an_xlsx({"xl\\macrosheets\\sheet1.xml": "<x/>"}), ".xlsx")
    assert "file_holds_macros" in faults(tmp_path, an_xlsx(type_="vnd.ms-excel.macrosheet+xml"), ".xlsx")


AFTER = {"zip": a_docx(), "html": b"<html><script>alert(1)</script>", "far": b"\n" * 9000 + b"x", "half": b" %%EO"}


@pytest.mark.parametrize("end", AFTER.values(), ids=AFTER)
def test_a_pdf_with_something_after_its_end_is_refused(tmp_path, end):
    assert "pdf_goes_on" in faults(tmp_path, PDF + end, ".pdf")


@pytest.mark.parametrize("end", [b"", b"\r\n", b"\0\t\f \n" * 3000, PDF[9:]], ids=["none", "line", "long", "added to"])
def test_a_pdf_may_end_in_white_space_and_be_added_to(tmp_path, end):
    assert faults(tmp_path, PDF + end, ".pdf") == set()


def test_a_pdf_without_an_end_is_refused(tmp_path):
    assert "pdf_is_damaged" in faults(tmp_path, PDF[:-7] + b"<html>", ".pdf")
