"""Leaving a treaty, coming back, and a declaration that a State will not join."""

import pytest

from pathways.grammar.agenda import agenda
from pathways.grammar.duties import DutyState, owed
from pathways.grammar.journey import open_steps, take
from pathways.grammar.pathway import By
from pathways.grammar.stages import LegalStatus, Stage, Standing
from tests.builders import ATT, a_day, a_deposit, a_dossier, a_fact, a_signature, a_step

DEPOSIT = a_deposit("2020-01-10", "accession", id="first")
PARTY = (
    DEPOSIT,
    a_step("deposited", "2020-01-10", source="outside", rests_on="first"),
    a_step("enter_into_force", "2020-04-09", rests_on="first"),
)
NOTIFIED = a_fact("withdrawal", "2024-01-15", id="notified")
LEFT = (*PARTY, NOTIFIED, a_step("withdraw", "2024-04-14", source="implementation", rests_on="notified"))
BACK = a_deposit("2025-06-02", "accession", id="again")


def test_a_withdrawal_takes_effect_ninety_days_after_its_notification():
    """Art. 24: in a leap year, 15 January and ninety days is 14 April."""
    for day, status in (
        ("2024-01-14", LegalStatus.STATE_PARTY),
        ("2024-01-15", LegalStatus.WITHDRAWAL_NOTIFIED),
        ("2024-04-13", LegalStatus.WITHDRAWAL_NOTIFIED),
        ("2024-04-14", LegalStatus.WITHDRAWN),
    ):
        legal = a_dossier(*PARTY, NOTIFIED, on=day).legal
        assert legal.status is status, day
    assert legal.withdrawal_effective == a_day("2024-04-14")


def test_a_withdrawal_may_name_a_later_day():
    later = a_fact("withdrawal", "2024-01-15", takes_effect_on="2024-12-31")
    assert a_dossier(*PARTY, later, on="2024-12-30").legal.status is LegalStatus.WITHDRAWAL_NOTIFIED
    assert a_dossier(*PARTY, later, on="2024-12-31").legal.status is LegalStatus.WITHDRAWN


def test_a_withdrawal_cannot_name_an_earlier_day():
    earlier = a_fact("withdrawal", "2024-01-15", takes_effect_on="2024-02-01")
    assert a_dossier(*PARTY, earlier, on="2024-06-01").legal.withdrawal_effective == a_day("2024-04-14")


def test_who_withdrew_is_outside_and_owes_nothing_more():
    dossier = a_dossier(*LEFT, on="2024-04-14")
    assert (dossier.stage, dossier.standing, dossier.tier) == (Stage.OUTSIDE, Standing.OPEN, 3)
    assert owed(ATT, dossier) == ()


def test_until_it_takes_effect_a_withdrawing_state_owes_what_falls_due():
    late = a_fact("withdrawal", "2024-01-15", takes_effect_on="2024-12-31")
    found = {(o.duty.name, o.covers): o.state for o in owed(ATT, a_dossier(*PARTY, late, on="2024-05-15"))}
    assert found["annual report", 2023] is DutyState.DUE
    assert ("annual report", 2024) not in found, "it would fall due after the State has left"


def test_the_sweep_takes_the_withdrawal_on_its_day():
    before = agenda(ATT, a_dossier(*PARTY, NOTIFIED, on="2024-04-13"))
    assert (before.steps, before.next_due_on) == ((), a_day("2024-04-14"))
    (due,) = agenda(ATT, a_dossier(*PARTY, NOTIFIED, on="2024-04-16")).steps
    assert (due.step.name, due.on) == ("withdraw", a_day("2024-04-14"))


def test_a_withdrawal_rests_on_its_notification():
    found = a_dossier(*PARTY, NOTIFIED, on="2024-04-13")
    effective = a_dossier(*PARTY, NOTIFIED, on="2024-04-14")
    assert found.stage is Stage.IMPLEMENTATION
    move = take(ATT, effective, "withdraw", by=By.DATE, on=a_day("2024-04-14"), found_at=found.stage)
    assert (move.source, move.target, move.rests_on) == (Stage.IMPLEMENTATION, Stage.OUTSIDE, "notified")


def test_a_step_taken_is_not_due_again():
    assert agenda(ATT, a_dossier(*LEFT, on="2024-04-16")).steps == ()


def test_who_withdraws_before_being_bound_is_bound_all_the_same_until_it_leaves():
    """Deposited 10 January, bound 9 April; notified 20 January, gone 19 April."""
    facts = (DEPOSIT, PARTY[1], a_fact("withdrawal", "2020-01-20"))
    dossier = a_dossier(*facts, on="2020-04-09")
    assert [due.step.name for due in agenda(ATT, dossier).steps] == ["enter_into_force"]
    assert take(ATT, dossier, "enter_into_force", by=By.DATE, on=a_day("2020-04-09")).target is Stage.IMPLEMENTATION
    missed = agenda(ATT, a_dossier(*facts, on="2020-05-01")).steps
    assert [(due.step.name, str(due.on)) for due in missed] == [
        ("enter_into_force", "2020-04-09"),
        ("withdraw", "2020-04-19"),
    ]


