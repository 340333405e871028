"""What is done on a State's page: filed, refused in words with everything kept, told when another was first."""

import pytest

from casework.depositary.intake import take_in
from casework.dossiers.dossier_view import dossier_view
from casework.record.audit import verify
from pathways.grammar.clearance import OPERATOR
from tests.builders import file
from tests.forms import form_for, led_to, read_page
from tests.sources.files import a_csv

MALAWI = "/states/MWI"
NASTY = "<script>alert(1)</script>=cmd|'/C calc'!A0 “ﷺ”"
CONTACT = {"effective": "2022-03-03", "source": "note_verbale", "reference": "12", "x_ministry": "Defence"}
A_PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def open_form(browser, kind, state=MALAWI):  # as it stands on the State's page
    return form_for(browser.get(f"{state}?file={kind}").text, f"{state}/facts")


def send(browser, kind, /, state=MALAWI, files=None, **given):
    return browser.post(f"{state}/facts", data=open_form(browser, kind, state).data(**given), files=files)


def on_file(desk, state="MWI"):
    return [f.kind for f in dossier_view(desk.workspace, state, treaty="att", reader=OPERATOR).facts]


def facts_of(desk, kind, state="MWI"):
    return [f for f in dossier_view(desk.workspace, state, treaty="att", reader=OPERATOR).facts if f.kind == kind]


def take(browser, step, path=MALAWI, **given):
    form = form_for(browser.get(path).text, f"{MALAWI}/steps/{step}")
    return browser.post(f"{MALAWI}/steps/{step}", data=form.data(**given))


def test_a_coordinator_files_the_proof_and_takes_the_step(desk):
    browser = desk.as_("coordinator")
    filed = send(browser, "contact_named", note="Named at the workshop", **CONTACT)
    assert led_to(filed) == f"{MALAWI} says fact-filed-confidential"
    (fact,) = facts_of(desk, "contact_named")
    assert (fact.effective_on, fact.reference, fact.fields, fact.sensitivity, fact.note) == (
        "2022-03-03", "12", {"ministry": "Defence"}, "confidential", "Named at the workshop",
    )  # fmt: skip
    taken = take(browser, "start_drafting", on="2022-06-01", reason="All agreed.")
    assert led_to(taken) == f"{MALAWI} says step-taken"
    assert dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).stage == "legislation"
    assert "The step is taken." in browser.get(taken.headers["location"]).text


def test_a_refused_step_names_every_missing_proof_and_leads_to_its_form(desk):
    browser = desk.as_("coordinator")
    refused = take(browser, "ask_for_help", reason="They need us.")
    assert refused.status_code == 422
    page = read_page(refused.text)
    assert "This step cannot be taken yet: Assistance asked for" in page.text
    for kind in ("contact_named", "needs_recorded"):
        assert f"{MALAWI}?file={kind}#file" in page.links
    assert form_for(refused.text, f"{MALAWI}/steps/ask_for_help").data()["reason"] == "They need us."
    assert on_file(desk).count("step") == 1


def test_a_champion_files_and_does_not_move(desk):
    browser = desk.as_("champion")
    assert send(browser, "contact_named", **CONTACT).status_code == 303
    assert "/steps/" not in browser.get(MALAWI).text
    assert browser.post(f"{MALAWI}/steps/start_drafting", data={}).status_code == 403
    assert dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).stage == "interest"


@pytest.mark.parametrize("who", ["champion elsewhere", "contact elsewhere", "contact of a party", "president", "chair"])
def test_who_has_no_right_there_files_takes_and_settles_nothing(desk, who):
    browser = desk.as_(who)
    sent = {"kind": "contact_named", **CONTACT}
    assert browser.post(f"{MALAWI}/facts", data=sent).status_code == 403
    assert browser.post(f"{MALAWI}/steps/start_drafting", data={}).status_code == 403
    assert browser.post(f"{MALAWI}/settle", data={"fact": "1", "reason": "x"}).status_code == 403
    assert "contact_named" not in on_file(desk)


