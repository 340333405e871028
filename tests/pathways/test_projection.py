"""What facts add up to: replaced, annulled, contested and overtaken facts, on any day, as known on any day."""

from datetime import UTC, datetime

import pytest

from pathways.grammar.facts import SourceKind
from pathways.grammar.legal import SIGNATURE
from pathways.grammar.stages import LegalStatus, Stage
from tests.builders import a_day, a_deposit, a_dossier, a_fact, a_signature, a_step

LATER = "2026-07-24"


def kinds(dossier):
    return [f.kind for f in dossier.in_force]


# Order: by the day from which a fact counts, then in order of filing.


def test_a_late_fact_stands_where_it_happened():
    voiced = a_step("voice_interest", "2024-03-01")
    drafting = a_step("start_drafting", "2025-03-01", source="interest")
    helped = a_step("ask_for_help", "2024-09-01", source="interest")
    assert a_dossier(voiced, drafting, helped, on=LATER).stage is Stage.LEGISLATION
    assert a_dossier(voiced, drafting, helped, on="2024-12-31").stage is Stage.ASSISTANCE


def test_of_one_day_the_fact_filed_later_comes_later():
    forth = a_step("start_drafting", "2025-03-01", source="interest")
    back = a_step("start_over", "2025-03-01", source="legislation")
    assert a_dossier(a_step("voice_interest", "2024-03-01"), forth, back, on=LATER).stage is Stage.INTEREST


def test_nothing_counts_before_its_day():
    dossier = a_dossier(a_signature("2013-10-18"), on="2013-10-17")
    assert (kinds(dossier), dossier.next_fact_on) == ([], a_day("2013-10-18"))
    assert a_dossier(a_signature("2013-10-18"), on="2013-10-18").next_fact_on is None


# As known: what was recorded by then, whatever day it is about.


def test_what_was_not_yet_recorded_is_not_known():
    early = datetime(2024, 1, 10, 12, tzinfo=UTC)
    late = datetime(2024, 3, 10, 12, tzinfo=UTC)
    signed = a_signature(recorded_at=early)
    deposited = a_deposit("2024-01-05", recorded_at=late)
    assert a_dossier(signed, deposited, on="2024-02-01", known=early).legal.status is LegalStatus.SIGNATORY
    assert a_dossier(signed, deposited, on="2024-02-01", known=late).legal.status is LegalStatus.DEPOSITED


def test_a_correction_not_yet_known_corrects_nothing():
    early = datetime(2024, 1, 10, 12, tzinfo=UTC)
    late = datetime(2024, 3, 10, 12, tzinfo=UTC)
    wrong = a_fact("cabinet_approval", "2024-01-05", id="wrong", recorded_at=early)
    taken_back = a_fact("correction", "2024-03-10", annuls=("wrong",), recorded_at=late)
    assert kinds(a_dossier(wrong, taken_back, on="2024-02-01", known=early)) == ["cabinet_approval"]
    assert kinds(a_dossier(wrong, taken_back, on="2024-02-01")) == []


# Annulled: a correction holds for all days, a ruling only from its own.


def test_a_law_struck_down_was_a_law_until_the_ruling():
    """Colombia: Law 1782 of 2016, struck down by C-047/17."""
    law = a_fact("parliamentary_approval", "2016-05-20", id="law", law_number="1782")
    ruling = a_fact("ruling", "2017-02-01", ruling_number="C-047/17", annuls=("law",))
    assert a_dossier(law, ruling, on="2017-01-31").latest("parliamentary_approval") is not None
    assert a_dossier(law, ruling, on="2017-02-01").latest("parliamentary_approval") is None


def test_a_fact_filed_by_mistake_never_counted():
    wrong = a_fact("parliamentary_approval", "2016-05-20", id="law", law_number="1")
    taken_back = a_fact("correction", "2017-02-01", annuls=("law",))
    assert a_dossier(wrong, taken_back, on="2016-12-31").latest("parliamentary_approval") is None


def test_a_ruling_taken_back_revives_the_law():
    law = a_fact("parliamentary_approval", "2016-05-20", id="law", law_number="1782")
    ruling = a_fact("ruling", "2017-02-01", id="ruling", ruling_number="C-1", annuls=("law",))
    taken_back = a_fact("correction", "2017-03-01", annuls=("ruling",))
    assert a_dossier(law, ruling, taken_back, on=LATER).latest("parliamentary_approval") is not None


