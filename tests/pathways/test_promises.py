"""Promises: for how long one stands, when it is asked about, and what became of it."""

import pytest

from pathways.grammar.agenda import Occasion, agenda
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.promises import PromiseStanding, promises
from pathways.grammar.roles import Role
from pathways.grammar.stages import LegalStatus, Stage
from tests.builders import ATT, a_day, a_deposit, a_dossier, a_fact, a_signature

OPENED = a_fact("record_opened", "2023-01-01")
SIGNED = (OPENED, a_signature())


def a_promise(on="2023-02-15", **said):
    given = {"id": "promise", "meeting": "wgtu-2023-02-15", "about": "promise", "source": "statement", **said}
    return a_fact("statement", on, **given)


def an_outcome(outcome, on, *, of="promise", **said):
    return a_fact("promise_outcome", on, promise=of, outcome=outcome, **{"id": "outcome", **said})


def the_promise(day, *facts):
    (found,) = promises(a_dossier(*SIGNED, *facts, on=day))
    return found


def asked(day, *facts):
    return [item for item in agenda(ATT, a_dossier(*SIGNED, *facts, on=day)).items if item.occasion is Occasion.PROMISE]


COMOROS = a_promise(condition="conditions are met")


def test_a_promise_stands_for_as_long_as_nothing_is_known_of_it():
    """The Comoros, 15 February 2023 (B6)."""
    found = the_promise("2026-07-28", COMOROS)
    assert (found.standing, found.is_to_be_kept, found.condition) == (PromiseStanding.OPEN, True, "conditions are met")
    assert found.age(a_day("2026-07-28")) == 1259


def test_what_else_a_state_says_is_no_promise():
    said = a_fact("statement", "2023-02-15", meeting="wgtu-2023-02-15", about="position", source="statement")
    assert not list(promises(a_dossier(*SIGNED, said, on="2024-01-01")))


def test_a_promise_is_never_an_act():
    """Its words move neither the stage nor the legal status (H10)."""
    said = a_dossier(*SIGNED, a_promise(by="2023-12"), on="2024-06-01")
    silent = a_dossier(*SIGNED, on="2024-06-01")
    assert (said.stage, said.legal.status) == (silent.stage, silent.legal.status)
    kept = a_dossier(*SIGNED, a_promise(), an_outcome("kept", "2023-10-01"), on="2024-06-01")
    assert (kept.stage, kept.legal.status) == (silent.stage, LegalStatus.SIGNATORY)
    assert kept.stage is not Stage.DEPOSIT


@pytest.mark.parametrize(("outcome", "to_be_kept"), [("kept", False), ("lapsed", False), ("renewed", True)])
def test_a_later_fact_says_what_became_of_it(outcome, to_be_kept):
    found = the_promise("2024-01-01", COMOROS, an_outcome(outcome, "2023-10-01"))
    assert (found.standing, found.is_to_be_kept) == (PromiseStanding(outcome), to_be_kept)


def test_the_latest_word_counts():
    renewed = an_outcome("renewed", "2023-10-01", id="first")
    found = the_promise("2024-05-01", COMOROS, renewed, an_outcome("lapsed", "2024-03-01"))
    assert found.standing is PromiseStanding.LAPSED


def test_an_outcome_is_that_of_its_own_promise_alone():
    other = a_promise("2023-05-10", id="other")
    found = list(promises(a_dossier(*SIGNED, COMOROS, other, an_outcome("kept", "2023-10-01"), on="2024-01-01")))
    assert [one.standing for one in found] == [PromiseStanding.KEPT, PromiseStanding.OPEN]


def test_who_deposits_has_kept_what_it_promised_on_the_way():
    """The Gambia, about to ratify on 15 February 2023, deposited in 2024."""
    found = the_promise("2024-10-01", a_promise(), a_deposit("2024-06-05"))
    assert found.standing is PromiseStanding.KEPT
    assert found.age(a_day("2024-10-01")) == 476


def test_a_promise_of_a_party_is_not_kept_by_what_it_did_before():
    found = the_promise("2024-10-01", a_deposit("2022-12-02"), a_promise())
    assert found.standing is PromiseStanding.OPEN


def test_a_deposit_says_nothing_where_somebody_has_said_that_it_lapsed():
    lapsed = an_outcome("lapsed", "2024-01-01")
    assert the_promise("2024-10-01", COMOROS, lapsed, a_deposit("2024-06-05")).standing is PromiseStanding.LAPSED


def test_one_without_a_day_is_asked_about_half_a_year_later():
    assert asked("2023-08-13", COMOROS) == []
    (item,) = asked("2023-08-14", COMOROS)
    assert (item.since, item.about) == (a_day("2023-08-14"), "statement")


@pytest.mark.parametrize(("by", "day"), [("2023-12-01", "2023-12-01"), ("2023-12", "2023-12-31")])
def test_one_with_a_day_or_a_month_is_asked_about_at_the_end_of_it(by, day):
    promise = a_promise(by=by)
    assert asked("2023-11-30", promise) == []
    assert [item.since for item in asked(day, promise)] == [a_day(day)]


def test_its_day_is_on_the_agenda_before_it_comes():
    dossier = a_dossier(OPENED, a_promise(by="2023-03-20"), on="2023-02-16")
    assert agenda(ATT, dossier).next_due_on == a_day("2023-03-20")


def test_a_renewed_one_is_asked_about_again_by_its_new_day_and_as_another():
    promise = a_promise(by="2023-06-30")
    renewed = an_outcome("renewed", "2023-09-01", by="2024-06")
    before = asked("2023-07-01", promise)
    assert asked("2024-06-29", promise, renewed) == []
    after = asked("2024-06-30", promise, renewed)
    assert (len(before), len(after)) == (1, 1)
    assert before[0].key != after[0].key


@pytest.mark.parametrize("outcome", ["kept", "lapsed"])
def test_one_that_is_kept_or_has_lapsed_is_not_asked_about(outcome):
    assert asked("2026-01-01", COMOROS, an_outcome(outcome, "2023-10-01")) == []


def test_a_state_that_paused_is_not_asked_about_what_it_promised():
    paused = a_fact("paused", "2023-09-01", review_on="2027-01-01")
    assert asked("2026-01-01", COMOROS, paused) == []


def test_who_may_not_know_of_a_promise_is_not_asked_about_it():
    public = a_promise(sensitivity=Sensitivity.PUBLIC)
    told = a_promise(sensitivity=Sensitivity.CONFIDENTIAL)
    assert asked("2024-01-01", public)[0].rungs == (Role.CHAMPION, Role.COORDINATOR, Role.SECRETARIAT)
    assert asked("2024-01-01", told)[0].rungs == (Role.SECRETARIAT,)


def test_a_renewal_told_in_confidence_is_the_secretariats_to_ask_about():
    public = a_promise(sensitivity=Sensitivity.PUBLIC)
    told = an_outcome("renewed", "2023-09-01", sensitivity=Sensitivity.CONFIDENTIAL)
    assert asked("2024-06-01", public, told)[0].rungs == (Role.SECRETARIAT,)
