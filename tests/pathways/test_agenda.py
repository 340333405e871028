"""What a day brings to a dossier, and the next day that brings anything."""

from datetime import date, timedelta

import pytest

from pathways.grammar.agenda import OWN, Occasion, agenda, apart_from_the_day, asked_again_on, heard_last, own_day
from pathways.grammar.roles import Role
from tests.builders import ATT, a_day, a_deposit, a_dossier, a_fact, a_signature, a_step

OPENED = a_fact("record_opened", "2024-01-01")
SIGNED = (OPENED, a_signature(), a_step("signed", "2013-10-18", id="s"))
PARTY = (OPENED, a_signature(), a_deposit("2024-01-10"))


def on_day(day, *facts):
    return agenda(ATT, a_dossier(*facts, on=day))


def items(day, *facts):
    return {item.occasion: item for item in on_day(day, *facts).items}


# Entry into force.


def test_the_day_before_nothing_is_due_and_the_day_itself_the_step_is():
    """The Philippines, bound from 22 June 2022."""
    facts = (a_signature(), a_deposit("2022-03-24"))
    before = on_day("2022-06-21", *facts)
    assert (before.steps, before.next_due_on) == ((), a_day("2022-06-22"))
    (due,) = on_day("2022-06-22", *facts).steps
    assert (due.step.name, due.on) == ("enter_into_force", a_day("2022-06-22"))


def test_a_missed_step_is_dated_the_day_it_fell_due():
    (due,) = on_day("2022-06-24", a_signature(), a_deposit("2022-03-24")).steps
    assert due.on == a_day("2022-06-22")


def test_a_step_on_file_is_not_due_again():
    facts = (a_signature(), a_deposit("2022-03-24"), a_step("enter_into_force", "2022-06-22"))
    assert on_day("2022-06-22", *facts).steps == ()


def test_a_step_dated_too_early_does_not_hide_the_day_itself():
    """The deposit was learnt to be later than the step that rested on it."""
    facts = (a_signature(), a_deposit("2022-03-24"), a_step("enter_into_force", "2022-06-01"))
    assert on_day("2022-06-02", *facts).next_due_on == a_day("2022-06-22")


# Ready to advance.


def test_when_every_proof_is_on_file_a_persons_step_is_ready_and_not_taken():
    contact = a_fact("contact_named", "2024-01-20", ministry="Defence")
    found = on_day("2024-01-21", *SIGNED, contact)
    assert found.steps == ()
    assert [(i.occasion, i.about) for i in found.items] == [(Occasion.READY, "start_drafting")]
    assert found.items[0].key == "ready:start_drafting:s"
    assert found.items[0].rungs == (Role.SECRETARIAT,)


def test_a_step_back_is_never_suggested():
    setback = a_fact("setback", "2024-01-20", cause="dissolution")
    assert Occasion.READY not in items("2024-01-21", *SIGNED, setback)


# Silence.


def test_silence_counts_from_the_opening_of_the_record_not_from_a_signature_of_2013():
    assert items("2024-03-30", *SIGNED) == {}
    assert on_day("2024-03-30", *SIGNED).next_due_on == a_day("2024-03-31")
    silence = items("2024-03-31", *SIGNED)[Occasion.SILENCE]
    assert (silence.since, silence.about) == (a_day("2024-03-31"), "interest")
    assert silence.rungs == (Role.CHAMPION, Role.COORDINATOR, Role.SECRETARIAT)
    assert silence.due_on == a_day("2024-04-14"), "whoever is asked first has a fortnight"
    assert silence.again_after == timedelta(days=90), "the same again, once it is closed"


def test_a_sign_of_life_begins_the_silence_anew():
    heard = a_fact("exchange", "2024-03-15")
    assert items("2024-06-12", *SIGNED, heard) == {}
    silence = items("2024-06-13", *SIGNED, heard)[Occasion.SILENCE]
    assert silence.key != items("2024-03-31", *SIGNED)[Occasion.SILENCE].key


