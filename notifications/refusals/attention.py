"""What the pathway says comes next for a State, and what is refused of a next step."""

from __future__ import annotations

_NEXT = {
    "next_is_a_proof": "Get on file: %(proof)s, for “%(step)s”",
    "next_is_a_step": "Take the step “%(step)s”: all that it asks for is on file",
    "next_is_entry_into_force": "Welcome the State: it is bound from %(day)s",
    "next_is_the_deposit": "Ask when the instrument will be deposited: it is ready",
    "next_is_to_ask_again": "Ask again: the State has paused its process",
    "next_is_to_ask_where_it_stands": "Ask the State where its process stands",
    "next_is_to_ask_who_declined": "Ask only whether its word still stands: the State has declined",
    "next_is_to_set_right": "Set right: %(proof)s, for “%(step)s”",
}
_WRITTEN = {
    "next_step_by_a_day_to_come": "Say a day from %(today)s on; %(day)s is over.",
    "next_step_of_a_party": "%(state)s is a State Party; a next step is written for States that are not.",
    "next_step_too_far_ahead": "The day %(day)s is more than %(years)s years ahead; look at the year again.",
    "next_step_written_meanwhile": "Somebody else has just written what comes next: “%(words)s”. Look at it first.",
    "say_what_comes_next": "Write what comes next for the State.",
}
SENTENCES = _NEXT | _WRITTEN
