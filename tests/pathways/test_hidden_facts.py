"""What one may not know looks like what does not exist, and what was undone is undone for everybody."""

from dataclasses import replace
from datetime import timedelta

from pathways.grammar.clearance import ANYONE, OPERATOR, Reader, Sensitivity
from pathways.grammar.projection import project, shown
from pathways.grammar.roles import Role
from pathways.grammar.stages import Stage
from tests.builders import AN_HOUR, ATT, STATE, a_day, a_deposit, a_fact, a_signature, a_step, on_file

CHAMPION = Reader.of("person:9", {Role.CHAMPION: {STATE}})
ON = a_day("2026-07-24")


def seen_by(reader, *facts):
    return [f.kind for f in shown(ATT, on_file(*facts), reader)]


def projected_for(reader, *facts):
    return project(ATT, STATE, on_file(*facts), on=ON, reader=reader)


def test_a_settled_contradiction_is_settled_for_everybody():
    ours, theirs = a_deposit("2022-12-02", id="ours"), a_deposit("2022-12-05", id="theirs", contests="ours")
    settled = a_fact("settled", "2023-01-01", favours="theirs")
    assert ANYONE.actor != settled.actor
    for reader in (OPERATOR, CHAMPION, ANYONE):
        dossier = projected_for(reader, a_signature(), ours, theirs, settled)
        assert str(dossier.legal.deposit.effective) == "2022-12-05"
        assert dossier.conflicts == ()


def test_a_public_act_taken_back_is_taken_back_for_everybody():
    deposit = a_deposit("2022-12-02", id="mistaken")
    correction = a_fact("correction", "2023-01-01", annuls=("mistaken",))
    for reader in (OPERATOR, CHAMPION, ANYONE):
        assert projected_for(reader, a_signature(), deposit, correction).legal.deposit is None


def test_book_keeping_about_a_hidden_fact_is_hidden_with_it():
    told = a_fact("signal", "2023-01-01", id="told")
    correction = a_fact("correction", "2023-02-01", annuls=("told",), actor="person:1")
    purged = a_fact("purged", "2023-03-01", fact="told", actor="person:1")
    release = a_fact("release", "2023-03-01", fact="told", audience="person:7", actor="person:1")
    assert seen_by(CHAMPION, told, correction, purged, release) == []
    assert seen_by(OPERATOR, told, correction, purged, release) == ["signal", "correction", "purged", "release"]


def test_book_keeping_about_a_known_fact_is_known():
    assert seen_by(CHAMPION, a_signature(id="act"), a_fact("correction", "2023-02-01", annuls=("act",))) == [
        "signature",
        "correction",
    ]


def test_who_took_a_fact_back_goes_on_knowing_it():
    told = a_fact("signal", "2023-01-01", id="told", actor="person:9")
    correction = a_fact("correction", "2023-02-01", annuls=("told",), actor="person:9")
    assert seen_by(CHAMPION, told, correction) == ["signal", "correction"]


def test_a_step_undone_is_undone_for_who_serves_the_state():
    step = a_step("start_drafting", "2023-01-01", id="step", source="interest")
    undone = a_fact("correction", "2023-02-01", annuls=("step",), sensitivity=Sensitivity.CONFIDENTIAL)
    assert projected_for(CHAMPION, a_step("voice_interest", "2022-01-01"), step, undone).stage is Stage.INTEREST


def test_a_release_lets_its_audience_read_and_nobody_else():
    told = a_fact("signal", "2023-01-01", id="told")
    release = a_fact("release", "2023-03-01", fact="told", audience=CHAMPION.actor, actor="person:1")
    assert seen_by(CHAMPION, told, release) == ["signal", "release"]
    assert seen_by(replace(CHAMPION, actor="person:10"), told, release) == []


def test_a_release_taken_back_closes_the_fact_again_also_to_a_look_into_the_past():
    told = a_fact("signal", "2023-01-01", id="told", recorded_at=AN_HOUR)
    release = a_fact("release", "2023-03-01", id="release", fact="told", audience=CHAMPION.actor, actor="person:1")
    back = a_fact(
        "release_ended", "2023-04-01", fact="told", annuls=("release",), recorded_at=AN_HOUR + timedelta(days=9)
    )
    assert seen_by(CHAMPION, told, release, back) == []
    before = project(ATT, STATE, on_file(told, release, back), on=ON, known=AN_HOUR, reader=CHAMPION)
    assert told.id not in {f.id for f in before.in_force}


def test_a_release_does_not_follow_to_what_replaces_the_fact():
    told = a_fact("signal", "2023-01-01", id="told")
    release = a_fact("release", "2023-03-01", fact="told", audience=CHAMPION.actor, actor="person:1")
    anew = a_fact("signal", "2023-01-02", id="anew", replaces="told")
    assert [f.id for f in shown(ATT, on_file(told, release, anew), CHAMPION) if f.kind == "signal"] == ["told"]
