"""The Gambia: from the first signal to the first report, with help on the way. An accession, whatever it was called.

Real are the President's word at the Conference of 2021, the trust fund's project with a national assessment validated
in November 2023, and the accession, deposited in or before June 2024 (part 2.3). Its exact day is not on record here:
the one that makes it precise is an example, as is everything else.
"""

from __future__ import annotations

from datetime import date

import pytest

from pathways.grammar.dates import Precision
from pathways.grammar.duties import DutyState
from tests.refusals import said
from tests.stories.depositary import as_csv
from tests.stories.narrator import (
    ASSISTANCE,
    DEPOSIT,
    DEPOSITED,
    IMPLEMENTATION,
    INTEREST,
    LEGISLATION,
    NEWS,
    NON_SIGNATORY,
    OUTSIDE,
    READY,
    STATE_PARTY,
    Story,
    Tell,
)

NOTIFICATION = "depositary:C.N.1.2024.EXAMPLE"
#: If it was deposited on the first or on the last day of June.
EARLIEST, LATEST = date(2024, 8, 30), date(2024, 9, 28)


def test_the_gambia_from_first_signal_to_first_report(tell: Tell):
    story = tell("GMB", opened="2021-08-02")
    the_president_speaks(story)
    it_asks_for_help(story)
    an_intent_is_no_act(story)
    its_law_is_made(story)
    it_accedes_and_was_never_to_ratify(story)
    june_is_not_a_day(story)
    the_latest_day_is_the_one_that_counts(story)
    the_depositary_gives_the_day(story)
    it_reports(story)
    looking_back(story)
    story.ends()


def the_president_speaks(story: Story) -> None:
    story.stands(OUTSIDE, NON_SIGNATORY)
    story.on("2022-01-10")
    story.appoints("champion", "SEN", region="Africa")
    story.appoints("coordinator", "ZAF", region="Africa")
    story.appoints("secretariat", "ATT Secretariat")
    story.learns("signal", "2021", "statement:President, Conference of States Parties", speaker="President")
    story.takes("voice_interest")
    story.stands(INTEREST, NON_SIGNATORY)
    story.on("2022-01-11")
    assert NEWS in story.reads("champion")
    assert NEWS in story.reads("coordinator")


def it_asks_for_help(story: Story) -> None:
    with story.refuses(
        "Not on file: contact named (contact_named).",
        "Not on file: needs for assistance recorded (needs_recorded).",
    ):
        story.takes("ask_for_help")
    story.learns("contact_named", ministry="Defence", reached_by="person")
    with story.refuses(
        "“categories of art. 16(1)”: weapons not among legal, institutional, technical, material, financial, stockpile,"
        " ddr, model_law."
    ):
        story.learns("needs_recorded", categories="legal, weapons")
    story.learns("needs_recorded", categories="legal, institutional")
    story.reads("secretariat")
    story.on("2022-01-12")
    assert READY in story.reads("secretariat")  # two steps are ready, of one State
    story.takes("ask_for_help")
    story.stands(ASSISTANCE, NON_SIGNATORY)
    for kind in ("assistance_applied", "assistance_awarded"):
        story.learns(kind, programme="VTF")


def an_intent_is_no_act(story: Story) -> None:
    """In February 2023 a meeting heard that The Gambia was “about to ratify” (B6, H10)."""
    story.on("2023-02-16")
    story.learns("exchange", "2023-02-15", "statement:WGTU, first meeting", channel="meeting")
    with story.refuses(
        "Deposit of the instrument: the word of “statement” does not count; accepted: depositary.",
        "Gambia has not signed, so it accedes; ratification is for signatories (art. 21(2), (3)).",
    ):
        story.learns("deposit", "2023-02", "statement:“about to ratify”", instrument="ratification")
    story.stands(ASSISTANCE, NON_SIGNATORY)


def its_law_is_made(story: Story) -> None:
    story.on("2023-12-04")
    story.learns("assistance_delivered", "2023-11", programme="VTF")
    story.learns("gap_analysis", "2023-11", "press:national assessment report validated", articles="5, 6, 7, 8")
    story.takes("start_drafting")
    story.stands(LEGISLATION, NON_SIGNATORY)
    story.learns("committee", ministries="Defence, Interior, Justice")
    story.on("2024-05-06")
    story.learns("cabinet_approval", "2024-02")
    story.learns("parliamentary_approval", "2024-04", law_number="example")
    wrong = story.learns("instrument_prepared", instrument="ratification", signed_by="head_of_state").fact
    story.learns("reservations_checked", text="none")
    with story.refuses(
        "A State that has not signed deposits an instrument of accession, not of ratification (art. 21)."
    ):
        story.takes("prepare_instrument")
    story.learns("correction", annuls=[wrong.id])
    story.learns("instrument_prepared", instrument="accession", signed_by="head_of_state")
    story.takes("prepare_instrument")
    story.stands(DEPOSIT, NON_SIGNATORY)


