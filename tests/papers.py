"""Papers: small files of every kind that may be attached, and of kinds that may not, made of bytes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from casework.core.workspace import Workspace
from casework.dossiers.filing import Filed
from casework.files.attachments import received
from tests.builders import file

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(17)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(32) + b"\xff\xd9"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(4096)
TYPES = "<Types><Override PartName='/{main}' ContentType='application/{type}'/></Types>"
_WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_EXCEL = "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def a_package(parts: Mapping[str, bytes | str], *, packed: bool = True) -> bytes:
    """Pack parts as Word and Excel do."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def a_docx(parts: Mapping[str, bytes | str] | None = None, type_: str = _WORD) -> bytes:
    """Make a text of Word, with more parts if a test wants them."""
    main = {"[Content_Types].xml": TYPES.format(main="word/document.xml", type=type_), "word/document.xml": "<w/>"}
    return a_package({**main, **(parts or {})})


def an_xlsx(parts: Mapping[str, bytes | str] | None = None, type_: str = _EXCEL) -> bytes:
    """Make a spreadsheet of Excel, with more parts if a test wants them."""
    main = {"[Content_Types].xml": TYPES.format(main="xl/workbook.xml", type=type_), "xl/workbook.xml": "<x/>"}
    return a_package({**main, **(parts or {})})


def a_compound(*streams: str, storages: tuple[str, ...] = (), first: bytes = b"") -> bytes:
    """Make a file of the older Office: a header, one sector of content, and a directory that names these."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    entries = [("Root Entry", 5), *((name, 2) for name in streams), *((name, 1) for name in storages)]
    directory = b"".join(_entry(name, kind) for name, kind in entries)
    return header + first.ljust(512, b"\0") + directory.ljust(512 * (len(directory) // 512 + 1), b"\0")


def _entry(name: str, kind: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return (written.ljust(64, b"\0") + struct.pack("<HB", len(written), kind)).ljust(128, b"\0")


A_DOC = a_compound("WordDocument", "1Table", first=struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, 0))
AN_XLS = a_compound("Workbook", first=struct.pack("<HHHH", 0x0809, 16, 0x0600, 5))


def file_with(workspace: Workspace, state: str, kind: str, on: str, *, paper: bytes, name: str, **said: Any) -> Filed:
    """File a fact with a paper attached, as the operator."""
    with ExitStack() as block:
        attachment = block.enter_context(received(workspace, io.BytesIO(paper), name))
        return file(workspace, state, kind, on, attachment=attachment, **said)
