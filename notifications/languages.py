"""The languages: each declared once, with what there is in it. To add one: its texts, and a line here.

Its texts are a folder in `phrases/` for letters, and a catalogue in `desk/locales/` for pages. States are named in a
language by the column of the record that has its code. Whatever there is not is said in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
    """A language by its code, its own name, and its title in English. `locale` writes its dates and numbers.

    `is_day_first`: nobody who writes it puts the month before the day; of English that is not so.
    """

    code: str
    name: str
    title: str
    locale: str
    direction: str = "ltr"
    comma: str = ","
    is_day_first: bool = True
    has_letters: bool = False  # every text of the letters is on file
    has_pages: bool = False  # the desk is shown in it


#: The six of the United Nations, our own first.
LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        language.code: language
        for language in (
            Language(
                code="en",
                name="English",
                title="English",
                locale="en_GB",
                is_day_first=False,
                has_letters=True,
                has_pages=True,
            ),
            Language(code="fr", name="Français", title="French", locale="fr", has_letters=True),
            Language(code="es", name="Español", title="Spanish", locale="es", has_letters=True),
            Language(
                code="ar", name="العربية", title="Arabic", locale="ar", direction="rtl", comma="،", has_pages=True
            ),
            Language(code="zh", name="中文", title="Chinese", locale="zh", comma="\uff0c", is_day_first=False),
            Language(code="ru", name="Русский", title="Russian", locale="ru"),
        )
    }
)
OF_LETTERS = {code: language for code, language in LANGUAGES.items() if language.has_letters}
OF_PAGES = {code: language for code, language in LANGUAGES.items() if language.has_pages}
#: In which somebody may be written to or shown the desk.
OF_EITHER = {code: language for code, language in sorted(LANGUAGES.items()) if code in {**OF_LETTERS, **OF_PAGES}}