def it_accedes_and_was_never_to_ratify(story: Story) -> None:
    story.on("2024-07-02")
    table = story.receives(as_csv("2024-06-30", GMB={"instrument": "Ratification"}), as_at="2024-06-30")
    assert [*said(table.faults)] == [
        "Row 52: Gambia (GMB) has not signed, so it accedes; ratification is for signatories (art. 21(2), (3))."
    ]
    assert "GMB deposit 2024-06: new" in story.receives(as_csv("2024-06-30"), as_at="2024-06-30").changes
    story.stands(DEPOSIT, DEPOSITED)
    assert story.view().unconfirmed == ("deposit_date", "instrument")


def june_is_not_a_day(story: Story) -> None:
    """What follows from it is a range of days, and said to be one."""
    view = story.view()
    assert (view.deposit_date, view.deposit_precision, view.instrument) == ("2024-06", Precision.MONTH, "accession")
    assert (view.entry_into_force_earliest, view.entry_into_force) == (EARLIEST, LATEST)
    initial = story.duty("initial report")
    assert (initial.due_earliest, initial.due_on) == (date(2025, 8, 29), date(2025, 9, 27))
    assert ("deposited", "2024-06") in story.steps()


def the_latest_day_is_the_one_that_counts(story: Story) -> None:
    for day in (str(EARLIEST), "2024-09-27"):
        story.on(day)
        story.stands(DEPOSIT, DEPOSITED)
    assert "GMB" in story.on(str(LATEST)).moved
    story.stands(IMPLEMENTATION, STATE_PARTY)
    assert "- Gambia: entry into force (Arms Trade Treaty)." in story.reads("champion")  # on a day that nobody knows


def the_depositary_gives_the_day(story: Story) -> None:
    """The step, the entry into force and the days of the reports follow in the same commit."""
    story.on("2024-11-15")
    exact = {"deposit_date": "2024-06-11", "unconfirmed": ""}
    table = story.receives(as_csv("2024-11-14", GMB=exact), as_at="2024-11-14")
    assert "GMB deposit 2024-06-11: confirmed" in table.changes
    view = story.view()
    assert (view.deposit_date, view.unconfirmed) == ("2024-06-11", ())
    assert (view.entry_into_force_earliest, view.entry_into_force) == (date(2024, 9, 9), date(2024, 9, 9))
    assert story.duty("initial report").due_on == date(2025, 9, 8)
    assert story.duty("annual report", 2025).due_on == date(2026, 5, 31)
    again = story.receives(as_csv("2024-11-14", GMB=exact), as_at="2024-11-14")
    assert (again.new, again.changed, again.confirmed) == (0, 0, 0)


def it_reports(story: Story) -> None:
    story.on("2025-06-10")
    [near] = story.waits_for("date_near")
    assert (near.about, near.due_on) == ("initial report", date(2025, 9, 8))
    assert "- Gambia: the day for the initial report is near." in story.reads("secretariat")
    story.on("2025-08-18")
    story.learns("initial_report", public="no")
    assert (story.duty("initial report").state, story.waits_for("date_near")) == (DutyState.DONE, [])


def looking_back(story: Story) -> None:
    story.was("2022-01-09", OUTSIDE, NON_SIGNATORY)
    story.was("2022-01-10", INTEREST, NON_SIGNATORY)
    story.was("2024-06-10", DEPOSIT, NON_SIGNATORY)
    story.was("2024-06-11", DEPOSIT, DEPOSITED)
    story.was("2024-06-11", DEPOSIT, NON_SIGNATORY, known="2024-11-14")  # then only the month's last day was sure
    story.was("2024-06-30", DEPOSIT, DEPOSITED, known="2024-07-02")
    story.was("2024-09-08", DEPOSIT, DEPOSITED)
    story.was("2024-09-09", IMPLEMENTATION, STATE_PARTY)
    story.was("2024-09-09", DEPOSIT, DEPOSITED, known="2024-11-14")
    story.was("2024-09-28", IMPLEMENTATION, STATE_PARTY, known="2024-11-14")
    assert story.steps() == [
        ("voice_interest", "2022-01-10"),
        ("ask_for_help", "2022-01-12"),
        ("start_drafting", "2023-12-04"),
        ("prepare_instrument", "2024-05-06"),
        ("deposited", "2024-06-11"),
        ("enter_into_force", "2024-09-09"),
    ]


@pytest.mark.parametrize(("day", "binds"), [("2024-06-03", "2024-09-01"), ("2024-06-28", "2024-09-26")])
def test_a_notification_filed_by_hand_makes_the_month_a_day_and_waits_for_the_table(tell: Tell, day, binds):
    """By the example alone, before the State is bound: the sweep then takes the step on the day itself."""
    story = tell("GMB", opened="2024-07-01")
    story.appoints("champion", "SEN", region="Africa")
    story.stands(DEPOSIT, DEPOSITED)
    assert story.view().deposit_date == "2024-06"
    story.on("2024-07-15")
    story.learns("deposit", day, NOTIFICATION, instrument="accession")
    assert story.view().unconfirmed == ("deposit_date", "instrument")
    assert str(story.view().entry_into_force) == binds
    assert "GMB" in story.on(binds).moved
    assert story.steps() == [("deposited", day), ("enter_into_force", binds)]
    assert "- Gambia: entry into force on " in story.reads("champion")
    story.on("2024-10-01")
    assert story.steps() == [("deposited", day), ("enter_into_force", binds)]
    story.ends()
