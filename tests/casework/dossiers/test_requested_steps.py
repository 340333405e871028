"""A step that somebody asked a flow to take: as that person, with that person's rights of the day it runs."""

import pytest
from sqlalchemy import text

from casework.core.rights import NotOnFile, NotYours
from casework.core.workspace import Workspace
from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.requested_steps import carry_out, request_step
from casework.people.mandates import end_mandate
from models.runs import runs
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.journey import NotTaken
from tests.appointments import a_champion, a_coordinator, eyes
from tests.builders import a_day, a_workspace, file, step

STATE = "AGO"


@pytest.fixture
def workspace(tmp_path, record_as):
    workspace = a_workspace(tmp_path, record_as(training="2022-06-21"), opened=False)
    file(workspace, STATE, "contact_named", "2022-06-01", ministry="Foreign Affairs")
    yield workspace
    workspace.close()


def asked(workspace, person):
    reader = eyes(workspace, person)
    return request_step(workspace, STATE, "start_drafting", treaty="att", name="Angola", reader=reader)


def answer_of(workspace, request):
    with workspace.reading() as connection:
        return runs.request(connection, request)


def test_a_requested_step_is_taken_once_however_often_it_runs(workspace):
    request = request_step(workspace, STATE, "start_drafting", treaty="att", name="Angola", reader=OPERATOR)
    assert carry_out(workspace, request, run="a").result == "taken"
    assert carry_out(workspace, request, run="b").result == "taken already"
    assert dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).stage == "legislation"
    assert answer_of(workspace, request)["refusal"] == ""


class Overtaken(Workspace):
    """A workspace where another run carries the request out whenever somebody is about to open a dossier."""

    request = ""

    def open_dossier(self, state, **said):
        request, self.request = self.request, ""
        if request:
            assert carry_out(self, request, run="the faster").result == "taken"
        return super().open_dossier(state, **said)


def test_of_two_runs_of_one_request_the_slower_neither_takes_it_again_nor_says_that_it_was_refused(workspace):
    slower = Overtaken(workspace.settings, workspace.store, workspace.clock)
    slower.request = request_step(workspace, STATE, "start_drafting", treaty="att", name="Angola", reader=OPERATOR)
    assert carry_out(slower, slower.request, run="the slower").result == "taken already"
    assert noted(workspace) == ["request taken"]


def test_nor_does_it_where_the_same_step_is_open_again(workspace):
    step(workspace, STATE, "start_drafting", "2022-06-10")
    for number in ("1/2022", "2/2022"):
        file(workspace, STATE, "ruling", "2022-06-20", f"court:{number}", ruling_number=number)
    slower = Overtaken(workspace.settings, workspace.store, workspace.clock)
    slower.request = request_step(workspace, STATE, "strike_down", treaty="att", name="Angola", reader=OPERATOR)
    before = steps_of(workspace)
    assert carry_out(slower, slower.request, run="the slower").result == "taken already"
    assert steps_of(workspace) == before + 1


def steps_of(workspace):
    return [fact.kind for fact in dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).facts].count("step")


def noted(workspace):
    query = text("SELECT what FROM audit WHERE row LIKE 'request:%' ORDER BY id")
    with workspace.reading() as connection:
        return list(connection.execute(query).scalars())


def test_a_champion_does_not_even_ask_for_a_step(workspace):
    champion, _ = a_champion(workspace)
    with pytest.raises(NotYours):
        asked(workspace, champion)


def test_a_proof_that_the_one_who_asked_may_not_know_is_missing_for_that_person(workspace):
    coordinator, _ = a_coordinator(workspace)
    request = asked(workspace, coordinator)
    assert carry_out(workspace, request, run="a").result == "refused"
    assert "contact named" in answer_of(workspace, request)["refusal"]
    assert dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).stage == "interest"


def test_rights_are_asked_again_when_the_request_runs(workspace):
    coordinator, mandate = a_coordinator(workspace)
    request = asked(workspace, coordinator)
    end_mandate(workspace, mandate, on=a_day("2022-06-21"), reader=OPERATOR, treaty=None)
    assert carry_out(workspace, request, run="a").result == "refused"
    assert "holds no mandate" in answer_of(workspace, request)["refusal"]


@pytest.mark.parametrize(
    ("wanted", "because"),
    [("fly", "no_such_step"), ("signed", "step_taken_by_record"), ("prepare_instrument", "step_from_another_stage")],
)
def test_what_cannot_be_taken_from_here_is_refused_at_once(workspace, wanted, because):
    with pytest.raises(NotTaken, match=because):
        request_step(workspace, STATE, wanted, treaty="att", name="Angola", reader=OPERATOR)


def test_a_request_nobody_made_is_not_there(workspace):
    with pytest.raises(NotOnFile):
        carry_out(workspace, "0" * 32, run="a")


def test_a_reason_that_no_database_keeps_is_refused_before_it_is_asked(workspace):
    with pytest.raises(NotTaken, match="text_is_no_text"):
        request_step(workspace, STATE, "start_drafting", treaty="att", name="Angola", reason="a\0b", reader=OPERATOR)
