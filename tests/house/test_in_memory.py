"""The files of the tests stand in memory where it has room for them, unless somebody has said where they stand."""

import os

from tests import in_memory


def test_they_stand_in_memory_where_there_is_room(monkeypatch):
    monkeypatch.delenv(in_memory.ROOT, raising=False)
    in_memory.pytest_configure()
    assert os.environ.get(in_memory.ROOT) == (str(in_memory.MEMORY) if in_memory.has_room() else None)


def test_they_stand_where_somebody_says(monkeypatch):
    monkeypatch.setenv(in_memory.ROOT, "/elsewhere")
    in_memory.pytest_configure()
    assert os.environ[in_memory.ROOT] == "/elsewhere"


def test_they_do_not_stand_where_memory_is_short(monkeypatch, tmp_path):
    monkeypatch.delenv(in_memory.ROOT, raising=False)
    monkeypatch.setattr(in_memory, "MEMORY", tmp_path / "none")
    in_memory.pytest_configure()
    assert in_memory.ROOT not in os.environ
