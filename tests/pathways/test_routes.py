"""Routes: the proofs each constitution asks before deposit, and their order (T1 to T4)."""

import pytest

from pathways.grammar.journey import NotTaken, take
from pathways.grammar.pathway import By
from pathways.grammar.stages import Stage
from tests.builders import ATT, a_day, a_dossier, a_fact, a_step

BEGUN = (a_step("voice_interest", "2014-01-01"), a_step("start_drafting", "2014-02-01", source="interest"))
SAID = {
    "committee": {"ministries": ["Defence"]},
    "gap_analysis": {},
    "cabinet_approval": {},
    "parliamentary_approval": {"law_number": "1"},
    "executive_ratification": {},
    "constitutional_review": {"ruling_number": "C-1"},
    "implementing_law": {"law_number": "2"},
    "regulations": {"reference": "R-1"},
    "instrument_prepared": {"instrument": "accession", "signed_by": "foreign_minister"},
    "reservations_checked": {},
}
ORDERS = {
    "T1": ("committee", "gap_analysis", "cabinet_approval", "parliamentary_approval"),
    "T2": ("committee", "gap_analysis", "cabinet_approval", "executive_ratification", "parliamentary_approval"),
    "T3": ("committee", "gap_analysis", "cabinet_approval", "parliamentary_approval", "constitutional_review"),
    "T4": ("committee", "gap_analysis", "cabinet_approval", "implementing_law", "regulations"),
}
PAIRS = [
    ("T1", "cabinet_approval", "parliamentary_approval"),
    ("T1", "parliamentary_approval", "instrument_prepared"),
    ("T2", "executive_ratification", "parliamentary_approval"),
    ("T2", "parliamentary_approval", "instrument_prepared"),
    ("T3", "cabinet_approval", "parliamentary_approval"),
    ("T3", "parliamentary_approval", "constitutional_review"),
    ("T3", "constitutional_review", "instrument_prepared"),
    ("T4", "cabinet_approval", "implementing_law"),
    ("T4", "implementing_law", "instrument_prepared"),
]


def dated(route):
    """Return the proofs of a route in its order, a month between two, and what the instrument needs."""
    kinds = (*ORDERS[route], "instrument_prepared", "reservations_checked")
    return {kind: f"2015-{month:02}-10" for month, kind in enumerate(kinds, start=1)}


def prepare(route, days, *more):
    proofs = [a_fact(kind, day, **SAID[kind]) for kind, day in days.items()]
    known = (*BEGUN, a_fact("route", "2014-03-01", route=route), *proofs, *more)
    return take(ATT, a_dossier(*known, on="2026-03-02"), "prepare_instrument", by=By.PERSON, on=a_day("2026-03-02"))


@pytest.mark.parametrize("route", ORDERS)
def test_a_route_walked_in_its_order_leads_to_deposit(route):
    assert prepare(route, dated(route)).target is Stage.DEPOSIT


@pytest.mark.parametrize("route", ORDERS)
def test_every_proof_of_a_route_is_asked_for(route):
    for kind in ORDERS[route]:
        days = dated(route)
        del days[kind]
        with pytest.raises(NotTaken) as refused:
            prepare(route, days)
        assert [one.values["kind"] for one in refused.value.refusals] == [kind]


@pytest.mark.parametrize(("route", "before", "after"), PAIRS)
def test_proofs_out_of_the_routes_order_are_refused(route, before, after):
    days = dated(route)
    days[before], days[after] = "2020-02-10", "2020-01-10"
    with pytest.raises(NotTaken) as refused:
        prepare(route, days)
    assert set(refused.value.codes) == {"proofs_out_of_order"}
    pairs = [(one.values["first"], one.values["then"]) for one in refused.value.refusals]
    assert (ATT.title_of(before), ATT.title_of(after)) in pairs


def test_an_executive_act_may_come_years_before_the_senate():
    """The Philippines: 2016-12-29 and 2022-01-26."""
    days = {**dated("T2"), "executive_ratification": "2016-12-29", "parliamentary_approval": "2022-01-26"}
    assert prepare("T2", {**days, "instrument_prepared": "2022-02-15"}).target is Stage.DEPOSIT


def test_an_executive_act_is_no_proof_on_a_route_that_begins_in_parliament():
    days = {**dated("T1"), "executive_ratification": "2016-12-29"}
    del days["parliamentary_approval"]
    with pytest.raises(NotTaken) as refused:
        prepare("T1", days)
    assert [one.values["kind"] for one in refused.value.refusals] == ["parliamentary_approval"]


def test_proofs_of_one_day_are_in_order():
    days = {**dated("T1"), "cabinet_approval": "2015-04-10", "parliamentary_approval": "2015-04-10"}
    assert prepare("T1", days).target is Stage.DEPOSIT


def test_proofs_that_may_have_been_in_order_are_in_order():
    """Known to the month: the cabinet may have met before parliament."""
    days = {**dated("T1"), "cabinet_approval": "2015-04", "parliamentary_approval": "2015-04-02"}
    assert prepare("T1", days).target is Stage.DEPOSIT


def test_a_second_law_after_an_annulled_one_is_the_one_that_counts():
    days = dated("T3")
    first = a_fact("parliamentary_approval", "2014-06-01", id="first", law_number="1782")
    ruling = a_fact("ruling", "2014-09-01", ruling_number="C-047/17", annuls=("first",))
    assert prepare("T3", days, first, ruling).target is Stage.DEPOSIT


def test_every_declared_route_is_tested_here():
    assert {route.key for route in ATT.routes} == set(ORDERS)
    assert {(r.key, *pair) for r in ATT.routes for pair in r.order} == set(PAIRS)