def test_who_leaves_before_being_bound_never_is():
    facts = (DEPOSIT, PARTY[1], a_fact("withdrawal", "2020-01-10"))
    assert [due.step.name for due in agenda(ATT, a_dossier(*facts, on="2020-04-09")).steps] == ["withdraw"]


def test_who_withdrew_may_come_back():
    dossier = a_dossier(*LEFT, BACK, on="2025-06-02")
    assert dossier.legal.status is LegalStatus.DEPOSITED
    assert dossier.stage is Stage.DEPOSIT
    assert dossier.legal.entry_into_force.last == a_day("2025-08-31")
    assert dossier.legal.withdrawal_effective is None
    assert agenda(ATT, dossier).next_due_on <= a_day("2025-08-31")
    assert a_dossier(*LEFT, BACK, on="2025-06-01").stage is Stage.OUTSIDE


def test_coming_back_begins_the_duties_anew():
    found = {o.covers or o.duty.name: o.due.last for o in owed(ATT, a_dossier(*LEFT, BACK, on="2025-09-01"))}
    assert found == {"initial report": a_day("2026-08-30"), 2026: a_day("2027-05-31")}


def test_the_way_back_begins_at_interest():
    """A State that left and speaks of coming back is accompanied like any other."""
    signal = a_fact("signal", "2024-09-01")
    dossier = a_dossier(*LEFT, signal, on="2024-09-01")
    assert take(ATT, dossier, "voice_interest", by=By.PERSON, on=dossier.on).target is Stage.INTEREST
    voiced = a_step("voice_interest", "2024-09-01", id="voiced")
    dossier = a_dossier(*LEFT, signal, voiced, on="2024-09-02")
    assert (dossier.stage, dossier.entered_by, dossier.legal.status) == (
        Stage.INTEREST,
        "voiced",
        LegalStatus.WITHDRAWN,
    )
    assert "start_drafting" in [step.name for step, _ in open_steps(ATT, dossier)]


def test_an_instrument_prepared_anew_does_not_rest_on_the_deposit_that_was_withdrawn():
    kinds = ("committee", "gap_analysis", "cabinet_approval", "parliamentary_approval", "reservations_checked")
    proofs = [a_fact(kind, "2025-01-10") for kind in kinds]
    instrument = a_fact("instrument_prepared", "2025-01-20", instrument="accession", signed_by="head_of_state")
    drafting = a_step("start_drafting", "2024-10-01", source="outside")
    dossier = a_dossier(*LEFT, drafting, *proofs, instrument, on="2025-02-01")
    prepared = take(ATT, dossier, "prepare_instrument", by=By.PERSON, on=dossier.on)
    assert (prepared.target, prepared.rests_on) == (Stage.DEPOSIT, None)


@pytest.mark.parametrize("filed_first", [True, False])
def test_interest_voiced_on_the_day_a_withdrawal_takes_effect_counts(filed_first):
    *_, withdraw = LEFT
    voiced = a_step("voice_interest", "2024-04-14")
    facts = (voiced, withdraw) if filed_first else (withdraw, voiced)
    assert a_dossier(*PARTY, NOTIFIED, *facts, on="2024-04-15").stage is Stage.INTEREST


# A declaration that a State will not become a party undoes no signature, and blocks no act.


def test_a_declared_refusal_leaves_the_signature_on_record():
    """The United States, 2019."""
    facts = (a_signature("2013-09-25"), a_fact("declaration_not_to_join", "2019-07-18"))
    dossier = a_dossier(*facts, on="2019-07-18")
    assert (dossier.standing, dossier.legal.status, dossier.tier) == (Standing.DECLINED, LegalStatus.SIGNATORY, 1)
    assert a_dossier(*facts, on="2019-07-17").standing is Standing.OPEN


@pytest.mark.parametrize("kind", ["declaration_not_to_join", "declined", "paused"])
def test_neither_refusal_nor_pause_blocks_a_deposit(kind):
    facts = (a_signature(), a_fact(kind, "2019-07-18", review_on="2020-07-18"), a_deposit("2021-02-01"))
    dossier = a_dossier(*facts, on="2021-02-01")
    assert (dossier.standing, dossier.stage) == (Standing.OPEN, Stage.DEPOSIT)


def test_a_paused_state_resumes():
    facts = (a_signature(), a_fact("paused", "2019-07-18", review_on="2020-07-18"), a_fact("resumed", "2019-10-01"))
    paused = a_dossier(*facts, on="2019-09-30")
    assert (paused.standing, paused.review_on) == (Standing.PAUSED, a_day("2020-07-18"))
    resumed = a_dossier(*facts, on="2019-10-01")
    assert (resumed.standing, resumed.review_on) == (Standing.OPEN, None)
