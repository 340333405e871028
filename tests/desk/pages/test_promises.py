"""The page of promises: the oldest first with its age, what became of one, and nothing that its reader may not know."""

import pytest

from casework.meetings.checking import check_all
from casework.meetings.keeping import Planned, add_meeting
from casework.meetings.said import Said
from casework.meetings.taking_down import take_down
from casework.promises.listing import promise_list
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from tests.forms import led_to

GIVEN = {"outcome": "renewed", "on": "2022-06-20", "source": "note_verbale", "reference": "NV 9/2022", "by": "2022-12"}


def promised(desk):
    [one] = promise_list(desk.workspace, treaty="att", reader=OPERATOR).promises
    return one


@pytest.fixture
def promise(desk):
    """Let the Comoros promise something before everybody, and give the address where one says what became of it."""
    return said(desk, webcast=True)


def said(desk, *, webcast, **held):
    planned = Planned(kind="workshop", title="A workshop", from_=PartialDate.parse("2022-05-10"), is_webcast=webcast)
    meeting = add_meeting(desk.workspace, planned, treaty="att", reader=OPERATOR).meeting
    word = Said(speaker="COM", about="promise", words="Will ratify.", condition="conditions are met", **held)
    take_down(desk.workspace, meeting, word, sent="1", treaty="att", reader=OPERATOR)
    check_all(desk.workspace, meeting, treaty="att", reader=OPERATOR)
    return f"/promises/COM/{promised(desk).fact}"


def test_it_shows_what_was_promised_with_its_age_and_its_condition(desk, promise):
    page = desk.as_("champion").get("/promises").text
    for shown in ("Comoros", "Will ratify.", "conditions are met", "41 days old", "no day named", promise):
        assert shown in page, shown


def test_who_only_reads_is_offered_nothing_to_do(desk, promise):
    page = desk.as_("contact elsewhere").get("/promises").text
    assert "Will ratify." in page
    assert promise not in page


def test_what_was_promised_in_confidence_is_on_nobody_elses_page(desk):
    address = said(desk, webcast=False, sensitivity=Sensitivity.CONFIDENTIAL)
    assert "Will ratify." in desk.as_("secretariat").get("/promises").text
    for part in ("champion", "contact", "president"):
        page = desk.as_(part).get("/promises").text
        assert "Will ratify." not in page
        assert "No promise that you may know is to be kept." in page
        assert "By region and age" not in page, part
    assert desk.as_("champion").get(address).status_code == 404


def test_it_is_renewed_with_a_day_and_stays_on_the_list_with_its_age(desk, promise):
    secretariat = desk.as_("secretariat")
    assert led_to(secretariat.post(promise, data=GIVEN)) == "/promises says promise-renewed"
    page = secretariat.get("/promises").text
    for shown in ("Renewed", "41 days old", "December 2022"):
        assert shown in page, shown
    assert led_to(secretariat.post(promise, data=GIVEN)) == "/promises says promise-again"


def test_once_kept_it_is_over(desk, promise):
    secretariat = desk.as_("secretariat")
    secretariat.post(promise, data={**GIVEN, "outcome": "kept", "by": ""})
    page = secretariat.get("/promises").text
    assert "Kept or lapsed" in page
    assert promise not in page


def test_everything_wrong_with_a_form_is_said_and_nothing_is_filed(desk, promise):
    answer = desk.as_("secretariat").post(
        promise, data={"outcome": "kept", "on": "2022-06-20", "source": "press", "by": "2022"}
    )
    assert answer.status_code == 422
    assert "A day or a condition is named only where the promise was renewed." in answer.text
    assert "Say by which day or month" in answer.text
    for empty in ({}, {"outcome": "kept"}, {"outcome": "kept", "on": "2022-06-20"}):
        assert desk.as_("secretariat").post(promise, data=empty).status_code == 422
    assert promised(desk).standing == "open"


def test_a_region_that_has_none_shows_all(desk, promise):
    assert "Will ratify." in desk.as_("secretariat").get("/promises?region=Atlantis").text


@pytest.mark.parametrize("address", ["/promises/COM/ffffffff", "/promises/XXX/ffffffff"])
def test_what_is_no_promise_is_nowhere(desk, promise, address):
    assert desk.as_("secretariat").get(address).status_code == 404
