"""Who closes a follow-up or lets it rest: its owner, the Secretariat, or while nobody owns it whoever may be asked."""

from datetime import date

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.dossiers.releasing import release
from casework.follow_ups.actions import NotFollowedUp, close, snooze, take
from casework.follow_ups.comments import comment
from casework.follow_ups.listing import follow_up_list, follow_up_view
from casework.follow_ups.own import Intention, open_own
from casework.follow_ups.page import follow_up_page
from casework.follow_ups.together import close_together, rest_together
from casework.operations.sweep import sweep
from models.ledger import dossiers
from pathways.grammar.clearance import OPERATOR
from tests.appointments import SILENT_ON, a_champion, a_coordinator, eyes, silent_states, the_secretariat
from tests.builders import a_workspace, clock_of, file

NEXT_WEEK = date(2026, 11, 9)


@pytest.fixture
def workspace(silent_record):
    return silent_record


@pytest.fixture
def people(workspace):
    """Give two champions of Africa, its coordinator, a champion of Asia and an officer."""
    return {
        "champion": a_champion(workspace)[0],
        "second": a_champion(workspace, "ZAF")[0],
        "coordinator": a_coordinator(workspace)[0],
        "far": a_champion(workspace, "JPN", "Asia")[0],
        "officer": the_secretariat(workspace)[0],
    }


@pytest.fixture
def angola(workspace, people):
    return silent_states(workspace)["AGO"]


def answers(workspace, follow_up, reader):
    """Yield what makes a follow-up closed or at rest, each by itself."""
    yield lambda: close(workspace, follow_up, "done: spoke with the mission", reader=reader, treaty=None)
    yield lambda: snooze(workspace, follow_up, until=NEXT_WEEK, reason="elections", reader=reader, treaty=None)


def stands(workspace, follow_up):
    view = follow_up_view(workspace, follow_up, treaty="att", reader=OPERATOR)
    return view.closed_on, view.snoozed_until


@pytest.mark.parametrize("who", ["second", "coordinator"])
def test_what_somebody_else_owns_is_neither_closed_nor_put_to_rest(workspace, people, angola, who):
    reader = eyes(workspace, people[who])
    take(workspace, angola, reader=eyes(workspace, people["champion"]), treaty=None)
    for answer in answers(workspace, angola, reader):
        with pytest.raises(NotYours, match="owned_by_another"):
            answer()
    for together in (
        close_together(workspace, [angola], "done: spoke with the mission", reader=reader, treaty="att"),
        rest_together(workspace, [angola], until=NEXT_WEEK, reason="elections", reader=reader, treaty="att"),
    ):
        assert [(one.follow_up.id, one.refusals[0].code) for one in together.left] == [(angola, "owned_by_another")]
    assert stands(workspace, angola) == (None, None)
    assert comment(workspace, angola, "They will write on Friday.", reader=reader, treaty=None)


@pytest.mark.parametrize("who", ["champion", "officer"])
def test_its_owner_and_the_secretariat_let_it_rest_and_close_it(workspace, people, angola, who):
    take(workspace, angola, reader=eyes(workspace, people["champion"]), treaty=None)
    for answer in reversed([*answers(workspace, angola, eyes(workspace, people[who]))]):
        answer()
    assert stands(workspace, angola) == (SILENT_ON, NEXT_WEEK)


def test_whoever_is_not_asked_for_outreach_takes_it_first(workspace, people, angola):
    reader = eyes(workspace, people["coordinator"])
    for answer in answers(workspace, angola, reader):
        with pytest.raises(NotYours, match="taken_before_answered"):
            answer()
    take(workspace, angola, reader=reader, treaty=None)
    for answer in reversed([*answers(workspace, angola, reader)]):
        answer()
    assert stands(workspace, angola) == (SILENT_ON, NEXT_WEEK)


def test_whoever_was_asked_still_answers_what_was_passed_on_and_nobody_has_taken(workspace, people, angola):
    reader = eyes(workspace, people["champion"])
    with workspace.registry() as connection:
        connection.exec_driver_sql(f"UPDATE follow_up SET rung = 2 WHERE id = {angola}")  # the coordinator is asked
    seen = follow_up_page(workspace, angola, treaty="att", reader=reader)
    assert (seen.follow_up.role, seen.follow_up.is_passed_on, seen.follow_up.may_answer) == ("coordinator", True, True)
    close(workspace, angola, "done: they wrote back", reader=reader, treaty=None)
    assert stands(workspace, angola)[0] == SILENT_ON


