"""What the form behind a letter's link says beside its template: so much is said in each language of letters."""

from __future__ import annotations

from collections.abc import Iterator

from pathways import pathway
from pathways.grammar.words import ENQUIRY_ANSWER

#: What is said after it was saved or sent, as `desk/web/confirmations.py` words it.
SAID_OF_THE_FORM = (
    "It is saved, and not sent yet.",
    "Your answer is with the Secretariat. Thank you.",
    "The same answer is with the Secretariat already. Thank you.",
)
#: Why it may not be taken.
REFUSED_BY_THE_FORM = (
    "answer_is_no_text",
    "answer_not_readable",
    "answer_too_long",
    "proposals_wait",
    "say_where_it_stands",
    "too_many_tries",
)


def codes_of_the_form(treaty: str) -> Iterator[str]:
    """Yield the codes that it shows."""
    kind = pathway(treaty).kind(ENQUIRY_ANSWER)
    for field in kind.fields if kind else ():
        yield from field.choices
