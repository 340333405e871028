"""A made-up treaty among the declared ones: whoever asks for it has the program find it, as it finds any other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import pathways
from pathways.grammar.pathway import Pathway
from tests.pathways.made_up.rivers import PATHWAY

RIVERS = PATHWAY
FOLDER = Path(__file__).parent / "pathways" / "made_up"
#: The real ones and the made-up one, for what must hold of every treaty.
EVERY_TREATY = (*(pathways.pathway(key) for key in pathways.pathways()), RIVERS)


@pytest.fixture(scope="module")
def rivers() -> Iterator[Pathway]:
    """Have the made-up treaty found for the tests of a module."""
    with found_beside_the_real_ones():
        yield pathways.pathway(RIVERS.key)


@contextmanager
def found_beside_the_real_ones() -> Iterator[None]:
    """Have the made-up treaty found, by being in a folder that is looked through."""
    pathways.__path__.append(str(FOLDER))
    _look_again()
    try:
        yield
    finally:
        pathways.__path__.remove(str(FOLDER))
        sys.modules.pop(f"pathways.{RIVERS.key}", None)
        _look_again()


def _look_again() -> None:
    pathways.pathways.cache_clear()
    pathways.pathway.cache_clear()
