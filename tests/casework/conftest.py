"""The real record, opened on the last day it knows of: made once per session and copied for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.core.workspace import Workspace
from tests.builders import a_workspace
from tests.stores import RecordAs


@pytest.fixture
def record(tmp_path: Path, record_url: str) -> Iterator[Workspace]:
    """Give a workspace over the real record as `accede init` leaves it; its clock stands on 2026-07-24."""
    workspace = a_workspace(tmp_path, record_url, opened=False)
    yield workspace
    workspace.close()


@pytest.fixture
def training(tmp_path: Path, record_as: RecordAs) -> Iterator[Workspace]:
    """Give the record as it was two days before the Philippines was bound, on 22 June 2022."""
    workspace = a_workspace(tmp_path, record_as(training="2022-06-20"), opened=False)
    yield workspace
    workspace.close()


@pytest.fixture
def record_url(record_as: RecordAs) -> str:
    """Give the address of a database that holds the real record."""
    return record_as()


@pytest.fixture
def sqlite_record_url(sqlite_record_as: RecordAs) -> str:
    """Give the real record in a file."""
    return sqlite_record_as()


@pytest.fixture(scope="session")
def sqlite_record(sqlite_records: Callable[[str | None, bool], Path]) -> Path:
    """Give the file that the real record is copied from."""
    return sqlite_records(None, False)
