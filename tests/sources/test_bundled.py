"""The record that comes with the program."""

from __future__ import annotations

from datetime import date

import pytest

from pathways.grammar.dates import Precision
from pathways.grammar.facts import SourceKind
from sources.bundled import NoRecord, load_participation
from sources.participation import Act, ActKind
from tests.sources.files import read, the_file_of

RECORD = load_participation("att")


def acts_of(state: str) -> dict[ActKind, Act]:
    return {act.kind: act for act in RECORD.acts if act.state == state}


def counts_from(act: Act) -> date:
    return min(act.known_by or act.effective.last, act.effective.last)


def test_the_record_holds_130_signatures_and_118_deposits():
    assert len(RECORD.of(ActKind.SIGNATURE)) == 130
    assert len(RECORD.of(ActKind.DEPOSIT)) == 118
    assert RECORD.source is SourceKind.RECORD


@pytest.mark.parametrize(
    ("day", "deposits"),
    [("2014-12-24", 61), ("2022-08-26", 111), ("2023-08-25", 113), ("2025-01-15", 116), ("2026-07-24", 118)],
)
def test_the_deposits_on_a_day_are_those_the_secretariat_counted(day, deposits):
    until = date.fromisoformat(day)
    assert sum(counts_from(act) <= until for act in RECORD.of(ActKind.DEPOSIT)) == deposits


def test_twenty_five_signatories_are_not_party():
    deposited = {act.state for act in RECORD.of(ActKind.DEPOSIT)}
    assert len({act.state for act in RECORD.of(ActKind.SIGNATURE)} - deposited) == 25


def test_the_united_states_signed_and_declared_that_it_will_not_join():
    acts = acts_of("USA")
    assert set(acts) == {ActKind.SIGNATURE, ActKind.DECLARATION_NOT_TO_JOIN}
    declared = acts[ActKind.DECLARATION_NOT_TO_JOIN]
    assert str(declared.effective) == "2019-07-18"
    assert "18 July 2019" in declared.reference
    assert declared.note


def test_nobody_else_declared_so():
    assert [act.state for act in RECORD.of(ActKind.DECLARATION_NOT_TO_JOIN)] == ["USA"]


def test_the_gambia_deposited_in_a_month_and_ecuador_in_a_year_by_a_known_day():
    gambia, ecuador = acts_of("GMB")[ActKind.DEPOSIT], acts_of("ECU")[ActKind.DEPOSIT]
    assert (str(gambia.effective), gambia.known_by) == ("2024-06", None)
    assert (ecuador.effective.precision, ecuador.known_by) == (Precision.YEAR, date(2026, 7, 24))
    assert gambia.unconfirmed == ecuador.unconfirmed == ("deposit_date", "instrument")


def test_serbia_applied_the_treaty_provisionally_long_before_it_deposited():
    acts = acts_of("SRB")
    assert str(acts[ActKind.PROVISIONAL_APPLICATION].effective) == "2013-08-12"
    assert str(acts[ActKind.DEPOSIT].effective) == "2014-12-05"


def test_whoever_did_not_sign_acceded_and_whoever_signed_did_not():
    signed = {act.state for act in RECORD.of(ActKind.SIGNATURE)}
    assert all((act.instrument == "accession") != (act.state in signed) for act in RECORD.of(ActKind.DEPOSIT))


def test_every_note_is_carried_once():
    noted = [act.row for act in RECORD.acts if act.note and act.kind is not ActKind.DECLARATION_NOT_TO_JOIN]
    assert len(noted) == len(set(noted))


@pytest.mark.parametrize("day", ["2019-08-30", "2023-08-25"])
def test_no_table_of_the_depositary_contradicts_the_record(day):
    ours = {(act.state, act.kind): act for act in RECORD.acts}
    for act in read(the_file_of(day)).acts:
        known = ours[act.state, act.kind]
        assert known.effective.covers(act.effective)
        assert known.instrument == act.instrument


def test_a_treaty_without_a_bundled_record_says_so():
    with pytest.raises(NoRecord, match="no_bundled_record"):
        load_participation("ccm")


def test_new_zealand_applied_the_treaty_provisionally_as_another_public_record_has_it():
    applied = acts_of("NZL")[ActKind.PROVISIONAL_APPLICATION]
    assert str(applied.effective) == "2014-09-02"
    assert applied.reference
    assert applied.unconfirmed == ("provisional_application_date",)
