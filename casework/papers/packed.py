"""Files of Word and Excel packed anew, so that the same paper is the same file: no clock and no machine is in it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_OF_NOBODY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Accede</Application></Properties>"
)
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    "<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:language>{language}</dc:language>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified>'
    "</cp:coreProperties>"
)


def packed_anew(written: bytes, *, title: str, language: str, on: date) -> bytes:
    """Return a file of Word or Excel with the properties of the paper alone, and the day it is as of."""
    core = _PROPERTIES.format(title=escape(title), language=escape(language), day=on.isoformat())
    told = {_CORE: core.encode(), _APP: _OF_NOBODY.encode()}
    out = BytesIO()
    with ZipFile(BytesIO(written)) as old, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as new:
        for entry in old.infolist():
            member = ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))  # the first day that the form knows
            member.compress_type, member.external_attr = ZIP_DEFLATED, 0o600 << 16
            new.writestr(member, told.get(entry.filename) or old.read(entry))
    return out.getvalue()
