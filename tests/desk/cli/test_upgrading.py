"""Bringing an older record up, as an operator types it."""

from contextlib import closing

import pytest

from casework.core.workspace import open_workspace
from desk.processes.home_lock import locked
from models.store.schema import REVISIONS, SCHEMA
from tests.models.freezing import fill


@pytest.fixture
def older(bare):
    """Give a home whose record is of the first schema."""
    bare.home.mkdir()
    with (
        closing(open_workspace(bare.home)) as workspace,
        workspace.store.writing(of_any_schema=True) as connection,
    ):
        fill(connection, REVISIONS[0])
    return bare


def test_an_older_record_is_brought_up_and_every_step_is_said(older):
    for command in (("status",), ("init",), ("up", "--no-prefect"), ("doctor",)):
        answer = older(*command)
        assert answer.code == 1
        assert "Bring it up to date with: accede upgrade" in answer.err
    answer = older("upgrade")
    assert answer.code == 0
    assert answer.out.startswith(f"The record is of schema {SCHEMA} now, as Accede ")
    assert answer.said[0].startswith("Backing up the record of schema 0001")
    assert f"Bringing the record up to schema {SCHEMA}: {len(REVISIONS) - 1} of {len(REVISIONS) - 1}." in answer.said
    assert answer.said.count("So far: 7 of 7.") == 2  # of the copy, and of the record
    assert older("verify").code == 0
    again = older.json("upgrade")
    assert (again["came_from"], again["backup"]) == (SCHEMA, None)


def test_a_home_that_accede_runs_on_is_left_alone(older):
    with locked(older.home):
        answer = older("upgrade")
    assert (answer.code, answer.out) == (1, "")
    assert "Accede already runs on" in answer.err


def test_what_went_wrong_is_followed_by_how_the_record_stands(older):
    (older.home / "backups").write_text("a file")
    answer = older("upgrade")
    assert answer.code == 1
    assert "The backup could not be written to" in answer.said[-2]
    assert answer.said[-1].startswith("The record is as it was, of schema 0001")
    assert "Traceback" not in answer.err


def test_a_home_without_a_record_is_told_how_to_make_one_and_nothing_is_made(bare):
    answer = bare("upgrade")
    assert (answer.code, answer.said) == (1, ["There is no record here yet. Make one with: accede init"])
    assert not bare.home.exists()
