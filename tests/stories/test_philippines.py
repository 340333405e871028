"""The Philippines: the President ratified, and five years later the Senate concurred.

Real are the signature (2013-09-25), the President's act (2016-12-29), the Senate's concurrence (2022-01-26, 16-0-6),
the deposit (2022-03-24), the entry into force (2022-06-22) and the days of the reports (part 2.2, 2.3). Everything else
is an example.
"""

from __future__ import annotations

from datetime import date

from casework.follow_ups.actions import close, snooze
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.duties import DutyState
from tests.refusals import said
from tests.stories.depositary import as_csv
from tests.stories.narrator import (
    A_WORD_MAY_HELP,
    DEPOSIT,
    DEPOSITED,
    IMPLEMENTATION,
    INTEREST,
    LEGISLATION,
    NEWS,
    NON_SIGNATORY,
    NOW_WITH_YOU,
    OUTSIDE,
    READY,
    SIGNATORY,
    SILENCE,
    STATE_PARTY,
    Story,
    Tell,
)

SIGNED, PRESIDENT, SENATE, LODGED = date(2013, 9, 25), date(2016, 12, 29), date(2022, 1, 26), date(2022, 3, 24)


def test_the_philippines_ratify_long_before_they_are_bound(tell: Tell):
    story = tell("PHL", opened="2013-09-01")
    it_signs(story)
    offices_are_named_and_drafting_begins(story)
    its_constitution_asks_another_route(story)
    the_president_ratifies_and_that_is_no_deposit(story)
    silence_climbs_from_the_champion_to_the_secretariat(story)
    the_secretariat_lets_it_rest_and_hears_in_the_end(story)
    on_this_route_the_president_comes_before_the_senate(story)
    the_senate_concurs(story)
    it_deposits_and_is_bound(story)
    its_first_report_is_late(story)
    looking_back(story)
    story.ends()


def it_signs(story: Story) -> None:
    story.stands(OUTSIDE, NON_SIGNATORY)
    story.on("2013-09-26")
    assert "PHL signature 2013-09-25: new" in story.receives(as_csv("2013-09-25"), as_at="2013-09-25").changes
    story.stands(INTEREST, SIGNATORY)


def offices_are_named_and_drafting_begins(story: Story) -> None:
    story.on("2014-12-24")
    story.on("2015-06-01")
    story.receives(as_csv("2015-05-31"), as_at="2015-05-31")
    with story.refuses(
        "A champion is a State Party; Philippines is signatory on 2015-06-01.",
        "A champion serves its own region: Philippines is of Asia, not of Europe.",
    ):
        story.appoints("champion", "PHL", region="Europe")
    story.appoints("champion", "JPN", region="Asia")
    story.appoints("coordinator", "KOR", region="Asia")
    story.appoints("secretariat", "ATT Secretariat")
    story.learns("contact_named", ministry="Foreign Affairs")
    story.takes("start_drafting")
    story.on("2015-06-02")
    assert NEWS in story.reads("champion")
    assert NEWS in story.reads("coordinator")


def its_constitution_asks_another_route(story: Story) -> None:
    """A route is assumed until somebody knows better; then it is a fact, and other proofs are missing."""
    story.on("2016-05-02")
    assert (story.view().route, story.view().route_is_assumed) == ("T1", True)
    on_the_first_route = story.view().missing["prepare_instrument"]
    story.learns("route", route="T2")
    assert (story.view().route, story.view().route_is_assumed) == ("T2", False)
    now_missing = set(story.view().missing["prepare_instrument"]) - set(on_the_first_route)
    assert {one.values["kind"] for one in now_missing} == {"executive_ratification"}
    story.learns("committee", "2015-11", ministries="Foreign Affairs, Defence")
    story.learns("gap_analysis", "2016-02", articles="5, 6, 7")
    story.learns("cabinet_approval", "2016-04-20")


