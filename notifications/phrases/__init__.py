"""Phrases: the texts of each language, one file per occasion, and the few words they share.

No logic stands in a text. Each language's folder holds `words.toml`, templates named for their occasion, and in
`papers.toml` what papers say.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template

from notifications.languages import OF_EITHER, OF_LETTERS
from pathways import UnknownTreaty, pathway
from pathways.grammar.pathway import Duty, Pathway


class NoSuchPhrase(LookupError):
    """No text is on file for this occasion: a fault of the program, not of a person."""


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """The texts of one language. `unavailable` says, in another, that its texts are not on file."""

    language: str
    words: dict[str, str]
    names: dict[str, str]
    months: tuple[str, ...]
    texts: dict[str, Template]
    papers: dict[str, str]
    regions: dict[str, str]
    unavailable: str = ""

    def text(self, *names: str) -> Template:
        """Return the first of these texts that is on file."""
        found = next((self.texts[name] for name in names if name in self.texts), None)
        if found is None:
            raise NoSuchPhrase(f"No text in “{self.language}” for any of: {', '.join(filter(None, names))}.")
        return found

    def word(self, name: str, **values: str) -> str:
        """Fill one of the short phrases in words.toml."""
        if name not in self.words:
            raise NoSuchPhrase(f"No word in “{self.language}” for “{name}”.")
        return Template(self.words[name]).substitute(values)

    def of_paper(self, name: str, /, **values: object) -> str:
        """Fill one of the phrases of papers."""
        if name not in self.papers:
            raise NoSuchPhrase(f"No phrase of papers in “{self.language}” for “{name}”.")
        return Template(self.papers[name]).substitute(values)

    def day(self, day: date) -> str:
        """Write a day as people of this language do."""
        number = self.words["first"] if day.day == 1 else str(day.day)
        return self.word("date", number=number, month=self.months[day.month - 1], year=str(day.year))

    def treaty(self, key: str) -> str:
        """Name a treaty, by its English title where it has none in this language."""
        declared = _declared(key)
        return declared.title_in.get(self.language, declared.title) if declared else self.words["a_treaty"]

    def about(self, matter: str, treaty: str) -> str:
        """Name a duty of the treaty with the year it is for (its name, then `2023`), an act, or a role."""
        declared = _declared(treaty)
        name, _, year = matter.rpartition(" ")
        if declared and year.isdigit() and (yearly := declared.duty(name)):
            return f"{self._duty(yearly)} {year}"
        if declared and (once := declared.duty(matter)):
            return self._duty(once)
        return self.names.get(matter) or self.words.get(f"role_{matter}", self.words["a_matter"])

    def _duty(self, duty: Duty) -> str:
        return duty.in_letters.get(self.language, duty.name)


def _declared(treaty: str) -> Pathway | None:
    try:
        return pathway(treaty)
    except UnknownTreaty:
        return None


@cache
def phrases_for(language: str) -> Phrases:
    """Return the texts for a person's language; in English, and marked, where we have none in theirs."""
    primary = language.strip().lower().replace("_", "-").split("-")[0]
    if primary in OF_LETTERS:
        return _read(primary)
    shown = primary if primary.isalpha() else ""
    regrets = tomllib.loads(_folder().joinpath("unavailable.toml").read_text(encoding="utf-8"))
    unavailable = regrets.get(shown) or Template(regrets["other"]).substitute(language=shown or "?")
    return _read("en", f"[{unavailable}]")


@cache
def form_unavailable(language: str) -> str:
    """Return what stands above a form for somebody of this language: nothing where its texts are on file."""
    if language in OF_EITHER:
        return ""
    regrets = tomllib.loads(_folder().joinpath("forms_unavailable.toml").read_text(encoding="utf-8"))
    return Template(regrets.get(language, regrets["other"])).substitute(language=language or "?")


@cache
def paper_unavailable(language: str) -> str:
    """Return what stands above a paper in this language: nothing where its texts are on file."""
    if language in OF_LETTERS:
        return ""
    regrets = tomllib.loads(_folder().joinpath("papers_unavailable.toml").read_text(encoding="utf-8"))
    return f"[{Template(regrets.get(language, regrets['other'])).substitute(language=language)}]"


def _folder() -> Traversable:
    return files("notifications").joinpath("phrases")


@cache
def _read(language: str, unavailable: str = "") -> Phrases:
    folder = _folder().joinpath(language)
    told = tomllib.loads(folder.joinpath("words.toml").read_text(encoding="utf-8"))
    papers = tomllib.loads(folder.joinpath("papers.toml").read_text(encoding="utf-8"))
    return Phrases(
        language=language,
        words=told["words"],
        names=told["names"],
        months=tuple(told["months"]),
        texts={
            file.name.removesuffix(".txt"): Template(file.read_text(encoding="utf-8").strip())
            for file in folder.iterdir()
            if file.name.endswith(".txt")
        },
        papers=papers["words"],
        regions=papers["regions"],
        unavailable=unavailable,
    )
