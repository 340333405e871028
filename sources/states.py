"""The States of the world as the record names them, and how to find one by what somebody wrote.

Never guesses: what fits no State, or two, is refused with the nearest names.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from types import MappingProxyType

from notifications.languages import LANGUAGES
from pathways.grammar.refusals import OneOf, Refusal, Refused, StateName, refusal
from sources.called_alike import CALLED_ALIKE
from sources.records import record_file
from sources.state_names import DatedName, called_on, load_names

ORGANISATION = "Regional integration organisation"

#: What people type for an apostrophe, if anything; the last is how Windows writes it into a file that says ISO-8859-1.
_APOSTROPHES = "'`\u00b4\u02bc\u2018\u2019\u2032\u0092"
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014"
_PLAIN = str.maketrans(dict.fromkeys(_APOSTROPHES + _HYPHENS, " ") | {".": None})


class UnknownState(Refused, LookupError):
    """What was written is the name or code of no State in the record, or of more than one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """A State, or an organisation that some treaties admit."""

    iso3: str
    iso2: str
    m49: str
    names: Mapping[str, str] = field(hash=False)
    aliases: tuple[str, ...]
    kind: str
    un_regional_group: str
    att_region: str
    m49_region: str
    m49_subregion: str
    note: str

    @property
    def name(self) -> str:
        """Return the short name in English."""
        return self.names["en"]

    @property
    def is_state(self) -> bool:
        """Tell whether this is a State; the ATT admits nobody else (art. 21, 22)."""
        return self.kind != ORGANISATION

    def __str__(self) -> str:
        """Write name and code, as a refusal shows them."""
        return f"{self.name} ({self.iso3})"


class Register:
    """All entries of the record, findable by code and by any of their names."""

    def __init__(self, entries: Iterable[State]) -> None:
        self.entries = tuple(entries)
        self.states = tuple(entry for entry in self.entries if entry.is_state)
        self._by_iso3 = {entry.iso3: entry for entry in self.entries}
        self._by_name = _index((name, e) for e in self.entries for name in (*e.names.values(), *e.aliases))
        self._together = _index((joined(name), e) for name, found in self._by_name.items() for e in found)
        self._by_code = _index((code, e) for e in self.entries for code in (e.iso3, e.iso2))
        self._alike = _index(
            (word, e) for codes, words in CALLED_ALIKE.items() for word in words for e in self._of(codes)
        )

    @property
    def regions(self) -> frozenset[str]:
        """Return what every region and group of States is called in English, as names are compared."""
        of = ((e.att_region, e.un_regional_group, e.m49_region, e.m49_subregion) for e in self.entries)
        return frozenset(fold(region) for regions in of for region in regions if region)

    def naming(self, names: Iterable[DatedName], day: date) -> Register:
        """Return the register with these names too, each State called as it is called on a day.

        Every other name of a State is still read.
        """
        further: dict[str, list[DatedName]] = defaultdict(list)
        for one in names:
            further[one.iso3].append(one)
        return Register(_named(e, further[e.iso3], day) if e.iso3 in further else e for e in self.entries)

    def find(self, text: str) -> State:
        """Return the State with this code or name; UnknownState says why there is none, or which are called so."""
        found = self.coded(text) | self.named(text)
        if not self.coded(text):
            found |= self._alike.get(fold(text), frozenset())
        if len(found) != 1:
            raise UnknownState(self.why_not(text, found))
        return next(iter(found))

    def get(self, iso3: str) -> State | None:
        """Return the entry with this alpha-3 code, written as ISO writes it."""
        return self._by_iso3.get(iso3)

    def name_of(self, iso3: str, language: str = "en") -> str:
        """Return what the State with this code is called; a code that is nobody's stands as it was written."""
        entry = self.get(iso3)
        return iso3 if entry is None else StateName(entry.names.get(language, entry.name), iso3)

    def named(self, text: str) -> frozenset[State]:
        """Return every entry that bears this name in any language, now or formerly; codes do not count.

        Spaces and apostrophes part no State from another, so it matters not where they are left out.
        """
        return self._by_name.get(fold(text)) or self._together.get(joined(text), frozenset())

    def coded(self, text: str) -> frozenset[State]:
        """Return the entry whose two or three letters these are, if any."""
        return self._by_code.get(fold(text), frozenset())

    def _of(self, codes: Iterable[str]) -> Iterable[State]:
        return (self._by_iso3[code] for code in codes if code in self._by_iso3)

    def why_not(self, text: str, found: Iterable[State] = ()) -> Refusal:
        """Say why this text names no single State, and what comes nearest."""
        if several := sorted(found, key=lambda state: state.iso3):
            return refusal("name_of_several_states", name=text, several=OneOf(map(str, several)))
        near = tuple(map(str, self.nearest(text)))
        if near:
            return refusal("name_of_no_state_nearest", name=shortened(text), nearest=near)
        return refusal("name_of_no_state_nothing_near", name=shortened(text))

    def nearest(self, text: str, most: int = 3) -> tuple[State, ...]:
        """Return the entries whose names come nearest, those that share whole words first."""
        from difflib import get_close_matches

        key = fold(text)
        if not 2 < len(key) <= _LONGEST_NAME:
            return ()
        sharing = sorted((name for name in self._by_name if _share_words(key, name)), key=len)
        close = get_close_matches(key, self._by_name, n=2 * most, cutoff=0.7)
        order = {entry: None for name in (*sharing, *close) for entry in self._by_name[name]}
        return tuple(order)[:most]