def the_president_ratifies_and_that_is_no_deposit(story: Story) -> None:
    story.on("2017-01-03")
    openly = Sensitivity.COORDINATION
    story.learns("executive_ratification", str(PRESIDENT), "government:instrument of the President", sensitivity=openly)
    story.stands(LEGISLATION, SIGNATORY)
    with story.refuses("Deposit of the instrument: the word of “press” does not count; accepted: depositary."):
        story.learns("deposit", str(PRESIDENT), "press:“Philippines ratifies arms treaty”", instrument="ratification")
    assert story.view().missing["prepare_instrument"][0].values["kind"] == "parliamentary_approval"


def silence_climbs_from_the_champion_to_the_secretariat(story: Story) -> None:
    """Counted from the President's act; each is asked a fortnight after the one before was written to."""
    story.on("2017-06-26")
    assert story.waits_for("silence") == []
    for role in ("champion", "coordinator", "secretariat"):
        story.reads(role)
    story.on("2017-06-27")
    assert A_WORD_MAY_HELP in story.reads("champion")
    assert story.reads("coordinator") == ""
    story.on("2017-07-10")
    assert story.reads("coordinator") == ""
    story.on("2017-07-11")
    informed = story.reads("coordinator").splitlines()
    assert f"{SILENCE} If it is still open on 25 July 2017, it goes on to the Secretariat." in informed
    assert "As an initial contact point, should anybody turn to you; no outreach is asked of you." in informed
    story.on("2017-07-25")
    assert NOW_WITH_YOU in story.reads("secretariat")
    [silence] = story.waits_for("silence")
    assert silence.role == "secretariat"


def the_secretariat_lets_it_rest_and_hears_in_the_end(story: Story) -> None:
    [silence] = story.waits_for("silence")
    snooze(
        story.workspace,
        silence.id,
        until=date(2017, 8, 8),
        reason="the Senate is not in session",
        reader=OPERATOR,
        treaty=None,
    )
    story.on("2018-01-16")
    close(
        story.workspace,
        silence.id,
        "done: the mission said that the committee will hear it",
        reader=OPERATOR,
        treaty=None,
    )
    [exchange] = story.facts("exchange")
    assert exchange.reference == f"follow-up {silence.id}"
    story.on("2018-07-14")
    assert story.waits_for("silence") == []
    story.reads("champion")
    story.on("2018-07-15")  # a hundred and eighty days after that word
    assert A_WORD_MAY_HELP in story.reads("champion")
    assert len(story.waits_for("silence")) == 1


def on_this_route_the_president_comes_before_the_senate(story: Story) -> None:
    """Somebody files a hearing of 2016 as the Senate's approval; it stands before the President's act."""
    story.on("2021-11-02")
    hearing = story.learns("parliamentary_approval", "2016-08-10", law_number="example, a hearing")
    story.learns("instrument_prepared", "2021-11-02", instrument="ratification", signed_by="head_of_state")
    story.learns("reservations_checked", text="none")
    with story.refuses(
        "On this route executive act of ratification at home (2016-12-29) comes before parliamentary approval"
        " (2016-08-10)."
    ):
        story.takes("prepare_instrument")
    with story.refuses("“correct” is no kind of fact of this treaty. Known: " + _kinds(story) + "."):
        story.learns("correct", annuls=[hearing.fact.id])
    story.learns("correction", annuls=[hearing.fact.id])
    with story.refuses("Not on file: parliamentary approval (parliamentary_approval)."):
        story.takes("prepare_instrument")


def _kinds(story: Story) -> str:
    return ", ".join(kind.name for kind in story.workspace.pathway("att").kinds if kind.by_hand)


