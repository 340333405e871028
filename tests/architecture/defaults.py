"""Nothing fails open: who reads, and of which treaty, is said by every caller; no function assumes it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import ROOMS, Rule, modules

#: Where the treaty of the desk is set, once.
_SETTINGS = "casework/core/settings.py"
_NEVER_ASSUMED = frozenset({"reader", "treaty"})


def assumed(root: Path) -> Iterator[str]:
    """Find a parameter, or a field of a class, that stands for a reader or a treaty nobody named."""
    for module in modules(root, *ROOMS):
        if module.place == _SETTINGS:
            continue
        for node in module.nodes():
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield from (module.at(node, f"{node.name} assumes a {name}") for name in _defaults(node.args))
            if isinstance(node, ast.ClassDef):
                yield from (module.at(node, f"{node.name} assumes a {name}") for name in _fields(node))


def _defaults(given: ast.arguments) -> Iterator[str]:
    placed = [*given.posonlyargs, *given.args]
    with_default = placed[len(placed) - len(given.defaults) :]
    with_default += [named for named, default in zip(given.kwonlyargs, given.kw_defaults, strict=True) if default]
    yield from (named.arg for named in with_default if named.arg in _NEVER_ASSUMED)


def _fields(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        if isinstance(line, ast.AnnAssign) and line.value is not None and isinstance(line.target, ast.Name):
            yield from {line.target.id} & _NEVER_ASSUMED


RULES = (
    Rule(
        name="nobody reads, and no treaty is meant, by default",
        offences=assumed,
        broken={"casework/dossiers/steps.py": "def take_step(state, *, reader=OPERATOR): pass"},
    ),
)
