"""Runs by hand, and what the record tells of every run to whoever looks after them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.core.leases import UnderWay
from casework.core.rights import NotOnFile, NotYours
from casework.follow_ups.failures import open_failures
from casework.follow_ups.reminders import note_incident
from casework.letters.posting import post
from casework.operations import manual_runs
from casework.operations.flows import FLOWS, Flow
from casework.operations.manual_runs import flow_named, note_start, run_here
from casework.operations.runs_page import runs_view
from models.runs import runs, sweep_parts
from pathways.grammar.clearance import ANYONE, OPERATOR
from pathways.grammar.refusals import refusal
from tests.appointments import a_champion, eyes, the_secretariat
from tests.builders import clock_of, days_pass
from tests.casework.letters.at_the_post import a_notice, a_person, a_workspace_with_mail
from tests.casework.sweeps import rows, swept
from tests.mailserver import Answer


def of(workspace, flow, **said):
    [found] = [
        view
        for view in runs_view(workspace, **{"treaty": "att", "reader": OPERATOR, **said}).flows
        if view.flow is flow
    ]
    return found


def test_a_record_in_which_nothing_ran_says_so(training):
    assert [(view.flow, view.at, view.state) for view in runs_view(training, treaty="att", reader=OPERATOR).flows] == [
        (flow, None, "") for flow in Flow
    ]


def test_a_sweep_started_by_hand_says_what_it_did_and_who_asked(training):
    person, _ = the_secretariat(training)
    days_pass(training, "2022-06-22")
    note_start(training, Flow.SWEEP, reader=eyes(training, person))
    run_here(training, Flow.SWEEP, reader=eyes(training, person), treaty="att")
    seen = of(training, Flow.SWEEP)
    assert (seen.day, seen.state, seen.did["advanced"]) == (date(2022, 6, 22), "completed", 1)
    assert (seen.asked_by, seen.asked_at) == ("Desk officer", clock_of(training).hour)
    with training.reading() as connection:
        [row] = runs.sweeps(connection)
    assert row["actor"].endswith(f" for person:{person}")


def test_a_sweep_that_others_share_just_now_is_under_way(training):
    with training.registry() as connection:
        told = {"run": "one", "actor": "system:sweep:one", "started_at": training.clock.now()}
        row = runs.begin_sweep(connection, treaty="att", day=training.today(), **told)
        sweep_parts.cut(connection, row, on=training.today(), treaty="att", size=100)
        sweep_parts.take(connection, row, "one", now=training.clock.now(), seconds=60)
    with pytest.raises(UnderWay, match="run_under_way"):
        run_here(training, Flow.SWEEP, treaty="att", reader=OPERATOR)


def test_every_flow_that_may_be_started_runs_here(training):
    swept(training)
    for flow in (Flow.POST, Flow.INTAKE, Flow.AUDIT):
        run_here(training, flow, treaty="att", reader=OPERATOR)
    assert of(training, Flow.AUDIT).did["dossiers"] == len(rows(training)) + 1  # the treaty's own
    assert (training.settings.home / "inbox" / "att").is_dir()


def test_what_could_not_be_treated_stays_named_and_says_when_it_has_been_treated_since(training):
    dossier = rows(training)["KHM"].id
    failed = note_incident(training, dossier, training.today(), "run", "KeyError", beat=lambda *_: None)
    before = runs_view(training, treaty="att", reader=OPERATOR)
    assert [(one.state, one.about) for one in before.failures] == [("KHM", f"incident {failed.incident}")]
    assert before.failing == {"KHM"}
    with training.registry() as connection:
        runs.resolve_incidents(connection, [dossier], clock_of(training).now())
    after = runs_view(training, treaty="att", reader=OPERATOR)
    assert (after.failures, after.failing) == (before.failures, frozenset())


@pytest.mark.parametrize(
    ("wrong", "listed"),
    [
        (ValueError("Ruritania"), [("run_failed", "audit", ["run_stopped"])]),
        (UnderWay(refusal("run_under_way", run="audit")), []),
    ],
)
def test_a_run_by_hand_that_fails_is_on_the_list_by_its_kind_and_one_that_waits_is_not(
    training, monkeypatch, wrong, listed
):
    def fails(_job):
        raise wrong

    monkeypatch.setattr(manual_runs, "FLOWS", {**FLOWS, Flow.AUDIT: replace(FLOWS[Flow.AUDIT], work=fails)})
    with pytest.raises(type(wrong)):
        run_here(training, Flow.AUDIT, treaty="att", reader=OPERATOR)
    with training.reading() as connection:
        found = open_failures(connection)
    assert [(one.kind, one.about, [why.code for why in one.reasons]) for one in found] == listed
    assert "Ruritania" not in str(found)


def test_what_is_under_way_is_not_started_again_and_nobody_waits_for_it(training):
    with training.registry() as connection:
        runs.take_lease(connection, "sweep:att", "another", now=clock_of(training).now(), seconds=60)
    with pytest.raises(UnderWay, match="run_under_way"):
        run_here(training, Flow.SWEEP, treaty="att", reader=OPERATOR)


def test_only_the_secretariat_sees_runs_and_starts_them(training):
    champion, _ = a_champion(training)
    for reader in (ANYONE, eyes(training, champion)):
        for refused in (
            lambda who: runs_view(training, reader=who, treaty="att"),
            lambda who: note_start(training, Flow.POST, reader=who),
            lambda who: run_here(training, Flow.POST, reader=who, treaty="att"),
        ):
            with pytest.raises(NotYours):
                refused(reader)
    assert of(training, Flow.POST).asked_at is None


@pytest.mark.parametrize("name", ["advance", "nothing", "x" * 10_000])
def test_what_has_no_hour_cannot_be_started(name):
    with pytest.raises(NotOnFile, match="nothing_to_start"):
        flow_named(name)


@pytest.fixture
def posting(tmp_path, record_as, mail_server):
    workspace = a_workspace_with_mail(tmp_path, record_as(empty=True), mail_server)
    yield workspace
    workspace.close()


def test_letters_that_reached_nobody_are_listed_apart_from_those_that_were_taken(posting, mail_server):
    mail_server.answers["dead@x.test"] = Answer.REFUSE
    for name in ("Dead", "Fine"):
        a_notice(posting, a_person(posting, name))
    a_notice(posting, a_person(posting, "Nowhere", mail=False))
    post(posting, run="test")
    seen = runs_view(posting, treaty="att", reader=OPERATOR)
    assert {(letter.name, letter.state) for letter in seen.undelivered} == {("Dead", "dead"), ("Nowhere", "held")}
    assert [letter.name for letter in seen.lately] == ["Fine"]
    assert of(posting, Flow.POST).did == {"sent": 1, "dead": 1, "held": 1, "waiting": 0}
    clock_of(posting).hour += timedelta(days=2)
    assert of(posting, Flow.POST).did == {"waiting": 0}


def test_a_letter_is_found_by_the_beginning_of_its_id(posting):
    a_notice(posting, a_person(posting, "Fine"))
    post(posting, run="test")
    [letter] = runs_view(posting, treaty="att", reader=OPERATOR).lately
    assert runs_view(posting, letter=letter.letter[:6], treaty="att", reader=OPERATOR).found == (letter,)
    assert runs_view(posting, letter="%", treaty="att", reader=OPERATOR).found == ()
