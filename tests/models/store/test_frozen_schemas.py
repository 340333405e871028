"""A record of every earlier schema, as a program of that time left it, comes up step by step and is the same record."""

from contextlib import closing

import pytest
from sqlalchemy import text

from casework.record.audit import verify
from models.store.engine import Store
from models.store.schema import REVISIONS, migrate_on, revision_on
from tests.builders import a_workspace
from tests.models.freezing import fill, frozen_hashes, hashes, record_of

NEVER_CHANGED = (
    "It was changed. Records that it brought up are out there, and it never runs on them again: what it is to do"
    " otherwise is done by a new migration."
)


@pytest.fixture
def store(empty_store_url):
    with closing(_Disposed(empty_store_url)) as store:
        yield store


class _Disposed(Store):
    close = Store.dispose


def test_a_migration_that_may_have_run_somewhere_is_never_changed():
    frozen = frozen_hashes()
    changed = {name: NEVER_CHANGED for name, hash_ in hashes().items() if frozen.get(name, hash_) != hash_}
    assert changed == {}
    assert frozen.keys() - hashes().keys() == set(), "a migration is never taken away, nor named anew"


def test_a_new_migration_comes_with_a_record_of_its_schema():
    missing = [name for name in hashes() if name not in frozen_hashes()]
    missing += [schema for schema in REVISIONS if not record_of(schema).exists()]
    assert missing == [], "Freeze it: .venv/bin/python -m tests.models.freezing"


@pytest.mark.parametrize("schema", REVISIONS)
def test_a_record_of_an_earlier_program_comes_up_step_by_step_with_every_fact_as_it_was(schema, store, tmp_path):
    with store.writing(of_any_schema=True) as connection:
        fill(connection, schema)
        before = facts(connection)
    assert before
    stood = []
    with store.upgrading() as connection:
        migrate_on(connection, told=lambda *_: stood.append((revision_on(connection), facts(connection))))
        stood.append((revision_on(connection), facts(connection)))
    assert stood == [(revision, before) for revision in REVISIONS[REVISIONS.index(schema) :]]
    with closing(a_workspace(tmp_path, store.url.render_as_string(hide_password=False), opened=False)) as workspace:
        assert verify(workspace).is_sound


def facts(connection):
    return connection.execute(text("SELECT id, hash FROM fact ORDER BY id")).all()
