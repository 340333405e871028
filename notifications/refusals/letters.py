"""What is refused of a letter that was written: what cannot be done to it, and letters that are not there."""

from __future__ import annotations

SENTENCES = {
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
