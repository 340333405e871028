"""What is refused of a letter that was written, and why a letter stands where it stands."""

from __future__ import annotations

_REFUSED = {
    "letter_given_up": "This letter was given up already. Nothing was changed.",
    "letter_in_hand": "This letter is being carried just now. Look again in a minute; nothing was changed.",
    "letter_not_sent": "This letter was not sent, so it cannot have come back. Nothing was changed.",
    "letter_on_its_way": "This letter is on its way already. Nothing was changed.",
    "letter_was_sent": "This letter was sent. Nothing was changed.",
    "no_letter_to_you": "No letter to you has this address. It may have been written to somebody else.",
    "no_such_letter": "No letter has the id “%(id)s”; `accede letters` lists them.",
    "say_why_given_up": "Say why it is given up.",
    "say_why_it_came_back": "Say why it came back, in the words of the returned letter.",
    "several_letters": "More than one letter begins with “%(id)s”; write more of its id.",
}
#: Kept with the letter; the words of a server or a person stand there as they are.
_REASONS = {
    "address_not_taken": "“%(address)s” is no mail address that our mail server takes.",
    "address_not_vouched_for": "Nobody has vouched for this person's address yet.",
    "fault_of_this_program": "A fault of this program: %(kind)s.",
    "letter_came_back": "Came back: %(reason)s",
    "letter_given_up_by_a_person": "Given up by a person.",
    "letter_mandate_ended": "The mandate it was written for has ended.",
    "letter_overtaken": "Overtaken before it was sent.",
    "letters_there_came_back": "Letters to this person's address came back.",
    "no_address_on_file": "No address is on file for this person.",
    "no_mail_server": "No mail server is configured; set ACCEDE_SMTP_HOST.",
    "tried_in_vain": "Tried in vain for two days. Last: %(last)s",
}
SENTENCES = _REFUSED | _REASONS
