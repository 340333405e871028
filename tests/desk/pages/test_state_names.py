"""The names of a State on the desk: the Secretariat adds one, and every page knows it."""

from html import unescape

import pytest

from tests.forms import led_to, words

NAME = {"name": "Qazaqstan", "from": "2022-06-01", "source": "note_verbale", "reference": "NV 7/2022"}


@pytest.fixture
def secretariat(desk):
    return desk.as_("secretariat")


def test_a_name_in_a_language_is_what_every_page_calls_the_state(secretariat):
    assert "Kazakhstan" in secretariat.get("/states/KAZ").text  # before, so that nothing of it is kept
    sent = secretariat.post("/states/KAZ/names", data={**NAME, "language": "en"})
    assert led_to(sent) == "/states/KAZ/names says name-given"
    for page in ("/states/KAZ", "/states", "/states/KAZ/names"):
        assert "Qazaqstan" in secretariat.get(page).text
    assert secretariat.get("/states?q=kazakhstan").headers["location"] == "/states/KAZ"
    assert "Kazakhstan" not in secretariat.get("/states?q=qaz&region=Asia").text


def test_a_further_name_finds_the_state_and_is_taken_back(secretariat):
    secretariat.post("/states/KAZ/names", data=NAME)
    assert secretariat.get("/states?q=Qazaqstan").headers["location"] == "/states/KAZ"
    page = secretariat.get("/states/KAZ/names").text
    [number] = {part.split("/")[0] for part in page.split("/states/KAZ/names/")[1:]}
    address = f"/states/KAZ/names/{number}/take-back"
    assert '<input type="hidden" name="name" value="Qazaqstan">' in page
    assert secretariat.post(address, data={"name": "Qazaq Eli"}).status_code == 404, "of a page that is out of date"
    assert secretariat.get("/states?q=Qazaqstan").status_code == 303
    secretariat.post(address, data={"name": "Qazaqstan"})
    assert secretariat.get("/states?q=Qazaqstan").status_code == 200


def test_a_name_of_another_state_is_refused_where_it_was_typed_and_kept_there(secretariat):
    sent = secretariat.post("/states/KAZ/names", data={**NAME, "name": "Mongolia"})
    page = unescape(sent.text)
    assert sent.status_code == 422
    assert "“Mongolia” is a name of Mongolia (MNG); one name cannot stand for two States." in page
    assert 'value="Mongolia"' in page
    assert 'value="NV 7/2022"' in page


def test_a_name_stands_with_its_days_and_is_on_file_once(secretariat):
    sent = {**NAME, "until": "31 August 2022"}
    assert led_to(secretariat.post("/states/KAZ/names", data=sent)) == "/states/KAZ/names says name-given"
    assert led_to(secretariat.post("/states/KAZ/names", data=sent)) == "/states/KAZ/names says name-again"
    page = words(secretariat.get("/states/KAZ/names"))
    assert page.count("Qazaqstan A further name · since 1 June 2022 · until 31 August 2022") == 1


@pytest.mark.parametrize("source", ["record", "example", "hearsay"])
def test_a_source_that_is_not_offered_is_taken_from_nobody(secretariat, source):
    sent = secretariat.post("/states/KAZ/names", data={**NAME, "source": source})
    assert sent.status_code == 422
    assert 'id="f-source-fault"' in sent.text
    assert f'<option value="{source}"' not in sent.text


def test_a_state_without_a_dossier_has_no_page_of_names(secretariat):
    for nothing in ("EUU", "XXX"):
        assert secretariat.get(f"/states/{nothing}/names").status_code == 404
        assert secretariat.post(f"/states/{nothing}/names", data=NAME).status_code == 404


@pytest.mark.parametrize(("left_out", "said"), [("from", "Say the first day of this name."), ("source", "source")])
def test_what_is_left_out_is_asked_for(secretariat, left_out, said):
    sent = secretariat.post("/states/KAZ/names", data={**NAME, left_out: ""})
    assert sent.status_code == 422
    assert said in unescape(sent.text)


def test_others_see_the_names_and_no_form(desk):
    desk.as_("secretariat").post("/states/MWI/names", data=NAME)
    page = desk.as_("champion").get("/states/MWI/names").text
    assert "Qazaqstan" in page
    assert "/states/MWI/names" not in page.partition("<main")[2]
