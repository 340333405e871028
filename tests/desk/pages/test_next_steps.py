"""Next steps on the desk: a line for each State not party, written where it stands, narrowed, sorted, and as a file."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from casework.attention.next_steps import next_steps
from pathways.grammar.clearance import OPERATOR
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
