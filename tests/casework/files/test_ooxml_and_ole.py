"""Packed and compound files, looked at by themselves: which kind one is, and what is found in it."""

import io
import struct
import zipfile

import pytest

from casework.files.ole import INSIDE, LOCKED, MACROS, compound_faults, kind_of_compound
from casework.files.ooxml import crowd_faults, fetches_from_elsewhere, kind_of_package, package_faults
from tests.papers import A_DOC, AN_XLS, PDF, PROGRAM, a_compound, a_docx, a_package, an_xlsx

TYPES, WORD, EXCEL = "[Content_Types].xml", "word/document.xml", "xl/workbook.xml"
PACKAGES = {
    "a text": (a_docx(), "word"),
    "a spreadsheet": (an_xlsx(), "xl"),
    "both at once": (a_package({TYPES: "", WORD: "", EXCEL: ""}), ""),
    "neither": (a_package({TYPES: "", "a.txt": ""}), ""),
    "no list of types": (a_package({WORD: ""}), ""),
    "nothing inside": (a_package({}), ""),
    "cut off": (a_docx()[:-30], ""),
    "no package": (PDF, ""),
    "nothing": (b"", ""),
}


@pytest.mark.parametrize(("content", "kind"), PACKAGES.values(), ids=PACKAGES)
def test_a_package_is_known_by_its_main_part(content, kind):
    file = io.BytesIO(content)
    assert (kind_of_package(file), file.tell()) == (kind, 0)


COMPOUNDS = {
    "a text": (A_DOC, "word"),
    "a spreadsheet": (AN_XLS, "xl"),
    "a spreadsheet of before 1997": (a_compound("Book"), "xl"),
    "both at once": (a_compound("WordDocument", "Workbook"), ""),
    "neither": (a_compound("PowerPoint Document"), ""),
    "a folder of that name": (a_compound(storages=("WordDocument",)), ""),
    "the name beside its slot": (b"\0" * 8 + A_DOC, ""),
    "the slot cut off": (a_compound("WordDocument")[: 1024 + 128 + 60], ""),
    "nothing": (b"", ""),
}


@pytest.mark.parametrize(("content", "kind"), COMPOUNDS.values(), ids=COMPOUNDS)
def test_a_compound_file_is_known_by_its_main_stream(content, kind):
    assert kind_of_compound(content) == kind


WORD_LOCKED = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, 0x0100)
SHEET_LOCKED = struct.pack("<HH16x", 0x0809, 16) + struct.pack("<HHHH", 0x002F, 4, 0, 0)
ENDED = struct.pack("<HH", 0x0809, 0) + struct.pack("<HH", 0x000A, 0) + struct.pack("<HHHH", 0x002F, 4, 0, 0)
IN_A_COMPOUND = {
    "nothing": (A_DOC, ()),
    "a locked text": (a_compound("WordDocument", first=WORD_LOCKED), (LOCKED,)),
    "a locked spreadsheet": (a_compound("Workbook", first=SHEET_LOCKED), (LOCKED,)),
    "a lock after the records have ended": (a_compound("Workbook", first=ENDED), ()),
    "a package behind a password": (a_compound("EncryptedPackage"), (LOCKED,)),
    "macros in a folder": (a_compound("Workbook", storages=("_VBA_PROJECT_CUR",)), (MACROS,)),
    "macros in a stream": (a_compound("WordDocument", "PROJECTwm"), (MACROS,)),
    "another file": (a_compound("WordDocument", "\x01Ole10Native"), (INSIDE,)),
    "a folder called like another file": (a_compound("WordDocument", storages=("\x01Ole10Native",)), ()),
    "all of it": (
        a_compound("WordDocument", "\x01Ole10Native", storages=("Macros",), first=WORD_LOCKED),
        (LOCKED, MACROS, INSIDE),
    ),
}


@pytest.mark.parametrize(("content", "faults"), IN_A_COMPOUND.values(), ids=IN_A_COMPOUND)
def test_what_is_found_in_a_compound_file_is_said_at_once(content, faults):
    assert compound_faults(content) == faults


# The kind of a relationship, whither it leads, and whether that is fetched without a click.
RELATIONSHIPS = {
    "a template of its own": ("attachedTemplate", "Internal", False),
    "a template from elsewhere": ("attachedTemplate", "External", True),
    "a frame from elsewhere": ("frame", "External", True),
    "an object from elsewhere": ("oleObject", "External", True),
    "a chapter from elsewhere": ("subDocument", " external ", True),
    "a link to a page": ("hyperlink", "External", False),
}


@pytest.mark.parametrize(("kind", "mode", "is_fetched"), RELATIONSHIPS.values(), ids=RELATIONSHIPS)
def test_only_what_is_fetched_without_a_click_counts(kind, mode, is_fetched):
    rels = f"<Relationships><Relationship Type='http://x.test/{kind}' TargetMode='{mode}'/></Relationships>"
    assert fetches_from_elsewhere(rels.encode()) is is_fetched


@pytest.mark.parametrize("content", [b"", b"<Relationships", b"<!DOCTYPE r><Relationships/>", b"\xff\xfe\xff"])
def test_a_list_of_relationships_that_cannot_be_read_is_no_answer(content):
    with pytest.raises(ValueError, match="relationships"):
        fetches_from_elsewhere(content)


@pytest.mark.parametrize(("entries", "is_refused"), [(5_000, False), (5_001, True)])
def test_a_package_may_list_five_thousand_parts(entries, is_refused):
    file = io.BytesIO(b"PK\x01\x02" * entries)
    assert (bool(crowd_faults(file)), file.tell()) == (is_refused, 0)


def test_an_entry_that_lies_across_two_readings_is_counted():
    file = io.BytesIO(b"x" * ((1 << 16) - 2) + b"PK\x01\x02" * 5_001)
    assert crowd_faults(file) != ()


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_package_packed_as_office_never_does_is_damaged_and_not_unpacked(way):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", way) as package:
        package.writestr(TYPES, "<Types/>")
        package.writestr(WORD, "<w/>")
    broken = file.getvalue().replace(b"\x09\x04\x05\x00", b"\x09\x04\x05\x00\xff")  # LZMA's own properties
    for content in (file.getvalue(), broken):
        assert [why.code for why in package_faults(io.BytesIO(content))] == ["file_is_damaged"]


def test_a_package_is_left_where_it_was_found_whatever_it_holds():
    for content in (a_docx(), a_docx({"a.bin": PROGRAM}), b"PK\x03\x04 no package"):
        file = io.BytesIO(content)
        assert bool(package_faults(file)) is (content != a_docx())
        assert file.tell() == 0
