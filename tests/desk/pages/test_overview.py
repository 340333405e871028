"""The overview as a page: a sentence, the map and its table, what needs somebody, the board; within one's reach."""

import re

import pytest
from sqlalchemy import event

from pathways.grammar.stages import Stage
from tests.architecture.tree import ROOT
from tests.builders import clock_of, file, step
from tests.forms import words
from tests.statements import questions

ROLES = (
    "administrator", "secretariat", "president", "chair", "coordinator", "champion", "champion elsewhere",
    "contact elsewhere", "contact of a party", "contact",
)  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("view", ["board", "table"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_everybody_has_an_overview_in_each_view_and_language(desk, role, view, language):
    answer = desk.as_(role).get(f"/?view={view}&lang={language}")
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert answer.text.count('class="btn main"') == 1
    assert "None" not in re.sub(r"<svg.*?</svg>", "", answer.text, flags=re.DOTALL)


def test_it_sums_up_in_a_sentence(desk):
    page = desk.as_("secretariat").get("/").text
    assert "110 of 197 States are party. 30 are on the way, 1 has paused or declined" in page
    assert page.count("1 has paused or declined") == 2  # above the board too
    assert "1 date falls within a week" in page
    assert "28 of 54 States are party." in desk.as_("champion").get("/").text


def test_the_region_and_the_view_stand_in_the_address_and_stay_together(desk):
    page = desk.as_("secretariat").get("/?region=asia&view=table").text
    assert '<a href="/?region=Asia&amp;view=table" aria-current="true">' in page
    assert 'href="/?region=Africa&amp;view=table"' in page
    assert 'href="/?region=Asia"' in page  # the same region as a board
    assert "Malawi" not in page


@pytest.mark.parametrize("role", ROLES)
def test_with_a_region_chosen_the_title_and_the_key_count_its_states_only(desk, role):
    page = desk.as_(role).get("/?region=Africa").text
    card = page.partition('class="card map"')[2].partition("</section>")[0]
    assert "28 of 54 States are party" in card
    assert sum(map(int, re.findall(r"<b>(\d+)</b>", card.partition('class="key"')[2]))) == 54
    assert card.count('href="#m-') == 197  # the dots of other regions stay
    total = re.search(r'class="bar" viewBox="0 0 (\d+) ', card)
    assert total is None or total[1] == "54"


@pytest.mark.parametrize("day", ["2022-06-20", "2022-06-22"])
def test_a_date_that_comes_by_itself_needs_nobody_and_stands_on_the_board(desk, day):
    clock_of(desk.workspace).stand_on(day)
    for role in ROLES:
        card = desk.as_(role).get("/?region=all").text.partition('id="todo-h"')[2].partition("</section>")[0]
        needs, heading, dates = card.partition("Comes by itself")
        assert needs
        assert heading
        assert "Entry into force" not in needs
        assert "Entry into force" in dates
    assert "Entry into force" in desk.as_("secretariat").get("/?region=Asia&view=table").text


def test_a_region_that_is_none_is_refused_in_words(desk):
    answer = desk.as_("secretariat").get("/?region=%3Cscript%3E")
    assert (answer.status_code, "Africa, Americas, Asia" in answer.text) == (422, True)
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    ("role", "region"),
    [("secretariat", "all"), ("secretariat", "Africa"), ("secretariat", "Oceania"), ("champion", "Africa")],
)
def test_the_board_has_its_six_columns_whatever_stands_in_them_and_what_needs_somebody_comes_before_the_map(
    desk, silent, role, region
):
    page = desk.as_(role).get(f"/?region={region}").text
    assert re.findall(r'<section class="col (\w+)"', page) == [*Stage]
    assert page.index('id="todo-h"') < page.index('id="map-h"'), "as a phone shows it"
    rules = (ROOT / "desk/static/desk.css").read_text()
    assert ".board { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(" in rules, "side by side"


def test_the_map_is_hidden_from_readers_and_its_table_holds_every_state(desk):
    coordinator = desk.as_("coordinator")
    board, table = coordinator.get("/?region=all").text, coordinator.get("/?region=all&view=table").text
    assert 'aria-hidden="true"' in board.partition('class="world"')[2][:80]
    assert board.count('href="#m-') == 197
    assert table.count('<th scope="row">') == 197
    assert "<caption" in table


def test_a_stage_is_shown_to_who_may_know_it_and_to_nobody_else(desk):
    file(desk.workspace, "MWI", "contact_named", "2022-06-01", "example", ministry="Foreign Affairs")
    step(desk.workspace, "MWI", "start_drafting", "2022-06-02")
    for role in ("secretariat", "president", "chair", "coordinator", "champion"):
        assert _stage_of(desk, role, "MWI") == "legislation", role
    for role in ("champion elsewhere", "contact elsewhere", "contact of a party"):
        assert _stage_of(desk, role, "MWI") == "none", role


def test_a_contact_finds_the_own_state_and_no_follow_ups(desk):
    file(desk.workspace, "KHM", "deposit", "2022-06-01", instrument="ratification")
    page = desk.as_("contact elsewhere").get("/").text
    assert 'class="btn main" href="/states/KHM"' in page
    assert 'href="/follow-ups/' not in page
    assert "30 August 2022" in page  # when the treaty enters into force for it
    assert "Coordinator of Asia" not in page


def test_what_is_written_in_a_name_is_shown_as_written(desk, silent):
    with desk.workspace.registry() as connection:
        connection.exec_driver_sql("UPDATE person SET name = '<b>=1+1</b>' WHERE name = 'Champion of Africa'")
    page = desk.as_("champion").get("/?view=table").text
    assert "&lt;b&gt;=1+1&lt;/b&gt;" in page
    assert "<b>=1+1" not in page


def test_it_is_written_once_and_asked_for_in_a_few_statements_however_many_states(desk):
    client, asked = desk.as_("secretariat"), []

    def note(*given):
        asked.append(given[2])

    first = client.get("/").text
    event.listen(desk.workspace.store.engine, "before_cursor_execute", note)
    assert client.get("/").text == first
    event.remove(desk.workspace.store.engine, "before_cursor_execute", note)
    assert len(questions(asked)) <= 15, asked
    file(desk.workspace, "MWI", "signal", "2022-06-01", "example")
    file(desk.workspace, "MWI", "paused", "2022-06-02", "example", review_on="2022-12-01")
    assert client.get("/").text != first


def _stage_of(desk, role, state):
    page = desk.as_(role).get("/?region=all").text
    found = re.search(rf'href="/states/{state}" tabindex="-1"><use href="#m-(\w+)"', page)
    assert found
    return found[1]


def test_the_key_of_the_map_says_what_its_rings_and_small_dots_are(desk):
    coordinator, officer = desk.as_("coordinator"), desk.as_("secretariat")
    assert "Of this region Elsewhere, no stage shown" in words(coordinator.get("/?region=Africa"))
    assert "Of this region" in words(officer.get("/?region=Africa"))
    for page in (officer.get("/?region=Africa"), officer.get("/?region=all")):
        assert "no stage shown" not in words(page)
    assert "Of this region" not in words(coordinator.get("/?region=all"))


def test_who_may_not_know_what_is_late_is_not_told_that_nothing_is(desk):
    assert "nothing is late" in words(desk.as_("secretariat").get("/?region=all"))
    for view in ("board", "table"):
        said = words(desk.as_("contact").get(f"/?region=all&view={view}"))
        assert "on the way" in said
        assert "late" not in said.partition("on the way")[2].partition(".")[0]
