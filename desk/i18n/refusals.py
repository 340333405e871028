"""Refusals in the language of a page: its texts, its words for codes and titles, its days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desk.i18n.catalogues import marked as _
from desk.i18n.catalogues import translations
from desk.i18n.words import spoken
from notifications.languages import Language
from notifications.refusals import ENGLISH, Wording
from pathways.grammar.dates import PartialDate

_EITHER = _("or")


def wording(
    language: Language,
    treaty: str,
    write_day: Callable[[date | PartialDate], str],
    name_state: Callable[[str], str],  # by its code
) -> Wording:
    """Return how a language words a refusal about a treaty; in English, codes and titles stand as they are."""
    gettext = translations(language.code).gettext
    return Wording(
        text=gettext,
        word=ENGLISH.word if language.code == "en" else lambda code: spoken(code, treaty, gettext),
        day=write_day,
        state=lambda state: name_state(state.code),
        comma=f"{language.comma} ",
        either=f" {gettext(_EITHER)} ",
    )
