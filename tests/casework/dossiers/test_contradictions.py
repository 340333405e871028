"""Tables that differ from ours: side by side until settled, and what a table no longer shows."""

import pytest

from casework.depositary.intake import take_in
from casework.dossiers.contradictions import settle_contradiction
from casework.dossiers.dossier_view import dossier_view
from casework.operations.sweep import sweep
from casework.record.audit import verify
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.stages import LegalStatus, Stage
from tests.builders import a_day, clock_of, file
from tests.casework.taking import CN, OF_2023, everything, follow_ups
from tests.sources.files import a_csv, the_file_of

THEIRS = "BRA,Brazil,2013-06-03,,2018-08-15,,Ratification,,"


def test_a_conflict_is_recorded_beside_ours_and_nothing_moves(record):
    taken = take_in(record, a_csv(THEIRS), treaty="att")
    assert [(d.state, d.field, d.ours, d.theirs) for d in taken.conflicts] == [
        ("BRA", "deposit_date", "2018-08-14", "2018-08-15")
    ]
    brazil = dossier_view(record, "BRA", treaty="att", reader=OPERATOR)
    assert (brazil.deposit_date, [f.effective_on for f in brazil.conflicts]) == ("2018-08-14", ["2018-08-15"])
    assert follow_ups(record, "contradiction") == [("deposit", None)]
    assert verify(record).is_sound


def test_a_conflict_is_listed_again_and_not_recorded_again(record):
    take_in(record, a_csv(THEIRS), treaty="att")
    before = everything(record)
    assert len(take_in(record, a_csv(THEIRS), treaty="att").conflicts) == 1
    assert everything(record) == before


def conflict(workspace):
    take_in(workspace, a_csv(THEIRS), treaty="att")
    (rival,) = dossier_view(workspace, "BRA", treaty="att", reader=OPERATOR).conflicts
    return rival.fact, rival.contests


def settle(workspace, fact, reason="The depositary confirmed it by note."):
    return settle_contradiction(workspace, "BRA", fact, treaty="att", name="Brazil", reason=reason, reader=OPERATOR)


def test_settled_for_theirs_its_steps_and_duties_follow(record):
    theirs, _ = conflict(record)
    settle(record, theirs)
    brazil = dossier_view(record, "BRA", treaty="att", reader=OPERATOR)
    assert (brazil.deposit_date, brazil.conflicts, brazil.entry_into_force) == ("2018-08-15", (), a_day("2018-11-13"))
    counting = [f.effective_on for f in brazil.facts if f.kind == "step" and f.counts]
    assert counting == ["2013-06-03", "2018-08-15", "2018-11-13"]
    assert take_in(record, a_csv(THEIRS), treaty="att").conflicts == []
    assert verify(record).is_sound


def test_settled_for_ours_theirs_no_longer_waits(record):
    _, ours = conflict(record)
    settle(record, ours)
    brazil = dossier_view(record, "BRA", treaty="att", reader=OPERATOR)
    assert (brazil.deposit_date, brazil.conflicts) == ("2018-08-14", ())
    take_in(record, a_csv(THEIRS), treaty="att")
    assert dossier_view(record, "BRA", treaty="att", reader=OPERATOR).conflicts == (), (
        "what was settled is not opened again by the same table"
    )
    assert verify(record).is_sound


@pytest.mark.parametrize("favour", ["2022-09-21", "2022-09-22"])
def test_a_contradiction_outlives_that_ours_was_confirmed_meanwhile(record, favour):
    """Gabon's date was confirmed, its instrument not: one table differs in the date, the next confirms the rest."""
    take_in(record, a_csv("GAB,Gabon,2013-09-25,,2022-09-22,,Acceptance,,"), treaty="att")
    assert take_in(record, a_csv("GAB,Gabon,2013-09-25,,2022-09-21,,Acceptance,,"), treaty="att").confirmed == 1
    gabon = dossier_view(record, "GAB", treaty="att", reader=OPERATOR)
    deposits = {f.effective_on: f.fact for f in gabon.facts if f.kind == "deposit"}
    assert (gabon.deposit_date, len(gabon.conflicts)) == ("2022-09-21", 1)
    settle_contradiction(
        record, "GAB", deposits[favour], treaty="att", name="Gabon", reason="Asked the depositary.", reader=OPERATOR
    )
    gabon = dossier_view(record, "GAB", treaty="att", reader=OPERATOR)
    assert (gabon.deposit_date, gabon.conflicts) == (favour, ())
    assert [f.effective_on for f in gabon.facts if f.kind == "deposit" and f.counts] == [favour]
    assert [f.effective_on for f in gabon.facts if f.kind == "step" and f.counts][1] == favour
    assert verify(record).is_sound


def test_after_a_contradiction_was_settled_for_ours_a_new_one_is_open(record):
    _, ours = conflict(record)
    settle(record, ours)
    again = take_in(record, a_csv(THEIRS.replace("2018-08-15", "2018-08-16")), treaty="att")
    assert len(again.conflicts) == 1
    assert [f.effective_on for f in dossier_view(record, "BRA", treaty="att", reader=OPERATOR).conflicts] == [
        "2018-08-16"
    ]
    assert [about for about, closed in follow_ups(record, "contradiction") if closed is None] == ["deposit"]


