"""On the desk: releasing a fact and taking that back, files as downloads, and what a State's contact proposes."""

import re
from html import unescape

import pytest

from casework.dossiers.disclosure_log import readings_of
from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.proposal_list import proposal_list
from pathways.grammar.clearance import OPERATOR, Sensitivity
from tests.appointments import eyes
from tests.builders import file
from tests.forms import led_to
from tests.papers import PDF, PROGRAM, file_with

STATE = "KHM"
NASTY = "<script>alert(1)</script>"


def told(desk, source="statement", **said):
    return file(desk.workspace, STATE, "signal", "2022-06-01", source, **said).fact.id


def page_of(fact):
    return f"/states/{STATE}/facts/{fact}/release"


def to(desk, fact, audience, who="secretariat", **said):
    return desk.as_(who).post(page_of(fact), data={"audience": audience, "mark": mark_for(desk, who), **said})


def mark_for(desk, who):
    """Return the mark that stands in a form for one who opens the page now."""
    return dossier_view(desk.workspace, STATE, reader=eyes(desk.workspace, desk.people[who]), treaty="att").mark


def releases(desk, fact):
    [found] = [f for f in dossier_view(desk.workspace, STATE, reader=OPERATOR, treaty="att").facts if f.fact == fact]
    return found.releases


def text_of(answer):
    return unescape(re.sub(r"<[^>]+>", " ", answer.text))


def test_a_fact_is_released_to_somebody_by_name_and_taken_back(desk):
    fact, champion = told(desk), desk.people["champion elsewhere"]
    assert "To nobody." in desk.as_("secretariat").get(page_of(fact)).text
    answer = to(desk, fact, f"person:{champion}")
    assert led_to(answer) == f"{page_of(fact)} says released"
    page = desk.as_("secretariat").get(page_of(fact))
    assert "Champion of Asia" in page.text
    assert f"fact-{fact}" in desk.as_("champion elsewhere").get(f"/states/{STATE}").text
    [one] = releases(desk, fact)
    answer = desk.as_("secretariat").post(f"/states/{STATE}/facts/{one.release}/take-back")
    assert led_to(answer) == f"{page_of(fact)} says taken-back"
    assert f"fact-{fact}" not in desk.as_("champion elsewhere").get(f"/states/{STATE}").text


def test_the_states_page_leads_the_secretariat_to_who_may_know_a_fact(desk):
    fact = told(desk)
    assert page_of(fact) in desk.as_("secretariat").get(f"/states/{STATE}").text
    to(desk, fact, f"person:{desk.people['champion elsewhere']}")
    seen = desk.as_("champion elsewhere").get(f"/states/{STATE}").text
    assert "Released to Champion of Asia" in seen
    assert page_of(fact) not in seen


def test_a_missing_consent_is_said_with_what_was_chosen_still_there(desk):
    fact = told(desk, "note_verbale:NV 4/2022")
    answer = to(desk, fact, f"person:{desk.people['chair']}", consent=" ")
    assert answer.status_code == 422
    assert "give the reference of its consent" in answer.text
    assert f'value="person:{desk.people["chair"]}" selected' in answer.text
    assert releases(desk, fact) == ()


def test_a_release_from_a_page_that_is_out_of_date_is_refused_and_keeps_what_was_typed(desk):
    fact = told(desk)
    answer = to(desk, fact, f"person:{desk.people['chair']}", consent="NV 9", mark="1-x")
    assert answer.status_code == 409
    assert 'value="NV 9"' in answer.text
    assert releases(desk, fact) == ()


def test_two_clicks_release_once(desk):
    fact, champion = told(desk), f"person:{desk.people['champion elsewhere']}"
    assert led_to(to(desk, fact, champion)).endswith("says released")
    assert led_to(to(desk, fact, champion)).endswith("says released-already")
    assert len(releases(desk, fact)) == 1