def test_what_was_replaced_stays_replaced_when_its_replacement_is_replaced():
    year, month = (
        a_deposit("2024", "accession", id="year"),
        a_deposit("2024-06", "accession", id="month", replaces="year"),
    )
    day = a_deposit("2024-06-05", "accession", id="day", replaces="month")
    dossier = a_dossier(year, month, day, on=LATER)
    assert [fact.id for fact in dossier.in_force] == ["day"]
    assert dossier.legal.entry_into_force.last == a_day("2024-09-03")


def test_the_last_of_three_annulled_revives_the_second_alone():
    year, month = (
        a_deposit("2024", "accession", id="year"),
        a_deposit("2024-06", "accession", id="month", replaces="year"),
    )
    day = a_deposit("2024-06-05", "accession", id="day", replaces="month")
    mistake = a_fact("correction", "2024-11-01", annuls=("day",), id="mistake")
    assert [f.id for f in a_dossier(year, month, day, mistake, on=LATER).in_force] == ["month", "mistake"]


def test_a_replacement_annulled_revives_what_it_replaced():
    first = a_deposit("2024-06", "accession", id="first")
    second = a_deposit("2024-06-05", "accession", id="second", replaces="first")
    undone = a_fact("correction", "2024-09-01", annuls=("second",))
    assert str(a_dossier(first, second, undone, on=LATER).legal.deposit.effective) == "2024-06"


# Contested: the depositary differs from what it confirmed before; both stand, and nothing moves until it is settled.

OURS = a_deposit("2024-06-05", "accession", id="ours")
THEIRS = a_deposit("2024-06-10", "accession", id="theirs", contests="ours")
RIVAL = a_deposit("2024-07-01", "accession", id="rival", contests="ours")


def settled(favours):
    return a_fact("settled", "2026-02-01", favours=favours, source=SourceKind.ASSESSMENT)


def test_what_was_theirs_and_is_ours_by_now_is_settled_for_again():
    later = a_deposit("2024-07-01", "accession", id="later", contests="theirs")
    dossier = a_dossier(OURS, THEIRS, settled("theirs"), later, settled("theirs"), on=LATER)
    assert dossier.conflicts == ()
    assert [f.id for f in dossier.proofs("deposit")] == ["theirs"]
    dossier = a_dossier(OURS, THEIRS, settled("theirs"), later, settled("later"), on=LATER)
    assert [f.id for f in dossier.proofs("deposit")] == ["later"]


def test_until_it_is_settled_ours_stays_in_force_and_both_are_shown():
    dossier = a_dossier(OURS, THEIRS, on=LATER)
    assert dossier.legal.deposit.id == "ours"
    assert [f.id for f in dossier.conflicts] == ["theirs"]


@pytest.mark.parametrize(("favours", "stands"), [("ours", "ours"), ("theirs", "theirs"), ("rival", "rival")])
def test_settling_leaves_one_and_voids_every_rival(favours, stands):
    dossier = a_dossier(OURS, THEIRS, RIVAL, settled(favours), on=LATER)
    assert [f.id for f in dossier.in_force if f.kind == "deposit"] == [stands]
    assert dossier.conflicts == ()


def test_what_was_settled_holds_for_every_day():
    assert str(a_dossier(OURS, THEIRS, settled("theirs"), on="2024-06-09").legal.status) == "non_signatory"


def test_a_new_contradiction_after_a_settled_one_is_open_again():
    again = a_deposit("2024-07-09", "accession", id="again", contests="theirs")
    dossier = a_dossier(OURS, THEIRS, settled("theirs"), again, on=LATER)
    assert (dossier.legal.deposit.id, [f.id for f in dossier.conflicts]) == ("theirs", ["again"])


def test_a_new_contradiction_after_one_settled_for_ours_is_open_too():
    dossier = a_dossier(OURS, THEIRS, settled("ours"), RIVAL, on=LATER)
    assert (dossier.legal.deposit.id, [f.id for f in dossier.conflicts]) == ("ours", ["rival"])


@pytest.mark.parametrize(("favours", "stands"), [("theirs", "theirs"), ("confirmed", "confirmed")])
def test_what_took_the_place_of_ours_meanwhile_is_settled_with_it(favours, stands):
    """Another table confirmed ours, which made a new fact of it, while the contradiction was open."""
    confirmed = a_deposit("2024-06-05", "accession", id="confirmed", replaces="ours")
    dossier = a_dossier(OURS, THEIRS, confirmed, settled(favours), on=LATER)
    assert [f.id for f in dossier.in_force if f.kind == "deposit"] == [stands]
    assert dossier.conflicts == ()


