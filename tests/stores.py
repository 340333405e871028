"""Databases for tests: every storage test runs on SQLite and on a real PostgreSQL, each on its own.

A pytest plugin, loaded by tests/conftest.py. The schema is made once per session and copied per test; so is each record
that is asked for, opened on the day it is asked for.
"""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest

from models.store.engine import Store
from tests.builders import a_workspace
from tests.postgres import Cluster, NoPostgres, cluster

BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


class RecordAs(Protocol):
    """Give the address of a record of the test's own, as opening one leaves it: real, of a training day, or empty."""

    def __call__(self, *, training: str | None = None, empty: bool = False) -> str: ...


@pytest.fixture(params=BOTH)
def record_as(request: pytest.FixtureRequest) -> RecordAs:
    """Give records in either database."""
    records: RecordAs = request.getfixturevalue(f"{request.param}_record_as")
    return records


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


@pytest.fixture
def sqlite_record_as(tmp_path: Path, sqlite_records: Callable[[str | None, bool], Path]) -> RecordAs:
    """Give records in a file of the test's own."""

    def record_as(*, training: str | None = None, empty: bool = False) -> str:
        return f"sqlite:///{shutil.copy(sqlite_records(training, empty), tmp_path / 'record.db')}"

    return record_as


@pytest.fixture
def postgres_record_as(postgres: Cluster, postgres_records: Callable[[str | None, bool], str]) -> Iterator[RecordAs]:
    """Give records in PostgreSQL databases of the test's own."""
    names = []

    def record_as(*, training: str | None = None, empty: bool = False) -> str:
        names.append(postgres.create(postgres_records(training, empty)))
        return postgres.url(names[-1])

    yield record_as
    for name in names:
        postgres.drop(name)


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


@pytest.fixture(scope="session")
def postgres_records(
    postgres: Cluster, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str | None, bool], str]:
    """Give the databases that records are copied from, each opened once."""

    @cache
    def opened(training: str | None, empty: bool) -> str:
        name = postgres.create(postgres_template)
        a_workspace(tmp_path_factory.mktemp("record"), postgres.url(name), training=training, empty=empty).close()
        return name

    return opened


@pytest.fixture(scope="session")
def sqlite_records(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str | None, bool], Path]:
    """Give the files that records are copied from, each opened once."""

    @cache
    def opened(training: str | None, empty: bool) -> Path:
        home = tmp_path_factory.mktemp("record")
        path = home / "record.db"
        shutil.copy(sqlite_template, path)
        a_workspace(home, f"sqlite:///{path}", training=training, empty=empty).close()
        return path

    return opened


def _database(postgres: Cluster, template: str) -> Iterator[str]:
    name = postgres.create(template)
    yield postgres.url(name)
    postgres.drop(name)


def _migrate(url: str) -> None:
    store = Store(url)
    store.migrate()
    store.dispose()  # PostgreSQL copies no database that somebody is connected to
