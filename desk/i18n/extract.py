"""Extracting: every text of the desk, from templates, programs and pathways, into the catalogues to be translated.

Run by `make words`. Changes the files in locales/ and nothing else; a text that is no longer asked for leaves them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from casework.operations.flows import FLOWS
from casework.overview.states_columns import COLUMNS
from desk.i18n.catalogues import LOCALES, catalogue_of
from desk.i18n.codes import WORDS
from desk.i18n.of_the_form import REFUSED_BY_THE_FORM, SAID_OF_THE_FORM, codes_of_the_form
from desk.i18n.words import titles_of_every_treaty, word
from notifications.languages import LANGUAGES, OF_EITHER, OF_PAGES
from notifications.refusals import ROOMS as REFUSALS
from notifications.refusals import SENTENCES
from pathways import pathways

_DESK = Path(__file__).parents[1]
_TEMPLATE = LOCALES / "messages.pot"
_METHODS = [("templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
_OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}  # texts, or they are not understood
#: What the form behind a letter's link is made of.
_OF_THE_FORM = frozenset(
    f"desk/{name}"
    for name in (
        "templates/enquiries/short_form.html",
        "templates/enquiries/over.html",
        "templates/parts/forms.html",
        "templates/base.html",
        "i18n/refusals.py",
    )
)
_KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "marked": None, "ngettext": (1, 2)}
#: Lines of a header that say nothing, or something else after every run.
_CHANGES_EVERY_TIME = tuple(
    f'"{name}:'
    for name in (
        "Generated-By",
        "Language-Team",
        "Last-Translator",
        "PO-Revision-Date",
        "POT-Creation-Date",
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
    )
)
_NOTHING_TO_SAY = re.compile(r"[\W\d_]*|T\d+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A text to be translated: one sentence, or singular and plural."""

    says: str | tuple[str, ...]
    place: str


def texts() -> Iterator[Text]:
    """Yield every text of the desk with the file it stands in."""
    found = extract_from_dir(_DESK, method_map=_METHODS, options_map=_OPTIONS, keywords=_KEYWORDS)
    for place, _line, says, *_rest in found:
        if says and says != ("",):
            yield Text(says=says, place=f"desk/{Path(place).as_posix()}")
    for column in COLUMNS.values():
        yield Text(says=column.title, place="casework/overview/states_columns.py")
    for flow in FLOWS.values():
        yield from (Text(says=says, place="casework/operations/flows.py") for says in (flow.title, flow.does))
    for language in LANGUAGES.values():
        yield Text(says=language.title, place="notifications/languages.py")
    for room in REFUSALS:
        for says in room.SENTENCES.values():
            yield Text(says=says, place=f"{room.__name__.replace('.', '/')}.py")
    for title in (*sorted(titles_of_every_treaty()), *WORDS.values()):
        if not _NOTHING_TO_SAY.fullmatch(title):
            yield Text(says=title, place="desk/i18n/codes.py")


def texts_of_the_form() -> Iterator[Text]:
    """Yield what the form behind a letter's link says, in whatever state it is: for each language of letters."""
    said = {*SAID_OF_THE_FORM} | {SENTENCES[code] for code in REFUSED_BY_THE_FORM}
    said |= {word(code, key) for key in pathways() for code in codes_of_the_form(key)}
    for text in texts():
        if text.place in _OF_THE_FORM or text.says in said:
            yield text


def template(gathered: Iterable[Text] | None = None) -> Catalog:
    """Return texts, or else all of them, as a catalogue without translations."""
    catalogue = Catalog(project="Accede", charset="utf-8", fuzzy=False, header_comment="# The texts of Accede's desk.")
    for text in texts() if gathered is None else gathered:
        catalogue.add(text.says, locations=[(text.place, 0)])
    return catalogue


def updated(code: str, gathered: Catalog) -> Catalog:
    """Return a language's catalogue with the texts there are now, and the translations it had."""
    path = catalogue_of(code)
    if not path.is_file():
        catalogue = Catalog(locale=code, project="Accede", charset="utf-8", fuzzy=False)
    else:
        with path.open("rb") as written:
            catalogue = read_po(written, locale=code)
    catalogue.update(gathered, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def main() -> int:
    """Bring the catalogues up to date and say what waits for a translator; the answer is the exit code."""
    gathered = template()
    _write(_TEMPLATE, gathered)
    of_the_form = template(texts_of_the_form())
    for code in OF_EITHER:
        if code != "en":
            catalogue = updated(code, gathered if code in OF_PAGES else of_the_form)
            _write(catalogue_of(code), catalogue)
            waiting = sum(1 for message in catalogue if message.id and not is_said(message.string))
            sys.stdout.write(f"{code}: {len(catalogue)} texts, {waiting} to be translated\n")
    return 0


def is_said(string: object) -> bool:
    """Tell whether a text is translated, in every number it may stand in."""
    return all(string) if isinstance(string, (list, tuple)) else bool(string)


def _write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with BytesIO() as written:
        write_po(written, catalogue, width=120, sort_output=True, omit_header=False, include_lineno=False)
        lines = written.getvalue().decode().splitlines()
    kept = [line for line in lines if not line.startswith(_CHANGES_EVERY_TIME)]
    path.write_text("\n".join(kept).strip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
