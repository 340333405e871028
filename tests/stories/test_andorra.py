"""Andorra: eight years from signature to deposit.

Real are the signature (2014-12-18), the deposit (2022-12-02), the entry into force (2023-03-02) and the days of the
reports that follow from it (part 2.2, 2.3). Everything else is an example.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from casework.follow_ups.actions import close
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.duties import DutyState
from tests.stories.depositary import as_xml
from tests.stories.narrator import (
    A_WORD_MAY_HELP,
    DEPOSIT,
    DEPOSITED,
    IMPLEMENTATION,
    INTEREST,
    LEGISLATION,
    NEWS,
    NON_SIGNATORY,
    OUTSIDE,
    READY,
    SIGNATORY,
    STATE_PARTY,
    Story,
    Tell,
)

#: Past midnight in Geneva, while the day still lasts elsewhere: people work late before a deadline.
LATE = datetime(2026, 7, 23, 22, 40, tzinfo=UTC)
NOTIFICATION = "depositary:C.N.1.2022.EXAMPLE"


def test_andorra_from_its_signature_to_its_reports(tell: Tell):
    story = tell("AND", opened="2014-12-10", at=LATE)
    before_the_treaty_is_in_force(story)
    it_signs_six_days_before_the_book_closes(story)
    the_treaty_enters_into_force_and_offices_are_named(story)
    a_champion_breaks_the_silence(story)
    somebody_wants_to_be_at_the_end_already(story)
    each_proof_must_be_one(story)
    the_first_instrument_will_not_do(story)
    the_sweep_asks_and_a_person_takes_the_step(story)
    only_the_depositary_says_that_it_was_deposited(story)
    it_is_bound_on_the_ninetieth_day(story)
    it_reports(story)
    looking_back(story)
    story.ends()


def before_the_treaty_is_in_force(story: Story) -> None:
    story.stands(OUTSIDE, NON_SIGNATORY)
    with story.refuses("Accession is open only from the treaty's entry into force, 2014-12-24 (art. 21(3))."):
        story.learns("deposit", "2014-12-09", NOTIFICATION, instrument="accession")
    with story.refuses(
        "“start_drafting” leads on from interest or assistance; this State is at outside."
        " Open from here: voice_interest."
    ):
        story.takes("start_drafting")


def it_signs_six_days_before_the_book_closes(story: Story) -> None:
    story.on("2014-12-19")
    table = story.receives(as_xml("2014-12-18"), as_at="2014-12-18")
    assert "AND signature 2014-12-18: new" in table.changes
    story.stands(INTEREST, SIGNATORY)
    assert story.view().tier == 1
    with story.refuses(
        "Not on file: event at home that sets the process back (setback).",
        "A signature stands on record; a signatory stays at interest.",
    ):
        story.takes("stand_aside")


def the_treaty_enters_into_force_and_offices_are_named(story: Story) -> None:
    """All who had deposited are bound with it (art. 22(1)), the last of them two days before."""
    story.on("2014-12-23")
    table = story.receives(as_xml("2014-12-22"), as_at="2014-12-22")
    assert "ZAF deposit 2014-12-22: new" in table.changes
    assert story.on("2014-12-24").advanced == 61
    story.stands(INTEREST, SIGNATORY)

    story.on("2015-01-12")
    with story.refuses(
        "A champion serves by its own consent: give the reference of its note verbale.",
        "A champion is a State Party; Andorra is signatory on 2015-01-12.",
    ):
        story.appoints("champion", "AND", region="Europe", consent=" ")
    story.appoints("champion", "ESP", region="Europe", consent="Note verbale 1/2015 (example)")
    story.appoints("coordinator", "FRA", region="Europe")
    story.appoints("secretariat", "ATT Secretariat")
    with story.refuses(
        "Andorra cannot have signed on 2015-01-05: the Arms Trade Treaty was open for signature from 2013-06-03 to"
        " 2014-12-24 only (art. 21(1)).",
        "Signature of 2014-12-18 is on file already. If the depositary differs, take in its table.",
    ):
        story.learns("signature", "2015-01-05", NOTIFICATION)


def a_champion_breaks_the_silence(story: Story) -> None:
    story.on("2015-03-17")
    story.reads("champion")
    assert story.follow_ups("silence") == []
    story.on("2015-03-18")  # ninety days after the signature
    assert A_WORD_MAY_HELP in story.reads("champion")
    [silence] = story.follow_ups("silence")
    close(story.workspace, silence.id, "done: the embassy in Madrid was called", reader=OPERATOR, treaty=None)

    with story.refuses("Not on file: contact named (contact_named)."):
        story.takes("start_drafting")
    story.learns("contact_named", ministry="Foreign Affairs", reached_by="role_mailbox")
    story.takes("start_drafting")
    story.stands(LEGISLATION, SIGNATORY)
    story.on("2015-03-19")
    assert NEWS in story.reads("champion")
    assert NEWS in story.reads("coordinator")


def somebody_wants_to_be_at_the_end_already(story: Story) -> None:
    story.on("2016-02-01")
    with story.refuses(
        "Not on file: inter-agency committee (committee).",
        "Not on file: gap analysis (gap_analysis).",
        "Not on file: cabinet approval (cabinet_approval).",
        "Not on file: parliamentary approval (parliamentary_approval).",
        "Not on file: instrument prepared (instrument_prepared).",
        "Not on file: reservations and declarations checked (reservations_checked).",
    ):
        story.takes("prepare_instrument")
    with story.refuses("The last step was taken on 2015-03-18; this one cannot be dated 2015-03-10."):
        story.takes("prepare_instrument", on="2015-03-10")
    with story.refuses("2016-03-01 lies in the future; a step is dated when it was taken."):
        story.takes("prepare_instrument", on="2016-03-01")


def each_proof_must_be_one(story: Story) -> None:
    story.on("2022-10-24")
    with story.refuses("“inter-agency committee” needs “its members”."):
        story.learns("committee", "2021-03-01")
    with story.refuses("“parliamentary approval” needs “number of the law or resolution”."):
        story.learns("parliamentary_approval", "2022-10-20")
    with story.refuses(
        "Parliamentary approval: the word of “press” does not count; accepted: court, gazette, government,"
        " note_verbale, parliament, statement."
    ):
        story.learns("parliamentary_approval", "2022-10-20", "press:a newspaper", law_number="none given")
    story.learns("committee", "2021-03-01", ministries="Foreign Affairs, Interior, Customs")
    story.learns("gap_analysis", "2021-11", articles="6, 7, 8, 9, 10")
    story.learns("cabinet_approval", "2022-05-18", minute="example")
    story.learns("parliamentary_approval", "2022-10-20", law_number="example", majority="simple")
    story.learns("reservations_checked", text="none")


def the_first_instrument_will_not_do(story: Story) -> None:
    """It was drawn up before parliament had approved, and for a State that has not signed."""
    first = story.learns("instrument_prepared", "2022-10-03", instrument="accession", signed_by="head_of_government")
    with story.refuses(
        "On this route parliamentary approval (2022-10-20) comes before instrument prepared (2022-10-03).",
        "A signatory deposits an instrument of ratification, acceptance or approval, not of accession (art. 21).",
    ):
        story.takes("prepare_instrument")
    story.on("2022-11-14")
    story.learns("correction", annuls=[first.fact.id])
    story.learns("instrument_prepared", instrument="ratification", signed_by="head_of_state", place="example")


def the_sweep_asks_and_a_person_takes_the_step(story: Story) -> None:
    story.reads("secretariat")
    story.on("2022-11-15")
    story.stands(LEGISLATION, SIGNATORY)
    assert READY in story.reads("secretariat")
    taken = story.takes("prepare_instrument")
    story.stands(DEPOSIT, SIGNATORY)
    [ready] = story.follow_ups("ready", "prepare_instrument")
    assert (ready.closed_on, ready.outcome) == (date(2022, 11, 15), f"overtaken by {taken.fact.id}")
    assert ready.became == "step taken"


def only_the_depositary_says_that_it_was_deposited(story: Story) -> None:
    story.on("2022-12-03")
    story.reads("champion")
    for source in ("press", "government"):
        with story.refuses(f"Deposit of the instrument: the word of “{source}” does not count; accepted: depositary."):
            story.learns("deposit", "2022-12-02", f"{source}:an announcement", instrument="ratification")
    with story.refuses(
        "A depositary act filed by hand needs the number of the depositary notification, such as"
        " depositary:C.N.811.2017.",
        "Andorra signed on 2014-12-18, and a signatory does not accede: it ratifies, accepts or approves (art. 21(2)).",
    ):
        story.learns("deposit", "2022-12-02", "depositary:by telephone", instrument="accession")
    filed = story.learns("deposit", "2022-12-02", NOTIFICATION, instrument="ratification")
    assert (filed.steps, story.view().unconfirmed) == (("deposited",), ("deposit_date", "instrument"))

    story.on("2022-12-06")
    table = story.receives(as_xml("2022-12-05"), as_at="2022-12-05")
    assert "AND deposit 2022-12-02: confirmed" in table.changes
    assert (table.conflicts, table.vanished, story.view().unconfirmed) == ([], [], ())
    story.stands(DEPOSIT, DEPOSITED)
    assert "- Andorra: instrument deposited, as the depositary records (Arms Trade Treaty)." in story.reads("champion")
    with story.refuses(
        "An instrument was deposited on 2022-12-02; from then on only the depositary's word moves this State."
    ):
        story.takes("start_over")


def it_is_bound_on_the_ninetieth_day(story: Story) -> None:
    """Not a day earlier, and once."""
    story.on("2023-03-01")
    story.stands(DEPOSIT, DEPOSITED)
    assert story.on("2023-03-02").moved == ("AND",)
    story.stands(IMPLEMENTATION, STATE_PARTY)
    assert story.on("2023-03-02").repeated
    for role in ("champion", "coordinator"):
        assert "- Andorra: entry into force on 2 March 2023 (Arms Trade Treaty)." in story.reads(role)


def it_reports(story: Story) -> None:
    """Once within the first year, then each 31 May from the year after the first full one (art. 13)."""
    assert story.duty("initial report").due_on == date(2024, 3, 1)
    assert story.duty("annual report", 2024).due_on == date(2025, 5, 31)
    story.reads("secretariat")
    story.on("2023-12-02")
    assert "- Andorra: the day for the initial report is near." in story.reads("secretariat")
    story.on("2024-02-20")
    report = story.learns("initial_report", public="yes")
    assert story.duty("initial report").state == DutyState.DONE
    [near] = story.follow_ups("date_near", "initial report")
    assert near.outcome == f"overtaken by {report.fact.id}"

    story.on("2025-05-20")
    story.learns("annual_report", year=2024, public="yes")
    assert story.duty("annual report", 2024).done_on == date(2025, 5, 20)
    story.on("2026-05-01")  # that one came early, and hides no later one
    [near] = story.follow_ups("date_near", "annual report 2025")
    assert near.due_on == date(2026, 5, 31)


def looking_back(story: Story) -> None:
    story.was("2014-12-17", OUTSIDE, NON_SIGNATORY)
    story.was("2014-12-18", INTEREST, SIGNATORY)
    story.was("2014-12-18", OUTSIDE, NON_SIGNATORY, known="2014-12-18")
    story.was("2022-12-01", DEPOSIT, SIGNATORY)
    story.was("2022-12-02", DEPOSIT, DEPOSITED)
    story.was("2022-12-02", DEPOSIT, SIGNATORY, known="2022-12-02")
    story.was("2023-03-01", DEPOSIT, DEPOSITED)
    story.was("2023-03-02", IMPLEMENTATION, STATE_PARTY)
    story.was("2023-03-02", DEPOSIT, STATE_PARTY, known="2022-12-31")
    view = story.view()
    assert (view.signature_date, view.deposit_date, view.instrument) == ("2014-12-18", "2022-12-02", "ratification")
    assert (view.entry_into_force, view.entry_into_force_earliest) == (date(2023, 3, 2), date(2023, 3, 2))
    assert story.steps() == [
        ("signed", "2014-12-18"),
        ("start_drafting", "2015-03-18"),
        ("prepare_instrument", "2022-11-15"),
        ("deposited", "2022-12-02"),
        ("enter_into_force", "2023-03-02"),
    ]
