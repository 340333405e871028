"""Databases for tests: every storage test runs on SQLite and on a real PostgreSQL, each on its own.

A pytest plugin, loaded by tests/conftest.py. The schema is made once per session and copied per test.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store.engine import Store
from tests.postgres import Cluster, NoPostgres, cluster

BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def store_url(request: pytest.FixtureRequest) -> str:
    """Give the address of a fresh database with the schema in it and nothing else."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=BOTH)
def empty_store_url(request: pytest.FixtureRequest) -> str:
    """Give the address of a fresh database without even the schema."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


@pytest.fixture
def sqlite_url(empty_sqlite_url: str, sqlite_template: Path) -> str:
    """Give a migrated SQLite database."""
    shutil.copy(sqlite_template, empty_sqlite_url.removeprefix("sqlite:///"))
    return empty_sqlite_url


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """Give a SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'record.db'}"


@pytest.fixture
def postgres_url(postgres: Cluster, postgres_template: str) -> Iterator[str]:
    """Give a migrated PostgreSQL database."""
    yield from _database(postgres, postgres_template)


@pytest.fixture
def empty_postgres_url(postgres: Cluster) -> Iterator[str]:
    """Give an empty PostgreSQL database."""
    yield from _database(postgres, "template0")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Give this worker's own server."""
    try:
        with cluster() as running:
            yield running
    except NoPostgres as none:
        pytest.skip(str(none))


@pytest.fixture(scope="session")
def postgres_template(postgres: Cluster) -> str:
    """Give the database that migrated ones are copied from."""
    name = postgres.create()
    _migrate(postgres.url(name))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file that migrated ones are copied from."""
    path = tmp_path_factory.mktemp("template") / "record.db"
    _migrate(f"sqlite:///{path}")
    return path


def _database(postgres: Cluster, template: str) -> Iterator[str]:
    name = postgres.create(template)
    yield postgres.url(name)
    postgres.drop(name)


def _migrate(url: str) -> None:
    store = Store(url)
    store.migrate()
    store.dispose()  # PostgreSQL copies no database that somebody is connected to
