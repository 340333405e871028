"""docs/contributing.md tells the truth: what it says to touch is enough, and the tests it names say so.

Each addition is made on a copy of the tree, by the files that the page names and by no other.
"""

import re
import shutil
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files
from tests.house.additions import ADDITIONS, SECONDS, run

PAGE = (ROOT / "docs/contributing.md").read_text()
PLACE = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.yaml)`")


def told(what: str, key: str) -> tuple[set[str], list[str]]:
    """Return the places the page says to touch to add something, and the tests it says to run."""
    [(touch, run)] = re.findall(
        rf"^\*\*An? {what}\.\*\* (.+?)\bRun\s(.+?)(?:\.\s|\n\n)", PAGE, re.DOTALL | re.MULTILINE
    )
    return {place.replace("NAME", key) for place in PLACE.findall(touch)}, PLACE.findall(run)


def contents(tree: Path) -> dict[str, bytes]:
    """Return every file of a tree but what Python keeps beside it."""
    return {
        path.relative_to(tree).as_posix(): path.read_bytes()
        for path in tree.rglob("*")
        if path.is_file() and not {"__pycache__", ".pytest_cache"} & {*path.parts}
    }


def touched(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """Return what was changed, made or taken away."""
    return {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}


@pytest.fixture
def tree(tmp_path):
    """Give a copy of what belongs to the project."""
    copy = tmp_path / "accede"
    for file in files(ROOT):
        place = copy / file.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)
    return copy


@pytest.mark.slow
@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("addition", ADDITIONS, ids=str)
def test_an_addition_takes_the_files_that_the_page_names_and_passes_the_tests_it_names(addition, tree):
    places, tests = told(addition.what, addition.key)
    before = contents(tree)
    for place, edits in addition.edits.items():
        text = (tree / place).read_text()
        for mark, new in edits:
            assert text.count(mark) == 1, f"{place}: {mark}"
            text = text.replace(mark, new + mark)
        (tree / place).write_text(text)
    for place, text in addition.new:
        (tree / place).write_text(text)
    addition.texts(tree)
    assert addition.answer in run(tree, "-c", addition.ask)
    run(tree, "-m", "pytest", "-q", "-m", "not slow", "-p", "no:cacheprovider", *tests)
    elsewhere = [p for p in touched(before, contents(tree)) if not any(p == q or p.startswith(q) for q in places)]
    assert not elsewhere


def test_the_page_names_what_stands_there():
    places = [place for place in PLACE.findall(PAGE) if "NAME" not in place]
    assert places
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_the_page_is_one_page():
    assert len(PAGE.splitlines()) <= 100
