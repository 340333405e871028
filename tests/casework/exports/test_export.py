"""An export holds what its reader may read, all of it, as it stood at one moment; and what each column means."""

import re
from collections import Counter
from contextlib import closing
from datetime import date

import pytest

from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.proposal_list import proposal_list
from casework.exports import material
from casework.exports.columns import Type
from casework.exports.export import TABLES, export
from casework.follow_ups.comments import comment
from casework.follow_ups.listing import follow_up_list
from casework.letters.administration import list_letters
from casework.overview.cases import cases
from casework.people.people_list import people_list
from models.ledger import disclosures, readable
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from tests.builders import ATT, a_workspace, file
from tests.cast import MADE_UP, STATE, read_cast

READERS = ("operator", "secretariat", "president", "coordinator", "champion", "contact", "contact elsewhere", "made up")
#: What the ledger says of a fact, which nobody is shown who may not know that one.
ABOUT_ANOTHER = {"release", "release_ended", "purged"}


def exported_by(workspace, cast, who):
    reader = OPERATOR if who == "operator" else cast.eyes(workspace, who)
    return export(workspace, treaty="att", reader=reader, say=str)


def rows(made, table):
    filled = made[table]
    return [dict(zip(filled.columns, row, strict=True)) for row in filled.rows]


# The data dictionary.


def test_every_column_that_is_written_has_its_line_and_no_line_is_without_its_column(exported):
    for who in READERS:
        made = exported(who)
        written = [(filled.table.name, name) for filled in made.tables for name in (None, *filled.columns)]
        lines = [(line["table"], line["column"]) for line in rows(made, "dictionary") if line["code"] is None]
        assert Counter(lines) == Counter(written), who
        assert all(line["means"] for line in rows(made, "dictionary") if line["code"] is None)


OF_TYPE = {
    Type.TEXT: lambda value: isinstance(value, str),
    Type.CODE: lambda value: isinstance(value, str),
    Type.NUMBER: lambda value: type(value) is int,
    Type.YES_NO: lambda value: isinstance(value, bool),
    Type.DAY: lambda value: type(value) is date,
    Type.PARTIAL_DAY: lambda value: PartialDate.parse(str(value)),
    Type.HOUR: lambda value: re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value),
    Type.LIST: lambda value: isinstance(value, list),
    Type.FIELD: lambda value: isinstance(value, str | int | bool | list),
}


@pytest.mark.parametrize("who", ["operator", "champion", "contact"])
def test_what_stands_in_a_column_is_of_its_type_and_a_code_is_one_of_those_listed(who, exported):
    made = exported(who)
    codes = {(line["table"], line["column"], line["code"]) for line in rows(made, "dictionary")}
    for filled in made.tables:
        for column, values in zip(filled.table.columns, zip(*filled.rows, strict=True), strict=False):
            there = [value for value in values if value is not None]
            at = (filled.table.name, column.name)
            assert all(OF_TYPE[column.type](value) for value in there), at
            if column.type is Type.CODE:
                unknown = {value for value in there if (*at, value) not in codes}
                assert unknown <= {MADE_UP}, at  # a role past the rules, that stands in the database alone


# What each reader is given.


def test_the_operator_is_given_every_list_that_there_is(workspace, exported):
    made = exported("operator")
    assert [filled.table.name for filled in made.tables] == ["about", "dictionary", *(table.name for table in TABLES)]
    assert all(filled.rows for filled in made.tables if filled.table.name != "comments")
    assert len(made["states"].rows) == 197
    assert len(made["letters"].rows) == len(list_letters(workspace, reader=OPERATOR))


@pytest.mark.parametrize("who", READERS)
def test_the_facts_are_those_that_the_rule_lets_the_reader_know_and_all_of_them(who, workspace, cast, exported):
    """By the rule as SQL, which no view uses."""
    made = exported(who)
    reader = OPERATOR if who == "operator" else cast.eyes(workspace, who)
    kinds = {row["fact"]: row["kind"] for row in rows(exported("operator"), "facts")}
    with workspace.reading() as connection:
        assessments = [kind.name for kind in ATT.kinds if kind.is_assessment]
        known = {fact.id for fact in readable.among(connection, reader, list(kinds), assessments=assessments)}
    facts = rows(made, "facts")
    shown = {fact["fact"] for fact in facts}
    assert shown <= known
    assert {kinds[fact] for fact in known - shown} <= ABOUT_ANOTHER
    assert {row["fact"] for table in ("fact_fields", "steps", "releases") for row in rows(made, table)} <= shown
    for state in {fact["state"] for fact in facts}:  # a gap would tell of the others
        numbers = [fact["number"] for fact in facts if fact["state"] == state]
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("who", READERS)
def test_lists_are_those_that_the_desk_shows_the_reader(who, workspace, cast, exported):
    made = exported(who)
    reader = OPERATOR if who == "operator" else cast.eyes(workspace, who)
    seen = {"treaty": "att", "reader": reader}
    assert [(s["state"], s["stage"], s["tier"], s["in_hand"], s["next_on"]) for s in rows(made, "states")] == [
        (case.state, case.stage, case.snapshot.tier, case.owner, case.next_on)
        for case in cases(workspace, **seen).states
    ]
    assert [row["follow_up"] for row in rows(made, "follow_ups")] == [f.id for f in follow_up_list(workspace, **seen)]
    assert [(row["person"], row["email"]) for row in rows(made, "people")] == [
        (one.person, one.email) for one in people_list(workspace, **seen)
    ]
    duties = [duty for duty in rows(made, "duties") if duty["state"] == "JPN"]
    assert len(duties) == len(dossier_view(workspace, "JPN", **seen).duties)


