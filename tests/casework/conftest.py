"""The real record, opened on the last day it knows of: made once per session and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.core.workspace import Workspace
from tests.builders import a_workspace
from tests.postgres import Cluster
from tests.stores import BOTH


@pytest.fixture
def record(tmp_path: Path, record_url: str) -> Iterator[Workspace]:
    """Give a workspace over the real record as `accede init` leaves it; its clock stands on 2026-07-24."""
    workspace = a_workspace(tmp_path, record_url, opened=False)
    yield workspace
    workspace.close()


@pytest.fixture(params=BOTH)
def record_url(request: pytest.FixtureRequest) -> str:
    """Give the address of a database that holds the real record."""
    url: str = request.getfixturevalue(f"{request.param}_record_url")
    return url


@pytest.fixture
def sqlite_record_url(tmp_path: Path, sqlite_record: Path) -> str:
    """Give the real record in a file."""
    return f"sqlite:///{shutil.copy(sqlite_record, tmp_path / 'record.db')}"


@pytest.fixture
def postgres_record_url(postgres: Cluster, postgres_record: str) -> Iterator[str]:
    """Give the real record in a PostgreSQL database."""
    name = postgres.create(postgres_record)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(scope="session")
def sqlite_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file that the record is copied from."""
    home = tmp_path_factory.mktemp("record")
    a_workspace(home, f"sqlite:///{home / 'record.db'}").close()
    return home / "record.db"


@pytest.fixture(scope="session")
def postgres_record(postgres: Cluster, postgres_template: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the database that the record is copied from."""
    name = postgres.create(postgres_template)
    a_workspace(tmp_path_factory.mktemp("record"), postgres.url(name)).close()
    return name


@pytest.fixture
def training(tmp_path, store_url):
    """Give the record as it was two days before the Philippines was bound, on 22 June 2022."""
    workspace = a_workspace(tmp_path, store_url, training="2022-06-20")
    yield workspace
    workspace.close()
