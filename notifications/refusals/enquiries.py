"""What is refused of the yearly enquiry: its rounds, who is asked, and what is answered."""

from __future__ import annotations

SENTENCES = {
    "answer_is_no_text": "Your own words hold characters that are no text; write them anew.",
    "answer_not_readable": "This is no answer that the form sends. Open the link of the letter again.",
    "answer_too_long": "Your own words have at most %(most)s characters; send what is longer by note verbale.",
    "enquiries_passed_on": "enquiries passed on: %(number)s",
    "enquiries_reach_nobody": "States whom no letter reaches: %(number)s",
    "enquiry_closes_too_late": (
        "The enquiry cannot stay open until %(day)s, longer than a year; look at the year again."
    ),
    "enquiry_closes_too_soon": "The enquiry cannot be answered until %(day)s; name a day that is still to come.",
    "enquiry_is_open": "The enquiry %(enquiry)s is still open, until %(day)s. Close it first.",
    "enquiry_over": "This enquiry is closed. Please write to the Secretariat.",
    "no_enquiry_open": "No enquiry is open.",
    "no_enquiry_yet": "No enquiry has been made yet.",
    "no_such_enquiry": "There is no such enquiry.",
    "say_until_when": "Say until which day it can be answered.",
    "say_where_it_stands": "Choose where the national process stands; that nothing has begun is an answer too.",
    "state_not_asked": "This State is not asked in the enquiry: it was party, or about to be, when that was opened.",
}