def test_settling_for_a_fact_that_is_not_there_settles_nothing():
    dossier = a_dossier(OURS, THEIRS, settled("elsewhere"), on=LATER)
    assert [f.id for f in dossier.conflicts] == ["theirs"]


# The stage: while an instrument lies with the depositary, only its word counts.


def test_a_deposit_brings_a_state_to_deposit_whatever_we_thought():
    dossier = a_dossier(a_signature(), a_step("signed", "2013-10-18"), a_deposit("2022-03-24"), on="2022-03-24")
    assert dossier.stage is Stage.DEPOSIT


def test_a_persons_step_dated_on_or_after_the_deposit_is_overtaken():
    voiced = a_step("voice_interest", "2021-01-01")
    in_time = a_step("start_drafting", "2022-03-23", source="interest")
    late = a_step("start_over", "2022-03-24", source="legislation", id="late")
    dossier = a_dossier(voiced, in_time, late, a_deposit("2022-03-24", "accession"), on=LATER)
    assert [f.id for f in dossier.overtaken] == ["late"]
    assert "late" not in [f.id for f in dossier.steps]
    assert a_dossier(voiced, in_time, late, on=LATER).stage is Stage.INTEREST


def test_a_state_is_at_implementation_once_that_step_is_on_file():
    facts = (a_signature(), a_deposit("2022-03-24"))
    assert a_dossier(*facts, on="2022-06-22").stage is Stage.DEPOSIT
    assert a_dossier(*facts, a_step("enter_into_force", "2022-06-22"), on="2022-06-22").stage is Stage.IMPLEMENTATION


def test_without_facts_a_state_is_outside():
    dossier = a_dossier(on=LATER)
    assert (dossier.stage, dossier.tier, dossier.entered_by, dossier.entered_on) == (Stage.OUTSIDE, 3, "", None)


def test_a_stage_was_entered_by_its_last_step():
    facts = (
        a_step("voice_interest", "2024-01-01", id="one"),
        a_step("start_drafting", "2024-02-01", source="interest", id="two"),
        a_step("start_over", "2024-03-01", source="legislation", id="three"),
    )
    dossier = a_dossier(*facts, on=LATER)
    assert (dossier.stage, dossier.entered_by, dossier.entered_on) == (Stage.INTEREST, "three", a_day("2024-03-01"))
    assert dossier.last_step_on == a_day("2024-03-01")


# The rest of a dossier.


def test_a_tier_is_one_for_a_signatory_whatever_was_set_and_none_for_a_party():
    """E2.1: signatories first."""
    tier = a_fact("tier_set", "2024-01-10", tier="2")
    assert a_dossier(tier, on=LATER).tier == 2
    assert a_dossier(tier, a_signature(), on=LATER).tier == 1
    assert a_dossier(tier, a_signature(), a_deposit("2025-01-01"), on=LATER).tier is None


def test_a_route_is_assumed_until_somebody_names_it():
    assert a_dossier(on=LATER).route == "T1"
    assert a_dossier(on=LATER).route_is_assumed
    named = a_dossier(a_fact("route", "2024-01-10", route="T3"), on=LATER)
    assert (named.route, named.route_is_assumed) == ("T3", False)


def test_the_ledgers_own_book_keeping_is_no_sign_of_life():
    facts = (
        a_fact("signal", "2024-01-10"),
        a_step("voice_interest", "2024-02-01"),
        a_fact("route", "2024-03-01", route="T1"),
        a_fact("tier_set", "2024-04-01", tier="2"),
        a_fact("record_opened", "2024-05-01"),
        a_fact("correction", "2024-06-01"),
    )
    assert a_dossier(*facts, on=LATER).last_heard_on == a_day("2024-01-10")


def test_what_is_unconfirmed_is_gathered_from_the_facts_in_force():
    deposit = a_deposit("2024-06", "accession", id="d", unconfirmed=("deposit_date", "instrument"))
    assert a_dossier(deposit, on=LATER).unconfirmed == ("deposit_date", "instrument")
    confirmed = a_deposit("2024-06-05", "accession", replaces="d")
    assert a_dossier(deposit, confirmed, on=LATER).unconfirmed == ()


def test_a_later_signature_fact_of_the_same_day_stands_for_the_first():
    assert a_dossier(a_signature(id="a"), a_signature(id="b", replaces="a"), on=LATER).latest(SIGNATURE).id == "b"
