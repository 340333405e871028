"""Refusals as data: a code, the field it is about, and the values its sentence names.

No sentence stands here, nor in whatever refuses: the words are made at the edge, in the language of who reads them.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass


class Word(str):
    """A title or a code that every language has a word of its own for; in English it stands as it is."""

    __slots__ = ()


class OneOf(tuple[str, ...]):
    """Several of which one will do: “ratification or acceptance”. Any other tuple is a list with commas."""

    __slots__ = ()


#: What a sentence may name: a day, a number, a Word, a member of an enumeration, several of them, or a bare text, which
#: stands in every language as it was typed, as the name of a State does.
Value = Hashable


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that is missing or wrong. `field` is what it is about, in the verb's words, if it is one."""

    code: str
    field: str = ""
    given: tuple[tuple[str, Value], ...] = ()

    @property
    def values(self) -> Mapping[str, Value]:
        """Return what the sentence names, by the names of its placeholders."""
        return dict(self.given)


def refusal(code: str, /, *, field: str = "", **values: Value) -> Refusal:
    """Make a refusal: `refusal("step_in_the_future", field="on", day=day)`."""
    return Refusal(code, field, tuple(values.items()))


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
