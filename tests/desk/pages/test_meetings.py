"""The meeting room: taken down in one line, shown as it was read, checked by who keeps meetings, read by who may."""

import re

import pytest

from casework.meetings.keeping import Planned, add_meeting
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.dates import PartialDate
from tests.forms import led_to


@pytest.fixture
def room(desk):
    """Give the address of a workshop that was webcast some weeks ago."""
    day = PartialDate.parse("2022-05-10")
    planned = Planned(kind="workshop", title="Workshop for Africa", from_=day, is_webcast=True)
    return f"/meetings/{add_meeting(desk.workspace, planned, treaty='att', reader=OPERATOR).meeting}"


@pytest.fixture
def closed_room(desk):
    """Give the address of one behind closed doors."""
    day = PartialDate.parse("2022-05-11")
    planned = Planned(kind="preparatory", title="Preparatory meeting", from_=day)
    return f"/meetings/{add_meeting(desk.workspace, planned, treaty='att', reader=OPERATOR).meeting}"


def take(client, room, line, **more):
    sent = re.search(r'name="sent" value="(\w+)"', client.get(room).text)[1]
    return client.post(f"{room}/lines", data={"line": line, "sent": sent, **more})


def button(page, what):
    return re.search(rf'action="([^"]+/lines/\d+/{what})"', page)[1]


def test_a_line_is_taken_down_shown_as_it_was_read_checked_and_then_known_to_everybody(desk, room):
    chair, champion = desk.as_("chair"), desk.as_("champion elsewhere")
    taken = take(chair, room, "com p will ratify if conditions are met by 2023-12")
    assert led_to(taken) == f"{room}#f-line says line-taken-down"
    page = chair.get(room).text
    for shown in ("Comoros", "Promise", "will ratify", "conditions are met", "December 2023", "To be checked"):
        assert shown in page, shown
    assert "will ratify" not in champion.get(room).text
    assert led_to(chair.post(button(page, "check"))) == f"{room} says line-checked"
    assert "will ratify" in champion.get(room).text
    assert "will ratify" in champion.get("/states/COM").text


def test_the_page_is_worked_by_the_keyboard_alone(desk, room):
    page = desk.as_("secretariat").get(room).text
    [field] = re.findall(r'<input id="f-line"[^>]*>', page)
    assert "autofocus" not in field  # the first key leads past the menu; what was sent leads back to the field
    assert re.search(r'<button class="btn main" type="submit">Take down</button>', page)
    for letter in ("l", "o", "r", "g", "p", "b", "e", "f", "v", "?"):
        assert f"<kbd>{letter}</kbd>" in page


def test_while_it_is_typed_a_line_is_shown_as_it_is_read(desk, room):
    client = desk.as_("secretariat")
    read = client.get(f"{room}/line", params={"line": "com p will ratify if conditions are met"}).text
    assert [part in read for part in ("Comoros", "Promise", "will ratify", "conditions are met")] == [True] * 4
    wrong = client.get(f"{room}/line", params={"line": "Gondwana p will"}).text
    assert "“Gondwana” is the name of no State in the record" in wrong
    assert client.get(f"{room}/line", params={"line": ""}).text.strip() == ""


def test_what_is_refused_is_said_in_words_and_what_was_typed_stays(desk, room):
    client = desk.as_("secretariat")
    answer = take(client, room, "several delegations p will ratify")
    assert answer.status_code == 422
    assert "A promise is a State&#39;s own" in answer.text
    assert 'value="several delegations p will ratify"' in answer.text
    assert 'href="#f-line"' in answer.text
    assert "one letter for what it was about" in take(client, room, "com will ratify").text
    assert "before the meeting began" in take(client, room, "com p x", on="9 May 2022").text


def test_after_a_refusal_what_was_left_as_it_is_stays_folded_away(desk, room):
    client = desk.as_("secretariat")
    assert "<details open>" not in take(client, room, "nobody p x", held="public").text
    assert "<details open>" in take(client, room, "nobody p x", held="confidential").text


def test_the_same_form_sent_twice_takes_down_once(desk, room):
    client = desk.as_("secretariat")
    sent = {"line": "com p will ratify", "sent": "one"}
    assert led_to(client.post(f"{room}/lines", data=sent)) == f"{room}#f-line says line-taken-down"
    assert led_to(client.post(f"{room}/lines", data=sent)) == f"{room}#f-line says line-again"
    assert client.get(room).text.count('<p class="said-so"') == 1


def test_a_line_that_was_struck_out_is_struck_through_and_settled_once(desk, room):
    client = desk.as_("secretariat")
    take(client, room, "com p will ratify")
    page = client.get(room).text
    strike, check = button(page, "strike"), button(page, "check")
    assert led_to(client.post(strike)) == f"{room} says line-struck"
    assert "<s>will ratify</s>" in client.get(room).text
    again = client.post(check)
    assert (again.status_code, "Somebody else has just checked" in again.text) == (409, True)


def test_all_that_waits_is_checked_at_once(desk, room):
    client = desk.as_("president")
    for line in ("com p will ratify", "mwi l bill is tabled", "civil society o workshops"):
        take(client, room, line)
    assert "Check all 3" in client.get(room).text
    assert led_to(client.post(f"{room}/check")) == f"{room} says lines-checked"
    page = client.get(room).text
    assert "To be checked" not in page
    assert page.count("Checked") == 3


