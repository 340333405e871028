"""What letters are about: found in the code that causes them, so that no list of it is kept."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from tests.architecture.tree import ROOT, Module, modules

#: The rooms whose code causes a notice, and what only shows one.
_ROOMS = ("casework", "notifications", "models")
_SHOWN_ALONE = "casework/overview/agenda.py"


@cache
def occasions() -> frozenset[str]:
    """Return every occasion that is given by its name: a constant, or a member of an enumeration, called with."""
    found = [module for module in modules(ROOT, *_ROOMS) if module.place != _SHOWN_ALONE]
    places = {name: place for module in found for name, place in _taking(module)}
    return frozenset(said for module in found for said in _given(module, places))


def _taking(module: Module) -> Iterator[tuple[str, int]]:
    """Yield functions with a parameter for an occasion, and its place among them."""
    for node in module.nodes():
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args]
            if "occasion" in names:
                yield node.name, names.index("occasion")


def _given(module: Module, places: dict[str, int]) -> Iterator[str]:
    for node in module.nodes():
        if isinstance(node, ast.Call):
            yield from (said for part in _parts(node, places) if (said := _said(module, part)))


def _parts(call: ast.Call, places: dict[str, int]) -> Iterator[ast.expr]:
    yield from (keyword.value for keyword in call.keywords if keyword.arg == "occasion")
    place = places.get(getattr(call.func, "id", getattr(call.func, "attr", "")))
    if place is not None:
        yield from call.args[place : place + 1]


def _said(module: Module, part: ast.expr) -> str:
    """Return what an expression is when it is a name of something, or a text; nothing for what is only passed on."""
    if isinstance(part, ast.Constant):
        return str(part.value)
    if not isinstance(part, ast.Name | ast.Attribute):
        return ""
    names = import_module(module.place.removesuffix(".py").replace("/", "."))
    first, _, rest = ast.unparse(part).partition(".")
    known = getattr(names, first, None)
    for name in filter(None, rest.split(".")):
        known = getattr(known, name, None)
    return str(known) if isinstance(known, str) else ""
