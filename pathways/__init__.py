"""Rules of treaties: one declaration per file, and the grammar they are written in.

Pure: no clock, no logging, no input or output. A rule is given facts and a day, and answers.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from pathways.grammar.pathway import Pathway
from pathways.grammar.refusals import Refused, refusal


class UnknownTreaty(Refused, LookupError):
    """No pathway with this key is declared."""


class NoTreaties(Refused):
    """The declarations of the treaties cannot be found: the machine fails, or the program is not whole."""


@cache
def pathways() -> tuple[str, ...]:
    """Return the keys of all declared pathways, in order of the alphabet; NoTreaties is not kept, but tried again."""
    found = tuple(sorted(m.name for m in iter_modules(__path__) if not m.ispkg))
    if not found:  # a folder that cannot be read is an empty one to iter_modules
        raise NoTreaties(refusal("treaties_unreadable"))
    return found


@cache
def pathway(key: str) -> Pathway:
    """Return the pathway declared in the file of that name."""
    if key not in pathways():
        raise UnknownTreaty(refusal("no_such_treaty", field="treaty", key=key, known=pathways()))
    declared = import_module(f"pathways.{key}").PATHWAY
    assert isinstance(declared, Pathway)
    return declared
