"""Free text: what people write freely, as a line that is kept in a row or as a text that stands beside a fact.

The ledger holds none of it. Beside a fact it is salted, so that the hash in the ledger tells nothing of it.
"""

from __future__ import annotations

import secrets
import unicodedata

from casework.files.attachments import Attachment
from models.ledger.hash_chain import Content
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.refusals import Word, refusal

_LONGEST_TEXT = 10_000


def beside(text: str | None, what: str, file: Attachment | None = None) -> Content:
    """Return a text and a file as they stand beside a fact; NotAdmitted when the text is too long, or is no text.

    `what` is the field it was written in: a note, a reason.
    """
    if text is not None and len(text) > _LONGEST_TEXT:
        raise NotAdmitted(refusal("text_too_long", field=what, what=Word(what), most=_LONGEST_TEXT))
    if not _is_text(text or ""):
        raise NotAdmitted(refusal("text_is_no_text", field=what, what=Word(what)))
    salt = secrets.token_hex(16)
    if file is None:
        return Content(salt, text, None, None)
    return Content(salt, text, file.name, file.hash, file.type)


def _is_text(said: str) -> bool:
    """Tell whether every database keeps it: PostgreSQL takes no NUL, and half a character has no bytes."""
    return "\0" not in said and not any(unicodedata.category(c) == "Cs" for c in said)
