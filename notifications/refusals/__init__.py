"""Refusals and remarks in words: one English sentence for each code, a file a room, and how a sentence is made of one.

The sentences are templates with named places, which every language translates. Nothing here knows why it is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules

from pathways.grammar.dates import PartialDate
from pathways.grammar.refusals import OneOf, Remark, StateName, Value, Word

_FIRST = re.compile(r"%\((\w+)\)s")
ROOMS = tuple(import_module(f"{__name__}.{room.name}") for room in iter_modules(__path__))
#: Every code with its sentence. That no code has two is held by a test.
SENTENCES: Mapping[str, str] = {code: says for room in ROOMS for code, says in room.SENTENCES.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """How a language says a text, a word, a day, a State and what was typed, and what stands between several.

    As it stands: English.
    """

    text: Callable[[str], str] = str
    word: Callable[[object], str] = str
    day: Callable[[date | PartialDate], str] = str
    state: Callable[[StateName], str] = str
    typed: Callable[[str], str] = str
    comma: str = ", "
    either: str = " or "


ENGLISH = Wording()


def sentence(remark: Remark, wording: Wording = ENGLISH) -> str:
    """Return a remark or a refusal in a sentence, in English unless another wording is given."""
    says = _phrase(remark, wording)
    return says if _begins_as_typed(remark, wording) else says[:1].upper() + says[1:]


def _begins_as_typed(remark: Remark, wording: Wording) -> bool:
    """Tell whether a sentence begins with a bare text, such as an address or a path, which stands as it was typed."""
    first = _FIRST.match(wording.text(SENTENCES.get(remark.code, "-")))
    value = remark.values[first[1]] if first else None
    return _begins_as_typed(value, wording) if isinstance(value, Remark) else type(value) is str


def _phrase(remark: Remark, wording: Wording) -> str:
    if remark.code == "plain":
        return wording.text(str(remark.values["sentence"]))
    return wording.text(SENTENCES[remark.code]) % {name: _said(value, wording) for name, value in remark.given}


def _said(value: Value, wording: Wording) -> str:
    if isinstance(value, Remark):
        return _phrase(value, wording)
    if isinstance(value, tuple):
        return _listed([_said(one, wording) for one in value], wording, one_of=isinstance(value, OneOf))
    if isinstance(value, date | PartialDate):
        return wording.day(value)
    if isinstance(value, StateName):
        return wording.state(value)
    return wording.word(value) if isinstance(value, Enum | Word) else wording.typed(str(value))


def _listed(said: list[str], wording: Wording, *, one_of: bool) -> str:
    if not one_of or len(said) < 2:
        return wording.comma.join(said)
    return wording.comma.join(said[:-1]) + wording.either + said[-1]
