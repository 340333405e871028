"""What a page says after something was done: a code in the address, a sentence on the page.

The codes travel in addresses, so a sentence never names a State or a person.
"""

from __future__ import annotations

from desk.translating import marked as _

SAID = {
    "signed-in": _("You are signed in."),
}
