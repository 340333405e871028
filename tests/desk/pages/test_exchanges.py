"""An exchange with a State: filed with the office that was spoken with, and never with a person's name."""

import pytest

from casework.dossiers.dossier_view import dossier_view
from pathways.grammar.clearance import OPERATOR
from tests.forms import form_for, read_page

MALAWI = "/states/MWI"


def send(browser, **typed):
    form = form_for(browser.get(f"{MALAWI}?file=exchange").text, f"{MALAWI}/facts")
    return browser.post(form.action, data=form.data(effective="2022-03-03", source="assessment", **typed))


def test_an_exchange_says_with_which_office_it_was_to_those_who_accompany_the_state(desk):
    browser = desk.as_("champion")
    assert send(browser, x_office="Attorney General").status_code == 303
    facts = dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).facts
    [fact] = [fact for fact in facts if fact.kind == "exchange"]
    assert (fact.fields, fact.sensitivity) == ({"office": "Attorney General"}, "coordination")
    assert "The office spoken with: Attorney General" in read_page(browser.get(MALAWI).text).text


def test_it_need_not_be_said_and_is_one_bounded_line(desk):
    browser = desk.as_("champion")
    assert send(browser).status_code == 303
    assert send(browser, x_office="x" * 201).status_code == 422


@pytest.mark.parametrize(
    ("kind", "field"), [("exchange", "office"), ("contact_named", "ministry"), ("signal", "speaker")]
)
def test_where_an_office_is_asked_for_the_form_says_that_no_person_is(desk, kind, field):
    page = desk.as_("secretariat").get(f"{MALAWI}?file={kind}").text
    hint = page.partition(f'id="f-x_{field}-hint">')[2].partition("<")[0]
    assert hint == "An office, never the name of a person."
    assert page.count("never the name of a person") == 1
