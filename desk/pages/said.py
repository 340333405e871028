"""What a page says after something was done: a code in the address, a sentence on the page.

The codes travel in addresses, so a sentence never names a State or a person.
"""

from __future__ import annotations

from desk.translating import marked as _

SAID = {
    "signed-in": _("You are signed in."),
    "follow-up-taken": _("It is yours now."),
    "follow-up-handed-over": _("It was handed over. The new owner is told by letter."),
    "follow-up-rests": _("It rests until that day. Nobody is reminded before."),
    "follow-up-closed": _("It is closed, and what you said of it is on file."),
    "run-asked-for": _("It is asked for, and begins in a moment. Look at this page again to see what it did."),
    "run-done": _("It has run. What it did stands below."),
    "letter-tried-again": _("The letter is on its way again; the next post takes it up."),
    "letter-given-up": _("The letter is given up. Whoever comes next is asked instead."),
    "letter-came-back": _("The letter came back, which is noted. Its address gets no more until it is verified."),
    "fact-filed": _("It is on file."),
    "filed-already": _("You had filed this already; it is on file once."),
    "step-taken": _("The step is taken. Those who serve the region are told by letter."),
    "step-taken-already": _("This step was taken already; it was not taken twice."),
    "contradiction-settled": _("The contradiction is settled, and the reason is on file."),
}
