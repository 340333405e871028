"""What is of the Arms Trade Treaty alone, by its declaration, and what the desk says for it in English and in Arabic.

Nothing that is shown of another treaty may hold a word of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from desk.i18n.catalogues import translations
from desk.i18n.codes import WORDS
from pathways.att import PATHWAY as ATT
from pathways.grammar.deadlines import DaysAfter
from pathways.grammar.pathway import Pathway
from tests.made_up_treaty import RIVERS


def foreign_words_in(text: str) -> Iterator[str]:
    """Yield what a text holds of the Arms Trade Treaty."""
    return (word for word, pattern in FOREIGN.items() if word in text and pattern.search(text))


def _names(treaty: Pathway) -> Iterator[str]:
    """Yield what a declaration calls anything: titles, names and fields that no page would say by chance."""
    yield from (treaty.depositary, treaty.reference, treaty.notification.example, *treaty.titles)
    for kind in treaty.kinds:
        yield from (kind.name, kind.title, *(f.says for f in kind.fields), *(f.name for f in kind.fields))
        yield from (choice for f in kind.fields for choice in f.choices)
    yield from (said for step in treaty.steps for said in (step.name, step.title))
    yield from (said for route in treaty.routes for said in (route.key, route.title))
    for duty in treaty.duties:
        yield from (duty.name, duty.done_by, *duty.in_letters.values())
    yield from treaty.words.values()


def _periods(treaty: Pathway) -> set[int]:
    rules = [treaty.binding, treaty.withdrawal, treaty.threshold.rule]
    days = {rule.days for rule in rules if isinstance(rule, DaysAfter)}
    days |= {period.days for chase in treaty.chases for period in (chase.after, chase.patience)}
    return days | {duty.lead.days for duty in treaty.duties}


#: Words of that declaration which anybody says, and which the program says of every treaty.
ORDINARY = {"about", "act", "cause", "language", "legal", "programme", "reason", "reference", "text", "their reference"}
ORDINARY |= {"enquiry", "needs", "obstacles", "stands"}
ORDINARY |= {"In force for the State", "notification of withdrawal", "its reference"}


def _foreign() -> Iterator[str]:
    own = (
        {name.casefold() for name in _names(RIVERS)}
        | {word.casefold() for word in (*WORDS.values(), *ORDINARY)}
        | {"", *WORDS}
    )
    names = [name for name in dict.fromkeys(_names(ATT)) if name.casefold() not in own]
    yield from names
    yield from (translations("ar").gettext(name) for name in names)
    yield from ("att", "ATT")
    articles = {*ATT.articles.values(), *(duty.article for duty in ATT.duties)}
    yield from (f"art. {article}" for article in articles)
    yield from (article for article in articles if "(" in article)
    yield from (f"{days} days" for days in _periods(ATT) - _periods(RIVERS))


FOREIGN = {word: re.compile(rf"(?<!\w){re.escape(word)}(?![\w(])") for word in _foreign()}


def text_of_a_workbook(book: bytes) -> str:
    """Return all that an Excel workbook holds, unpacked: cells, headings, the name of its sheet, its properties."""
    with ZipFile(BytesIO(book)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())
