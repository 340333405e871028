"""A State's page on the desk: what each reader finds there, and what nobody finds who may not know it."""

import re

import pytest

from casework.dossiers.disclosure_log import readings_of
from casework.dossiers.dossier_view import dossier_view
from casework.operations.sweep import sweep
from pathways.grammar.clearance import OPERATOR
from tests.builders import days_pass, file, step
from tests.forms import read_page

MALAWI = "/states/MWI"


@pytest.fixture
def drafting(desk):
    """Give a desk on which Malawi drafts its law, told of in confidence."""
    file(desk.workspace, "MWI", "contact_named", "2022-03-03", "note_verbale:12", ministry="Defence")
    step(desk.workspace, "MWI", "start_drafting", "2022-04-01", "After the workshop")
    file(desk.workspace, "MWI", "cabinet_approval", "2022-05", "note_verbale:4", minute="C/7")
    return desk


def text(answer):
    return read_page(answer.text).text


def test_it_says_where_the_state_stands_and_what_the_stage_needs(drafting):
    shown = text(drafting.as_("secretariat").get(MALAWI))
    for words in (
        "Malawi Signed on 9 January 2014. No instrument deposited.",
        "Legislation since 1 April 2022",
        "Assistance passed over",
        "Instrument ready for deposit to Deposit 1 of 6 on file",
        "Cabinet approval May 2022 · Note verbale, 4",
        "Parliamentary approval File it",
        "After the workshop",
    ):
        assert words in shown, words


def test_there_is_one_heading_of_the_page_and_one_main_button(drafting):
    for who in drafting.people:
        for query in ("", "?file=committee", "?file=exchange", "?on=2022-01-01"):
            html = drafting.as_(who).get(MALAWI + query).text
            assert html.count("<h1") == 1
            assert len(re.findall(r'class="btn main"', html)) <= 1, (who, query)


def test_every_label_belongs_to_a_field_and_no_id_stands_twice(drafting):
    html = drafting.as_("secretariat").get(f"{MALAWI}?file=ruling").text
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<label for="([^"]+)"', html)) <= set(ids)
    assert set(re.findall(r'aria-labelledby="([^"]+)"', html)) <= set(ids)


def test_the_form_for_a_missing_proof_opens_where_it_is_missing(drafting):
    html = drafting.as_("coordinator").get(f"{MALAWI}?file=committee").text
    assert html.index("Inter-agency committee") < html.index('id="file"') < html.index("Gap analysis")
    assert html.count('id="file"') == 1


@pytest.mark.parametrize("kind", ["exchange", "paused", "route", "cabinet_approval"])
def test_the_form_for_anything_else_stands_before_the_rest(drafting, kind):
    html = drafting.as_("coordinator").get(f"{MALAWI}?file={kind}").text
    assert html.index('id="file"') < html.index('id="timeline"')
    assert html.count('id="file"') == 1


def test_the_form_alone_is_a_page(drafting):
    answer = drafting.as_("coordinator").get(f"{MALAWI}/file/committee")
    assert answer.status_code == 200
    assert 'action="/states/MWI/facts"' in answer.text
    for path in (f"{MALAWI}/file/nonsense", f"{MALAWI}/file/step", "/states/PHL/file/committee"):
        assert drafting.as_("coordinator").get(path).status_code == 404


def test_the_champion_of_another_region_sees_what_anybody_may_know(drafting):
    html = drafting.as_("champion elsewhere").get(MALAWI).text
    for hidden in ("Legislation", "drafting", "Defence", "workshop", "missing", "File it", "needs", "C/7"):
        assert hidden not in html, hidden
    assert "Signed on 9 January 2014" in html


def test_the_champion_of_the_region_may_file_and_not_move(drafting):
    html = drafting.as_("champion").get(MALAWI).text
    assert "File it" in html
    assert "/steps/" not in html
    assert "Defence" not in html, "told in confidence"


def test_a_contact_proposes_for_the_own_state_and_sees_no_assessment(desk):
    file(desk.workspace, "KHM", "contact_named", "2022-03-03", "note_verbale:12", ministry="Foreign affairs")
    file(desk.workspace, "KHM", "obstacle", "2022-03-03", "assessment", reason="a minister hesitates")
    html = desk.as_("contact elsewhere").get("/states/KHM?file=contact_point").text
    assert 'action="/states/KHM/proposals"' in html
    assert "Foreign affairs" in html
    assert "hesitates" not in html
    assert "/facts" not in html
    assert desk.as_("contact elsewhere").get("/states/KHM/file/obstacle").status_code == 404


def test_who_reads_what_is_told_in_confidence_is_noted(drafting):
    fact = next(
        f.fact
        for f in dossier_view(drafting.workspace, "MWI", treaty="att", reader=OPERATOR).facts
        if f.kind == "cabinet_approval"
    )
    drafting.as_("champion").get(MALAWI)
    drafting.as_("secretariat").get(f"{MALAWI}/file/committee")
    drafting.as_("secretariat").get(f"{MALAWI}?kind=people&on=2022-03-31")
    drafting.as_("administrator").get(MALAWI)
    drafting.as_("administrator").get(MALAWI)
    read = [r.name for r in readings_of(drafting.workspace, fact, treaty="att", reader=OPERATOR)]
    assert read == ["Administrator of the Secretariat"]


@pytest.mark.parametrize("path", ["/states/XXX", "/states/mwi", "/states/%3Cscript%3E", "/states/MWI/nothing"])
def test_a_state_that_is_none_is_not_found(desk, path):
    assert desk.as_("secretariat").get(path).status_code == 404


