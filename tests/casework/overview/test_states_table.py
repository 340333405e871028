"""The table of States: searched, narrowed and sorted by what its reader may see."""

from dataclasses import replace
from itertools import product

import pytest

from casework.operations.sweep import sweep
from casework.overview.state_page import state_page
from casework.overview.states_columns import COLUMNS
from casework.overview.states_table import StatesSearch, states_table
from pathways.grammar.clearance import ANYONE, OPERATOR, Reader
from pathways.grammar.roles import Role
from pathways.grammar.stages import Stage
from tests.builders import STATE, a_workspace, file, step

CHAMPION = Reader.of("person:9", {Role.CHAMPION: {STATE}})
CONTACT = Reader.of("person:7", {Role.CONTACT: {STATE}})
READERS = (OPERATOR, CHAMPION, CONTACT, ANYONE)


@pytest.fixture
def workspace(tmp_path, sqlite_record_url):
    workspace = a_workspace(tmp_path, sqlite_record_url, opened=False)
    file(workspace, STATE, "contact_named", "2026-07-01", "note_verbale", ministry="Foreign Affairs")
    step(workspace, STATE, "start_drafting", "2026-07-02")
    file(workspace, STATE, "paused", "2026-07-03", "note_verbale", review_on="2027-01-01")
    yield workspace
    workspace.close()


def states(workspace, reader=OPERATOR, language="en", **asked):
    return [
        case.state
        for case in states_table(workspace, StatesSearch(**asked), reader=reader, language=language, treaty="att").rows
    ]


def test_without_a_question_every_state_stands_there_by_name(workspace):
    assert states(workspace)[:3] == ["AFG", "ALB", "DZA"]
    assert len(states(workspace)) == 197


def test_a_search_and_what_is_narrowed_hold_together(workspace):
    assert states(workspace, text="guinea", region="Africa") == ["GIN", "GNB", "GNQ"]
    assert states(workspace, text="cambodge") == [STATE]
    assert states(workspace, text="cambodge", region="africa") == []


def test_one_may_narrow_by_what_one_may_know_and_by_nothing_else(workspace):
    assert states(workspace, stage="legislation") == states(workspace, CHAMPION, stage="legislation") == [STATE]
    assert states(workspace, CONTACT, stage="legislation") == states(workspace, ANYONE, stage="legislation") == []
    assert STATE in states(workspace, standing="paused")
    assert STATE in states(workspace, CONTACT, standing="paused")  # the State said so itself
    assert STATE not in states(workspace, CHAMPION, standing="paused")
    assert states(workspace, ANYONE, tier="1") == []
    assert STATE in states(workspace, tier="1")


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.actor)
def test_what_may_be_narrowed_by_counts_what_is_there(workspace, reader):
    table = states_table(workspace, StatesSearch(), reader=reader, treaty="att")
    for name, choices in (
        ("region", table.regions), ("stage", table.stages), ("status", table.statuses),
        ("standing", table.standings), ("tier", table.tiers),
    ):  # fmt: skip
        for choice in choices:
            assert len(states(workspace, reader, **{name: choice.code})) == choice.count > 0


def test_every_column_sorts_and_who_has_nothing_stands_last(workspace):
    for column, descending in product(COLUMNS.values(), (False, True)):
        rows = states_table(
            workspace, StatesSearch(sort=column, descending=descending), reader=OPERATOR, treaty="att"
        ).rows
        there = [column.value(case) is not None for case in rows]
        assert there == sorted(there, reverse=True)
        assert len(rows) == 197


def test_stages_sort_in_the_order_of_the_way_and_dates_by_their_last_day(workspace):
    by_stage = states_table(workspace, StatesSearch(sort=COLUMNS["stage"]), reader=OPERATOR, treaty="att").rows
    assert [case.stage for case in by_stage] == sorted((c.stage for c in by_stage), key=list(Stage).index)
    last = states_table(
        workspace, StatesSearch(sort=COLUMNS["deposit"], descending=True), reader=OPERATOR, treaty="att"
    ).rows[0]
    assert last.state == "ECU"  # known to the year, by the day before the record was made


def test_sorting_by_what_one_may_not_know_tells_nothing(workspace):
    for column in (COLUMNS["since"], COLUMNS["tier"], COLUMNS["owner"]):
        assert states(workspace, ANYONE, sort=column) == states(workspace, ANYONE)


def test_what_is_no_value_finds_nothing(workspace):
    for name in ("region", "stage", "status", "standing", "tier"):
        assert states(workspace, **{name: "None"}) == states(workspace, **{name: "-"}) == []


def test_names_are_of_the_language(workspace):
    assert states(workspace, language="fr")[:3] == ["AFG", "ZAF", "ALB"]


def test_the_same_question_is_answered_once_until_something_moves(workspace):
    asked = StatesSearch(region="Asia", sort=COLUMNS["stage"])
    first = states_table(workspace, asked, reader=OPERATOR, treaty="att")
    assert states_table(workspace, replace(asked), reader=OPERATOR, treaty="att") is first
    assert states_table(workspace, asked, reader=CHAMPION, treaty="att") is not first
    file(workspace, "IND", "signal", "2026-07-02", "statement")
    step(workspace, "IND", "voice_interest", "2026-07-03")
    assert states_table(workspace, asked, reader=OPERATOR, treaty="att") is not first
    assert "IND" in states(workspace, stage="interest")


@pytest.mark.parametrize("is_swept", [False, True], ids=["before any sweep", "after a sweep"])
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.actor)
def test_the_next_date_is_the_next_deadline_of_the_states_own_page(workspace, reader, is_swept):
    if is_swept:
        sweep(workspace, "att", run="a test")
    rows = states_table(workspace, StatesSearch(), reader=reader, treaty="att").rows
    ahead = {row.state: state_page(workspace, row.state, treaty="att", reader=reader).ahead for row in rows}
    assert {row.state: row.next_on for row in rows} == {
        state: found[0].due_on if found else None for state, found in ahead.items()
    }
