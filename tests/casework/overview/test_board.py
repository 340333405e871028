"""The board of the overview: what is late first, and what is alike together."""

from collections import Counter
from dataclasses import replace

import pytest

from casework.overview.board import Card
from casework.overview.cases import Case
from casework.overview.overview import overview
from pathways.grammar.stages import Stage
from tests.casework.overview.case_material import STATE, an_item, matters, the_state


def test_what_is_late_comes_first_in_each_column_with_who_has_it_in_hand(workspace, readers):
    seen = overview(workspace, reader=readers["coordinator"], treaty="att")
    for column in seen.columns:
        days = [card.matter.days for card in column.cards]
        assert days == sorted(days)
    interest = next(c for c in seen.columns if c.stage is Stage.INTEREST)
    assert interest.median_days is not None
    assert {case.owner for card in interest.cards for case in card.cases} == {
        "Champion of SEN"
    }  # it waits for that one


def test_alike_cases_stand_together_and_every_case_stands_once(workspace, readers):
    seen = overview(workspace, region="all", reader=readers["secretariat"], treaty="att")
    for column in seen.columns:
        on_cards = [case for card in column.cards for case in card.cases]
        assert {c.state for c in on_cards} == {
            c.state for c in seen.rows if c.stage is column.stage and c.matters and not c.is_apart
        }
        assert len(on_cards) == len({case.state for case in on_cards})
        for card in column.cards:
            asks = [
                (case.matter.occasion, case.matter.about, case.matter.asked, str(case.matter.silent_since)[:7])
                for case in card.cases
            ]
            assert len(set(asks)) == 1
            assert len(asks) == 1 or len(asks) >= 3
            assert card.late == sum(case.matter.due_on < seen.today for case in card.cases)
            days = [case.matter.due_on for case in card.cases]
            assert days == sorted(days)
            assert card.matter.due_on == days[0]
        singles = Counter(
            (c.matter.occasion, c.matter.about, c.matter.asked, str(c.matter.silent_since)[:7])
            for c in column.cards
            if len(c.cases) == 1
        )
        assert max(singles.values(), default=0) < 3
    interest = next(c for c in seen.columns if c.stage is Stage.INTEREST)
    assert len(interest.cards) < sum(len(card.cases) for card in interest.cards) / 3


def a_silent_case(since):
    silence = replace(an_item(), key=f"silence:interest:{since}")
    return Case(
        state=STATE, name="Cambodia", region="Asia", snapshot=the_state(silence), owner=None, next_on=None,
        is_party=False, stage=Stage.INTEREST, matters=tuple(matters("secretariat", the_state(silence))),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "since"),
    [
        (["2022-02-01"], "2022-02-01"),
        (["2022-02-01", "2022-02-01", "2022-02-01"], "2022-02-01"),
        (["2022-02-20", "2022-02-01", "2022-02-03"], "2022-02"),
    ],
)
def test_a_card_says_since_when_nothing_was_heard_by_the_day_or_of_several_days_by_the_month(days, since):
    assert Card(cases=tuple(map(a_silent_case, days))).silent_since == since
