"""The real tree of the project, walked from its root, without what .gitignore leaves out."""

import ast
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("casework", "desk", "flows", "models", "notifications", "pathways", "sources")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of the house: what in a tree offends it, and a small tree that does."""

    name: str
    offences: Callable[[Path], Iterator[str]]
    broken: Mapping[str, str]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, kw_only=True)
class Module:
    """One Python file."""

    place: str
    text: str

    @property
    def room(self) -> str:
        """The directory at the top that it stands in."""
        return self.place.split("/")[0]

    def nodes(self) -> Iterator[ast.AST]:
        """Yield every node of its syntax tree."""
        return ast.walk(ast.parse(self.text, self.place))

    def at(self, node: ast.expr | ast.stmt, what: str) -> str:
        """Say where something stands."""
        return f"{self.place}:{node.lineno}: {what}"


def files(root: Path) -> Iterator[Path]:
    """Yield every file that belongs to the project."""
    ignored = {".git", *_ignored()}
    for here, directories, names in os.walk(root):
        directories[:] = sorted(d for d in directories if not any(fnmatch(d, i) for i in ignored))
        yield from (Path(here, name) for name in sorted(names) if not any(fnmatch(name, i) for i in ignored))


def directories(root: Path) -> set[str]:
    """Return every directory that holds a file of the project, from the root."""
    parents = {parent for file in files(root) for parent in file.relative_to(root).parents}
    return {parent.as_posix() for parent in parents} - {"."}


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Yield place and text of every file that is text."""
    for file in files(root):
        content = file.read_bytes()
        if b"\0" not in content:
            yield file.relative_to(root).as_posix(), content.decode(errors="replace")


def modules(root: Path, *rooms: str) -> Iterator[Module]:
    """Yield the Python files of some rooms, or of all the tree."""
    for place, text in texts(root):
        if place.endswith(".py") and (not rooms or place.split("/")[0] in rooms):
            yield Module(place=place, text=text)


def dotted(node: ast.AST) -> str:
    """Return a.b.c for an attribute of an attribute of a name; what is in between a call is left out."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _ignored() -> list[str]:
    lines = (ROOT / ".gitignore").read_text().splitlines()
    return [line.strip("/") for line in lines if line and not line.startswith("#")]