def test_entering_a_stage_begins_the_silence_anew():
    drafting = a_step("start_drafting", "2024-02-01", source="interest")
    assert Occasion.SILENCE not in items("2024-07-29", *SIGNED, drafting)
    assert Occasion.SILENCE in items("2024-07-30", *SIGNED, drafting)


def test_who_comes_back_to_a_stage_is_chased_afresh():
    there = a_step("start_drafting", "2024-02-01", source="interest")
    back = a_step("start_over", "2024-02-01", source="legislation", id="back")
    first = items("2025-06-01", *SIGNED)[Occasion.SILENCE].key
    second = items("2025-06-01", *SIGNED, there, back)[Occasion.SILENCE].key
    assert first != second
    assert ":back:" in second


@pytest.mark.parametrize("kind", ["paused", "declined"])
def test_who_paused_or_declined_is_not_chased_but_asked_again_on_the_agreed_day(kind):
    facts = (*SIGNED, a_fact(kind, "2024-02-01", review_on="2024-09-01"))
    assert items("2024-08-31", *facts) == {}
    assert on_day("2024-02-01", *facts).next_due_on == a_day("2024-09-01")
    review = items("2024-09-01", *facts)[Occasion.REVIEW]
    assert (review.since, review.rungs) == (a_day("2024-09-01"), (Role.SECRETARIAT,))


def test_a_state_that_declared_it_will_not_join_is_left_in_peace():
    facts = (*SIGNED, a_fact("declaration_not_to_join", "2019-07-18"))
    found = on_day("2026-07-24", *facts)
    assert (found.items, found.next_due_on) == ((), None)


def test_nobody_is_chased_outside_or_with_an_instrument_deposited():
    assert on_day("2030-01-01", OPENED).items == ()
    assert Occasion.SILENCE not in items("2024-05-01", *PARTY)


# Duties: bound on 2024-04-09, initial report due 2025-04-08, told from 90 days before.


def test_a_duty_is_near_before_it_is_due_and_passed_the_day_after():
    assert items("2025-01-07", *PARTY) == {}
    near = items("2025-01-08", *PARTY)[Occasion.DATE_NEAR]
    assert (near.about, near.since, near.due_on) == ("initial report", a_day("2025-01-08"), a_day("2025-04-08"))
    assert Occasion.DATE_PASSED not in items("2025-04-08", *PARTY)
    after = items("2025-04-09", *PARTY)
    assert after[Occasion.DATE_PASSED].since == a_day("2025-04-09")
    assert Occasion.DATE_NEAR not in after


def test_a_report_received_takes_its_duty_off_the_agenda():
    report = a_fact("initial_report", "2025-03-01")
    assert Occasion.DATE_NEAR not in items("2025-03-01", *PARTY, report)
    assert Occasion.DATE_PASSED not in items("2025-04-09", *PARTY, report)


def test_each_annual_report_is_an_occasion_of_its_own():
    entered = a_step("enter_into_force", "2024-04-09")
    keys = [i.key for i in on_day("2027-06-01", *PARTY, entered).items if i.about.startswith("annual report")]
    assert keys == ["date_passed:annual report 2025:2026-05-31", "date_passed:annual report 2026:2027-05-31"]


def test_a_report_that_came_early_hides_no_later_one():
    entered, initial = a_step("enter_into_force", "2024-04-09"), a_fact("initial_report", "2025-03-01")
    early = a_fact("annual_report", "2026-05-20", year=2025)
    assert on_day("2026-05-20", *PARTY, entered, initial, early).next_due_on == a_day("2027-05-01")
    waived = a_fact("duty_waived", "2026-05-20", duty="annual report", year=2025)
    assert on_day("2026-05-20", *PARTY, entered, initial, waived).next_due_on == a_day("2027-05-01")


def test_what_fell_due_before_the_record_was_opened_is_nobodys_task():
    opened = a_fact("record_opened", "2026-07-24")
    entered = a_step("enter_into_force", "2024-04-09")
    assert on_day("2026-07-24", opened, *PARTY[1:], entered).items == ()


