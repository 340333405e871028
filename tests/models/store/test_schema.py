"""The schema is that of the newest revision in the folder; nobody has to say so anywhere else."""

from pathlib import Path

from alembic.script import ScriptDirectory

import models.migrations
from models.store.schema import SCHEMA

REVISIONS = ScriptDirectory(Path(models.migrations.__file__).parent)


def test_the_schema_is_the_one_that_the_last_revision_leads_to():
    assert REVISIONS.get_heads() == [SCHEMA]


def test_a_revision_is_what_its_file_is_named_for_and_follows_the_one_before_in_order_of_names():
    every = [*REVISIONS.walk_revisions()]
    assert [Path(one.path).name.partition("_")[0] for one in every] == [one.revision for one in every]
    assert [one.revision for one in every] == sorted((one.revision for one in every), reverse=True)
