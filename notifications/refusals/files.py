"""Why a file that somebody attaches may not be kept."""

from __future__ import annotations

#: What a file is, said by itself or as the reason in `file_not_kept`.
_CONTENT = {
    "content_of_another_ending": "the name says %(promised)s, but the content is that of a “%(ending)s” file.",
    "content_of_another_kind": "the name says %(promised)s, but the content is that of %(found)s.",
    "content_of_no_kind": "the name says %(promised)s, but the content is none that is kept here.",
    "file_fetches_elsewhere": (
        "the file fetches a template or another file from elsewhere when it is opened. Save it without, or as PDF."
    ),
    "file_grows": "the file grows out of all proportion when it is opened. Save it anew, or attach it as PDF.",
    "file_holds_files": (
        "the file holds other files inside that are not kept here. Save it without them, or attach it as PDF."
    ),
    "file_holds_macros": "the file holds macros. Save it without them (as .docx or .xlsx) and attach that.",
    "file_is_damaged": "the file is damaged or cut off. Open it, save it anew and attach that.",
    "file_is_empty": "the file is empty.",
    "file_is_locked": "the file is protected with a password, so that nobody can see what it holds. Attach it without.",
    "pdf_goes_on": "something else stands after the end of the PDF. Open it, save it anew and attach that.",
    "pdf_hides": (
        "the PDF packs its contents in a way that nobody here can look into. Print it into a new PDF and attach that."
    ),
    "pdf_runs": (
        "the PDF starts a program or a script, plays something, sends a form, or opens another file. Print it into a"
        " new PDF and attach that."
    ),
    "pdf_too_intricate": (
        "the PDF is too intricate to be looked through. Print it into a new PDF, or into several, and attach that."
    ),
    "picture_goes_on": "something else stands after the end of the picture. Open it, save it anew and attach that.",
    "pdf_is_damaged": "the PDF is damaged or cut off. Open it, save it anew and attach that.",
}
SENTENCES = _CONTENT | {
    "file_cannot_be_read": "The attachment %(path)s cannot be read: %(why)s.",
    "file_not_kept": "“%(name)s” is not kept: %(why)s",
    "file_of_no_kind": (
        "“%(name)s” is of no kind that is kept here; attach PDF, Word (.doc, .docx), Excel (.xls, .xlsx), PNG or JPEG."
    ),
    "file_too_large": "The file is larger than %(most)s MB, the most that is kept here.",
    "files_not_writable": (
        "The folder of files cannot be written. Nothing was kept;"
        " `accede doctor` tells whoever looks after the machine what to do."
    ),
    "no_room_for_files": (
        "The disk that files are kept on is full. Nothing was kept;"
        " `accede doctor` tells whoever looks after the machine what to do."
    ),
}
