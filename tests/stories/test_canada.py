"""Canada: law and regulations first, then an accession; never a signature.

Real are the tabling of Bill C-47 (2017-04-13), Royal Assent (2018-12-13), the draft regulations (2019-03-16, comments
until 2019-04-15), the accession (2019-06-19), the final regulations (2019-06-26), the entry into force (2019-09-17) and
the days of the reports (part 2.2, 2.3). Everything else is an example.
"""

from __future__ import annotations

from datetime import date

from pathways.grammar.duties import DutyState
from tests.sources.files import the_file_of
from tests.stories.narrator import (
    DEPOSIT,
    DEPOSITED,
    IMPLEMENTATION,
    INTEREST,
    LEGISLATION,
    NEWS,
    NON_SIGNATORY,
    OUTSIDE,
    STATE_PARTY,
    Story,
    Tell,
)

TABLED, ASSENT, DRAFTED, FINAL = "2017-04-13", "2018-12-13", "2019-03-16", "2019-06-26"
LODGED, BOUND = date(2019, 6, 19), date(2019, 9, 17)
NOTIFICATION = "depositary:C.N.1.2019.EXAMPLE"


def test_canada_accedes_once_its_law_is_made(tell: Tell):
    story = tell("CAN", opened="2017-03-01")
    nobody_is_interested_without_a_signal(story)
    a_bill_is_tabled(story)
    nothing_is_filed_before_it_has_happened(story)
    the_regulations_are_missing_and_the_instrument_is_the_wrong_one(story)
    it_accedes_and_does_not_ratify(story)
    the_depositary_confirms_it(story)
    the_sweep_of_the_day_is_missed(story)
    it_reports(story)
    looking_back(story)
    story.ends()


def nobody_is_interested_without_a_signal(story: Story) -> None:
    story.stands(OUTSIDE, NON_SIGNATORY)
    assert story.view().tier == 3
    story.appoints("champion", "MEX", region="Americas")
    story.appoints("coordinator", "CRI", region="Americas")
    with story.refuses("Not on file: signal of interest (signal)."):
        story.takes("voice_interest")
    with story.refuses("“enter_into_force” is taken by the sweep when its day has come."):
        story.takes("enter_into_force")
    with story.refuses("“deposited” is taken by the depositary's record alone, on intake."):
        story.takes("deposited")
    with story.refuses(
        "“accede” is no step of this treaty; its steps: voice_interest, signed, ask_for_help, start_drafting,"
        " prepare_instrument, deposited, enter_into_force, withdraw, strike_down, start_over, stand_aside."
    ):
        story.takes("accede")


def a_bill_is_tabled(story: Story) -> None:
    """Interest and drafting on one day: one State with news, not two."""
    story.on(TABLED)
    story.learns("signal", "2017-03-20", speaker="Foreign Ministry")
    story.learns("tier_set", tier="2")
    assert story.view().tier == 2
    story.takes("voice_interest")
    story.stands(INTEREST, NON_SIGNATORY)
    story.learns("contact_named", ministry="Global Affairs")
    story.learns("bill", source="parliament:House of Commons", bill_number="C-47")
    story.takes("start_drafting")
    story.stands(LEGISLATION, NON_SIGNATORY)
    story.learns("route", route="T4")
    story.on("2017-04-14")
    for role in ("champion", "coordinator"):
        assert NEWS in story.reads(role).splitlines()


def nothing_is_filed_before_it_has_happened(story: Story) -> None:
    story.learns("committee", "2017-02", ministries="Global Affairs, Justice, Public Safety")
    story.learns("gap_analysis", "2016-11", articles="2, 6, 7, 10")
    story.learns("cabinet_approval", "2017-04-03")
    story.on("2018-12-11")
    with story.refuses("2018-12-13 lies in the future (today is 2018-12-11); a fact is filed once it has happened."):
        story.learns("implementing_law", ASSENT, "parliament:Royal Assent", law_number="C-47")
    with story.refuses(
        "“implementing law” needs “law number”.",
        "2013-05 is before the Arms Trade Treaty opened for signature (2013-06-03).",
    ):
        story.learns("implementing_law", "2013-05")
    story.on("2018-12-14")
    story.learns("implementing_law", ASSENT, "parliament:Royal Assent", law_number="C-47")