def test_the_depositarys_word_is_the_secretariats_to_file_with_its_number(desk):
    act = {"kind": "deposit", "effective": "2022-06-10", "source": "depositary", "x_instrument": "ratification"}
    assert desk.as_("coordinator").post(f"{MALAWI}/facts", data=act).status_code == 403
    browser = desk.as_("secretariat")
    nameless = send(browser, "deposit", **act)
    assert (nameless.status_code, "number of the depositary notification" in nameless.text) == (422, True)
    assert send(browser, "deposit", **{**act, "reference": "C.N.811.2022"}).status_code == 303
    assert dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).legal_status == "deposited"


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("effective", "2022-06-31", "is not a date of the calendar"),
        ("effective", "30 June", "has no year. Write it too: 30 June 2022?"),
        ("effective", "", "Say when it took effect"),
        ("effective", "2032-01-01", "lies in the future"),
        ("source", "hearsay", "choose one of the sources"),
        ("source", "press", None),
        ("sensitivity", "secret", "is no sensitivity"),
        ("sensitivity", "parties", "is not what every State Party is owed"),
        ("x_law_number", "", "needs “number of the law or resolution”"),
        ("x_law_number", "7\n8", "one line"),
        ("x_law_number", "x" * 201, "at most 200"),
        ("reference", "x" * 121, "at most 120"),
        ("note", "x" * 10_001, "at most 10000"),
    ],
)
def test_what_cannot_go_on_file_is_refused_in_words_and_everything_typed_is_kept(desk, field, typed, says):
    browser = desk.as_("coordinator")
    sent = {
        "effective": "2022-03", "source": "gazette", "reference": "no. 4", "note": NASTY, "x_law_number": "12/2022",
        "x_majority": "two thirds", "sensitivity": "personal", field: typed,
    }  # fmt: skip
    refused = send(browser, "parliamentary_approval", **sent)
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert says is None or says in read_page(refused.text).text
    kept = form_for(refused.text, f"{MALAWI}/facts").data()
    chosen = {"source", "sensitivity"} & {field}  # what is no choice cannot stand in a list of choices
    assert {k: v for k, v in kept.items() if k in sent and k not in chosen} == {
        k: v for k, v in sent.items() if k not in chosen
    }
    assert "<script>alert" not in refused.text
    assert on_file(desk) == ["signature", "record_opened", "step"] or "parliamentary_approval" not in on_file(desk)


def test_a_refused_date_leads_to_its_field(desk):
    refused = send(desk.as_("coordinator"), "contact_named", **{**CONTACT, "effective": "2022-06-31"})
    assert 'href="#f-effective"' in refused.text
    assert "/?lang=ar" in read_page(refused.text).links, "this answer has no address of its own in another language"
    assert 'aria-invalid="true"' in refused.text


@pytest.mark.parametrize("kind", ["", "nonsense", "step", "release", "purged", "<script>"])
def test_a_kind_that_is_not_filed_by_hand_is_refused(desk, kind):
    sent = {**CONTACT, "kind": kind, "mark": dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).mark}
    assert (refused := desk.as_("secretariat").post(f"{MALAWI}/facts", data=sent)).status_code == 422
    assert "<script>" not in refused.text


def test_what_anybody_writes_is_shown_as_text(desk):
    browser = desk.as_("coordinator")
    named = {**CONTACT, "x_ministry": NASTY, "reference": NASTY, "note": f"{NASTY}\r\nsecond line\n+1+1"}
    assert send(browser, "contact_named", **named).status_code == 303
    (fact,) = facts_of(desk, "contact_named")
    assert (fact.fields["ministry"], fact.note) == (NASTY, f"{NASTY}\nsecond line\n+1+1")
    shown = browser.get(MALAWI).text
    assert "<script>alert" not in shown
    assert read_page(shown).text.count(NASTY) >= 3


