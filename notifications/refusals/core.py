"""What the workspace refuses: a right that somebody lacks."""

from __future__ import annotations

SENTENCES = {
    "beyond_the_mandate": (
        "Your mandate does not allow this for %(state)s. The Secretariat can do it, or widen the mandate."
    ),
    "for_the_secretariat": "Only the Secretariat does this; it concerns every State at once.",
    "no_account": "Only a person who is signed in has an account.",
}
