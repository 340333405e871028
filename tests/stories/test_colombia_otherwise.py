"""Colombia as it might have been: nobody knew of the Court's review, and the instrument was ready when it ruled.

All of it is an example, except that Colombia had signed.
"""

from __future__ import annotations

from casework.operations.sweep import sweep
from pathways.grammar.clearance import Sensitivity
from tests.stories.narrator import A_WORD_MAY_HELP, DEPOSIT, LEGISLATION, NEWS, SIGNATORY, Story, Tell


def test_a_ruling_takes_a_ready_instrument_back(tell: Tell):
    story = tell("COL", opened="2015-12-01")
    the_instrument_is_ready(story)
    the_law_falls_while_letters_wait(story)
    who_had_been_told_is_told_and_who_would_have_been_asked_is_not(story)
    when_it_is_ready_again_it_is_chased_again(story)
    story.was("2016-12-31", DEPOSIT, SIGNATORY)
    story.was("2017-02-06", LEGISLATION, SIGNATORY)
    story.was("2017-02-06", DEPOSIT, SIGNATORY, known="2017-02-05")
    story.ends()


def the_instrument_is_ready(story: Story) -> None:
    story.appoints("champion", "MEX", region="Americas")
    story.appoints("coordinator", "CRI", region="Americas")
    story.learns("contact_named", ministry="Relaciones Exteriores")
    story.takes("start_drafting")
    story.learns("committee", ministries="Relaciones Exteriores, Defensa")
    story.learns("gap_analysis")
    story.learns("cabinet_approval")
    story.on("2016-05-23")
    story.learns("parliamentary_approval", "2016-05-20", law_number="example")
    story.learns("instrument_prepared", instrument="ratification", signed_by="head_of_state")
    story.learns("reservations_checked", text="none")
    story.takes("prepare_instrument")
    story.stands(DEPOSIT, SIGNATORY)
    story.reads("champion")
    story.on("2016-06-22")  # a month of silence is long, so near the end
    assert A_WORD_MAY_HELP in story.reads("champion")


def the_law_falls_while_letters_wait(story: Story) -> None:
    """The follow-up of the abandoned stage closes with the ruling, its unsent letter is withdrawn."""
    story.on("2017-02-03")
    openly = Sensitivity.COORDINATION
    story.learns("exchange", "2016-12-28", "assessment", channel="example", sensitivity=openly)
    story.night_falls(until="2017-02-06")
    story.reads("champion"), story.reads("coordinator")
    sweep(story.workspace, run="a sweep whose letters wait", treaty="att")
    [silence] = story.waits_for("silence", "deposit")
    [law] = story.facts("parliamentary_approval")
    ruling = story.learns("ruling", ruling_number="example", annuls=[law.id]).fact
    back = story.takes("strike_down")
    assert (back.source, back.target, back.fact.rests_on) == (DEPOSIT, LEGISLATION, ruling.id)
    [closed] = [f for f in story.follow_ups("silence", "deposit") if f.id == silence.id]
    assert closed.outcome == f"overtaken by {ruling.id}"


def who_had_been_told_is_told_and_who_would_have_been_asked_is_not(story: Story) -> None:
    story.posts()
    assert NEWS in story.reads("coordinator")
    assert story.reads("champion") == ""  # the letter of the day had nothing left to tell
    story.on("2017-02-07")
    letter = story.reads("champion").splitlines()
    assert NEWS in letter
    assert A_WORD_MAY_HELP not in letter


def when_it_is_ready_again_it_is_chased_again(story: Story) -> None:
    story.on("2018-03-01")
    story.learns("parliamentary_approval", law_number="example, the second")
    story.learns("instrument_prepared", instrument="ratification", signed_by="head_of_state")
    story.takes("prepare_instrument")
    story.on("2018-03-02")
    story.reads("champion")
    story.on("2018-03-31")
    assert A_WORD_MAY_HELP in story.reads("champion")
    assert len(story.waits_for("silence", "deposit")) == 1
