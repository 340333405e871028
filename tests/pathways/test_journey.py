"""Taking steps: what is open, what is missing, and every refusal in a sentence."""

import pytest

from pathways.grammar.journey import Refusal, open_steps, take
from pathways.grammar.pathway import By
from pathways.grammar.stages import Stage
from tests.builders import ATT, a_day, a_deposit, a_dossier, a_fact, a_signature, a_step

SIGNED = (a_signature(), a_step("signed", "2013-10-18"))
CONTACT = a_fact("contact_named", "2024-01-10", ministry="Foreign Affairs")
NEEDS = a_fact("needs_recorded", "2024-02-10", categories=["legal"])
DRAFTING = a_step("start_drafting", "2024-03-01", source="interest")
TODAY = "2026-03-02"


def move(name, *facts, on=TODAY, by=By.PERSON):
    return take(ATT, a_dossier(*facts, on=on), name, by=by, on=a_day(on))


def refusal(name, *facts, on=TODAY, by=By.PERSON):
    with pytest.raises(Refusal) as refused:
        move(name, *facts, on=on, by=by)
    return refused.value.missing


# What leads on, and what it needs.


def test_interest_is_voiced_by_a_signal():
    assert refusal("voice_interest") == ("Not on file: signal of interest (signal).",)
    assert move("voice_interest", a_fact("signal", "2024-01-10")).target is Stage.INTEREST


def test_help_is_asked_for_by_a_named_contact_with_recorded_needs():
    assert refusal("ask_for_help", *SIGNED) == (
        "Not on file: contact named (contact_named).",
        "Not on file: needs for assistance recorded (needs_recorded).",
    )
    assert move("ask_for_help", *SIGNED, CONTACT, NEEDS).target is Stage.ASSISTANCE


def test_assistance_may_be_passed_over():
    assert move("start_drafting", *SIGNED, CONTACT).source is Stage.INTEREST
    helped = a_step("ask_for_help", "2024-02-20", source="interest")
    assert move("start_drafting", *SIGNED, CONTACT, helped).source is Stage.ASSISTANCE


def test_an_instrument_is_not_ready_before_everything_is_on_file_and_all_of_it_is_named():
    assert refusal("prepare_instrument", *SIGNED, DRAFTING) == (
        "Not on file: inter-agency committee (committee).",
        "Not on file: gap analysis (gap_analysis).",
        "Not on file: cabinet approval (cabinet_approval).",
        "Not on file: parliamentary approval (parliamentary_approval).",
        "Not on file: instrument prepared (instrument_prepared).",
        "Not on file: reservations and declarations checked (reservations_checked).",
    )


def test_a_missing_proof_is_named_once():
    helped = refusal("prepare_instrument", *SIGNED, DRAFTING, a_fact("route", "2024-03-02", route="T2"))
    assert len(helped) == len(set(helped)) == 7


def test_what_counts_only_from_tomorrow_is_missing_today():
    tomorrow = a_fact("signal", "2026-03-03")
    assert refusal("voice_interest", tomorrow, on="2026-03-02") == ("Not on file: signal of interest (signal).",)
    assert move("voice_interest", tomorrow, on="2026-03-03").target is Stage.INTEREST


# Out of order, out of time, out of hand.


def test_a_step_out_of_order_says_what_is_open_instead():
    assert refusal("prepare_instrument", *SIGNED) == (
        "“prepare_instrument” leads on from legislation; this State is at interest."
        " Open from here: ask_for_help, start_drafting, stand_aside.",
    )


def test_a_stage_is_never_jumped_to():
    assert "leads on from legislation" in refusal("prepare_instrument")[0]
    for name in ("interest", "to_deposit", "deposit"):
        assert refusal(name)[0].startswith(f"“{name}” is no step of this treaty; its steps: voice_interest, signed,")


def test_a_step_that_the_record_takes_is_not_a_persons():
    assert refusal("deposited", *SIGNED) == ("“deposited” is taken by the depositary's record alone, on intake.",)
    assert refusal("enter_into_force", *SIGNED) == ("“enter_into_force” is taken by the sweep when its day has come.",)
    assert refusal("voice_interest", by=By.DATE) == ("“voice_interest” is a person's to take.",)


def test_a_step_is_not_dated_before_the_last_one():
    dossier = a_dossier(a_step("voice_interest", "2024-03-01"), CONTACT, on=TODAY)
    with pytest.raises(Refusal, match="The last step was taken on 2024-03-01; a later one cannot be dated 2024-02-29"):
        take(ATT, dossier, "start_drafting", by=By.PERSON, on=a_day("2024-02-29"))
    assert take(ATT, dossier, "start_drafting", by=By.PERSON, on=a_day("2024-03-01")).on == a_day("2024-03-01")


