"""Whatever names a person is decided: what of it is told to that person, and what becomes of it in the end."""

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table

from models.people.traces import TRACES
from models.tables.every import METADATA

#: How columns are called that hold an actor: a person's number in words, an office or the machine.
ACTORS = ("actor", "author")
#: What is called so and names no person: the worker with a letter in hand.
NOBODY = {"letter.claimed_by"}


def naming_persons(metadata):
    """Return the columns that refer to a person: by number, or as an actor."""
    return {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.target_fullname == "person.id" for key in column.foreign_keys)
        or column.name in ACTORS
        or column.name.endswith("_by")
    }


def test_every_column_that_names_a_person_is_decided():
    undecided = naming_persons(METADATA) - TRACES.keys() - NOBODY - {"fact.known_by", "dossier.entered_by"}
    undecided -= {"session.signed_in_by"}  # how, not who
    assert undecided == set(), "decide in TRACES what is told of it, and what becomes of it"
    assert TRACES.keys() - naming_persons(METADATA) == {"person.id"}


@pytest.mark.parametrize("column", ["visitor_id", "seen_by", "author"])
def test_a_new_column_would_be_noticed(column):
    new = MetaData()
    Table("person", new, Column("id", Integer, primary_key=True))
    refers = [Column(column, Integer, ForeignKey("person.id"))] if column == "visitor_id" else [Column(column, String)]
    Table("later", new, *refers)
    assert naming_persons(new) == {f"later.{column}"}


def test_what_is_told_is_there():
    for place, trace in TRACES.items():
        columns = METADATA.tables[place.partition(".")[0]].columns.keys()
        assert set(trace.tells) <= set(columns), place
    headings = [trace.heading for trace in TRACES.values() if trace.tells]
    assert len(headings) == len(set(headings))


def test_no_secret_is_told():
    told = {name for trace in TRACES.values() for name in trace.tells}
    assert not {name for name in told if "hash" in name or "token" in name or name in ("salt", "note")}
