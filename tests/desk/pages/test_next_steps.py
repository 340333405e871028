"""Next steps on the desk: a line for each State not party, written where it stands, narrowed, sorted, and as a file."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from casework.attention.next_steps import next_steps
from casework.meetings.checking import check_all
from casework.meetings.keeping import Planned, add_meeting
from casework.meetings.said import Said
from casework.meetings.taking_down import take_down
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from tests.forms import led_to, words

PAGE = "/next-steps"
WORDS = "Ask <the> mission for the cabinet minute"


def names(answer):
    """Return the States whose lines a page shows, in order."""
    return re.findall(r'<tr id="s-([A-Z]{3})"', answer.text)


def in_order(desk, **asked):
    return names(desk.as_("secretariat").get(PAGE, params=asked))


def write(desk, who="champion", state="AGO", **sent):
    return desk.as_(who).post(f"{PAGE}/{state}", data={"words": WORDS, **sent})


def test_every_state_that_is_not_party_has_its_line(desk):
    answer = desk.as_("secretariat").get(PAGE)
    found = next_steps(desk.workspace, treaty="att", reader=OPERATOR).lines
    assert set(names(answer)) == {line.state for line in found}
    assert len(names(answer)) == len(found) > 79
    assert f"{len(found)} States are not party, and each has a next step." in words(answer)
    assert answer.text.count('<div class="what">') == len(found)


@pytest.mark.parametrize(("part", "region"), [("champion", "Africa"), ("coordinator elsewhere", "Asia")])
def test_who_accompanies_a_region_has_the_lines_of_that_region(desk, part, region):
    found = next_steps(desk.workspace, treaty="att", reader=OPERATOR, region=region).lines
    assert set(names(desk.as_(part).get(PAGE))) == {line.state for line in found}


def test_a_contact_finds_no_such_page_and_no_word_of_it_in_the_menu(desk):
    contact = desk.as_("contact")
    assert contact.get(PAGE).status_code == contact.get(f"{PAGE}.xlsx").status_code == 404
    assert PAGE not in contact.get("/states").text
    assert f'href="{PAGE}"' in desk.as_("champion").get("/states").text


def test_a_step_is_written_in_its_line_and_shown_with_who_wrote_it(desk):
    client = desk.as_("champion")
    page = client.get(f"{PAGE}?region=Africa&write=AGO")
    assert page.text.count("<form") == desk.as_("champion").get(f"{PAGE}?region=Africa").text.count("<form") + 1
    assert 'action="/next-steps/AGO?region=Africa"' in page.text
    answer = client.post("/next-steps/AGO?region=Africa", data={"words": WORDS, "by": "3 July 2022", "seen": "0"})
    assert led_to(answer) == "/next-steps?region=Africa#s-AGO says next-step-written"
    shown = client.get(f"{PAGE}?region=Africa")
    assert names(shown)[0] == "AGO"
    assert "Ask &lt;the&gt; mission" in shown.text
    assert "Champion of Africa, 20 June 2022" in words(shown)
    assert "Within 30 days 1" in words(shown)


def test_what_was_written_before_stands_beneath_the_form(desk):
    write(desk)
    write(desk, words="Call between capitals")
    page = words(desk.as_("coordinator").get(f"{PAGE}?write=AGO"))
    assert "Written before" in page
    assert WORDS in page
    write(desk, done="yes", words="")
    line = next(one for one in next_steps(desk.workspace, treaty="att", reader=OPERATOR).lines if one.state == "AGO")
    assert line.written_by is None


def test_what_is_wrong_is_said_in_the_line_with_what_was_typed(desk):
    answer = write(desk, by="someday", words=WORDS)
    assert answer.status_code == 422
    assert 'value="someday"' in answer.text
    assert "Ask &lt;the&gt; mission" in answer.text
    assert write(desk, words=" ").status_code == 422
    assert "Write what comes next for the State." in words(write(desk, words=" "))


def test_the_second_of_two_writers_is_shown_what_the_first_wrote(desk):
    write(desk, seen="0")
    answer = write(desk, "coordinator", words="Call between capitals", seen="0")
    assert answer.status_code == 409
    assert WORDS in words(answer)


def test_lines_are_narrowed_by_region_tier_and_what_holds_of_them(desk):
    write(desk)
    everything = in_order(desk)
    assert set(in_order(desk, region="asia")) < set(everything)
    by_tier = [in_order(desk, tier=tier) for tier in "123"]
    lines = {one.state: one for one in next_steps(desk.workspace, treaty="att", reader=OPERATOR).lines}
    assert [{lines[state].tier for state in found} - {tier} for tier, found in enumerate(by_tier, start=1)] == [
        set()
    ] * 3
    assert in_order(desk, show="written") == ["AGO"]
    assert set(in_order(desk, show="never")) == {state for state, one in lines.items() if one.last_word is None}
    assert set(in_order(desk, show="never")) < set(in_order(desk, show="quiet"))
    assert in_order(desk, show="nobody") == []
    assert in_order(desk, show="nonsense") == in_order(desk, region="Atlantis") == in_order(desk, tier="9") == []
    mine = names(desk.as_("champion").get(PAGE, params={"show": "mine"}))
    assert mine == [state for state in everything if lines[state].owner.person == desk.people["champion"]]


def test_lines_are_sorted_and_by_any_other_order_stand_in_one_list(desk):
    lines = {one.state: one for one in next_steps(desk.workspace, treaty="att", reader=OPERATOR).lines}
    for sort, weight in (
        ("state", lambda one: 0),
        ("tier", lambda one: one.tier or 0),
        ("region", lambda one: one.region),
    ):
        found = [weight(lines[state]) for state in in_order(desk, sort=sort)]
        assert found == sorted(found)
    heard = [lines[state].last_word for state in in_order(desk, sort="heard")]
    days = [one.on for one in heard if one]
    assert (heard[0], days) == (None, sorted(days))
    assert "rowgroup" not in desk.as_("secretariat").get(f"{PAGE}?sort=state").text
    assert "rowgroup" in desk.as_("secretariat").get(f"{PAGE}?sort=nonsense").text


def test_the_files_hold_the_lines_as_they_are_seen(desk):
    write(desk, words="=cmd()")
    client = desk.as_("secretariat")
    text = client.get(f"{PAGE}.csv?region=Africa")
    rows = list(csv.reader(StringIO(text.content.decode("utf-8-sig"), newline="")))
    book = load_workbook(BytesIO(client.get(f"{PAGE}.xlsx?region=Africa").content)).active
    assert rows[0][:5] == ["State", "Code", "Region", "Tier", "Next step"]
    assert [row[1] for row in rows[1:]] == names(client.get(f"{PAGE}?region=Africa"))
    assert [cell.value for cell in book["B"]][1:] == [row[1] for row in rows[1:]]
    assert all(row[4] for row in rows)
    assert next(row[4] for row in rows if row[1] == "AGO") == "'=cmd()"


def promised(desk, **more):
    """Let the Comoros promise something at a workshop before everybody, or as is said otherwise."""
    planned = Planned(kind="workshop", title="A workshop", from_=PartialDate.parse("2022-05-10"), is_webcast=True)
    meeting = add_meeting(desk.workspace, planned, treaty="att", reader=OPERATOR).meeting
    word = Said(speaker="COM", about="promise", words="Will <ratify>, once conditions are met.", **more)
    take_down(desk.workspace, meeting, word, sent="1", treaty="att", reader=OPERATOR)
    check_all(desk.workspace, meeting, treaty="att", reader=OPERATOR)


def of_the_comoros(answer):
    """Return what the line of the Comoros says, in words."""
    return re.sub(r"<[^>]*>|\s+", " ", answer.text.split('<tr id="s-COM"')[1].split("</tr>")[0])


def test_a_promise_stands_in_its_line_and_leads_to_the_page_of_promises(desk):
    promised(desk)
    answer = desk.as_("champion").get(PAGE)
    for shown in ("Will &lt;ratify&gt;, once conditions are met.", "no day named, said 10 May 2022"):
        assert shown in of_the_comoros(answer), shown
    assert "Promise due" not in words(answer)
    [there] = re.findall(r'href="/promises(#p-[^"]+)"', answer.text)
    assert f'id="{there[1:]}"' in desk.as_("champion").get("/promises").text


@pytest.mark.parametrize(
    ("by", "shown", "due"),
    [
        ("2022-06-17", "Its day has come", 1),
        ("2022-06-23", "3 days left", 1),
        ("2022-07-15", "By 15 Jul 2022", 1),
        ("2022-10-31", "due 31 Oct 2022", 0),
        ("2022-12", "due December 2022", 0),
    ],
)
def test_the_day_of_a_promise_stands_beneath_it_and_those_due_are_counted(desk, by, shown, due):
    promised(desk, by=PartialDate.parse(by))
    client = desk.as_("secretariat")
    answer = client.get(PAGE)
    assert shown in of_the_comoros(answer)
    assert ("Promise due 1" in words(answer)) is bool(due)
    assert names(client.get(f"{PAGE}?show=promise")) == ["COM"] * due
    [row] = [one for one in csv.DictReader(StringIO(client.get(f"{PAGE}.csv").text[1:])) if one["Promise"]]
    assert (row["Code"], row["Promise"], row["Promised on"]) == (
        "COM",
        "Will <ratify>, once conditions are met.",
        "2022-05-10",
    )
    assert row["Promise due"] == str(PartialDate.parse(by).last)


def test_a_promise_in_confidence_is_on_nobody_elses_page_nor_in_the_file(desk):
    promised(desk, by=PartialDate.parse("2022-06-23"), sensitivity=Sensitivity.CONFIDENTIAL)
    assert "Confidential" in of_the_comoros(desk.as_("secretariat").get(PAGE))
    for part in ("champion", "president"):
        client = desk.as_(part)
        assert "ratify" not in client.get(PAGE).text + client.get(f"{PAGE}.csv").text
        assert "Promise due" not in words(client.get(PAGE))


def test_a_line_leads_to_no_form_where_one_may_not_write(desk):
    for part in ("president", "champion elsewhere"):
        page = desk.as_(part).get(f"{PAGE}?write=AGO").text
        assert "/next-steps/AGO" not in page
    assert "Write your own" not in desk.as_("president").get(PAGE).text


@pytest.mark.parametrize("name", ["region", "tier", "show", "sort", "write"])
def test_ten_thousand_characters_are_answered(desk, name):
    answer = desk.as_("secretariat").get(PAGE, params={name: "é" * 10_000})
    assert answer.status_code == 200
    assert len(answer.text) < 200_000
