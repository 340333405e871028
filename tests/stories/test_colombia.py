"""Colombia: a law, struck down; a second law, upheld; and the deposit. Paths go backwards.

Real are the signature (2013-09-24), Law 1782 (2016-05-20), the ruling C-047/17 (of 2017; the day is not on record
here), Law 2289 (2023-02-13), sent to the Court on 2023-02-21, the ruling C-064/2024 (2024-02-28), the deposit
(2024-10-15) and what follows from it (part 2.3). Everything else is an example.
"""

from __future__ import annotations

from datetime import date

from casework.follow_ups.actions import close
from casework.operations.sweep import sweep
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.refusals import Word, refusal
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
    OUTSIDE,
    READY,
    SIGNATORY,
    SILENCE,
    STATE_PARTY,
    Story,
    Tell,
)

FIRST_LAW, SECOND_LAW, UPHELD, LODGED = date(2016, 5, 20), date(2023, 2, 13), date(2024, 2, 28), date(2024, 10, 15)
NO_LAW = refusal("proof_not_on_file", proof=Word("parliamentary approval"), kind="parliamentary_approval")
COURT = "court:Corte Constitucional"


def test_colombia_loses_its_law_and_begins_again(tell: Tell):
    story = tell("COL", opened="2013-09-20")
    it_signs_and_drafts(story)
    parliament_approves_and_the_court_must_look(story)
    nothing_is_heard_from_the_court(story)
    the_court_strikes_the_law_down(story)
    all_who_were_told_are_told_again(story)
    who_comes_back_is_chased_afresh(story)
    a_second_law_is_upheld(story)
    it_deposits_and_no_court_undoes_that(story)
    it_is_bound(story)
    looking_back(story)
    story.ends()


def it_signs_and_drafts(story: Story) -> None:
    story.stands(OUTSIDE, NON_SIGNATORY)
    story.on("2013-09-25")
    story.receives(as_csv("2013-09-24"), as_at="2013-09-24")
    story.stands(INTEREST, SIGNATORY)

    story.on("2015-02-02")
    story.receives(as_csv("2014-12-31"), as_at="2014-12-31")
    story.on("2015-02-03")  # its neighbours are bound, and can be champions
    story.appoints("champion", "MEX", region="Americas")
    story.appoints("coordinator", "CRI", region="Americas")
    story.appoints("secretariat", "ATT Secretariat")
    story.learns("route", route="T3")
    story.learns("contact_named", ministry="Relaciones Exteriores")
    story.takes("start_drafting")
    story.learns("committee", ministries="Relaciones Exteriores, Defensa")
    story.on("2015-02-04")
    assert NEWS in story.reads("champion")
    assert NEWS in story.reads("coordinator")


def parliament_approves_and_the_court_must_look(story: Story) -> None:
    story.on("2016-05-23")
    story.learns("gap_analysis", "2015-06", articles="5, 6, 7")
    story.learns("cabinet_approval", "2015-08-12")
    story.learns("parliamentary_approval", str(FIRST_LAW), "gazette:Ley 1782 de 2016", law_number="1782")
    story.learns("instrument_prepared", "2016-05-23", instrument="ratification", signed_by="head_of_state")
    story.learns("reservations_checked", text="none")
    with story.refuses("Not on file: constitutional review passed (constitutional_review)."):
        story.takes("prepare_instrument")
    with story.refuses(
        "Constitutional review passed: the word of “government” does not count; accepted: court, gazette, note_verbale."
    ):
        story.learns("constitutional_review", source="government:we expect no difficulty", ruling_number="none yet")


def nothing_is_heard_from_the_court(story: Story) -> None:
    """The champion is asked and hears something; when it is silent again, the question climbs to the Secretariat."""
    story.on("2016-11-18")
    story.reads("champion")
    story.on("2016-11-19")
    assert A_WORD_MAY_HELP in story.reads("champion")
    [silence] = story.waits_for("silence")
    close(story.workspace, silence.id, "done: the Court deliberates", reader=OPERATOR, treaty=None)
    for day in ("2017-05-18", "2017-06-01", "2017-06-15"):
        story.on(day)
    [silence] = story.waits_for("silence")
    assert silence.role == "secretariat"


def the_court_strikes_the_law_down(story: Story) -> None:
    """The ruling names what it annuls; the step back has the ruling for its cause, and nothing is erased."""
    story.on("2018-01-15")
    [law] = story.facts("parliamentary_approval")
    with story.refuses("Not on file: ruling that undoes a step (ruling)."):
        story.takes("strike_down")
    with story.refuses(
        "Ruling that undoes a step: the word of “press” does not count; accepted: court, gazette, note_verbale."
    ):
        story.learns("ruling", "2017", "press:“Court sinks arms treaty”", ruling_number="C-047/17", annuls=[law.id])
    with story.refuses("A step is not annulled; annul what it rests on, or take a step back."):
        story.learns("ruling", "2017", COURT, ruling_number="C-047/17", annuls=[story.facts("step")[-1].id])
    with story.refuses("Signature stands on the depositary's word; only it undoes that."):
        story.learns("ruling", "2017", COURT, ruling_number="C-047/17", annuls=[story.facts("signature")[0].id])

    [silence] = story.waits_for("silence")
    ruling = story.learns("ruling", "2017", COURT, ruling_number="C-047/17", annuls=[law.id])
    [closed] = [f for f in story.follow_ups("silence") if f.id == silence.id]
    assert (closed.closed_on, closed.outcome) == (date(2018, 1, 15), f"overtaken by {ruling.fact.id}")

    back = story.takes("strike_down", reason="an incurable flaw in the vote of the Senate")
    assert (back.source, back.target, back.fact.rests_on) == (LEGISLATION, LEGISLATION, ruling.fact.id)
    assert NO_LAW in story.view().missing["prepare_instrument"]
    with story.refuses("Not on file: ruling that undoes a step (ruling)."):
        story.takes("strike_down")  # a cause is good for one step