def test_the_second_of_two_is_told_what_changed_keeps_the_text_and_may_file_it_all_the_same(desk):
    first, second = desk.as_("coordinator"), desk.as_("champion")
    held = open_form(second, "exchange").data(effective="2022-06-02", source="statement", note="They called me.")
    other = open_form(first, "exchange").data(effective="2022-06-01", source="statement", sensitivity="confidential")
    assert first.post(f"{MALAWI}/facts", data=other).status_code == 303
    assert second.post(f"{MALAWI}/facts", data=held).status_code == 303, "what is told in confidence stops nobody"

    held = open_form(second, "exchange").data(effective="2022-06-03", source="statement", note="They called again.")
    opened = open_form(first, "welcome_pack").data(effective="2022-06-03", source="assessment")
    assert first.post(f"{MALAWI}/facts", data=opened).status_code == 303
    stale = second.post(f"{MALAWI}/facts", data=held)
    assert stale.status_code == 409
    said = read_page(stale.text).text
    assert "Somebody else changed this dossier meanwhile" in said
    assert "Welcome pack sent, 3 June 2022 · Coordinator of Africa" in said
    again = form_for(stale.text, f"{MALAWI}/facts").data()
    assert again["note"] == "They called again."
    assert led_to(second.post(f"{MALAWI}/facts", data=again)).endswith("says fact-filed-confidential")
    assert verify(desk.workspace).is_sound


def test_who_presses_twice_files_once(desk):
    browser = desk.as_("coordinator")
    data = open_form(browser, "contact_named").data(**CONTACT)
    answers = [led_to(browser.post(f"{MALAWI}/facts", data=data)) for _ in range(2)]
    assert answers == [f"{MALAWI} says fact-filed-confidential", f"{MALAWI} says filed-already"]
    assert len(facts_of(desk, "contact_named")) == 1


def test_two_clicks_take_one_step(desk):
    browser = desk.as_("coordinator")
    send(browser, "contact_named", **CONTACT)
    form = form_for(browser.get(MALAWI).text, f"{MALAWI}/steps/start_drafting")
    answers = [led_to(browser.post(form.action, data=form.data())) for _ in range(2)]
    assert answers == [f"{MALAWI} says step-taken", f"{MALAWI} says step-taken-already"]
    assert "not taken twice" in browser.get(MALAWI).text
    assert on_file(desk).count("step") == 2


def test_a_step_from_an_old_page_is_not_taken_and_the_reason_is_kept(desk):
    browser = desk.as_("coordinator")
    send(browser, "contact_named", **CONTACT)
    form = form_for(browser.get(MALAWI).text, f"{MALAWI}/steps/start_drafting").data(reason="All agreed.")
    file(desk.workspace, "MWI", "welcome_pack", "2022-06-01", "assessment")
    stale = browser.post(f"{MALAWI}/steps/start_drafting", data=form)
    assert stale.status_code == 409
    again = form_for(stale.text, f"{MALAWI}/steps/start_drafting").data()
    assert again["reason"] == "All agreed."
    assert browser.post(f"{MALAWI}/steps/start_drafting", data=again).status_code == 303


@pytest.mark.parametrize("on", ["2022-06-31", "some day", "2032-01-01", "2001-01-01", "<script>"])
def test_a_step_on_a_day_that_cannot_be_is_refused_in_words(desk, on):
    browser = desk.as_("coordinator")
    send(browser, "contact_named", **CONTACT)
    refused = take(browser, "start_drafting", on=on)
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert "<script>" not in refused.text
    assert dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).stage == "interest"


@pytest.mark.parametrize("step", ["deposited", "enter_into_force", "nonsense", "prepare_instrument", "strike_down"])
def test_a_step_that_is_not_to_be_taken_there_is_refused(desk, step):
    mark = dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).mark
    assert desk.as_("secretariat").post(f"{MALAWI}/steps/{step}", data={"mark": mark}).status_code == 422


def test_a_state_goes_backwards_after_a_ruling_with_the_proofs_it_annuls(desk):
    browser = desk.as_("coordinator")
    send(browser, "contact_named", **CONTACT)
    take(browser, "start_drafting", on="2022-04-01")
    send(browser, "parliamentary_approval", effective="2022-05-02", source="parliament", x_law_number="7")
    (approval,) = facts_of(desk, "parliamentary_approval")
    form = open_form(browser, "ruling")
    assert approval.fact in {c.value for c in form.controls if c.name == "annuls"}
    data = form.data(effective="2022-06-01", source="court", x_ruling_number="C-1/22")
    assert browser.post(f"{MALAWI}/facts", data={**data, "annuls": [approval.fact]}).status_code == 303
    (approval,) = facts_of(desk, "parliamentary_approval")
    assert not approval.counts
    assert take(browser, "strike_down", on="2022-06-02", reason="The court.").status_code == 303
    shown = read_page(browser.get(MALAWI).text).text
    assert "Parliamentary approval File it" in shown
    assert "Does not count" in shown


