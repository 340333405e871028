"""Finding a State by what people write."""

import pytest

from casework.overview import state_search
from sources.states import load_register

STATES = load_register().states


def find(text):
    return state_search.find(text, load_register())


@pytest.mark.parametrize("language", STATES[0].names)
def test_every_state_is_found_by_its_name_in_each_language(language):
    for state in STATES:
        found = find(state.names[language])
        assert state.iso3 in found.states
        assert found.exact in (state.iso3, None)


def test_every_state_is_found_by_its_codes_and_former_names():
    for state in STATES:
        assert find(state.iso3.lower()).exact == state.iso3
        assert find(state.iso2).exact == state.iso3
        assert all(state.iso3 in find(alias).states for alias in state.aliases)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("cote d\u2019ivoire", "CIV"),
        ("COTE D'IVOIRE", "CIV"),
        ("cote d ivoire", "CIV"),
        ("cotedivoire", "CIV"),
        ("srila", "LKA"),
        ("turkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Sao Tome", "STP"),
        ("congo dem", "COD"),
        ("филиппины", "PHL"),
        ("الفلبين", "PHL"),
        ("菲律宾", "PHL"),
        ("律宾", "PHL"),
        ("Philippin", "PHL"),
        ("ilippines", "PHL"),
        ("  Philippines  ", "PHL"),
        ("Republic of Malawi", "MWI"),
        ("the Republic of Malawi", "MWI"),
        ("Kingdom of Sweden", "SWE"),
        ("République du Ghana", "GHA"),
        ("República de Malaui", "MWI"),
        ("Республика Малави", "MWI"),
    ],
)
def test_a_state_is_found_as_people_write_it(text, state):
    assert find(text).states[0] == state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("S. Korea", "KOR"),
        ("s korea", "KOR"),
        ("South Korea", "KOR"),
        ("N. Korea", "PRK"),
        ("North Korea", "PRK"),
        ("S. Sudan", "SSD"),
        ("N. Macedonia", "MKD"),
        ("rep. of korea", "KOR"),
        ("dem rep congo", "COD"),
        ("Россия", "RUS"),
        ("Holland", "NLD"),
        ("英国", "GBR"),
        ("corea del sur", "KOR"),
    ],
)
def test_a_name_whose_words_are_cut_short_is_found_before_words_that_stand_anywhere(text, state):
    ranks = find(text).ranks
    assert [iso3 for iso3, rank in ranks.items() if rank == min(ranks.values())] == [state]


def test_only_what_is_written_in_full_is_one_state():
    assert find("philippines").exact == "PHL"
    assert find("phil").exact is None
    assert find("sri lanka").exact == find("SriLanka").exact == "LKA"


@pytest.mark.parametrize(
    ("word", "states"),
    [
        ("congo", {"COG", "COD"}),
        ("guinea", {"GIN", "GNB", "GNQ", "PNG"}),
        ("sudan", {"SDN", "SSD"}),
    ],
)
def test_a_word_that_several_states_share_shows_them_all(word, states):
    found = find(word)
    assert states <= set(found.states)
    assert found.exact is None


@pytest.mark.parametrize(("code", "state"), [("cog", "COG"), ("and", "AND")])
def test_a_code_is_one_state_whatever_word_it_is_in_others(code, state):
    assert find(code).exact == state


def test_a_letter_inside_a_word_finds_nothing_by_chance():
    assert "PHL" not in find("i").states
    assert "NER" in find("ni").states
    assert "BEN" not in find("ni").states  # Bénin ends in it


def test_an_empty_search_fits_every_state():
    assert len(find("").states) == len(find("   ").states) == len(STATES)
    assert find("").exact is None


@pytest.mark.parametrize("text", ["x" * 10_000, "e\u0301" * 5_000, " ".join("a" * 5_000), "%_\\\x00\n", "=1+1"])
def test_what_names_no_state_finds_nothing_at_once(text):
    assert find(text).states == ()
