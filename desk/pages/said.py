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
}
