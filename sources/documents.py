"""Documents: bytes before they mean anything: their limit, what they look like, and XML read without trusting it.

The standard parser meets no entity, no document type and no more elements than a status table has.
"""

from __future__ import annotations

import re
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from pathways.grammar.refusals import Refusal, refusal
from sources.participation import MAX_BYTES, TableRefused

_MOST_ELEMENTS = 200_000  # the longest of the depositary's files has some ten thousand
_MARK = b"\xef\xbb\xbf"  # what Windows puts before UTF-8
_MAINTENANCE = b"urgent maintenance and is currently unavailable"
_HTML = re.compile(rb"<(!doctype\s+)?html\b", re.IGNORECASE)
_OTHERS = {
    b"%PDF": refusal("table_is_a_pdf"),
    b"PK\x03\x04": refusal("table_is_packed"),
    b"\xd0\xcf\x11\xe0": refusal("table_is_an_old_document"),
    b"\x1f\x8b": refusal("table_is_compressed"),
    b"\x89PNG": refusal("table_is_a_picture"),
    b"\xff\xd8\xff": refusal("table_is_a_picture"),
    b"GIF8": refusal("table_is_a_picture"),
}
_ENDED_EARLY = {3, 5, 6, 20}  # expat: no element, unclosed token, partial character, unclosed CDATA
_NO_TOKEN, _UNDEFINED = 4, 11  # expat: a sign that cannot stand there, a name between & and ; that means nothing
#: An ampersand that begins no reference can only mean itself; the depositary's texts after the table have some.
_BARE = re.compile(rb"&(?!(?:#[0-9]+|#x[0-9A-Fa-f]+|[A-Za-z_:][A-Za-z0-9._:-]*);)")


def read_within(stream: BinaryIO, max_bytes: int = MAX_BYTES) -> bytes:
    """Read a file or an answer whole, or refuse it without reading beyond the limit (bytes)."""
    data = stream.read(max_bytes + 1)
    refuse_oversize(data, max_bytes)
    return data


def refuse_oversize(data: bytes, max_bytes: int = MAX_BYTES) -> None:
    """Refuse more bytes than the limit."""
    if len(data) > max_bytes:
        raise TableRefused(refusal("table_too_large", most=f"{max_bytes:,}"))


def refuse_other_kinds(data: bytes) -> None:
    """Refuse what is plainly no table: nothing at all, a web page, a PDF, a spreadsheet."""
    if not data.removeprefix(_MARK).strip():
        raise TableRefused(refusal("table_is_empty"))
    if _MAINTENANCE in data[:100_000]:
        raise TableRefused(refusal("notice_of_maintenance"))
    if _HTML.search(data[:2_000]):
        raise TableRefused(refusal("table_is_a_web_page"))
    for start, why in _OTHERS.items():
        if data.startswith(start):
            raise TableRefused(why)


def looks_like_xml(data: bytes) -> bool:
    """Tell whether a file is XML rather than CSV, by its first character."""
    return data.removeprefix(_MARK).lstrip().startswith(b"<")


def read_xml(data: bytes) -> Element:
    """Read XML that nobody vouches for; TableRefused says what is wrong with it."""
    text = data.removeprefix(_MARK).lstrip()
    try:
        return _tree(text)
    except ParseError as wrong:
        if wrong.code != _NO_TOKEN or not _BARE.search(text):
            raise TableRefused(_why(wrong)) from None
    try:
        return _tree(_BARE.sub(b"&amp;", text))
    except ParseError as wrong:
        raise TableRefused(_why(wrong)) from None


def _tree(text: bytes) -> Element:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=_BoundedTree(), forbid_dtd=True)  # entities are forbidden anyway
    try:
        parser.feed(text)
        root = parser.close()
    except DefusedXmlException:
        raise TableRefused(refusal("xml_declares_entities")) from None
    except ParseError:
        raise
    except (LookupError, ValueError):
        raise TableRefused(refusal("encoding_unknown")) from None
    assert isinstance(root, Element)
    return root


class _BoundedTree(TreeBuilder):
    """Builds a tree up to a number of elements: memory is bounded by that, not by a file's good will."""

    _left = _MOST_ELEMENTS

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._left -= 1
        if self._left < 0:
            raise TableRefused(refusal("too_many_elements", most=f"{_MOST_ELEMENTS:,}"))
        return super().start(tag, attrs)


def _why(wrong: ParseError) -> Refusal:
    line, column = wrong.position
    if wrong.code in _ENDED_EARLY:
        return refusal("xml_ends_early", line=line)
    if wrong.code == _NO_TOKEN:
        return refusal("xml_holds_a_stray_sign", line=line, column=column)
    if wrong.code == _UNDEFINED:
        return refusal("xml_names_a_sign", line=line, column=column)
    return refusal("xml_not_well_formed", line=line, column=column)