def test_what_was_said_behind_closed_doors_is_for_who_accompanies_the_state(desk, closed_room):
    chair = desk.as_("chair")
    take(chair, closed_room, "mwi l bill is tabled")
    chair.post(f"{closed_room}/check")
    seen = {part: "bill is tabled" in desk.as_(part).get(closed_room).text for part in (
        "secretariat", "chair", "champion", "coordinator", "champion elsewhere", "contact", "made up")}  # fmt: skip
    assert seen == {
        "secretariat": True,
        "chair": True,
        "champion": True,
        "coordinator": True,
        "champion elsewhere": False,
        "contact": False,
        "made up": False,
    }


def test_a_line_is_held_more_closely_where_somebody_says_so(desk, room):
    client = desk.as_("secretariat")
    take(client, room, "mwi p will bring it before parliament", held="confidential")
    client.post(f"{room}/check")
    assert "before parliament" in desk.as_("secretariat").get(room).text
    assert "before parliament" not in desk.as_("chair").get(room).text
    assert take(client, room, "mwi p x", held="gossip").status_code == 422


def test_a_meeting_is_added_by_a_form_and_a_wrong_one_keeps_what_was_typed(desk):
    client = desk.as_("chair")
    typed = {"kind": "workshop", "title": "Workshop for Asia", "from": "20 June 2022", "access": "webcast"}
    assert led_to(client.post("/meetings", data=typed)) == "/meetings/workshop-2022-06-20 says meeting-added"
    assert led_to(client.post("/meetings", data=typed)) == "/meetings/workshop-2022-06-20 says meeting-again"
    wrong = client.post("/meetings", data={**typed, "title": "Another", "until": "19 June 2022"})
    assert (wrong.status_code, 'value="Another"' in wrong.text) == (422, True)
    assert "before it begins" in wrong.text
    assert client.post("/meetings", data={**typed, "from": ""}).status_code == 422


def test_a_meeting_to_come_takes_no_line_and_may_be_called_off(desk):
    client = desk.as_("secretariat")
    coming = "/meetings/csp-2022-08"
    assert 'id="f-line"' not in client.get(coming).text
    assert client.post(f"{coming}/end", data={"ended": "held"}).status_code == 422
    assert led_to(client.post(f"{coming}/end", data={"ended": "cancelled"})) == f"{coming} says meeting-cancelled"
    assert "Cancelled" in client.get("/meetings").text
    assert client.post(f"{coming}/end", data={"ended": "moved"}).status_code == 404


def test_the_list_shows_what_is_to_come_and_what_was_by_year(desk, room):
    page = desk.as_("contact").get("/meetings").text
    assert page.index("Eighth Conference") < page.index("Workshop for Africa")
    assert "Add a meeting" not in page
    assert "Workshop for Africa" not in desk.as_("contact").get("/meetings?year=2023").text
    assert "Add a meeting" in desk.as_("chair").get("/meetings").text
    assert desk.as_("contact").get("/meetings?year=banana").status_code == 200


def test_a_bilateral_meeting_is_no_address_for_others(desk):
    day = PartialDate.parse("2022-05-12")
    planned = Planned(kind="bilateral", title="With the mission of Comoros", from_=day)
    meeting = add_meeting(desk.workspace, planned, treaty="att", reader=OPERATOR).meeting
    for part in ("champion", "coordinator", "contact", "made up"):
        assert desk.as_(part).get(f"/meetings/{meeting}").status_code == 404
        assert "mission of Comoros" not in desk.as_(part).get("/meetings").text
    take(desk.as_("chair"), f"/meetings/{meeting}", "com p will ratify")
    assert "will ratify" in desk.as_("secretariat").get(f"/meetings/{meeting}").text


def test_words_of_any_kind_are_shown_as_words(desk, room):
    client = desk.as_("secretariat")
    take(client, room, "com v <script>alert(1)</script> سنصدّق ✅")
    page = client.get(room).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; سنصدّق ✅" in page
    assert take(client, room, "com v " + "x" * 20_000).status_code == 422


def test_a_line_that_a_browser_keeps_is_answered_by_its_name(desk, room):
    client = desk.as_("secretariat")
    sent = {"line": "com p will ratify", "sent": "one"}
    for _ in range(2):
        answer = client.post(f"{room}/kept", data=sent)
        assert (answer.status_code, 'data-sent="one" data-became="taken_down"' in answer.text) == (200, True)
    assert client.get(room).text.count('<p class="said-so"') == 1
    wrong = client.post(f"{room}/kept", data={"line": "nobody p x", "sent": '"two"'})
    assert (wrong.status_code, 'data-sent="&#34;two&#34;" data-became="refused"' in wrong.text) == (422, True)
    assert "“nobody” is the name of no State in the record" in wrong.text


def test_a_kept_line_is_not_taken_down_in_the_name_of_somebody_else(desk, room):
    client, chair = desk.as_("secretariat"), desk.people["chair"]
    answer = client.post(f"{room}/kept", data={"line": "com p will ratify", "sent": "one", "person": chair})
    assert (answer.status_code, 'data-became="of_another_person"' in answer.text) == (409, True)
    assert '<p class="said-so"' not in client.get(room).text


def test_a_line_whose_answer_was_lost_is_one_also_when_the_meeting_was_cancelled_since(desk, room):
    client = desk.as_("secretariat")
    sent = {"line": "com p will ratify by March", "sent": "one"}
    client.post(f"{room}/kept", data=sent)
    client.post(f"{room}/end", data={"ended": "cancelled"})
    assert client.post(f"{room}/kept", data=sent).status_code == 200
    assert client.post(f"{room}/kept", data={**sent, "sent": "two"}).status_code == 422
    assert client.get(room).text.count('<p class="said-so"') == 1