def test_it_is_paused_and_resumed(desk):
    browser = desk.as_("coordinator")
    paused = send(browser, "paused", effective="2022-06-01", source="note_verbale", x_review_on="2023-01-15")
    assert paused.status_code == 303
    shown = read_page(browser.get(MALAWI).text)
    assert "Paused by the State To be asked again on 15 January 2023." in shown.text
    assert f"{MALAWI}?file=resumed#file" in shown.links
    assert send(browser, "resumed", effective="2022-06-10", source="note_verbale").status_code == 303
    assert dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).standing == "open"


def test_another_route_asks_for_other_proofs(desk):
    browser = desk.as_("coordinator")
    send(browser, "contact_named", **CONTACT)
    take(browser, "start_drafting", on="2022-04-01")
    assert send(browser, "route", effective="2022-06-01", source="assessment", x_route="T4").status_code == 303
    shown = read_page(browser.get(MALAWI).text).text
    assert "Implementing law File it" in shown
    assert "(assumed)" not in shown


def test_a_file_is_kept_with_its_fact_and_one_that_lies_of_its_type_is_not(desk):
    browser = desk.as_("coordinator")
    program = {"attachment": ("letter.pdf", b"MZ\x90\x00" + b"\0" * 100, "application/pdf")}
    refused = send(browser, "contact_named", files=program, note="They wrote.", **CONTACT)
    assert refused.status_code == 422
    kept = form_for(refused.text, f"{MALAWI}/facts").data()
    assert kept["note"] == "They wrote."
    assert "Choose the file once more" in refused.text
    assert "contact_named" not in on_file(desk)
    sent = send(browser, "contact_named", files={"attachment": ("letter.pdf", A_PDF, "application/pdf")}, **CONTACT)
    assert sent.status_code == 303
    (fact,) = facts_of(desk, "contact_named")
    assert fact.attachment_name == "letter.pdf"
    assert f"/files/{fact.fact}" in read_page(browser.get(MALAWI).text).links


def test_a_contradiction_is_settled_on_the_page_with_a_reason(desk):
    take_in(desk.workspace, a_csv("BRA,Brazil,2013-06-03,,2018-08-15,,Ratification,,"), treaty="att")
    browser = desk.as_("secretariat")
    html = browser.get("/states/BRA").text
    assert "s file says" in html
    form = form_for(html, "/states/BRA/settle")
    theirs = [c.value for c in form.controls if c.name == "fact"][-1]
    silent = browser.post("/states/BRA/settle", data=form.data(fact=theirs, reason="  "))
    assert (silent.status_code, "needs a reason" in silent.text) == (422, True)
    neither = browser.post("/states/BRA/settle", data={"reason": "because"})
    said = ("Choose which of the two holds", 'value="because"')
    assert (neither.status_code, *(words in neither.text for words in said)) == (422, True, True)
    settled = browser.post("/states/BRA/settle", data=form.data(fact=theirs, reason="A note came."))
    assert led_to(settled) == "/states/BRA says contradiction-settled"
    assert dossier_view(desk.workspace, "BRA", treaty="att", reader=OPERATOR).deposit_date == "2018-08-15"
    assert "/states/BRA/settle" not in desk.as_("coordinator").get("/states/BRA").text


@pytest.mark.parametrize("verb", ["facts", "steps/start_drafting", "settle"])
def test_a_state_that_is_none_takes_nothing(desk, verb):
    sent = {"kind": "contact_named", "fact": "abcdef", "reason": "x", **CONTACT}
    assert desk.as_("secretariat").post(f"/states/XXX/{verb}", data=sent).status_code == 404
