"""What is refused of a meeting, its kind and days, and of what was said there."""

from __future__ import annotations

_KEPT = {
    "meeting_before_the_treaty": (
        "The meeting cannot have been on %(day)s, before %(treaty)s was opened for signature on %(opened)s."
    ),
    "meeting_ends_before_it_begins": "The meeting cannot end on %(last)s, before it begins on %(first)s.",
    "meeting_is_yet_to_come": "The meeting is on %(day)s; it can be said to have been held once it has begun.",
    "meeting_of_no_such_kind": "Say what kind of meeting it is: %(kinds)s.",
    "meeting_too_far_ahead": "The meeting is on %(day)s, more than %(years)s years ahead; look at the year again.",
    "meeting_too_long": "From %(first)s to %(last)s is longer than a meeting lasts; look at the days again.",
    "meetings_kept_by": "Meetings are kept by the Secretariat, the President and the chair.",
    "no_such_meeting": "There is no meeting %(meeting)s.",
    "papers_after_the_meeting": "Papers cannot be due on %(day)s, after the meeting has ended on %(last)s.",
    "place_not_a_line": "Write the place in one line of at most %(most)s characters.",
    "say_when_it_begins": "Say on which day the meeting begins, or in which month where no more is known.",
    "source_not_a_line": "Write the source in one line of at most %(most)s characters.",
}
_SAID = {
    "by_a_day_or_a_month": "Say by which day or month, not only %(day)s.",
    "by_before_it_was_said": "It was said on %(said)s, and cannot be meant for %(day)s, before that.",
    "condition_not_a_line": "Write the condition in one line of at most %(most)s characters.",
    "held_otherwise_at_this_meeting": "What was said at this meeting is held as %(levels)s.",
    "no_such_line": "There is no such line among what was taken down at this meeting.",
    "nothing_said_at_a_cancelled_meeting": "The meeting does not take place, so nothing was said there.",
    "nothing_said_yet": "Nothing was said yet on %(day)s; it is taken down on the day itself.",
    "promise_of_no_state": (
        "A promise is a State's own; “%(name)s” is none. Take it down as an offer, or as a position."
    ),
    "said_after_the_meeting": "It cannot have been said on %(day)s, after the meeting has ended on %(last)s.",
    "said_before_the_meeting": "It cannot have been said on %(day)s, before the meeting began on %(first)s.",
    "say_which_day_of_the_meeting": "Say on which day it was said, from %(first)s to %(last)s.",
    "say_what_it_was_about": "Say what it was about: %(kinds)s.",
    "settled_meanwhile": "Somebody else has just checked a line of these, or struck it out. Look at it again.",
    "speaker_is_no_state": ("%(why)s If it is an organization or a group, write * before its name."),
    "speaker_unknown": (
        "“%(name)s” is no State's name or code. If it is an organization or a group, write * before its name."
    ),
    "speaker_wanted": "Say who spoke: a State by its code or any of its names, or whoever else it was.",
    "words_wanted": "Write what was said.",
}
_SHEETS = {
    "date_in_numbers_alone": (
        "“%(text)s” may be read in two ways. Write a day as %(day)s or with its month by name, or let Excel keep it"
        " as a date."
    ),
    "entry_under_no_title": "Something stands in this row where no column has a title.",
    "sheet_columns_unknown": "There is no column %(columns)s; there are %(known)s.",
    "sheet_is_damaged": "The file is damaged, or no sheet of Excel that can be read. Save it anew as .xlsx or as CSV.",
    "sheet_is_empty": "Nothing stands in this sheet.",
    "sheet_too_large": "The file is larger than %(most)s MB; take in its rows in parts.",
}
_LINES = {
    "line_has_no_letter": (
        "Write who spoke, then one letter for what it was about, then the words. The letters are %(letters)s."
    ),
}
SENTENCES = _KEPT | _SAID | _SHEETS | _LINES
