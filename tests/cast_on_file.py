"""The home with the cast on file, made once per session; whoever needs one copies it.

A pytest plugin, loaded by tests/conftest.py.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cast import open_with_cast


@pytest.fixture(scope="session")
def home_with_cast(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home that others are copied from."""
    home = tmp_path_factory.mktemp("cast")
    open_with_cast(home)
    return home


@pytest.fixture(scope="session")
def a_home_with_cast(home_with_cast: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Give a way to a home of one's own with the cast on file."""
    return lambda: Path(shutil.copytree(home_with_cast, tmp_path_factory.mktemp("home") / "home"))
