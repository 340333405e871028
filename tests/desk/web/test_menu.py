"""The menu: who is shown which word, where a reader is, and what waits."""

from __future__ import annotations

import pytest

from casework.overview.waiting import Waiting
from desk.pages import ROUTERS
from desk.web.menu import SECTIONS, Word, menu
from pathways.grammar.clearance import Reader

SECRETARIAT = Reader.of("person:1", {"secretariat": []})
CHAMPION = Reader.of("person:2", {"champion": ["MYS"]})
CONTACT = Reader.of("person:3", {"contact": ["MYS"]})
NONE = Waiting()


def states(reader: Reader, waiting: Waiting = NONE, path: str = "/") -> Word:
    return next(word for word in menu(reader, waiting, path) if word.words == "States")


def test_every_word_leads_to_a_page_that_there_is() -> None:
    there_are = {route.path for router in ROUTERS for route in router.routes}  # type: ignore[attr-defined]
    assert {page.address for section in SECTIONS for page in section.pages} <= there_are


def test_a_page_stands_in_one_place_of_the_menu() -> None:
    addresses = [page.address for section in SECTIONS for page in section.pages]
    assert len(addresses) == len(set(addresses))


@pytest.mark.parametrize(("reader", "is_shown"), [(SECRETARIAT, True), (CONTACT, True), (CHAMPION, False)])
def test_proposals_are_shown_to_who_makes_or_decides_them(reader: Reader, is_shown: bool) -> None:
    assert any(page.address == "/proposals" for page in states(reader).inner) is is_shown


def test_runs_are_the_secretariats() -> None:
    assert "Runs" in [word.words for word in menu(SECRETARIAT, NONE, "/")]
    assert "Runs" not in [word.words for word in menu(CHAMPION, NONE, "/")]


def test_a_word_says_what_waits_on_all_its_pages() -> None:
    word = states(SECRETARIAT, Waiting(proposals=3))
    assert word.waits == 3
    assert [(page.address, page.waits) for page in word.inner if page.waits] == [("/proposals", 3)]


def test_what_waits_on_a_page_that_is_not_shown_is_not_counted() -> None:
    assert states(CHAMPION, Waiting(proposals=3)).waits == 0


@pytest.mark.parametrize(
    ("path", "section", "page"),
    [
        ("/", "Overview", "Overview"),
        ("/states", "States", "All States"),
        ("/states/MYS", "States", "All States"),
        ("/proposals", "States", "Proposals"),
        ("/meetings/wgtu-2023-02-15", "Meetings", "Meeting room"),
    ],
)
def test_the_menu_says_where_the_reader_is(path: str, section: str, page: str) -> None:
    here = [word for word in menu(SECRETARIAT, NONE, path) if word.is_here]
    assert [word.words for word in here] == [section]
    assert [word.words for word in here[0].inner if word.is_here] == [page]


def test_an_address_that_only_begins_alike_is_another_page() -> None:
    assert not any(word.is_here for word in menu(SECRETARIAT, NONE, "/statesman"))
