"""Documents: bytes before they mean anything: their limit, what they look like, and XML read without trusting it.

The standard parser meets no entity, no document type and no more elements than a status table has.
"""

from __future__ import annotations

import re
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers.expat import ErrorString

from sources.participation import MAX_BYTES, TableRefused

_MOST_ELEMENTS = 200_000  # the longest of the depositary's files has some ten thousand
_MARK = b"\xef\xbb\xbf"  # what Windows puts before UTF-8
_MAINTENANCE = b"urgent maintenance and is currently unavailable"
_HTML = re.compile(rb"<(!doctype\s+)?html\b", re.IGNORECASE)
_OTHERS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a spreadsheet or an archive",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x1f\x8b": "a compressed file",
}
_ENDED_EARLY = {3, 5, 6, 20}  # expat: no element, unclosed token, partial character, unclosed CDATA


def read_within(stream: BinaryIO, max_bytes: int = MAX_BYTES) -> bytes:
    """Read a file or an answer whole, or refuse it without reading beyond the limit (bytes)."""
    data = stream.read(max_bytes + 1)
    refuse_oversize(data, max_bytes)
    return data


def refuse_oversize(data: bytes, max_bytes: int = MAX_BYTES) -> None:
    """Refuse more bytes than the limit."""
    if len(data) > max_bytes:
        raise TableRefused(f"The file is larger than {max_bytes:,} bytes; no status table is.")


def refuse_other_kinds(data: bytes) -> None:
    """Refuse what is plainly no table: nothing at all, a web page, a PDF, a spreadsheet."""
    if not data.removeprefix(_MARK).strip():
        raise TableRefused("The file is empty.")
    if _MAINTENANCE in data[:100_000]:
        raise TableRefused("This is the depositary's notice of maintenance; fetch the file again later.")
    if _HTML.search(data[:2_000]):
        raise TableRefused("This is a web page (HTML), not the depositary's XML file; fetch the file again.")
    for start, kind in _OTHERS.items():
        if data.startswith(start):
            raise TableRefused(f"This is {kind}; take the depositary's XML file, or a CSV file.")


def looks_like_xml(data: bytes) -> bool:
    """Tell whether a file is XML rather than CSV, by its first character."""
    return data.removeprefix(_MARK).lstrip().startswith(b"<")


def read_xml(data: bytes) -> Element:
    """Read XML that nobody vouches for; TableRefused says what is wrong with it."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=_BoundedTree(), forbid_dtd=True)  # entities are forbidden anyway
    try:
        parser.feed(data.removeprefix(_MARK).lstrip())
        root = parser.close()
    except DefusedXmlException:
        raise TableRefused("The file declares a document type or entities; the depositary's never do.") from None
    except ParseError as wrong:
        raise TableRefused(_sentence(wrong)) from None
    except (LookupError, ValueError) as wrong:
        raise TableRefused(f"The encoding that the file declares cannot be read ({wrong}).") from None
    assert isinstance(root, Element)
    return root


class _BoundedTree(TreeBuilder):
    """Builds a tree up to a number of elements: memory is bounded by that, not by a file's good will."""

    _left = _MOST_ELEMENTS

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._left -= 1
        if self._left < 0:
            raise TableRefused(f"The file has more than {_MOST_ELEMENTS:,} elements; no status table has.")
        return super().start(tag, attrs)


def _sentence(wrong: ParseError) -> str:
    line, column = wrong.position
    if wrong.code in _ENDED_EARLY:
        return f"The file ends in the middle (line {line}); it was cut short, fetch it again."
    return f"The file is not well-formed XML (line {line}, column {column}: {ErrorString(wrong.code)})."
