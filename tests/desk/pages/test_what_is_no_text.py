"""What no database keeps as text is answered in words before it gets there: PostgreSQL refuses a NUL outright."""

from contextlib import closing

import pytest

from tests.builders import a_workspace
from tests.cast import appoint
from tests.desk.conftest import Desk
from tests.forms import form_for

STATE = "PHL"
FORM, FACTS = f"/states/{STATE}/file/exchange", f"/states/{STATE}/facts"
SAID = {"effective": "2022-06-15", "source": "note_verbale", "reference": "NV 9/2022"}
#: Refused or done, in words.
IN_WORDS = {200, 303, 403, 404, 409, 422}


@pytest.fixture
def postgres_desk(tmp_path, postgres_record_as, app_over):
    """Give a desk whose record is on PostgreSQL."""
    with closing(a_workspace(tmp_path, postgres_record_as(training="2022-06-20"), opened=False)) as workspace:
        running = Desk(workspace=workspace, people=appoint(workspace).people, app=app_over(workspace))
        yield running
        running.close()


@pytest.mark.parametrize(
    "address",
    [
        "/states/%00", "/states/MWI%00", "/states/%1b", "/states?q=%00", "/follow-ups?region=%00", "/files/%00",
        "/l/%00", "/runs?letter=%00", "/sign-in/%00", "/sign-in?next=%00", "/%00=1", "/states?%00=1",
    ],
)  # fmt: skip
def test_there_is_nothing_at_an_address_with_a_character_that_none_has(desk, address):
    for client in (desk.as_("secretariat"), desk.stranger()):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "holds characters that no address here has" in answer.text


def test_a_name_pasted_with_its_tab_is_searched_for(desk):
    assert "Malawi" in desk.as_("secretariat").get("/states?q=Malawi%09&stage=").text


def test_a_letter_of_no_name_is_not_tried_again(desk):
    assert desk.as_("secretariat").post("/letters/abcdef%00/retry").status_code == 404


def test_a_note_that_is_no_text_is_refused_and_shown_again(desk):
    client = desk.as_("secretariat")
    form = form_for(client.get(FORM).text, FACTS)
    answer = client.post(FACTS, data={**form.data(**SAID), "note": "a\0b"})
    assert answer.status_code == 422
    assert "A note holds characters that are no text" in answer.text
    assert form_for(answer.text, FACTS).data()["reference"] == SAID["reference"]


def test_a_note_keeps_its_lines_and_tabs(desk):
    client = desk.as_("secretariat")
    form = form_for(client.get(FORM).text, FACTS)
    assert client.post(FACTS, data={**form.data(**SAID), "note": "one\r\n\ttwo"}).status_code == 303


@pytest.mark.postgres
def test_the_door_knows_nobody_at_what_is_no_address(postgres_desk):
    for said in ({"by": "password", "password": "x"}, {"by": "link"}):
        told = [
            postgres_desk.stranger().post("/sign-in", data={"address": at, **said}) for at in ("z\0@b.cc", "z@b.cc")
        ]
        assert told[0].status_code == told[1].status_code
        assert told[0].headers.get("location") == told[1].headers.get("location")


@pytest.mark.postgres
def test_the_background_post_finds_nothing_to_stumble_over_at_what_is_no_address(postgres_desk, caplog):
    client = postgres_desk.stranger()
    assert client.post("/sign-in", data={"address": "z\0@b.cc", "by": "link"}).status_code == 303
    client.app.app.state.background_post.rest()
    assert caplog.records == []


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("path", "sent"),
    [
        (FACTS, {"kind": "exchange", **SAID, "note": "a\0b"}),
        (FACTS, {"kind": "exchange", **SAID, "reference": "a\0b"}),
        (FACTS, {"kind": "exchange\0", **SAID}),
        (FACTS, {"kind": "exchange", **SAID, "mark": "\0"}),
        (FACTS, {"kind": "exchange", **SAID, "annuls": "\0"}),
        (FACTS, {"kind": "contact_named", **SAID, "x_ministry": "a\0b"}),
        (f"/states/{STATE}/settle", {"fact": "\0", "reason": "\0"}),
        (f"/states/{STATE}/steps/voice_interest", {"on": "2022-06-01", "reason": "a\0b"}),
        (f"/states/{STATE}/steps/voice_interest", {"on": "\0"}),
        ("/people", {"name": "A\0", "email": "a\0@b.cc", "language": "e\0"}),
        ("/people/1/channels", {"address": "a\0@b.cc"}),
        ("/people/mandates", {"role": "champion\0", "state": "AFG\0", "region": "Asia\0", "from": "2022-01-01\0"}),
        ("/people/mandates", {"role": "contact", "state": "AFG\0", "from": "2022-01-01"}),
        ("/people/mandates", {"role": "champion", "state": "SEN\0", "region": "Africa", "from": "2022-01-01"}),
        ("/people/mandates", {"role": "champion", "state": "SEN", "region": "Africa\0", "from": "2022-01-01"}),
        ("/people/mandates", {"role": "coordinator", "state": "ZAF", "states": "AGO\0", "from": "2022-01-01"}),
        ("/people/mandates", {"role": "coordinator", "state": "SEN", "consent": "a\0", "from": "2022-01-01"}),
        ("/people/mandates", {"role": "chair", "organ": "WGTU\0", "from": "2022-01-01"}),
        ("/account/language", {"language": "en\0"}),
        ("/account/password", {"current": "\0", "new": "four lakes\0 at dawn", "again": "four lakes\0 at dawn"}),
        ("/follow-ups/1/close", {"outcome": "answered\0", "text": "a\0"}),
        ("/follow-ups/1/snooze", {"until": "2022-07-01", "reason": "a\0b"}),
    ],
)
def test_a_field_of_a_form_with_a_nul_is_answered_in_words(postgres_desk, path, sent):
    client = postgres_desk.as_("administrator")
    mark = {"mark": form_for(client.get(FORM).text, FACTS).data()["mark"]} if path == FACTS else {}
    assert client.post(path, data=mark | sent).status_code in IN_WORDS