@pytest.mark.parametrize("who", ["champion elsewhere", "coordinator", "president", "chair", "contact elsewhere"])
def test_only_the_secretariat_releases(desk, who):
    fact = told(desk)
    assert desk.as_(who).get(page_of(fact)).status_code == 403
    assert to(desk, fact, f"person:{desk.people[who]}", who=who).status_code == 403
    assert desk.as_(who).post(f"/states/{STATE}/facts/{fact}/take-back").status_code == 403
    assert releases(desk, fact) == ()


def test_a_fact_that_is_not_there_and_a_personal_one_look_alike_to_an_officer(desk):
    passport = told(desk, sensitivity=Sensitivity.PERSONAL)
    answers = [desk.as_("secretariat").get(page_of(fact)) for fact in (passport, "0" * 32)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert desk.as_("administrator").get(page_of(passport)).status_code == 200


def test_the_secretariat_sees_who_was_shown_a_fact(desk):
    fact = told(desk)
    to(desk, fact, f"person:{desk.people['champion elsewhere']}")
    desk.as_("champion elsewhere").get(f"/states/{STATE}")
    page = text_of(desk.as_("secretariat").get(page_of(fact)))
    assert re.search(r"Who was shown it.*Champion of Asia\s+20 June 2022", page, re.DOTALL)


def test_a_file_is_a_download_that_cannot_be_shown_or_run(desk):
    name = "Gesetz „12“ über <b>.pdf"
    fact = file_with(desk.workspace, STATE, "signal", "2022-06-01", paper=PDF, name=name).fact.id
    answer = desk.as_("secretariat").get(f"/files/{fact}")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="Gesetz _12_ _ber _b_.pdf";'
        " filename*=UTF-8''Gesetz%20%E2%80%9E12%E2%80%9C%20%C3%BCber%20_b_.pdf"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["cache-control"] == "no-store"
    (read,) = readings_of(desk.workspace, fact, treaty="att", reader=OPERATOR)
    assert read.name == "Officer of the Secretariat"


def test_a_file_follows_the_release_of_its_fact(desk):
    fact = file_with(desk.workspace, STATE, "signal", "2022-06-01", source="statement", paper=PDF, name="a.pdf").fact.id
    assert desk.as_("champion elsewhere").get(f"/files/{fact}").status_code == 404
    to(desk, fact, f"person:{desk.people['champion elsewhere']}")
    assert desk.as_("champion elsewhere").get(f"/files/{fact}").content == PDF
    desk.as_("secretariat").post(f"/states/{STATE}/facts/{releases(desk, fact)[0].release}/take-back")
    assert desk.as_("champion elsewhere").get(f"/files/{fact}").status_code == 404


def test_a_purged_file_is_not_there_and_who_may_know_is_told_why(desk):
    from casework.dossiers.purging import purge

    fact = file_with(desk.workspace, STATE, "signal", "2022-06-01", paper=PDF, name="a.pdf").fact.id
    purge(desk.workspace, STATE, fact, treaty="att", name="Cambodia", reason="asked by the State", reader=OPERATOR)
    answer = desk.as_("secretariat").get(f"/files/{fact}")
    assert (answer.status_code, "deleted for good" in answer.text) == (404, True)
    assert "deleted for good" not in desk.as_("champion").get(f"/files/{fact}").text


@pytest.mark.parametrize("fact", ["..%2f..%2faccede.db", "0" * 32, "'%20or%201=1", "%00"])
def test_an_address_of_no_file_is_answered_like_any_other(desk, fact):
    assert desk.as_("secretariat").get(f"/files/{fact}").status_code == 404


def a_proposal(**said):
    given = {"kind": "signal", "effective": "2022-06-01", "source": "note_verbale", "reference": "NV 4/2022"}
    return {**given, **said}


def brought(desk, who="contact elsewhere", files=None, **said):
    data = a_proposal(mark=mark_for(desk, who), **said)
    return desk.as_(who).post(f"/states/{STATE}/proposals", data=data, files=files)


def test_a_contact_proposes_and_reads_the_fact_once_it_is_accepted(desk):
    answer = brought(desk, note=NASTY, files={"attachment": ("law.pdf", PDF, "application/pdf")})
    assert led_to(answer) == "/proposals says proposed"
    for who in ("contact elsewhere", "secretariat"):
        page = desk.as_(who).get("/proposals").text
        assert "law.pdf" in page
        assert NASTY not in page
        assert "&lt;script&gt;" in page
        assert desk.as_(who).get("/proposals/1/file").content == PDF
    assert "/proposals/1/accept" not in desk.as_("contact elsewhere").get("/proposals").text
    answer = desk.as_("secretariat").post("/proposals/1/accept")
    assert led_to(answer) == "/proposals says proposal-accepted"
    [proposed] = proposal_list(desk.workspace, treaty="att", reader=OPERATOR)
    assert f"fact-{proposed.fact}" in desk.as_("contact elsewhere").get(f"/states/{STATE}").text
    assert desk.as_("contact elsewhere").get(f"/files/{proposed.fact}").content == PDF


def test_a_refused_proposal_keeps_what_was_typed(desk):
    answer = brought(desk, effective="31 June 2022", reference="NV 77/2022")
    assert answer.status_code == 422
    assert "NV 77/2022" in answer.text
    assert "31 June 2022" in answer.text
    assert proposal_list(desk.workspace, treaty="att", reader=OPERATOR) == ()


def test_a_program_named_pdf_is_refused_in_words(desk):
    answer = brought(desk, files={"attachment": ("law.pdf", PROGRAM, "application/pdf")})
    assert answer.status_code == 422
    assert "“law.pdf” is not kept: the name says PDF, but the content is" in answer.text


def test_a_declined_proposal_tells_its_contact_why(desk):
    brought(desk)
    answer = desk.as_("secretariat").post("/proposals/1/decline", data={"reason": ""})
    assert (answer.status_code, "Say why" in answer.text) == (422, True)
    desk.as_("secretariat").post("/proposals/1/decline", data={"reason": f"Send the gazette {NASTY}"})
    page = desk.as_("contact elsewhere").get("/proposals").text
    assert "Send the gazette &lt;script&gt;" in page
    assert "Officer of the Secretariat" not in page


def test_the_second_of_two_who_decide_is_told_so_and_keeps_the_own_words(desk):
    brought(desk)
    desk.as_("secretariat").post("/proposals/1/accept")
    answer = desk.as_("administrator").post("/proposals/1/decline", data={"reason": "Not legible"})
    assert (answer.status_code, "was accepted already" in answer.text) == (409, True)
    assert desk.as_("administrator").post("/proposals/1/accept").status_code == 409


@pytest.mark.parametrize("who", ["champion", "coordinator", "president", "chair"])
def test_who_neither_proposes_nor_decides_finds_no_proposals(desk, who):
    brought(desk)
    for path in ("/proposals", "/proposals/1/file"):
        assert desk.as_(who).get(path).status_code == 404
    assert brought(desk, who=who).status_code == 403
    for path in ("/proposals/1/accept", "/proposals/1/decline"):
        assert desk.as_(who).post(path, data={"reason": "No"}).status_code == 403


def test_another_states_contact_finds_nothing_of_it(desk):
    brought(desk, files={"attachment": ("law.pdf", PDF, "application/pdf")})
    assert "NV 4/2022" not in desk.as_("contact").get("/proposals").text
    assert desk.as_("contact").get("/proposals/1/file").status_code == 404
    assert brought(desk, who="contact").status_code == 403


@pytest.mark.parametrize("number", ["0", "99", "-1", "x", "1" * 40])
def test_a_proposal_that_is_not_there_is_answered_like_any_other(desk, number):
    for deed in ("accept", "decline"):
        assert desk.as_("secretariat").post(f"/proposals/{number}/{deed}", data={"reason": "No"}).status_code == 404


def test_a_form_sent_by_a_stranger_leads_to_the_door(desk):
    for path in ("/proposals/1/accept", f"/states/{STATE}/proposals", page_of("0" * 32)):
        assert desk.stranger().post(path).headers["location"].startswith("/sign-in")