def all_who_were_told_are_told_again(story: Story) -> None:
    story.reads("champion"), story.reads("coordinator")
    story.on("2018-01-16")
    assert NEWS in story.reads("champion")
    assert NEWS in story.reads("coordinator")


def who_comes_back_is_chased_afresh(story: Story) -> None:
    """Counted from the step back; and a question that is overtaken before its letter left is not asked."""
    story.on("2018-07-13")
    assert story.waits_for("silence") == []
    story.reads("champion")
    story.night_falls(until="2018-07-14")
    sweep(story.workspace, run="a sweep whose letters wait", treaty="att")
    assert len(story.waits_for("silence")) == 1
    story.learns("exchange", channel="meeting in Geneva")
    story.posts()
    assert story.waits_for("silence") == []
    assert SILENCE not in story.reads("champion")
    story.on("2019-01-09")
    story.on("2019-01-10")
    assert A_WORD_MAY_HELP in story.reads("champion")


def a_second_law_is_upheld(story: Story) -> None:
    story.on("2023-02-23")
    story.learns("parliamentary_approval", str(SECOND_LAW), "gazette:Ley 2289 de 2023", law_number="2289")
    assert (SECOND_LAW - FIRST_LAW).days == 2460
    story.learns("exchange", "2023-02-21", channel="the law is with the Court")
    story.on("2024-03-04")
    story.receives(as_csv("2024-03-01"), as_at="2024-03-01")  # what others have done in the meantime
    story.learns("constitutional_review", str(UPHELD), COURT, ruling_number="C-064/2024")
    with story.refuses(
        "On this route constitutional review passed (2024-02-28) comes before instrument prepared (2016-05-23)."
    ):
        story.takes("prepare_instrument")
    story.on("2024-06-03")
    story.learns("instrument_prepared", instrument="ratification", signed_by="head_of_state")
    story.reads("secretariat")
    story.on("2024-06-04")
    assert READY in story.reads("secretariat")
    story.takes("prepare_instrument")
    story.stands(DEPOSIT, SIGNATORY)
    story.reads("champion")
    story.on("2024-07-04")
    assert A_WORD_MAY_HELP in story.reads("champion")


def it_deposits_and_no_court_undoes_that(story: Story) -> None:
    story.on("2024-10-21")
    assert "COL deposit 2024-10-15: new" in story.receives(as_csv("2024-10-18"), as_at="2024-10-18").changes
    story.stands(DEPOSIT, DEPOSITED)
    assert story.waits_for("silence") == []
    law = story.facts("parliamentary_approval")[-1]
    with story.refuses(
        "An instrument was deposited on 2024-10-15; after that only the depositary's word or a withdrawal undoes a"
        " step."
    ):
        story.learns("ruling", source=COURT, ruling_number="example", annuls=[law.id])
    with story.refuses(
        "An instrument was deposited on 2024-10-15; from then on only the depositary's word moves this State."
    ):
        story.takes("strike_down")


def it_is_bound(story: Story) -> None:
    story.on("2025-01-12")
    story.stands(DEPOSIT, DEPOSITED)
    assert story.on("2025-01-13").moved == ("COL",)
    story.stands(IMPLEMENTATION, STATE_PARTY)
    letter = story.reads("champion")
    assert "- Colombia: instrument deposited, as the depositary records (Arms Trade Treaty)." in letter
    assert "- Colombia: entry into force on 13 January 2025 (Arms Trade Treaty)." in letter
    assert story.duty("initial report").due_on == date(2026, 1, 12)
    assert story.duty("annual report", 2026).due_on == date(2027, 5, 31)


def looking_back(story: Story) -> None:
    story.was("2013-09-23", OUTSIDE, NON_SIGNATORY)
    story.was("2013-09-24", INTEREST, SIGNATORY)
    story.was("2016-05-20", LEGISLATION, SIGNATORY)
    story.was("2024-10-14", DEPOSIT, SIGNATORY)
    story.was("2024-10-15", DEPOSIT, DEPOSITED)
    story.was("2024-10-15", DEPOSIT, SIGNATORY, known="2024-10-20")
    story.was("2025-01-13", IMPLEMENTATION, STATE_PARTY)
    assert NO_LAW not in story.view("2017-12-30").missing["prepare_instrument"]  # the ruling annuls from its own day on
    assert NO_LAW in story.view("2017-12-31").missing["prepare_instrument"]
    assert NO_LAW not in story.view("2017-12-31", known="2018-01-14").missing["prepare_instrument"]
    assert [law.text("law_number") for law in story.facts("parliamentary_approval")] == ["1782", "2289"]
    assert story.steps() == [
        ("signed", "2013-09-24"),
        ("start_drafting", "2015-02-03"),
        ("strike_down", "2018-01-15"),
        ("prepare_instrument", "2024-06-04"),
        ("deposited", "2024-10-15"),
        ("enter_into_force", "2025-01-13"),
    ]
