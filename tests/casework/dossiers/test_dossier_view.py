"""Views through different eyes: the Secretariat, a champion, a State's own contact, the public."""

from datetime import time, timedelta

import pytest

from casework.dossiers.dossier_view import dossier_view
from casework.operations.sweep import sweep
from casework.overview.agenda import agenda_view
from casework.overview.status import status
from pathways.grammar.clearance import ANYONE, OPERATOR, Reader
from pathways.grammar.roles import Role
from pathways.grammar.stages import Stage
from tests.builders import STATE, a_day, a_workspace, clock_of, file

CHAMPION = Reader.of("person:9", {Role.CHAMPION: {STATE}})
CONTACT = Reader.of("person:8", {Role.CONTACT: {STATE}})
STRANGER = Reader.of("person:7", {Role.CHAMPION: {"BRA"}})


@pytest.fixture
def workspace(tmp_path, sqlite_record_url):
    workspace = a_workspace(tmp_path, sqlite_record_url, opened=False)
    yield workspace
    workspace.close()


def test_our_assessment_is_for_those_who_serve_the_state(workspace):
    assert dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).stage is Stage.INTEREST
    assert dossier_view(workspace, STATE, reader=CHAMPION, treaty="att").stage is Stage.INTEREST
    for reader in (CONTACT, STRANGER, ANYONE):
        seen = dossier_view(workspace, STATE, reader=reader, treaty="att")
        assert (seen.stage, seen.tier, seen.route, seen.next_due_on, seen.version) == (None, None, None, None, None)
        assert (seen.open_steps, dict(seen.missing)) == ((), {})
        assert seen.legal_status == "signatory"


def test_a_duty_that_may_have_been_done_is_not_shown_as_undone(workspace):
    file(workspace, "CAN", "annual_report", "2026-05-20", "note_verbale:1", year=2025)
    assert {
        d.state for d in dossier_view(workspace, "CAN", treaty="att", reader=OPERATOR).duties if d.covers == 2025
    } == {"done"}
    assert dossier_view(workspace, "CAN", reader=ANYONE, treaty="att").duties == ()


def test_a_note_is_read_with_its_fact_only(workspace):
    file(workspace, STATE, "signal", "2026-07-01", "statement", note="told over coffee")
    assert dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).facts[-1].note == "told over coffee"
    assert [f.note for f in dossier_view(workspace, STATE, reader=CHAMPION, treaty="att").facts] == [None, None, None]


def test_facts_are_numbered_without_gaps_for_every_reader(workspace):
    file(workspace, STATE, "signal", "2026-07-01", "statement")
    file(workspace, STATE, "route", "2026-07-02", "government", route="T2")
    assert [f.seq for f in dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).facts] == [1, 2, 3, 4, 5]
    assert [(f.seq, f.kind) for f in dossier_view(workspace, STATE, reader=CHAMPION, treaty="att").facts][-1] == (
        4,
        "route",
    )


def test_a_fact_names_no_fact_that_its_reader_may_not_know(workspace):
    deposit = file(workspace, STATE, "deposit", "2026-07-01", "depositary:C.N.1.2026", instrument="ratification")
    assert dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).facts[-1].rests_on == deposit.fact.id
    told = file(workspace, "BRA", "signal", "2026-07-01", "statement").fact
    file(workspace, "BRA", "correction", "2026-07-02", "assessment", annuls=(told.id,))
    assert dossier_view(workspace, "BRA", treaty="att", reader=OPERATOR).facts[-1].annuls == (told.id,)
    assert "correction" not in [f.kind for f in dossier_view(workspace, "BRA", reader=STRANGER, treaty="att").facts]


def test_the_public_counts_the_deposits_and_no_stage(workspace):
    public = status(workspace, on=a_day("2026-07-24"), reader=ANYONE, treaty="att")
    assert (public.deposits, sum(public.by_stage.values())) == (118, 0)
    assert sum(status(workspace, reader=STRANGER, treaty="att").by_stage.values()) == 1


