"""A full record to be carried out of the house, those of earlier programs, and homes that hold nothing yet."""

from datetime import timedelta

import pytest

from casework.core.workspace import Workspace
from casework.record.audit import audit
from tests.builders import a_workspace, clock_of
from tests.models.freezing import fill
from tests.papers import PDF, file_with
from tests.stores import BOTH

EXCHANGE = ("KHM", "exchange", "2026-07-20")


@pytest.fixture
def full(tmp_path, sqlite_record_url):
    """Give the real record in a file, with a paper and a night's seal."""
    made = a_workspace(tmp_path, sqlite_record_url, opened=False)
    yield _filled(made)
    made.close()


@pytest.fixture
def full_of_either(record):
    """Give the same in either database."""
    return _filled(record)


def _filled(record):
    file_with(record, *EXCHANGE, paper=PDF, name="note.pdf", source="note_verbale:NV 7", channel="mission")
    clock_of(record).hour += timedelta(days=1)
    assert audit(record, run="night").sealed
    return record


@pytest.fixture(params=BOTH)
def nothing(request, tmp_path):
    """Give a home and a database that hold nothing, of either kind."""
    home = tmp_path / "brought back"
    url = "" if request.param == "sqlite" else request.getfixturevalue("empty_postgres_url")
    made = a_workspace(home, url, opened=False)
    yield made
    made.close()


@pytest.fixture(params=BOTH)
def of(request, tmp_path):
    """Give a way to a home with the frozen record of a schema, in either database."""
    opened = []

    def made(schema: str) -> Workspace:
        url = "" if request.param == "sqlite" else request.getfixturevalue("empty_postgres_url")
        workspace = a_workspace(tmp_path / "home", url, opened=False)
        workspace.settings.home.mkdir()
        with workspace.store.writing(of_any_schema=True) as connection:
            fill(connection, schema)
        opened.append(workspace)
        return workspace

    yield made
    for workspace in opened:
        workspace.close()
