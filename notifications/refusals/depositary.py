"""Why a depositary's file is not taken in, or not put aside: the file as it lies or is brought, whatever is in it."""

from __future__ import annotations

SENTENCES = {
    "choose_a_file": "Choose the file that is to be looked at.",
    "file_brings_something_else": (
        "The record has changed since you looked at this file, or another day was sent with it, and so has what it"
        " would bring. Look at it once more below."
    ),
    "file_ends_otherwise": "A table is a file that ends in one of %(endings)s; save it as one.",
    "file_in_no_folder": "It lies in no treaty's folder, so it is not looked at; put it into %(folders)s.",
    "file_is_a_link": "It is a link, which is not followed; put the file itself there.",
    "file_not_foreseen": (
        "Something in it was not foreseen (%(kind)s), and nothing of it was written. Show it to whoever looks after"
        " this installation."
    ),
    "file_not_put_aside": (
        "It was read, and cannot be moved out of the inbox (%(why)s); let the account that Accede runs as write there."
    ),
    "file_of_the_future": (
        "Its time lies ahead of this machine's clock (%(hour)s), so nobody can tell whether it is all there. Set the"
        " clock, or copy the file anew."
    ),
    "file_of_the_inbox_unreadable": "It cannot be read (%(why)s); give the account that Accede runs as the right.",
    "no_file_waits": "This file does not wait here any more; bring it once more, and look at it.",
    "no_file_at_all": "It is a folder or something else that is no file; put the files themselves there.",
    "table_not_said_whole": (
        "Acts on file here that are missing from this table: %(count)s. Tick that the table is whole, or bring the"
        " whole one."
    ),
}
