"""A PDF that starts, hides or holds something is not kept, nor a picture with something behind it."""

import random
import time
import zlib

import pytest

from casework.files import pdf
from casework.files.file_types import JPEG as OF_JPEG
from casework.files.file_types import PDF as OF_PDF
from casework.files.file_types import PNG as OF_PNG
from casework.files.file_types import type_faults
from casework.files.pdf import pdf_faults
from casework.files.pictures import jpeg_faults, png_faults
from tests.papers import PDF

ENDS = b"\nstartxref\n9\n%%EOF\n"
SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
BEHIND = b"PK\x03\x04 a packed file"


def codes(faults):
    return {fault.code for fault in faults}


def a_pdf(*objects):
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, each) for n, each in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R >>" + ENDS


def packed(inside, dictionary=b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", made=zlib.compress):
    data = made(b"7 0 " + inside)
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(data), data)


def twice(data):
    return zlib.compress(zlib.compress(data))


TWICE = b"/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]"


def in_a_stream(text):
    data = zlib.compress(text)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(data), data)


def packed_anew(inside):
    return b"9 0 obj\n" + packed(inside) + b"\nendobj"


KEPT = {
    "a plain one": PDF,
    "one that opens at a page": a_pdf(b"<< /Type /Catalog /OpenAction [3 0 R /Fit] >>"),
    "one with packed objects": a_pdf(packed(b"<< /Type /Page >>")),
    "one that speaks of launch vehicles": a_pdf(in_a_stream(b"BT (Missiles/Launch systems) Tj ET")),
    "one that speaks of scripts": a_pdf(
        in_a_stream(b"1 0 0 1 9 9 cm BT (/JS 5 0 R /EF << /First 4 /SubmitForm) Tj ET")
    ),
    "one with bookmarks": a_pdf(
        b"<< /Type /Outlines /First 2 0 R /Last 2 0 R /Count 1 >>",
        b"<< /Title (A \\) >> stream) /First 3 0 R /A << /S /URI >> /Last 3 0 R >>",
        in_a_stream(b"BT (Article 8) Tj ET"),
    ),
    "one changed since, with packed objects": a_pdf(b"<< >>") + packed_anew(b"<< /Type /Page >>") + ENDS,
    "one with packed objects that are packed twice": a_pdf(packed(b"<< /Type /Page >>", TWICE, twice)),
    "one with names that begin like others": a_pdf(
        b"<< /Font << /EF1 4 0 R /JS2 5 0 R /3Ds 6 0 R >> /EFF /Identity >>"
    ),
    "one that opens at an address": a_pdf(b"<< /OpenAction << /S /URI /URI (https://www.un.org) >> >>"),
    "one with links": a_pdf(b"<< /S /URI /URI (https://www.un.org/disarmament/att) >>"),
    "one changed since": a_pdf(b"<< >>") + b"2 0 obj\n<< >>\nendobj" + ENDS,
}
REFUSED = {
    "a script": (a_pdf(SCRIPT), "pdf_runs"),
    "a script opened with it": (a_pdf(b"<< /OpenAction << /S/JavaScript/JS 5 0 R >> >>"), "pdf_runs"),
    "a script written with escapes": (a_pdf(SCRIPT.replace(b"/JavaScript", b"/#4aavaScr#69pt")), "pdf_runs"),
    "a script among packed objects": (a_pdf(packed(SCRIPT)), "pdf_runs"),
    "an escaped script among packed objects": (
        a_pdf(packed(SCRIPT.replace(b"JavaScript", b"Java#53cript"), b"/Type/#4fbjStm /Filter/Fl")),
        "pdf_runs",
    ),
    "packed objects in clear": (a_pdf(packed(SCRIPT, b"/Type /ObjStm", bytes)), "pdf_runs"),
    "a program started": (a_pdf(b"<< /S /Launch /F (cmd.exe) >>"), "pdf_runs"),
    "data brought in": (a_pdf(b"<< /S /ImportData /F (values.fdf) >>"), "pdf_runs"),
    "a film with scripts": (a_pdf(b"<< /S /Rendition /JS 4 0 R >>"), "pdf_runs"),
    "a film": (a_pdf(b"<< /Subtype /RichMedia >>"), "pdf_runs"),
    "a form with scripts": (a_pdf(b"<< /AcroForm << /XFA 4 0 R >> >>"), "pdf_runs"),
    "a file inside": (a_pdf(b"<< /Type /EmbeddedFile >>"), "file_holds_files"),
    "files named inside": (a_pdf(packed(b"<< /Names << /EmbeddedFiles 4 0 R >> >>")), "file_holds_files"),
    "a way into a file inside": (a_pdf(b"<< /S /GoToE /T << /R /C >> >>"), "file_holds_files"),
    "a password": (a_pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 8 0 R"), "file_is_locked"),
    "a script without its other name": (a_pdf(b"<< /S 9 0 R /JS%\n(app.alert\\(1\\)) >>"), "pdf_runs"),
    "a script that stands elsewhere": (a_pdf(b"<< /S 9 0 R /#4aS 5 0 R >>"), "pdf_runs"),
    "a form that is sent": (a_pdf(b"<< /S /SubmitForm /F (https://example.org) >>"), "pdf_runs"),
    "a way into another file": (a_pdf(b"<< /S /GoToR /F (//example.org/share/a.pdf) >>"), "pdf_runs"),
    "a body in three dimensions": (a_pdf(b"<< /Type /Annot /Subtype /3D /3DD 5 0 R >>"), "pdf_runs"),
    "a body named elsewhere": (a_pdf(b"<< /Subtype 2 0 R >>", b"/3D"), "pdf_runs"),
    "a film of old": (a_pdf(b"<< /S /Movie >>"), "pdf_runs"),
    "a sound": (a_pdf(b"<< /S /Sound /Sound 5 0 R >>"), "pdf_runs"),
    "a file that is not called one": (a_pdf(b"<< /F (run.exe) /EF << /F 5 0 R >> >>"), "file_holds_files"),
    "a file whose place stands elsewhere": (a_pdf(packed(b"<< /F (run.exe) /EF 5 0 R >>")), "file_holds_files"),
    "a file pinned to a page": (a_pdf(b"<< /Subtype /FileAttachment /FS 5 0 R >>"), "file_holds_files"),
    "a script among objects packed twice": (a_pdf(packed(SCRIPT, TWICE, twice)), "pdf_runs"),
    "a script among packed objects that are not called so": (
        a_pdf(packed(SCRIPT, b"/N 1 /First 4 /Filter /FlateDecode")),
        "pdf_runs",
    ),
    "a script among packed objects whose name stands elsewhere": (
        a_pdf(packed(SCRIPT, b"/Type 9 0 R /N 9 0 R /F#69rst 9 0 R /Filter /FlateDecode")),
        "pdf_runs",
    ),
    "a script among packed objects that are called so last": (
        a_pdf(packed(SCRIPT, b"/Filter /FlateDecode /N 1 /First 4 /Type /ObjStm")),
        "pdf_runs",
    ),
    "objects behind a beginning that is none": (
        a_pdf(packed(SCRIPT, b"/Filter /FlateDecode %9 0 obj <<\n/Type /ObjStm /N 1 /First 4")),
        "pdf_hides",
    ),
    "objects far behind a beginning that is none": (
        a_pdf(packed(SCRIPT, b"/Filter /FlateDecode %" + bytes(9000) + b" 9 0 obj <<\n/Type /ObjStm /N 1 /First 4")),
        "pdf_hides",
    ),
    "objects not called so, behind an end that is none": (
        a_pdf(packed(SCRIPT, b"/N 1 /First 9 0 R /X << >> % >>\n/Y <3e> (\\) >> endobj 5 0 obj << ) /Filter /Fl")),
        "pdf_hides",
    ),
    "objects not called so, packed by what stands elsewhere": (
        a_pdf(packed(SCRIPT, b"/N 1 /First 4 /Filter 9 0 R")),
        "pdf_hides",
    ),
    "objects packed in two ways": (
        a_pdf(packed(SCRIPT, b"/Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode]")),
        "pdf_hides",
    ),
    "objects packed by what stands elsewhere": (a_pdf(packed(SCRIPT, b"/Type /ObjStm /Filter 9 0 R")), "pdf_hides"),
    "objects with their bytes moved": (
        a_pdf(packed(SCRIPT, b"/Type /ObjStm /Filter /FlateDecode /DecodeParms << /Predictor 12 >>")),
        "pdf_hides",
    ),
    "objects with their bytes moved, in short": (
        a_pdf(packed(SCRIPT, b"/Type /ObjStm /Filter /Fl /DP << /Predictor 12 >>")),
        "pdf_hides",
    ),
    "objects in another file": (a_pdf(packed(SCRIPT, b"/Type /ObjStm /F (elsewhere.bin) /FFilter /Fl")), "pdf_hides"),
    "objects packed as only some readers unpack them": (
        a_pdf(packed(SCRIPT, b"/Type /ObjStm /Filter /Fl", lambda data: zlib.compress(data)[2:])),
        "pdf_hides",
    ),
    "objects behind a stream that is none": (
        a_pdf(packed(SCRIPT, b"/Type /ObjStm /X ( stream\n" + zlib.compress(b"7 0 null") + b"endstream) /Filter /Fl")),
        "pdf_hides",
    ),
    "objects behind an end that is none": (
        a_pdf(packed(SCRIPT, b"/Type /ObjStm /X (endobj) /Filter /Fl")),
        "pdf_hides",
    ),
    "something behind it": (PDF + BEHIND, "pdf_goes_on"),
    "no end": (PDF.replace(b"%%EOF", b""), "pdf_is_damaged"),
}


@pytest.mark.parametrize("paper", KEPT)
def test_a_document_that_only_shows_is_kept(paper):
    assert codes(pdf_faults(KEPT[paper])) == set()


@pytest.mark.parametrize("paper", REFUSED)
def test_what_starts_holds_or_hides_something_is_refused(paper):
    content, why = REFUSED[paper]
    assert why in codes(pdf_faults(content))


def test_packed_objects_that_swell_are_refused():
    assert codes(pdf_faults(a_pdf(packed(bytes(200_000_000))))) == {"file_grows"}
    assert codes(pdf_faults(a_pdf(packed(bytes(100_000_001), TWICE, twice)))) == {"file_grows"}


#: What costs a reader much more than it costs whoever writes it, by its length.
INTRICATE = {
    "names": lambda length: b"/a" * (length // 2),
    "names among packed objects": lambda length: b"1 0 obj\n" + packed(b"/a" * length),
    "firsts among texts": lambda length: b"/First ) ( " * (length // 11),
    "firsts among texts among packed objects": lambda length: b"1 0 obj\n" + packed(b"/First ) ( " * (length // 11)),
    "firsts before comments": lambda length: b"/First>>%" * (length // 9),
    "scripts before comments": lambda length: b"/JS%" * (length // 4),
    "streams": lambda length: b"/ObjStm" + b"\nstream" * (length // 7) + b"\n",
    "packed objects": lambda length: (b"1 0 obj\n" + packed(b"null") + b"\n") * (length // 120),
    "objects packed in very many ways": lambda length: (
        (b"1 0 obj\n" + packed(b"null", b"/ObjStm /Filter [" + b"/Fl" * 900 + b"]") + b"\n") * (length // 2_900)
    ),
}


@pytest.mark.parametrize("made_of", INTRICATE)
def test_a_document_that_is_too_intricate_to_be_looked_through_is_refused_in_time(monkeypatch, made_of):
    monkeypatch.setattr(pdf, "_MOST_STEPS", 100_000)
    content = b"%PDF-1.7\n" + INTRICATE[made_of](2_000_000) + ENDS
    began = time.process_time()
    assert "pdf_too_intricate" in codes(pdf_faults(content))
    assert time.process_time() - began < 5, "a document of a fortieth of what is allowed"


def test_behind_a_name_only_so_much_is_read_and_the_worse_is_believed():
    for name, why in ((b"/JS", "pdf_runs"), (b"/EF", "file_holds_files"), (b"/3D", "pdf_runs")):
        assert codes(pdf_faults(a_pdf(b"<< %s%%%s\n (x) >>" % (name, b"-" * 5_000)))) == {why}
    assert codes(pdf_faults(a_pdf(b"<< /Title /First 4>>%" + b"-" * 5_000))) == {"pdf_hides"}


def test_a_comment_before_packed_objects_costs_no_more_than_its_length():
    heads = (b"%" * 3_900 + b"\n1 0 obj << /ObjStm >>\nstream\n") * 500
    began = time.process_time()
    pdf_faults(b"%PDF-1.7\n" + heads + ENDS)
    assert time.process_time() - began < 5


def test_nothing_is_found_by_chance_in_a_large_picture_inside():
    noise = random.Random(7).randbytes(4_000_000)
    picture = b"<< /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream" % (len(noise), noise)
    assert pdf_faults(a_pdf(picture, packed(b"<< /Type /Page >>"))) == ()


def a_chunk(kind, data=b""):
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


A_PNG = b"\x89PNG\r\n\x1a\n" + a_chunk(b"IHDR", bytes(13)) + a_chunk(b"IDAT", b"IEND" + bytes(9)) + a_chunk(b"IEND")
_SMALL = b"\xff\xd8\xff\xdb\x00\x04ab\xff\xd9"
A_JPEG = (
    b"\xff\xd8\xff\xe1" + (2 + len(_SMALL)).to_bytes(2, "big") + _SMALL  # a small picture in the head of the large one
    + b"\xff\xda\x00\x04ab" + b"data\xff\x00more\xff\xd0data" + b"\xff\xda\x00\x04cd" + b"data" + b"\xff\xd9"
)  # fmt: skip


@pytest.mark.parametrize(("faults", "picture"), [(png_faults, A_PNG), (jpeg_faults, A_JPEG)])
def test_a_picture_is_kept_and_not_with_something_behind_it(faults, picture):
    assert faults(picture) == ()
    assert faults(picture + b"\0\0\n") == ()
    assert codes(faults(picture + BEHIND)) == {"picture_goes_on"}
    assert codes(faults(picture + picture)) == {"picture_goes_on"}


@pytest.mark.parametrize(
    ("content", "promised", "why"),
    [(PDF, OF_PDF, "pdf_goes_on"), (A_PNG, OF_PNG, "picture_goes_on"), (A_JPEG, OF_JPEG, "picture_goes_on")],
)
def test_each_is_looked_through_when_it_is_brought(tmp_path, content, promised, why):
    path = tmp_path / "brought"
    for brought, found in ((content, set()), (content + BEHIND, {why})):
        path.write_bytes(brought)
        with path.open("rb") as file:
            assert codes(type_faults(file, promised)) == found


def test_the_last_chunk_of_a_picture_is_empty():
    assert codes(png_faults(A_PNG[:-12] + a_chunk(b"IEND", BEHIND))) == {"picture_goes_on"}


def test_a_picture_that_becomes_something_else_is_damaged():
    assert codes(png_faults(A_PNG[:33] + b"<html><script>")) == {"file_is_damaged"}
    assert codes(jpeg_faults(b"\xff\xd8\xff<html><script>")) == {"file_is_damaged"}