# A contradiction waits for the Secretariat from the day it was learnt.


def test_a_contradiction_stands_until_it_is_settled():
    ours = a_deposit("2024-01-10", id="ours")
    theirs = a_deposit("2024-01-11", id="theirs", contests="ours")
    found = items("2026-07-24", OPENED, a_signature(), ours, theirs)[Occasion.CONTRADICTION]
    assert (found.key, found.about, found.is_public) == ("contradiction:theirs", "deposit", True)
    settled = a_fact("settled", "2026-07-24", favours="ours")
    assert Occasion.CONTRADICTION not in items("2026-07-24", OPENED, a_signature(), ours, theirs, settled)


def test_a_fact_dated_tomorrow_is_looked_at_tomorrow():
    assert on_day("2026-03-02", OPENED, a_fact("signal", "2026-03-03")).next_due_on == a_day("2026-03-03")


def test_nothing_on_file_brings_nothing():
    found = on_day("2026-03-02")
    assert (found.steps, found.items, found.next_due_on) == ((), (), None)


def test_the_key_of_a_silence_says_since_when():
    assert heard_last("silence:interest:f-1:2022-06-21") == heard_last("att/KHM:silence:interest:f-1:2022-06-21")
    assert heard_last("att/KHM:silence:interest::2022-06-21") == date(2022, 6, 21)
    assert heard_last("att/KHM:review:2022-06-21") is None
    assert heard_last("att:nobody:champion:Africa") is None


def test_a_silence_is_the_same_from_whatever_day_it_is_counted():
    one, other = "att/KHM:silence:interest:f-1:2022-06-21", "att/KHM:silence:interest:f-1:2022-03-01#12"
    assert apart_from_the_day(one) == apart_from_the_day(other) == "att/KHM:silence:interest:f-1"
    assert apart_from_the_day("silence:interest::2022-06-21") == "silence:interest:"
    assert apart_from_the_day("att/KHM:review:2022-06-21") == "att/KHM:review:2022-06-21"


@pytest.mark.parametrize(
    ("due", "told", "again"),
    [
        (
            "2026-12-14",
            "2026-11-30",
            "2026-12-21",
        ),  # the patience is over on a Monday, and it is not late before Tuesday
        ("2026-12-13", "2026-11-30", "2026-12-14"),
        ("2026-12-31", "2026-11-30", "2027-01-04"),
        ("2026-11-01", "2026-11-30", "2026-12-14"),
        ("2026-11-01", "2026-12-01", "2026-12-21"),
    ],
)
def test_what_nobody_further_can_be_asked_of_is_asked_again_on_the_monday_after_it_is_late(due, told, again):
    days = (date.fromisoformat(due), date.fromisoformat(told), timedelta(days=14))
    assert str(asked_again_on(*days)) == again


# Whose day it is. Fourteen days of patience; it was due on 31 May.

MAY_31 = "2027-05-31"


@pytest.mark.parametrize(
    ("occasion", "reached", "own"),
    [
        (Occasion.SILENCE, "2027-05-10", MAY_31),
        (Occasion.SILENCE, "2027-05-20", "2027-06-03"),
        (Occasion.READY, "2027-06-10", "2027-06-24"),
        (Occasion.DATE_PASSED, "2027-05-20", "2027-06-03"),
        (Occasion.DATE_NEAR, "2027-05-20", MAY_31),
        (Occasion.DATE_NEAR, "2027-06-10", "2027-06-10"),
        (OWN, "2027-05-20", MAY_31),
        (OWN, MAY_31, MAY_31),
        (OWN, "2027-06-01", "2027-06-15"),
    ],
)
def test_whoever_it_reaches_has_the_whole_patience_but_for_a_treatys_day_and_one_that_a_person_chose(
    occasion, reached, own
):
    assert own_day(occasion, a_day(MAY_31), a_day(reached), timedelta(days=14)) == a_day(own)
