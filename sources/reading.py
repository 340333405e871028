"""Reading a file of any form: bytes in, a table out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sources.documents import looks_like_xml, refuse_other_kinds, refuse_oversize
from sources.mtdsg import parse_mtdsg
from sources.participation import MAX_BYTES, Table
from sources.states import Register
from sources.table_csv import parse_csv


def read_table(
    data: bytes,
    *,
    titles: Sequence[str],
    register: Register,
    max_bytes: int = MAX_BYTES,
    published: date | None = None,
) -> Table:
    """Read the depositary's XML, or CSV, about the treaty with one of these titles; or TableRefused.

    `published` is the day the file describes, where somebody knows it: neither form says so itself.
    """
    refuse_oversize(data, max_bytes)
    refuse_other_kinds(data)
    if looks_like_xml(data):
        return parse_mtdsg(data, titles=titles, register=register, max_bytes=max_bytes, published=published)
    return parse_csv(data, treaty=titles[0], register=register, max_bytes=max_bytes, published=published)
