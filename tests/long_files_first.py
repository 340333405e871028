"""Order: files that hold slow tests come first, so that two workers end together and none waits for the other's last.

A pytest plugin, loaded by tests/conftest.py; `make` asks xdist with `--no-loadscope-reorder` to keep this order, which
it would else turn round: files of many tests first, whole programs last.
"""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that hold a slow test before all others; within each half nothing moves."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
