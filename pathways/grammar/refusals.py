"""Refusals and remarks as data: a code and the values its sentence names; of a refusal, the field it is about too.

No sentence stands here, nor in whatever refuses: the words are made at the edge, in the language of who reads them.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass


class Word(str):
    """A title or a code that every language has a word of its own for; in English it stands as it is."""

    __slots__ = ()


class StateName(str):
    """A State's name, and its code (ISO 3166-1 alpha-3), by which every language finds a name of its own for it."""

    __slots__ = ("code",)
    code: str

    def __new__(cls, name: str, code: str) -> StateName:
        """Name a State."""
        made = super().__new__(cls, name)
        made.code = code
        return made


class OneOf(tuple[str, ...]):
    """Several of which one will do: “ratification or acceptance”. Any other tuple is a list with commas."""

    __slots__ = ()


#: What a sentence may name: a day, a number, a Word, a State, a member of an enumeration, several of them, or a bare
#: text, which stands in every language as it was typed.
Value = Hashable


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """Something worth telling whoever reads, such as what else has changed. By itself it refuses nothing."""

    code: str
    given: tuple[tuple[str, Value], ...] = ()

    @property
    def values(self) -> Mapping[str, Value]:
        """Return what the sentence names, by the names of its placeholders."""
        return dict(self.given)


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal(Remark):
    """One thing that is missing or wrong. `field` is what it is about, in the verb's words, if it is one."""

    field: str = ""


def remark(code: str, /, **values: Value) -> Remark:
    """Make a remark: `remark("leads_it_now", name=name)`."""
    return Remark(code=code, given=tuple(values.items()))


def refusal(code: str, /, *, field: str = "", **values: Value) -> Refusal:
    """Make a refusal: `refusal("step_in_the_future", field="on", day=day)`."""
    return Refusal(code=code, field=field, given=tuple(values.items()))


class Refused(Exception):
    """Something was asked for and refused; everything that was wrong at once. Its text is the codes, fit for a log."""

    def __init__(self, *refusals: Refusal) -> None:
        """Keep the refusals, all of them."""
        self.refusals = refusals
        super().__init__(" ".join(one.code for one in refusals))

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the code of each refusal."""
        return tuple(one.code for one in self.refusals)

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the field of each refusal."""
        return tuple(one.field for one in self.refusals)
