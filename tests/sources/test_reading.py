"""Files that nobody vouches for: whatever the bytes, a table or a refusal, quickly."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.documents import read_within
from sources.participation import MAX_BYTES, Table, TableRefused
from sources.reading import read_table
from sources.states import load_register
from tests.refusals import said
from tests.sources.files import ALBANIA, CSV_TITLES, TITLES, a_status_file, codes, read, refusal, the_file_of

DOCUMENT = the_file_of("2019-08-30")
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><x>&d;</x>"""
EXTERNAL = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>"""
DTD_ONLY = b"""<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>"""


def taken_in_or_refused(data: bytes) -> None:
    """Read the file, taken in or refused; anything else that is raised fails the test."""
    try:
        table: Table | TableRefused = read(data)
    except TableRefused as refused:
        table = refused
    says = said(table) if isinstance(table, TableRefused) else (table.treaty,)
    assert says
    assert all(sentence and "\n" not in sentence for sentence in says)


@given(st.binary(max_size=400))
def test_junk_is_refused_and_nothing_worse(data):
    taken_in_or_refused(data)


@given(st.text(max_size=200))
def test_junk_that_starts_like_a_table_is_refused_and_nothing_worse(text):
    taken_in_or_refused(f"{CSV_TITLES}\n{text}".encode())
    taken_in_or_refused(b'<?xml version="1.0" encoding="UTF-8"?><MTDSG>' + text.encode())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(DOCUMENT) - 1), st.integers(0, 40), st.binary(max_size=6))
def test_a_damaged_file_is_taken_in_or_refused_and_nothing_worse(at, gone, put):
    taken_in_or_refused(DOCUMENT[:at] + put + DOCUMENT[at + gone :])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(DOCUMENT) - 20))
def test_a_file_cut_short_anywhere_is_refused(at):
    refusal(DOCUMENT[:at])


def test_a_file_cut_short_is_said_to_be_cut_short():
    assert "xml_ends_early" in codes(refusal(DOCUMENT[:5_000]))


@pytest.mark.parametrize("data", [BOMB, EXTERNAL, DTD_ONLY])
def test_entities_and_document_types_are_refused_unread(data):
    assert codes(refusal(data)) == ["xml_declares_entities"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "table_is_empty"),
        (b" \r\n\t", "table_is_empty"),
        (b"\xef\xbb\xbf", "table_is_empty"),
        (b"<!DOCTYPE html><html><body>hello</body></html>", "table_is_a_web_page"),
        (
            b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" ""><html/>',
            "table_is_a_web_page",
        ),
        (b"\xef\xbb\xbf<HTML lang=en>", "table_is_a_web_page"),
        (
            b"<html><p>This site is undergoing urgent maintenance and is currently unavailable.",
            "notice_of_maintenance",
        ),
        (b"%PDF-1.7", "table_is_a_pdf"),
        (b"PK\x03\x04rest", "table_is_packed"),
        (b"\x89PNG\r\n\x1a\n", "table_is_a_picture"),
        (b"\xff\xd8\xff\xe0", "table_is_a_picture"),
        (b"GIF89a", "table_is_a_picture"),
        (b"{}", "no_columns_of_the_record"),
        ("<x>é</x>".encode("utf-16"), "csv_not_utf8"),
        (b'<?xml version="1.0" encoding="gb2312"?><x/>', "encoding_unknown"),
        (b'<?xml version="1.0" encoding="klingon"?><x/>', "encoding_unknown"),
        (b"<x><y></x>", "xml_not_well_formed"),
        (b"<x/>", "table_of_no_treaty"),
    ],
)
def test_what_is_no_table_is_named_for_what_it_is(data, says):
    assert says in codes(refusal(data))


def test_a_byte_order_mark_or_a_blank_line_before_the_file_does_no_harm():
    data = a_status_file(ALBANIA, encoding="UTF-8")
    assert read(b"\xef\xbb\xbf" + data) == read(b"\n" + data) == read(data)


def test_the_limit_is_an_argument_and_the_last_byte_counts():
    register = load_register()
    assert read_table(DOCUMENT, titles=TITLES, register=register, max_bytes=len(DOCUMENT)).acts
    with pytest.raises(TableRefused, match="table_too_large"):
        read_table(DOCUMENT, titles=TITLES, register=register, max_bytes=len(DOCUMENT) - 1)


def test_a_huge_file_is_refused_without_being_read_to_its_end():
    stream = io.BytesIO(bytes(25_000_000))
    with pytest.raises(TableRefused, match="table_too_large"):
        read_within(stream)
    assert stream.tell() == MAX_BYTES + 1


def peak_megabytes_of_refusing(data: bytes) -> float:
    tracemalloc.start()
    try:
        refusal(data)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "filling",
    [b"<a/>", b"<a>", b"<a b='c'/>", b"&#65;", b"<Row><Entry/></Row>"],
    ids=["elements", "depth", "attributes", "text", "rows"],
)
def test_a_file_within_the_limit_cannot_take_much_memory(filling):
    start = a_status_file(ALBANIA)[: -len(b"</Treaty></MTDSG>")]
    data = start + filling * ((MAX_BYTES - 1_000) // len(filling))
    assert peak_megabytes_of_refusing(data) < 150


@pytest.mark.parametrize("filling", [b",", b"\n", b'"', b"a,b\n", b"x"])
def test_a_csv_within_the_limit_cannot_take_much_memory(filling):
    data = CSV_TITLES.encode() + b"\n" + filling * ((MAX_BYTES - 1_000) // len(filling))
    assert peak_megabytes_of_refusing(data) < 100
