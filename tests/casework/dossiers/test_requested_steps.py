"""A step that somebody asked a flow to take: as that person, with that person's rights of the day it runs."""

import pytest
from sqlalchemy import text

from casework.core.rights import NotOnFile, NotYours
from casework.core.workspace import Office
from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.requested_steps import carry_out, request_step
from casework.people.mandates import end_mandate
from models.runs import runs
from pathways.grammar.journey import Refusal
from tests.appointments import a_champion, a_coordinator, eyes
from tests.builders import a_day, an_office, file, step

STATE = "AGO"


@pytest.fixture
def office(tmp_path, store_url):
    office = an_office(tmp_path, store_url, training="2022-06-21")
    file(office, STATE, "contact_named", "2022-06-01", ministry="Foreign Affairs")
    yield office
    office.close()


def asked(office, person):
    reader = eyes(office, person)
    return request_step(office, STATE, "start_drafting", treaty="att", name="Angola", reader=reader)


def answer_of(office, request):
    with office.reading() as connection:
        return runs.request(connection, request)


def test_a_requested_step_is_taken_once_however_often_it_runs(office):
    request = request_step(office, STATE, "start_drafting", treaty="att", name="Angola")
    assert carry_out(office, request, run="a").result == "taken"
    assert carry_out(office, request, run="b").result == "taken already"
    assert dossier_view(office, STATE).stage == "legislation"
    assert answer_of(office, request)["refusal"] == ""


class Overtaken(Office):
    """An office where another run carries the request out whenever somebody is about to open a dossier."""

    request = ""

    def folder(self, state, **said):
        request, self.request = self.request, ""
        if request:
            assert carry_out(self, request, run="the faster").result == "taken"
        return super().folder(state, **said)


def test_of_two_runs_of_one_request_the_slower_neither_takes_it_again_nor_says_that_it_was_refused(office):
    slower = Overtaken(office.settings, office.store, office.clock)
    slower.request = request_step(office, STATE, "start_drafting", treaty="att", name="Angola")
    assert carry_out(slower, slower.request, run="the slower").result == "taken already"
    assert noted(office) == ["request taken"]


def test_nor_does_it_where_the_same_step_is_open_again(office):
    step(office, STATE, "start_drafting", "2022-06-10")
    for number in ("1/2022", "2/2022"):
        file(office, STATE, "ruling", "2022-06-20", f"court:{number}", ruling_number=number)
    slower = Overtaken(office.settings, office.store, office.clock)
    slower.request = request_step(office, STATE, "strike_down", treaty="att", name="Angola")
    before = steps_of(office)
    assert carry_out(slower, slower.request, run="the slower").result == "taken already"
    assert steps_of(office) == before + 1


def steps_of(office):
    return [fact.kind for fact in dossier_view(office, STATE).facts].count("step")


def noted(office):
    query = text("SELECT what FROM audit WHERE row LIKE 'request:%' ORDER BY id")
    with office.reading() as connection:
        return list(connection.execute(query).scalars())


def test_a_champion_does_not_even_ask_for_a_step(office):
    champion, _ = a_champion(office)
    with pytest.raises(NotYours):
        asked(office, champion)


def test_a_proof_that_the_one_who_asked_may_not_know_is_missing_for_that_person(office):
    coordinator, _ = a_coordinator(office)
    request = asked(office, coordinator)
    assert carry_out(office, request, run="a").result == "refused"
    assert "contact named" in answer_of(office, request)["refusal"]
    assert dossier_view(office, STATE).stage == "interest"


def test_rights_are_asked_again_when_the_request_runs(office):
    coordinator, mandate = a_coordinator(office)
    request = asked(office, coordinator)
    end_mandate(office, mandate, on=a_day("2022-06-21"))
    assert carry_out(office, request, run="a").result == "refused"
    assert "holds no mandate" in answer_of(office, request)["refusal"]


@pytest.mark.parametrize(
    ("wanted", "because"),
    [("fly", "is no step"), ("signed", "taken by the depositary"), ("prepare_instrument", "this State is at interest")],
)
def test_what_cannot_be_taken_from_here_is_refused_at_once(office, wanted, because):
    with pytest.raises(Refusal, match=because):
        request_step(office, STATE, wanted, treaty="att", name="Angola")


def test_a_request_nobody_made_is_not_there(office):
    with pytest.raises(NotOnFile):
        carry_out(office, "0" * 32, run="a")


def test_a_reason_that_no_database_keeps_is_refused_before_it_is_asked(office):
    with pytest.raises(Refusal, match="no text"):
        request_step(office, STATE, "start_drafting", treaty="att", name="Angola", reason="a\0b")
