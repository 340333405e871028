"""What is said where people ask: of a form that cannot be read, the machine, or something nobody foresaw."""

from __future__ import annotations

_FORMS = {
    "say_from_which_day_held": "Say from which day the person holds it.",
    "say_from_which_day_mandated": "Say from which day the mandate counts.",
    "say_from_which_day_over": "Say from which day it is over.",
    "say_the_source": "Say where it is known from; choose one of the sources.",
    "say_on_which_day": "Say on which day it is to be done.",
    "say_until_which_day": "Say until which day it rests.",
    "say_when_it_took_effect": "Say when it took effect: a day, or only a month or a year.",
    "say_which_holds": "Choose which of the two holds.",
    "say_who_holds": "Say who is to hold it.",
    "say_who_takes_over": "Say who takes it over.",
    "no_such_form": "There is no such form.",
    "nothing_at_this_address": "There is nothing at this address.",
    "state_or_organ": "Give a State or the name of an organ, not both.",
}
_REQUESTS = {
    "from_another_site": "This came from another site, so nothing was done. Open the page here and do it again.",
    "no_page_has_this_address": "This address holds characters that no address here has, so there is nothing at it.",
    "other_letters": "This form was sent in letters that are not read here. Send it as UTF-8, as browsers do.",
    "request_unreadable": (
        "What was sent cannot be read here: an address or a form with something else than it asks for."
    ),
    "too_much_sent": "That is more than may be sent at once. Send a smaller file; nothing was kept.",
    "two_lengths": "This came with two lengths, and a proxy might read another one than the desk. Send one.",
    "unknown_host": "Nothing is served under this name.",
}
SENTENCES = (
    _FORMS
    | _REQUESTS
    | {
        "give_it_with": "Give it with: %(options)s",
        "number_too_large": "A number there is larger than any on file.",
        "not_utf8": "Some of that text is not UTF-8; write it again.",
        "disk_full": "The disk is full%(where)s. Free some space, then run the same command again.",
        "account_may_not": (
            "This account may not read or write there%(where)s. Choose another --home, or ask for the right."
        ),
        "machine_refused": "The machine refused: %(reason)s%(where)s.",
        "unforeseen": "Something went wrong that this program did not foresee (%(kind)s).",
        "unforeseen_what_to_do": (
            "Run the same command with --debug, and show what it prints to whoever looks after this installation."
        ),
    }
)