def test_what_one_may_not_know_is_refused_as_what_does_not_exist(workspace, people, angola):
    take(workspace, angola, reader=eyes(workspace, people["champion"]), treaty=None)
    told = []
    for number in (angola, 99_999):
        for answer in answers(workspace, number, eyes(workspace, people["far"])):
            with pytest.raises(NotOnFile) as refused:
                answer()
            told.append(refused.value.codes)
    assert set(told) == {("no_such_follow_up_listed",)}


def test_of_one_who_closes_while_another_takes_it_nothing_is_written(
    workspace, people, angola, tmp_path, record_url, monkeypatch
):
    colleague, verb = a_workspace(tmp_path, record_url, opened=False), workspace.open_dossier
    clock_of(colleague).stand_on(str(SILENT_ON))

    def a_moment_later(*where, **how):
        take(colleague, angola, reader=eyes(colleague, people["second"]), treaty=None)
        return verb(*where, **how)

    monkeypatch.setattr(workspace, "open_dossier", a_moment_later)
    with pytest.raises(NotYours, match="owned_by_another"):
        close(workspace, angola, "done", reader=eyes(workspace, people["champion"]), treaty=None)
    colleague.close()
    assert stands(workspace, angola) == (None, None)


@pytest.fixture
def of_every_kind(workspace, people):
    """Give a silence that nobody owns and one with the second champion, a ready step, a contradiction, a promise."""
    named = file(workspace, "AGO", "contact_named", "2026-10-30", "government", ministry="Foreign Affairs").fact
    for who in ("champion", "coordinator"):
        release(
            workspace, "AGO", named.id, audience=f"person:{people[who]}", treaty="att", name="Angola", reader=OPERATOR,
            consent="Note verbale 7/2026",
        )  # fmt: skip
    meant = Intention(words="Call the mission", on=NEXT_WEEK, state="AGO")
    open_own(workspace, meant, reader=eyes(workspace, people["champion"]), treaty="att")
    with workspace.registry() as connection:
        dossiers.look_again(connection, SILENT_ON, treaty="att")
    sweep(workspace, run="all of it", treaty="att")
    with workspace.registry() as connection:
        connection.exec_driver_sql(
            "INSERT INTO follow_up (key, treaty, dossier_id, occasion, about, role, region, opened_on, due_on, rungs,"
            " rung, patience, is_public, is_answered) SELECT 'att/AGO:contradiction:x', treaty, dossier_id,"
            " 'contradiction', 'deposit', role, region, opened_on, due_on, 'secretariat', 1, patience, true, false"
            " FROM follow_up WHERE occasion = 'ready'"
        )
    listed = follow_up_list(workspace, open_only=True, treaty="att", reader=OPERATOR)
    silent = {f.state: f.id for f in listed if f.kind == "silence"}
    take(workspace, silent["BDI"], reader=eyes(workspace, people["second"]), treaty=None)
    return {f.id for f in listed if f.state == "AGO"} | {silent["BDI"], silent["COM"]}


def test_a_page_offers_to_answer_what_the_verbs_do_not_refuse_and_nothing_else(workspace, people, of_every_kind):
    told = {}
    for who, person in people.items():
        reader = eyes(workspace, person)
        for view in follow_up_list(workspace, open_only=True, treaty="att", reader=reader):
            if view.id not in of_every_kind:
                continue
            page = follow_up_page(workspace, view.id, treaty="att", reader=reader)
            for verb in (
                lambda id_=view.id, by=reader: close(workspace, id_, "", reader=by, treaty=None),
                lambda id_=view.id, by=reader: snooze(
                    workspace, id_, until=SILENT_ON, reason="", reader=by, treaty=None
                ),
            ):
                with pytest.raises((NotFollowedUp, NotYours)) as refused:
                    verb()
                assert (refused.type is not NotYours) is view.may_answer is page.follow_up.may_answer, (who, view)
            assert page.may_rest <= view.may_answer
            told[who, view.kind, view.owner_name] = view.may_answer
    mine, seconds = "Champion of NAM", "Champion of ZAF"
    assert {key for key, may in told.items() if may and key[0] != "officer"} == {
        ("champion", "silence", None),
        ("champion", "own", mine),
        ("second", "silence", None),
        ("second", "silence", seconds),
        ("coordinator", "ready", None),
    }
    assert all(may for (who, _, _), may in told.items() if who == "officer")
    assert {kind for who, kind, _ in told if who == "champion"} == {"silence", "ready", "contradiction", "own"}
