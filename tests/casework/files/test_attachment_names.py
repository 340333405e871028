"""The name of a file is one plain line, whatever somebody made of it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.files.file_types import clean_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Law 12.pdf", "Law 12.pdf"),
        ("Loi n° 12, Sénégal.pdf", "Loi n° 12, Sénégal.pdf"),
        ("قانون.pdf", "قانون.pdf"),
        ("C:\\Users\\me\\law.pdf", "law.pdf"),
        ("../../etc/passwd", "passwd"),
        ("law\r\nSet-Cookie: a=b.pdf", "lawSet-Cookie_ a=b.pdf"),
        ("law\u202efdp.exe", "lawfdp.exe"),
        ("la\u200bw\x00.pdf", "law.pdf"),
        ('<script>alert("1")</script>.pdf', "script_.pdf"),
        ("law.exe          .pdf", "law.exe.pdf"),
        ("=cmd|' /C calc'!A0.pdf", "C calc'!A0.pdf"),
        ("  .hidden.pdf", "hidden.pdf"),
        (".pdf", "pdf"),
        ("...", "file"),
        ("", "file"),
        ("\u3164.pdf", "pdf"),
        ("law\u3164.pdf", "law.pdf"),
        ("\u0301\u2800.pdf", "file.pdf"),
        ("con.pdf", "_con.pdf"),
        ("e\u0301tude.pdf", "étude.pdf"),
    ],
)
def test_a_name_is_kept_as_one_plain_line(given_name, kept):
    assert clean_name(given_name) == kept


def test_a_long_name_keeps_its_ending():
    assert clean_name(f"{'a' * 500}.docx") == f"{'a' * 115}.docx"


@given(st.text())
def test_no_name_holds_a_path_a_mark_nobody_sees_or_a_break_of_lines(text):
    name = clean_name(text)
    assert 0 < len(name) <= 121
    assert not set(name) & set('/\\<>:"|?*')
    assert {unicodedata.category(c) for c in name}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
    assert name == name.strip()
    assert not name.startswith(".")
    assert clean_name(name) in (name, f"_{name}") or len(name) > 119