def test_a_list_that_is_not_the_readers_is_not_there(exported):
    theirs = {who: {filled.table.name for filled in exported(who).tables} for who in READERS}
    assert {who for who in READERS if "letters" in theirs[who]} == {"operator", "secretariat"}
    sides = {"operator", "secretariat", "contact", "contact elsewhere"}
    assert {who for who in READERS if "proposals" in theirs[who]} == sides
    assert len(rows(exported("contact"), "proposals")) == 1
    assert rows(exported("contact elsewhere"), "proposals") == []


def test_a_champion_is_given_nothing_of_what_a_champion_may_not_know(workspace, cast, exported):
    made = exported("champion")
    stages = {row["state"]: row["stage"] for row in rows(made, "states")}
    assert (stages[STATE] is not None, stages["KHM"]) == (True, None)
    assert {row["state"] for row in rows(made, "open_steps")} <= {
        state for state, place in _regions(workspace).items() if place == "Africa"
    }
    assert {row["person"] for row in rows(made, "notices")} == {cast.people["champion"]}
    assert {row["email"] for row in rows(made, "people")} == {None, "champion@mission.example"}


def _regions(workspace):
    return {case.state: case.region for case in cases(workspace, treaty="att", reader=OPERATOR).states}


# What others have said or filed.

IN_THE_DARK = ("champion", "contact")


def say_and_file(workspace, cast, *, hidden):
    """Let somebody say and file what all who accompany Malawi may know; in between, if asked, what they may not."""
    champion, secretariat = cast.eyes(workspace, "champion"), cast.eyes(workspace, "secretariat")
    follow_up = next(f.id for f in follow_up_list(workspace, treaty="att", reader=champion))
    file(workspace, STATE, "gap_analysis", "2022-06-20", "press:Daily", sensitivity=Sensitivity.PUBLIC, articles="5")
    if hidden:
        secret = {"sensitivity": Sensitivity.CONFIDENTIAL, "reader": secretariat, "treaty": None}
        comment(workspace, follow_up, "They told us by telephone.", **secret)
        for level in (Sensitivity.CONFIDENTIAL, Sensitivity.PERSONAL):
            file(workspace, STATE, "signal", "2022-06-20", f"statement:closed {level}", sensitivity=level, note="aloud")
    comment(workspace, follow_up, "I ring them on Monday.", reader=champion, treaty=None)
    file(workspace, STATE, "gap_analysis", "2022-06-21", "press:Daily", sensitivity=Sensitivity.PUBLIC, articles="6")


def seen_by(workspace, cast, who):
    """Return an export as a text, with each fact called by its place: their numbers are random."""
    made = exported_by(workspace, cast, who)
    said = repr([(filled.columns, filled.rows) for filled in made.tables])
    for place, fact in enumerate(rows(made, "facts")):
        said = said.replace(fact["fact"], f"fact {place}")
    return said


@pytest.mark.slow
def test_what_is_hidden_changes_no_export_of_whoever_may_not_know_it(a_home_with_cast):
    """In no word, count, number or order."""
    worlds = []
    for hidden in (False, True):
        home = a_home_with_cast()
        with closing(a_workspace(home, opened=False)) as workspace:
            say_and_file(workspace, read_cast(home), hidden=hidden)
            worlds.append({who: seen_by(workspace, read_cast(home), who) for who in (*IN_THE_DARK, "secretariat")})
    without, with_it = worlds
    assert "I ring them on Monday." in without["champion"]
    assert "They told us by telephone." in with_it["secretariat"]
    assert [who for who in IN_THE_DARK if with_it[who] != without[who]] == []


def test_who_is_given_what_is_confidential_is_noted_once_and_the_operator_is_not(workspace, cast):
    for who in ("secretariat", "secretariat", "operator"):
        made = exported_by(workspace, cast, who)
    confidential = [fact["fact"] for fact in rows(made, "facts") if fact["sensitivity"] == "confidential"]
    assert confidential
    with workspace.reading() as connection:
        for fact in confidential:
            noted = [read.actor for read in disclosures.of_fact(connection, fact)]
            assert noted.count(f"person:{cast.people['secretariat']}") == 1
            assert "operator" not in noted


def test_everything_in_it_is_of_one_moment(record, monkeypatch):
    """Somebody files while it is read."""
    before = export(record, treaty="att", reader=OPERATOR, say=str)

    def then_something_is_filed(workspace, **asked):
        found = cases(workspace, **asked)
        file(record, "BRA", "exchange", "2026-07-20", "note_verbale:NV 9", channel="mission")
        return found

    monkeypatch.setattr(material, "cases", then_something_is_filed)
    meanwhile = export(record, treaty="att", reader=OPERATOR, say=str)
    monkeypatch.undo()
    assert meanwhile.tables == before.tables
    assert len(export(record, treaty="att", reader=OPERATOR, say=str)["facts"].rows) == len(before["facts"].rows) + 1


def test_more_proposals_than_a_page_has_are_all_in_it(workspace, cast):
    contact = cast.eyes(workspace, "contact")
    assert proposal_list(workspace, treaty="att", most=0, reader=contact) == ()
    assert len(exported_by(workspace, cast, "contact")["proposals"].rows) == 1
