"""Days as people type them at a meeting or into a sheet: as ISO writes them, or with the month by its name.

Numbers alone are never guessed at, not even where one reading would do: the next row might have two.
"""

from __future__ import annotations

import re
from datetime import date

from notifications.typed_dates import read_date
from pathways.grammar.dates import NotADate, PartialDate
from pathways.grammar.refusals import refusal

_ISO = re.compile(r"\d{4}-\d{1,2}(-\d{1,2})?", re.ASCII)
_LONGEST_SHOWN = 40


def day_or_month(text: str, *, today: date) -> PartialDate:
    """Read a day or a month; NotADate says why it cannot be read."""
    is_in_words = any(map(str.isalpha, text)) and any(map(str.isdigit, text))
    if not _ISO.fullmatch(text) and not is_in_words:
        raise NotADate(refusal("date_in_numbers_alone", text=text[:_LONGEST_SHOWN], day=today))
    return read_date(text, today=today)
