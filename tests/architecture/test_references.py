"""What the code cites is on file in docs/founding.md, and nobody who uses the program is shown a bare number."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import ROOMS, ROOT, Module, files, modules

FOUNDING = ROOT / "docs/founding.md"
ITEM = re.compile(r"\b[A-F]\d\.\d{1,2}\b|\b[A-H]\d{1,2}\b(?!\.\d)")
PART = re.compile(r"\bparts? (\d\.\d(?:, \d\.\d)*)")
SHOWN = re.compile(r"\b[A-F]\d\.\d{1,2}\b|\([A-H]\d{1,2}(?:, [A-H]\d[.\d]*)*\)|\bparts? \d\.\d")
PAGES = {".html", ".po", ".pot", ".txt", ".js"}
ROW = re.compile(r"^\| (part \d\.\d|[A-H][\d.]+) \| (.+) \| .+ \|$", re.MULTILINE)


def test_every_number_that_is_cited_is_explained_and_every_explained_one_is_cited():
    listed = ROW.findall(FOUNDING.read_text())
    assert len(listed) == len(dict(listed))
    assert all(says.endswith(".") for _, says in listed)
    assert {number for text in _remarks() for number in _numbers(text)} == dict(listed).keys()


def test_no_page_letter_or_command_shows_a_bare_number():
    found = [f"{place}: {text.strip()}" for place, text in _shown() if SHOWN.search(text)]
    assert not found, "\n".join(found)


def test_a_number_is_seen_wherever_it_may_be_cited():
    assert _numbers("as volunteers (E3.4, B15), part 2.2, 2.3; see H1.") == {
        "E3.4",
        "B15",
        "part 2.2",
        "part 2.3",
        "H1",
    }
    assert SHOWN.search("its own region (E3.6).")
    assert SHOWN.search("never makes it champion (B15).")


def _numbers(text: str) -> set[str]:
    parts = {f"part {number}" for found in PART.findall(text) for number in found.split(", ")}
    return parts | set(ITEM.findall(text))


def _remarks() -> Iterator[str]:
    """Yield comments and docstrings, and the pages about the house but the list itself."""
    for module in modules(ROOT, *ROOMS, "tests"):
        if not _numbers(module.text):
            continue
        yield from _docstrings(module)
        tokens = tokenize.generate_tokens(io.StringIO(module.text).readline)
        yield from (token.string for token in tokens if token.type == tokenize.COMMENT)
    for page in (*ROOT.glob("docs/**/*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"):
        if page != FOUNDING:
            yield page.read_text()


def _shown() -> Iterator[tuple[str, str]]:
    """Yield what may reach a person: the strings of the rooms, templates, catalogues, and what commands say of them."""
    for module in modules(ROOT, *ROOMS):
        if not SHOWN.search(module.text):
            continue
        silent = set(_docstrings(module)) if not module.place.startswith("desk/cli/") else set()
        for node in module.nodes():
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in silent:
                yield f"{module.place}:{node.lineno}", node.value
    for page in files(ROOT):
        if page.relative_to(ROOT).parts[0] in ROOMS and page.suffix in PAGES:
            yield from _lines(page)


def _lines(page: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(page.read_text().splitlines(), start=1):
        yield f"{page.relative_to(ROOT)}:{number}", line


def _docstrings(module: Module) -> Iterator[str]:
    for node in module.nodes():
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield str(first.value.value)