def test_after_the_deposit_no_person_moves_the_state():
    assert refusal("start_over", *SIGNED, DRAFTING, a_deposit("2025-05-02")) == (
        "An instrument was deposited on 2025-05-02; from then on only the depositary's word moves this State.",
    )
    assert open_steps(ATT, a_dossier(*SIGNED, DRAFTING, a_deposit("2025-05-02"), on=TODAY)) == ()


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2022-03-23", "No instrument has been deposited."),
        ("2022-06-21", "The treaty enters into force for this State on 2022-06-22."),
    ],
)
def test_nobody_is_bound_before_the_day(on, said):
    dossier = a_dossier(a_signature(), a_deposit("2022-03-24"), on=on)
    with pytest.raises(Refusal, match=said):
        take(ATT, dossier, "enter_into_force", by=By.DATE, on=a_day(on), found_at=Stage.DEPOSIT)


def test_entry_into_force_rests_on_the_deposit():
    found = move("enter_into_force", a_signature(), a_deposit("2022-03-24", id="d"), on="2022-06-22", by=By.DATE)
    assert (found.source, found.target, found.rests_on) == (Stage.DEPOSIT, Stage.IMPLEMENTATION, "d")


# The instrument: of the kind open to the State (art. 21), duly signed.


def ready(instrument, *signature, **said):
    proofs = [
        a_fact("committee", "2024-03-10", ministries=["Defence"]),
        a_fact("gap_analysis", "2024-04-10"),
        a_fact("cabinet_approval", "2024-05-10"),
        a_fact("parliamentary_approval", "2024-06-10", law_number="1"),
        a_fact("instrument_prepared", "2024-07-10", instrument=instrument, signed_by="head_of_state"),
        a_fact("reservations_checked", "2024-07-11"),
    ]
    return (*signature, a_step("voice_interest", "2024-01-10"), DRAFTING, *proofs)


def test_a_signatory_prepares_no_instrument_of_accession():
    assert refusal("prepare_instrument", *ready("accession", a_signature())) == (
        "A signatory deposits an instrument of ratification or acceptance or approval, not of accession (art. 21).",
    )


@pytest.mark.parametrize("instrument", ["ratification", "acceptance", "approval"])
def test_a_signatory_prepares_its_ratification_acceptance_or_approval(instrument):
    assert move("prepare_instrument", *ready(instrument, a_signature())).target is Stage.DEPOSIT


def test_a_state_that_has_not_signed_prepares_its_accession():
    assert refusal("prepare_instrument", *ready("ratification")) == (
        "A State that has not signed deposits an instrument of accession, not of ratification (art. 21).",
    )
    assert move("prepare_instrument", *ready("accession")).target is Stage.DEPOSIT


# Going back: with a cause, and each cause serves once.


def test_going_back_has_a_cause():
    assert refusal("strike_down", *SIGNED, DRAFTING) == ("Not on file: ruling that undoes a step (ruling).",)
    ruling = a_fact("ruling", "2025-02-01", id="r", ruling_number="C-047/17")
    found = move("strike_down", *SIGNED, DRAFTING, ruling)
    assert (found.source, found.target, found.rests_on) == (Stage.LEGISLATION, Stage.LEGISLATION, "r")


def test_a_cause_serves_once():
    ruling = a_fact("ruling", "2025-02-01", id="r", ruling_number="C-047/17")
    struck = a_step("strike_down", "2025-02-02", source="legislation", rests_on="r")
    assert refusal("strike_down", *SIGNED, DRAFTING, ruling, struck) == (
        "Not on file: ruling that undoes a step (ruling).",
    )
    second = a_fact("ruling", "2025-06-01", id="r2", ruling_number="C-1/18")
    assert move("strike_down", *SIGNED, DRAFTING, ruling, struck, second).rests_on == "r2"


def test_a_signatory_stays_at_interest():
    setback = a_fact("setback", "2025-01-01", cause="wish_of_state")
    assert refusal("stand_aside", *SIGNED, setback) == ("A signature stands on record; a signatory stays at interest.",)
    assert move("stand_aside", a_step("voice_interest", "2024-01-10"), setback).target is Stage.OUTSIDE


def test_a_refused_step_leaves_nothing_behind_in_the_shared_machine():
    for _ in range(2):
        assert refusal("voice_interest") == ("Not on file: signal of interest (signal).",)
        assert move("voice_interest", a_fact("signal", "2024-01-10")).target is Stage.INTEREST


def test_open_steps_list_what_each_still_misses():
    found = {step.name: missing for step, missing in open_steps(ATT, a_dossier(*SIGNED, CONTACT, on=TODAY))}
    assert found["start_drafting"] == ()
    assert found["ask_for_help"] == ("Not on file: needs for assistance recorded (needs_recorded).",)
    assert "voice_interest" not in found
    assert "deposited" not in found
