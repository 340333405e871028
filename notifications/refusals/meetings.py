"""What is refused of a meeting: its kind and days, and who keeps it."""

from __future__ import annotations

SENTENCES = {
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