def test_of_another_day_the_page_says_so_and_offers_nothing(drafting):
    shown = drafting.as_("secretariat").get(f"{MALAWI}?on=2022-03-31&file=committee")
    assert "As of 31 March 2022" in shown.text
    assert "since 9 January 2014" in text(shown)
    assert not [form for form in read_page(shown.text).forms if form.method == "post" and "/states/" in form.action]
    unknown = drafting.as_("secretariat").get(f"{MALAWI}?known=2022-06-19")
    assert "as it was known on 19 June 2022" in unknown.text
    assert "Has not signed" in unknown.text, "this record was opened the day after"


@pytest.mark.parametrize("day", ["1999-01-01", "1900-01-01", "2199-12-31"])
def test_a_look_at_a_distant_day_is_a_page(desk, day):
    assert desk.as_("secretariat").get(f"/states/CAN?on={day}").status_code == 200


@pytest.mark.parametrize("day", ["2022-06-31", "31 June", "0001-01-01", "9999-12-31", "<script>", "2022"])
def test_a_day_that_is_none_is_refused_in_words_on_the_page(desk, day):
    answer = desk.as_("secretariat").get(MALAWI, params={"on": day})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "<script>" not in answer.text


def test_the_timeline_can_be_narrowed_and_the_choice_stays_with_the_day(drafting):
    html = drafting.as_("secretariat").get(f"{MALAWI}?kind=stage&on=2022-06-01").text
    assert "Drafting begun" in html
    assert "Contact named</b>" not in html
    assert "?on=2022-06-01&amp;kind=evidence#timeline" in html
    assert drafting.as_("secretariat").get(f"{MALAWI}?kind=nonsense").status_code == 200


def test_letters_and_mandates_can_be_left_out_one_by_one(drafting):
    client = drafting.as_("secretariat")
    begins = re.compile("begins as")
    whole = client.get(MALAWI).text
    assert begins.search(whole)
    assert "?without=people#timeline" in whole
    without = client.get(f"{MALAWI}?without=people&on=2022-06-10").text
    assert not begins.search(without)
    assert "Contact named</b>" in without
    assert f'href="{MALAWI}?on=2022-06-10#timeline" aria-current="true">Without mandates' in without
    assert client.get(f"{MALAWI}?without=evidence,nonsense").text.count("Contact named</b>") == 1


def test_a_stage_that_was_lost_says_so_on_the_way(drafting):
    file(drafting.workspace, "MWI", "setback", "2022-06-19", "government:9", cause="dissolution")
    step(drafting.workspace, "MWI", "start_over", "2022-06-20")
    assert "Legislation set back on 20 June 2022" in text(drafting.as_("secretariat").get(MALAWI))


def test_duties_and_a_deposit_known_to_the_month_are_said_with_what_is_uncertain(desk):
    canada = text(desk.as_("champion").get("/states/CAN"))
    assert "Annual report 2021 art. 13(3)" in canada
    assert "Bound since 17 September 2019" in canada


def test_it_is_mirrored_in_arabic(drafting):
    answer = drafting.as_("secretariat").get(f"{MALAWI}?lang=ar")
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert "ملاوي" in answer.text


def test_what_overtook_a_follow_up_is_led_to_by_those_who_may_read_it(drafting):
    days_pass(drafting.workspace, "2023-01-10")
    sweep(drafting.workspace, run="a sweep", treaty="att")
    file(drafting.workspace, "MWI", "exchange", "2023-01-09", "note_verbale:9")
    sweep(drafting.workspace, run="another sweep", treaty="att")
    fact = dossier_view(drafting.workspace, "MWI", treaty="att", reader=OPERATOR).facts[-1].fact
    shown = {who: drafting.as_(who).get(f"{MALAWI}?kind=follow-ups") for who in ("secretariat", "champion")}
    assert f"#fact-{fact}" in read_page(shown["secretariat"].text).links
    assert "Closed by the Secretariat" in text(shown["champion"])
    assert fact not in shown["champion"].text


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        (None, "for 8.4 years."),  # since its signature
        ("2020-06-20", "for 2 years."),
        ("2020-06-21", "for 729 days."),
        ("2022-06-19", "for one day."),
        ("2022-06-20", "since today."),
    ],
)
def test_how_long_a_state_has_been_in_its_stage_is_said_in_days_and_then_in_years(desk, taken, words):
    if taken:
        file(desk.workspace, "MWI", "contact_named", taken, "note_verbale:12", ministry="Defence")
        step(desk.workspace, "MWI", "start_drafting", taken)
    assert f"In this stage {words}" in text(desk.as_("secretariat").get(MALAWI))
    assert "In this stage" not in desk.as_("secretariat").get(f"{MALAWI}?lang=ar").text


def test_a_fact_of_a_month_that_is_not_over_says_from_when_it_counts(desk):
    file(desk.workspace, "MWI", "signal", "2022-06", "statement")
    shown = text(desk.as_("secretariat").get(MALAWI))
    assert "Counts from 30 June 2022" in shown
    assert "Does not count" not in shown


def test_a_step_whose_day_has_come_is_said_to_await_the_sweep_to_those_who_may_know_the_stage(desk):
    said, philippines = "The sweep takes this step: In force for the State.", "/states/PHL"
    days_pass(desk.workspace, "2022-06-22")
    shown = {who: said in text(desk.as_(who).get(philippines)) for who in ("secretariat", "champion", "contact")}
    assert shown == {"secretariat": True, "champion": False, "contact": False}
    assert said not in text(desk.as_("secretariat").get(f"{philippines}?on=2022-06-21"))
    sweep(desk.workspace, run="a sweep", treaty="att")
    assert said not in text(desk.as_("secretariat").get(philippines))