_LONGEST_NAME = 80
_SHORTEST_WORD = 4


def fold(text: str) -> str:
    """Return text as it is compared: without case, accents and points; apostrophes and hyphens part words."""
    apart = unicodedata.normalize("NFKD", text.translate(_PLAIN))  # first: NFKD makes a space of an acute
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).casefold().split())


def joined(text: str) -> str:
    """Return text as it is compared where spaces do not matter either."""
    return fold(text).replace(" ", "")


def shortened(text: str, most: int = 60) -> str:
    """Return text short enough to be quoted in a sentence, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


@cache
def load_register() -> Register:
    """Return the register of the bundled record, 197 States and the European Union, found by every name it has.

    Called as before the days of its dated names; `Workspace.register` calls them as on a day, with the record's own.
    """
    states = Register(map(_state, csv.DictReader(record_file("states.csv").decode().splitlines())))
    return states.naming(load_names(), date.min)


def _state(row: Mapping[str, str]) -> State:
    return State(
        iso3=row["iso3"],
        iso2=row["iso2"],
        m49=row["m49"],
        names=MappingProxyType({code: row[f"name_{code}"] for code in LANGUAGES if f"name_{code}" in row}),
        aliases=tuple(alias.strip() for alias in row["aliases"].split(";") if alias.strip()),
        kind=row["kind"],
        un_regional_group=row["un_regional_group"],
        att_region=row["att_region"],
        m49_region=row["m49_region"],
        m49_subregion=row["m49_subregion"],
        note=row["note"],
    )


def _named(entry: State, names: Iterable[DatedName], day: date) -> State:
    called = dict(entry.names) | called_on(names, day).get(entry.iso3, {})
    others = (*entry.aliases, *entry.names.values(), *(one.name for one in names))
    aliases = tuple(dict.fromkeys(other for other in others if other not in called.values()))
    return replace(entry, names=MappingProxyType(called), aliases=aliases)


def _index(pairs: Iterable[tuple[str, State]]) -> dict[str, frozenset[State]]:
    index: dict[str, frozenset[State]] = {}
    for text, entry in pairs:
        key = fold(text)
        index[key] = index.get(key, frozenset()) | {entry}
    return index


def _share_words(key: str, name: str) -> bool:
    shorter, longer = sorted((key, name), key=len)
    return len(shorter) >= _SHORTEST_WORD and f" {shorter} " in f" {longer} "
