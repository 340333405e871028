"""Catalogues: what a sentence of the desk is called in each language.

The catalogues in locales/ are read as they are written (.po) and kept in memory: there is nothing to compile, and
what a translator changed is there at the next start. What a catalogue lacks is shown in English.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parents[1] / "locales"


def marked(text: str) -> str:
    """Mark a text for the catalogue; it is translated where it is shown."""
    return text


@cache
def translations(code: str) -> NullTranslations:
    """Return the catalogue of a language; texts stand in English, which has none."""
    catalogue = catalogue_of(code)
    if not catalogue.is_file():
        return NullTranslations()
    with catalogue.open("rb") as written, BytesIO() as compiled:
        write_mo(compiled, read_po(written, locale=code))
        compiled.seek(0)
        return GNUTranslations(compiled)


def catalogue_of(code: str) -> Path:
    """Return where the texts of a language are written."""
    return LOCALES / code / "messages.po"
