"""Taking steps: what is open, what is missing, and what each refusal is about."""

import pytest

from pathways.grammar.journey import NotTaken, open_steps, take
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
    with pytest.raises(NotTaken) as refused:
        move(name, *facts, on=on, by=by)
    return refused.value.refusals


def codes(name, *facts):
    return tuple(one.code for one in refusal(name, *facts))


def missing(name, *facts, **when):
    """Return the kinds of the proofs that a step misses, and nothing else it may miss."""
    found = refusal(name, *facts, **when)
    assert {one.code for one in found} == {"proof_not_on_file"}
    return tuple(one.values["kind"] for one in found)


# What leads on, and what it needs.


def test_interest_is_voiced_by_a_signal():
    assert missing("voice_interest") == ("signal",)
    assert move("voice_interest", a_fact("signal", "2024-01-10")).target is Stage.INTEREST


def test_help_is_asked_for_by_a_named_contact_with_recorded_needs():
    assert missing("ask_for_help", *SIGNED) == ("contact_named", "needs_recorded")
    assert move("ask_for_help", *SIGNED, CONTACT, NEEDS).target is Stage.ASSISTANCE


def test_assistance_may_be_passed_over():
    assert move("start_drafting", *SIGNED, CONTACT).source is Stage.INTEREST
    helped = a_step("ask_for_help", "2024-02-20", source="interest")
    assert move("start_drafting", *SIGNED, CONTACT, helped).source is Stage.ASSISTANCE


def test_an_instrument_is_not_ready_before_everything_is_on_file_and_all_of_it_is_named():
    assert missing("prepare_instrument", *SIGNED, DRAFTING) == (
        "committee",
        "gap_analysis",
        "cabinet_approval",
        "parliamentary_approval",
        "instrument_prepared",
        "reservations_checked",
    )


def test_a_missing_proof_is_named_once():
    helped = refusal("prepare_instrument", *SIGNED, DRAFTING, a_fact("route", "2024-03-02", route="T2"))
    assert len(helped) == len(set(helped)) == 7


def test_what_counts_only_from_tomorrow_is_missing_today():
    tomorrow = a_fact("signal", "2026-03-03")
    assert missing("voice_interest", tomorrow, on="2026-03-02") == ("signal",)
    assert move("voice_interest", tomorrow, on="2026-03-03").target is Stage.INTEREST


# Out of order, out of time, out of hand.


def test_a_step_out_of_order_says_what_is_open_instead():
    (found,) = refusal("prepare_instrument", *SIGNED)
    assert (found.code, found.values) == (
        "step_from_another_stage_others_open",
        {
            "step": "prepare_instrument",
            "sources": (Stage.LEGISLATION,),
            "stage": Stage.INTEREST,
            "open": ("ask_for_help", "start_drafting", "stand_aside"),
        },
    )


def test_a_stage_is_never_jumped_to():
    assert codes("prepare_instrument") == ("step_from_another_stage_others_open",)
    for name in ("interest", "to_deposit", "deposit"):
        (found,) = refusal(name)
        assert (found.code, found.field) == ("no_such_step", "step")
        assert found.values["steps"][:2] == ("voice_interest", "signed")


def test_a_step_that_the_record_takes_is_not_a_persons():
    assert codes("deposited", *SIGNED) == ("step_taken_by_record",)
    assert codes("enter_into_force", *SIGNED) == ("step_taken_by_date",)
    assert refusal("voice_interest", by=By.DATE)[0].code == "step_taken_by_person"


def test_a_step_is_not_dated_before_the_last_one():
    dossier = a_dossier(a_step("voice_interest", "2024-03-01"), CONTACT, on=TODAY)
    with pytest.raises(NotTaken) as refused:
        take(ATT, dossier, "start_drafting", by=By.PERSON, on=a_day("2024-02-29"))
    (found,) = refused.value.refusals
    assert (found.code, found.field) == ("step_before_the_last", "on")
    assert found.values == {"last": a_day("2024-03-01"), "day": a_day("2024-02-29")}
    assert take(ATT, dossier, "start_drafting", by=By.PERSON, on=a_day("2024-03-01")).on == a_day("2024-03-01")