def test_what_was_recorded_later_that_day_is_known_that_day_in_the_offices_zone(workspace):
    clock_of(workspace).stand_on("2026-07-25")
    file(workspace, STATE, "signal", "2026-07-25", "statement")
    kinds = {day: [f.kind for f in _known(workspace, day).facts] for day in ("2026-07-24", "2026-07-25")}
    assert "signal" not in kinds["2026-07-24"]
    assert "signal" in kinds["2026-07-25"]


def test_what_was_known_on_a_day_that_is_named_is_the_same_the_day_after(workspace):
    today, tomorrow = workspace.today(), workspace.today() + timedelta(days=1)
    file(workspace, STATE, "signal", str(tomorrow), "statement")
    then = [dossier_view(workspace, STATE, on=today, known=today, treaty="att", reader=OPERATOR).facts]
    assert "signal" in [f.kind for f in dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).facts]
    clock_of(workspace).hour += timedelta(days=1)
    then += [dossier_view(workspace, STATE, on=today, known=today, treaty="att", reader=OPERATOR).facts]
    assert then[0] == then[1]


def _known(workspace, day):
    return dossier_view(workspace, STATE, on=a_day("2026-07-26"), known=a_day(day), treaty="att", reader=OPERATOR)


def test_midnight_is_the_offices_and_not_utc(workspace):
    clock_of(workspace).stand_on("2026-07-24", time(22, 30))  # in Geneva it is 00:30 on the 25th
    file(workspace, STATE, "signal", "2026-07-24", "statement")
    assert "signal" not in [f.kind for f in _known(workspace, "2026-07-24").facts]
    assert "signal" in [f.kind for f in _known(workspace, "2026-07-25").facts]


def test_the_agenda_of_a_champion_holds_the_own_scope_only(workspace):
    day = a_day("2026-12-24")
    everybody = {item.state for item in agenda_view(workspace, on=day, treaty="att", reader=OPERATOR).items}
    assert len(everybody) > 20
    assert {item.state for item in agenda_view(workspace, on=day, reader=CHAMPION, treaty="att").items} == {STATE}
    assert agenda_view(workspace, on=day, reader=ANYONE, treaty="att").items == ()


def test_who_handles_no_follow_ups_sees_what_a_state_owes_and_not_who_follows_it_up(workspace):
    clock_of(workspace).stand_on("2027-06-15")
    sweep(workspace, run="r", treaty="att")
    president = Reader.of("person:5", {Role.PRESIDENT: ()}, party=True)
    contact = Reader.of("person:6", {Role.CONTACT: {"CAN"}}, party=True)
    assert all(
        item.follow_up for item in agenda_view(workspace, treaty="att", reader=OPERATOR).items if item.state == "CAN"
    )
    for reader in (president, contact):
        owed = [item for item in agenda_view(workspace, reader=reader, treaty="att").items if item.state == "CAN"]
        assert [(item.about, item.follow_up, item.owner) for item in owed] == [("annual report 2026", None, None)]


def test_a_states_own_contact_sees_its_duties_and_not_our_chasing(workspace):
    day = a_day("2027-06-15")
    own = Reader.of("person:6", {Role.CONTACT: {"CAN", STATE}}, party=True)
    assert {(i.state, i.about) for i in agenda_view(workspace, on=day, reader=own, treaty="att").items} == {
        ("CAN", "annual report 2026")
    }


def test_a_fact_whose_day_may_lie_ahead_says_from_when_it_counts_and_one_that_was_undone_does_not(workspace):
    file(workspace, STATE, "signal", "2026-07", "statement")  # of a month that is not over
    file(workspace, STATE, "signal", "2026-06", "statement")
    of_july, of_june = dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).facts[-2:]
    assert [(f.counts, f.counts_from) for f in (of_july, of_june)] == [(False, a_day("2026-07-31")), (True, None)]
    for undone in (of_july, of_june):
        file(workspace, STATE, "correction", "2026-07-24", "assessment", annuls=(undone.fact,))
    facts = {f.fact: f for f in dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).facts}
    assert [(facts[f.fact].counts, facts[f.fact].counts_from) for f in (of_july, of_june)] == [(False, None)] * 2