def test_settling_closes_the_follow_up(record):
    theirs, _ = conflict(record)
    settle(record, theirs)
    ((about, closed),) = follow_ups(record, "contradiction")
    assert (about, str(closed)) == ("deposit", "2026-07-24")


def test_settling_needs_a_reason_and_an_open_contradiction(record):
    theirs, ours = conflict(record)
    with pytest.raises(NotAdmitted, match="settling_needs_a_reason"):
        settle(record, theirs, reason=" ")
    signature = dossier_view(record, "BRA", treaty="att", reader=OPERATOR).facts[1].fact
    with pytest.raises(NotAdmitted, match="not_in_contradiction"):
        settle(record, signature)
    settle(record, ours)
    with pytest.raises(NotAdmitted, match="not_in_contradiction"):
        settle(record, theirs)


def test_a_conflict_of_instruments_is_one_too(record):
    taken = take_in(record, a_csv("BRA,Brazil,2013-06-03,,2018-08-14,,Acceptance,,"), treaty="att")
    assert [(d.field, d.ours, d.theirs) for d in taken.conflicts] == [("instrument", "ratification", "acceptance")]


# Gone: an act that the table leaves out, or shows in brackets, is perhaps no longer in effect.


def table_without(state, day=OF_2023):
    text = the_file_of(day).decode("ISO-8859-1")
    start = text.index(f"<Entry>{state}")
    begin, end = text.rindex("<Row>", 0, start), text.index("</Row>", start) + len("</Row>")
    return (text[:begin] + text[end:]).encode("ISO-8859-1")


def test_an_act_that_a_table_leaves_out_is_looked_into_and_not_deleted(record):
    taken = take_in(record, table_without("Brazil"), published=a_day(OF_2023), treaty="att")
    assert [(g.state, g.act, g.date) for g in taken.vanished] == [
        ("BRA", "signature", "2013-06-03"),
        ("BRA", "deposit", "2018-08-14"),
    ]
    assert dossier_view(record, "BRA", treaty="att", reader=OPERATOR).legal_status is LegalStatus.STATE_PARTY
    assert follow_ups(record, "vanished") == [("BRA signature, BRA deposit", None)]


def test_a_file_opens_one_follow_up_for_all_it_leaves_out(record):
    for _ in range(2):
        take_in(record, table_without("Brazil"), published=a_day(OF_2023), treaty="att")
    assert len(follow_ups(record, "vanished")) == 1


def test_an_act_in_brackets_is_perhaps_no_longer_in_effect(record):
    text = the_file_of(OF_2023).decode("ISO-8859-1")
    bracketed = text.replace("14 Aug\t 2018 ", "[14 Aug\t 2018 ]", 1)
    assert bracketed != text
    taken = take_in(record, bracketed.encode("ISO-8859-1"), published=a_day(OF_2023), treaty="att")
    assert [(g.state, g.act) for g in taken.vanished] == [("BRA", "deposit")]


def test_an_act_in_brackets_whose_withdrawal_is_on_file_is_no_riddle(record):
    file(record, "BRA", "withdrawal", "2023-01-10", CN)
    text = the_file_of(OF_2023).decode("ISO-8859-1").replace("14 Aug\t 2018 ", "[14 Aug\t 2018 ]", 1)
    taken = take_in(record, text.encode("ISO-8859-1"), published=a_day(OF_2023), treaty="att")
    assert (taken.vanished, taken.new) == ([], 0)


# Coming back.


def test_a_new_deposit_of_a_state_that_had_left_is_new(record):
    file(record, "CAN", "withdrawal", "2022-01-10", CN)
    sweep(record, run="first", treaty="att")
    assert dossier_view(record, "CAN", treaty="att", reader=OPERATOR).legal_status is LegalStatus.WITHDRAWN
    taken = take_in(record, a_csv("CAN,Canada,,,2026-05-04,,Accession,,"), treaty="att")
    assert (taken.new, taken.conflicts) == (1, [])
    canada = dossier_view(record, "CAN", treaty="att", reader=OPERATOR)
    assert (canada.stage, canada.deposit_date) == (Stage.DEPOSIT, "2026-05-04")
    counting = [(f.fields["step"], f.effective_on) for f in canada.facts if f.kind == "step" and f.counts]
    assert counting == [
        ("deposited", "2019-06-19"),
        ("enter_into_force", "2019-09-17"),
        ("withdraw", "2022-04-10"),
        ("deposited", "2026-05-04"),
    ]
    assert (
        dossier_view(record, "CAN", on=a_day("2021-01-01"), treaty="att", reader=OPERATOR).stage is Stage.IMPLEMENTATION
    )
    assert verify(record).is_sound
    clock_of(record).stand_on("2026-08-02")
    sweep(record, run="bound again", treaty="att")
    assert dossier_view(record, "CAN", treaty="att", reader=OPERATOR).stage is Stage.IMPLEMENTATION
    assert verify(record).is_sound
    assert take_in(record, a_csv("CAN,Canada,,,2026-05-04,,Accession,,"), treaty="att").new == 0


def test_a_table_from_before_a_state_came_back_is_no_conflict(record):
    file(record, "CAN", "withdrawal", "2022-01-10", CN)
    take_in(record, a_csv("CAN,Canada,,,2026-05-04,,Accession,,"), treaty="att")
    assert take_in(record, a_csv("CAN,Canada,,,2019-06-19,,Accession,,"), treaty="att").conflicts == []


# All or nothing.