def the_regulations_are_missing_and_the_instrument_is_the_wrong_one(story: Story) -> None:
    story.on("2019-02-04")
    wrong = story.learns("instrument_prepared", instrument="ratification", signed_by="foreign_minister").fact
    story.learns("reservations_checked", text="attached")
    with story.refuses(
        "Not on file: implementing regulations (regulations).",
        "A State that has not signed deposits an instrument of accession, not of ratification (art. 21).",
    ):
        story.takes("prepare_instrument")
    story.on("2019-04-16")
    story.learns("regulations", DRAFTED, "gazette:Canada Gazette", reference="draft, comments until 2019-04-15")
    story.learns("correction", annuls=[wrong.id])
    with story.refuses(
        "“instrument prepared” needs “instrument”.",
        "“who signs; anybody else needs full powers” must be one of head_of_state, head_of_government,"
        " foreign_minister, full_powers, not “the minister of trade”.",
    ):
        story.learns("instrument_prepared", signed_by="the minister of trade")
    story.learns("instrument_prepared", instrument="accession", signed_by="foreign_minister")
    story.takes("prepare_instrument")
    story.stands(DEPOSIT, NON_SIGNATORY)


def it_accedes_and_does_not_ratify(story: Story) -> None:
    story.on("2019-06-20")
    with story.refuses("Canada has not signed, so it accedes; ratification is for signatories (art. 21(2), (3))."):
        story.learns("deposit", str(LODGED), NOTIFICATION, instrument="ratification")
    with story.refuses(
        "Canada cannot have signed on 2019-06-19: the Arms Trade Treaty was open for signature from 2013-06-03 to"
        " 2014-12-24 only (art. 21(1))."
    ):
        story.learns("signature", str(LODGED), NOTIFICATION)
    with story.refuses(
        "Provisional application is declared at signature or deposit (art. 23); 2019-06-01 is neither (no act on file)."
    ):
        story.learns("provisional_application", "2019-06-01", NOTIFICATION)
    story.learns("deposit", str(LODGED), NOTIFICATION, instrument="accession")
    story.stands(DEPOSIT, DEPOSITED)
    story.on("2019-06-27")
    story.learns("regulations", FINAL, "gazette:Canada Gazette", reference="final")
    assert "- Canada: instrument deposited, as the depositary records (Arms Trade Treaty)." in story.reads("champion")


def the_depositary_confirms_it(story: Story) -> None:
    story.on("2019-09-02")
    assert story.view().unconfirmed == ("deposit_date", "instrument")
    table = story.receives(the_file_of("2019-08-30"), as_at="2019-08-30")
    assert "CAN deposit 2019-06-19: confirmed" in table.changes
    assert (table.conflicts, table.vanished, story.view().unconfirmed) == ([], [], ())


def the_sweep_of_the_day_is_missed(story: Story) -> None:
    """It is caught up two days later, and dated the day it fell due."""
    story.on("2019-09-16")
    story.reads("champion")
    story.night_falls(until=str(BOUND))
    story.stands(DEPOSIT, STATE_PARTY)  # the law needs no sweep
    assert "CAN" in story.on("2019-09-19").moved
    story.stands(IMPLEMENTATION, STATE_PARTY)
    assert "- Canada: entry into force on 17 September 2019 (Arms Trade Treaty)." in story.reads("champion")
    entered = story.facts("step")[-1]
    assert (str(entered.effective), entered.recorded_at.date()) == (str(BOUND), date(2019, 9, 19))
    assert entered.rests_on == story.facts("deposit")[-1].id


def it_reports(story: Story) -> None:
    assert story.duty("initial report").due_on == date(2020, 9, 16)
    assert story.duty("annual report", 2020).due_on == date(2021, 5, 31)
    story.on("2020-09-10")
    story.learns("initial_report", "2020-09-08", public="yes")
    assert story.duty("initial report").done_on == date(2020, 9, 8)
    story.on("2021-06-01")
    assert story.duty("annual report", 2020).state == DutyState.OVERDUE
    story.learns("duty_waived", duty="annual report", year=2020)
    assert story.duty("annual report", 2020).state == DutyState.WAIVED
    assert story.waits_for("date_passed") == []


def looking_back(story: Story) -> None:
    story.was("2017-03-31", OUTSIDE, NON_SIGNATORY)
    story.was("2017-04-13", LEGISLATION, NON_SIGNATORY)
    story.was("2019-06-18", DEPOSIT, NON_SIGNATORY)
    story.was("2019-06-19", DEPOSIT, DEPOSITED)
    story.was("2019-06-19", DEPOSIT, NON_SIGNATORY, known="2019-06-19")
    story.was("2019-09-16", DEPOSIT, DEPOSITED)
    story.was("2019-09-17", IMPLEMENTATION, STATE_PARTY)
    story.was("2019-09-17", DEPOSIT, STATE_PARTY, known="2019-09-18")
    view = story.view()
    assert (view.signature_date, view.deposit_date, view.instrument) == (None, str(LODGED), "accession")
    assert view.entry_into_force == BOUND
    assert story.steps() == [
        ("voice_interest", TABLED),
        ("start_drafting", TABLED),
        ("prepare_instrument", "2019-04-16"),
        ("deposited", str(LODGED)),
        ("enter_into_force", str(BOUND)),
    ]
