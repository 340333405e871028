"""A step that somebody asked a flow to take: as that person, with that person's rights of the day it runs."""

import pytest

from casework.mandates import end_mandate
from casework.rights import NotOnFile, NotYours
from casework.steps import carry_out, request_step
from casework.views.dossier import dossier_view
from models import runs
from pathways.grammar.journey import Refusal
from tests.appointments import a_champion, a_coordinator, eyes
from tests.builders import a_day, an_office, file

STATE = "AGO"


@pytest.fixture
def office(tmp_path, store_url):
    office = an_office(tmp_path, store_url, training="2022-06-21")
    file(office, STATE, "contact_named", "2022-06-01", ministry="Foreign Affairs")
    yield office
    office.close()


def asked(office, person, step="start_drafting"):
    reader = eyes(office, person)
    return request_step(office, STATE, step, treaty="att", name="Angola", reader=reader, person=person)


def answer_of(office, request):
    with office.reading() as connection:
        return runs.request(connection, request)


def test_a_requested_step_is_taken_once_however_often_it_runs(office):
    request = request_step(office, STATE, "start_drafting", treaty="att", name="Angola")
    assert carry_out(office, request, run="a").result == "taken"
    assert carry_out(office, request, run="b").result == "taken already"
    assert dossier_view(office, STATE).stage == "legislation"
    assert answer_of(office, request)["refusal"] == ""


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
    ("step", "because"),
    [("fly", "is no step"), ("signed", "taken by the depositary"), ("prepare_instrument", "this State is at interest")],
)
def test_what_cannot_be_taken_from_here_is_refused_at_once(office, step, because):
    with pytest.raises(Refusal, match=because):
        request_step(office, STATE, step, treaty="att", name="Angola")


def test_a_request_nobody_made_is_not_there(office):
    with pytest.raises(NotOnFile):
        carry_out(office, "0" * 32, run="a")
