"""What is refused around a follow-up: put off, closed or taken over."""

from __future__ import annotations

SENTENCES = {
    "outcome_wanted": "A follow-up is closed with its outcome: say what was done, or “not needed” and why.",
    "rests_until_a_later_day": "It can rest until a day after %(today)s, not %(day)s.",
    "say_why_it_rests": "Say why it rests until then; the next person will want to know.",
    "say_why_not_needed": "“Not needed” wants its reason, such as “not needed: the mission wrote on Friday”.",
}