def the_senate_concurs(story: Story) -> None:
    story.on("2022-01-27")
    story.learns(
        "parliamentary_approval",
        str(SENATE),
        "parliament:Senate, third reading",
        law_number="concurrence (number: example)",
        majority="two thirds of all members, 16-0-6",
    )
    assert (SENATE - PRESIDENT).days == 1854
    with story.refuses(
        "On this route parliamentary approval (2022-01-26) comes before instrument prepared (2021-11-02)."
    ):
        story.takes("prepare_instrument")
    story.on("2022-02-21")
    story.learns("instrument_prepared", instrument="ratification", signed_by="head_of_state")
    story.reads("secretariat")
    story.on("2022-02-22")
    assert READY in story.reads("secretariat")
    story.takes("prepare_instrument")
    story.stands(DEPOSIT, SIGNATORY)
    story.on("2022-02-23")
    assert NEWS in story.reads("champion")
    assert NEWS in story.reads("coordinator")


def it_deposits_and_is_bound(story: Story) -> None:
    story.on("2022-03-28")
    refused = story.receives(as_csv("2022-03-24", PHL={"instrument": "Accession"}), as_at="2022-03-24")
    assert [*said(refused.faults)] == [
        "Row 106: Philippines (PHL) acceded; a State that has signed does not accede (art. 21).",
        "Row 106: Philippines (PHL) signed on 2013-09-25, and a signatory does not accede: it ratifies, accepts or"
        " approves (art. 21(2)).",
    ]
    story.stands(DEPOSIT, SIGNATORY)
    table = story.receives(as_csv("2022-03-24"), as_at="2022-03-24")
    assert "PHL deposit 2022-03-24: new" in table.changes
    story.stands(DEPOSIT, DEPOSITED)
    assert (LODGED - SENATE).days == 57

    story.on("2022-06-21")
    story.stands(DEPOSIT, DEPOSITED)
    assert story.on("2022-06-22").moved == ("PHL",)
    story.stands(IMPLEMENTATION, STATE_PARTY)
    letter = story.reads("champion")
    assert "- Philippines: instrument deposited, as the depositary records (Arms Trade Treaty)." in letter
    assert "- Philippines: entry into force on 22 June 2022 (Arms Trade Treaty)." in letter


def its_first_report_is_late(story: Story) -> None:
    """By the example alone: the Secretariat is told when the day is near, when it has passed, and never more."""
    story.on("2023-03-23")
    story.on("2023-06-21")
    assert story.duty("initial report").state == DutyState.DUE
    story.reads("secretariat")
    story.on("2023-06-22")
    assert story.duty("initial report").state == DutyState.OVERDUE
    assert "- Philippines: the day for the initial report has passed." in story.reads("secretariat")
    [near], [passed] = story.follow_ups("date_near"), story.follow_ups("date_passed")
    assert (near.due_on, near.outcome) == (date(2023, 6, 21), "overtaken by the passing of time")
    story.on("2023-07-11")
    report = story.learns("initial_report", "2023-07-10", public="no")
    assert story.duty("initial report").done_on == date(2023, 7, 10)
    [passed] = story.follow_ups("date_passed")
    assert passed.outcome == f"overtaken by {report.fact.id}"
    assert story.duty("annual report", 2023).due_on == date(2024, 5, 31)


def looking_back(story: Story) -> None:
    story.was("2013-09-24", OUTSIDE, NON_SIGNATORY)
    story.was("2013-09-25", INTEREST, SIGNATORY)
    story.was("2016-12-29", LEGISLATION, SIGNATORY)
    story.was("2022-01-26", LEGISLATION, SIGNATORY)
    story.was("2022-03-23", DEPOSIT, SIGNATORY)
    story.was("2022-03-24", DEPOSIT, DEPOSITED)
    story.was("2022-03-24", DEPOSIT, SIGNATORY, known="2022-03-27")
    story.was("2022-06-21", DEPOSIT, DEPOSITED)
    story.was("2022-06-22", IMPLEMENTATION, STATE_PARTY)
    assert story.view("2016-12-29", known="2016-12-31").missing != story.view("2016-12-29").missing
    view = story.view()
    assert (view.signature_date, view.deposit_date, view.instrument) == (str(SIGNED), str(LODGED), "ratification")
    assert view.entry_into_force == date(2022, 6, 22)
    assert story.duty("initial report").due_on == date(2023, 6, 21)
