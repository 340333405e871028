"""Words for codes on a page: those of desk/i18n/codes.py, and those that pathways declare.

English words come out of here; who shows them brings the language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from desk.i18n.codes import STAGES, WORDS
from pathways import pathway, pathways
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.pathway import Pathway

_OF_A_YEAR = re.compile(r"(.+) (\d{4})")


def word(code: object, treaty: str) -> str:
    """Return the English words of a code; one without words stands as it is, without underscores.

    A bare name is first of all what the treaty calls so: the fact “deposit”, and not the stage.
    """
    text = code.label if isinstance(code, Sensitivity) else str(code)
    first, then = (declared(treaty), WORDS) if type(code) is str else (WORDS, declared(treaty))
    return first.get(text) or then.get(text) or text.replace("_", " ")


def stage_word(stage: str) -> str:
    """Return the English word of a stage, also where only its name is at hand."""
    return STAGES.get(str(stage), str(stage))


def spoken(code: object, treaty: str, gettext: Callable[[str], str]) -> str:
    """Return a code in the words of a language; a duty's name with a year behind it is a duty and a year."""
    yearly = _OF_A_YEAR.fullmatch(str(code))
    if yearly and yearly[1] in declared(treaty).values():
        return f"{gettext(yearly[1])} {yearly[2]}"
    return gettext(word(code, treaty))


@cache
def declared(treaty: str) -> Mapping[str, str]:
    """Return what a treaty calls its kinds of fact, fields, steps, routes and duties, by name."""
    return dict(_declared(pathway(treaty)))


def titles_of_every_treaty() -> frozenset[str]:
    """Return what every treaty calls anything, to be translated."""
    return frozenset(title for key in pathways() for title in declared(key).values())


def _declared(treaty: Pathway) -> Iterator[tuple[str, str]]:
    yield treaty.key, treaty.title
    for kind in treaty.kinds:
        for field in kind.fields:
            yield from _plainly((field.name,))
            yield f"{kind.name}.{field.name}", str(field.label)
            yield from _plainly(field.choices)
    yield from ((kind.name, kind.title) for kind in treaty.kinds)
    yield from ((step.name, step.title) for step in treaty.steps)
    yield from ((route.key, route.title) for route in treaty.routes)
    yield from ((duty.name, duty.name) for duty in treaty.duties)
    yield from treaty.words.items()


def _plainly(names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield from ((name, name.replace("_", " ")) for name in names if name not in WORDS)
