"""The table of States: searched, narrowed and sorted by what its reader may see."""

from dataclasses import replace
from itertools import product

import pytest

from casework.overview.states_table import Asked, Column, states_table, value_of
from pathways.grammar.clearance import ANYONE, OPERATOR, Reader, Role
from pathways.grammar.stages import Stage
from tests.builders import STATE, an_office, file, step

CHAMPION = Reader(actor="person:9", roles=frozenset({Role.CHAMPION}), scope=frozenset({STATE}))
CONTACT = Reader(actor="person:7", roles=frozenset({Role.CONTACT}), own=frozenset({STATE}))
READERS = (OPERATOR, CHAMPION, CONTACT, ANYONE)


@pytest.fixture
def office(tmp_path, sqlite_record_url):
    office = an_office(tmp_path, sqlite_record_url, opened=False)
    file(office, STATE, "contact_named", "2026-07-01", "note_verbale", ministry="Foreign Affairs")
    step(office, STATE, "start_drafting", "2026-07-02")
    file(office, STATE, "paused", "2026-07-03", "note_verbale", review_on="2027-01-01")
    yield office
    office.close()


def states(office, reader=OPERATOR, language="en", **asked):
    return [case.state for case in states_table(office, Asked(**asked), reader=reader, language=language).rows]


def test_without_a_question_every_state_stands_there_by_name(office):
    assert states(office)[:3] == ["AFG", "ALB", "DZA"]
    assert len(states(office)) == 197


def test_a_search_and_what_is_narrowed_hold_together(office):
    assert states(office, text="guinea", region="Africa") == ["GIN", "GNB", "GNQ"]
    assert states(office, text="cambodge") == [STATE]
    assert states(office, text="cambodge", region="africa") == []


def test_one_may_narrow_by_what_one_may_know_and_by_nothing_else(office):
    assert states(office, stage="legislation") == states(office, CHAMPION, stage="legislation") == [STATE]
    assert states(office, CONTACT, stage="legislation") == states(office, ANYONE, stage="legislation") == []
    assert STATE in states(office, standing="paused")
    assert STATE in states(office, CONTACT, standing="paused")  # the State said so itself
    assert STATE not in states(office, CHAMPION, standing="paused")
    assert states(office, ANYONE, tier="1") == []
    assert STATE in states(office, tier="1")


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.actor)
def test_what_may_be_narrowed_by_counts_what_is_there(office, reader):
    table = states_table(office, Asked(), reader=reader)
    for name, choices in (
        ("region", table.regions), ("stage", table.stages), ("status", table.statuses),
        ("standing", table.standings), ("tier", table.tiers),
    ):  # fmt: skip
        for choice in choices:
            assert len(states(office, reader, **{name: choice.code})) == choice.count > 0


def test_every_column_sorts_and_who_has_nothing_stands_last(office):
    for column, descending in product(Column, (False, True)):
        rows = states_table(office, Asked(sort=column, descending=descending), reader=OPERATOR).rows
        there = [value_of(case, column) is not None for case in rows]
        assert there == sorted(there, reverse=True)
        assert len(rows) == 197


def test_stages_sort_in_the_order_of_the_way_and_dates_by_their_last_day(office):
    by_stage = states_table(office, Asked(sort=Column.STAGE), reader=OPERATOR).rows
    assert [case.stage for case in by_stage] == sorted((c.stage for c in by_stage), key=list(Stage).index)
    last = states_table(office, Asked(sort=Column.DEPOSIT, descending=True), reader=OPERATOR).rows[0]
    assert last.state == "ECU"  # known to the year, by the day before the record was made


def test_sorting_by_what_one_may_not_know_tells_nothing(office):
    for column in (Column.SINCE, Column.TIER, Column.OWNER):
        assert states(office, ANYONE, sort=column) == states(office, ANYONE)


def test_what_is_no_value_finds_nothing(office):
    for name in ("region", "stage", "status", "standing", "tier"):
        assert states(office, **{name: "None"}) == states(office, **{name: "-"}) == []


def test_names_are_of_the_language(office):
    assert states(office, language="fr")[:3] == ["AFG", "ZAF", "ALB"]


def test_the_same_question_is_answered_once_until_something_moves(office):
    asked = Asked(region="Asia", sort=Column.STAGE)
    first = states_table(office, asked, reader=OPERATOR)
    assert states_table(office, replace(asked), reader=OPERATOR) is first
    assert states_table(office, asked, reader=CHAMPION) is not first
    file(office, "IND", "signal", "2026-07-02", "statement")
    step(office, "IND", "voice_interest", "2026-07-03")
    assert states_table(office, asked, reader=OPERATOR) is not first
    assert "IND" in states(office, stage="interest")