def test_after_the_deposit_no_person_moves_the_state():
    (found,) = refusal("start_over", *SIGNED, DRAFTING, a_deposit("2025-05-02"))
    assert (found.code, str(found.values["day"])) == ("step_after_deposit", "2025-05-02")
    assert open_steps(ATT, a_dossier(*SIGNED, DRAFTING, a_deposit("2025-05-02"), on=TODAY)) == ()


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2022-03-23", "nothing_deposited"),
        ("2022-06-21", "not_bound_yet"),
    ],
)
def test_nobody_is_bound_before_the_day(on, said):
    dossier = a_dossier(a_signature(), a_deposit("2022-03-24"), on=on)
    with pytest.raises(NotTaken) as refused:
        take(ATT, dossier, "enter_into_force", by=By.DATE, on=a_day(on), found_at=Stage.DEPOSIT)
    assert refused.value.codes == (said,)


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
    (found,) = refusal("prepare_instrument", *ready("accession", a_signature()))
    assert found.code == "instrument_not_of_a_signatory"
    assert found.values["allowed"] == ("ratification", "acceptance", "approval")


@pytest.mark.parametrize("instrument", ["ratification", "acceptance", "approval"])
def test_a_signatory_prepares_its_ratification_acceptance_or_approval(instrument):
    assert move("prepare_instrument", *ready(instrument, a_signature())).target is Stage.DEPOSIT


def test_a_state_that_has_not_signed_prepares_its_accession():
    assert codes("prepare_instrument", *ready("ratification")) == ("instrument_of_a_signatory",)
    assert move("prepare_instrument", *ready("accession")).target is Stage.DEPOSIT


# Going back: with a cause, and each cause serves once.


def test_going_back_has_a_cause():
    assert missing("strike_down", *SIGNED, DRAFTING) == ("ruling",)
    ruling = a_fact("ruling", "2025-02-01", id="r", ruling_number="C-047/17")
    found = move("strike_down", *SIGNED, DRAFTING, ruling)
    assert (found.source, found.target, found.rests_on) == (Stage.LEGISLATION, Stage.LEGISLATION, "r")


def test_a_cause_serves_once():
    ruling = a_fact("ruling", "2025-02-01", id="r", ruling_number="C-047/17")
    struck = a_step("strike_down", "2025-02-02", source="legislation", rests_on="r")
    assert missing("strike_down", *SIGNED, DRAFTING, ruling, struck) == ("ruling",)
    second = a_fact("ruling", "2025-06-01", id="r2", ruling_number="C-1/18")
    assert move("strike_down", *SIGNED, DRAFTING, ruling, struck, second).rests_on == "r2"


def test_a_signatory_stays_at_interest():
    setback = a_fact("setback", "2025-01-01", cause="wish_of_state")
    assert codes("stand_aside", *SIGNED, setback) == ("signature_stands",)
    assert move("stand_aside", a_step("voice_interest", "2024-01-10"), setback).target is Stage.OUTSIDE


def test_a_refused_step_leaves_nothing_behind_in_the_shared_machine():
    for _ in range(2):
        assert missing("voice_interest") == ("signal",)
        assert move("voice_interest", a_fact("signal", "2024-01-10")).target is Stage.INTEREST


def test_open_steps_list_what_each_still_misses():
    found = {step.name: missing for step, missing in open_steps(ATT, a_dossier(*SIGNED, CONTACT, on=TODAY))}
    assert found["start_drafting"] == ()
    assert [one.values["kind"] for one in found["ask_for_help"]] == ["needs_recorded"]
    assert "voice_interest" not in found
    assert "deposited" not in found
