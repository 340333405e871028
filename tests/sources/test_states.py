"""Finding a State by what a person wrote."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from sources.states import Register, State, UnknownState, fold, joined, load_register
from tests.refusals import said

EVERY_NAME = [
    (name, entry.iso3)
    for entry in load_register().entries
    for name in (entry.iso3, entry.iso2, *entry.names.values(), *entry.aliases)
]


def is_shared(named):
    """Tell whether this is the short name of a State that others are called by, too."""
    name, iso3 = named
    return name in load_register().get(iso3).names.values() and iso3 in ("COG", "GIN")


def test_the_register_holds_197_states_and_the_european_union_apart():
    register = load_register()
    assert len(register.states) == 197
    assert [entry.iso3 for entry in register.entries if not entry.is_state] == ["EUU"]


def test_the_holy_see_palestine_niue_and_the_cook_islands_are_states_of_the_record():
    assert {"VAT", "PSE", "NIU", "COK"} <= {state.iso3 for state in load_register().states}


def test_every_state_has_a_name_in_all_six_languages():
    assert all(
        entry.names[language] for entry in load_register().entries for language in ("en", "fr", "es", "ar", "zh", "ru")
    )


MARKUP = re.compile(r"[_<>*#\[\]{}|`~\\=%]|&\w+;|\(\s*[-\u2013]|[-\u2013]\s*\)|^\W|\s{2}|^\s|\s$")


@pytest.mark.parametrize("entry", load_register().entries, ids=str)
def test_no_name_of_a_state_in_any_language_holds_markup(entry):
    assert [name for name in (*entry.names.values(), *entry.aliases) if MARKUP.search(name)] == []


#: What is called so there is a territory; the State is found by the same name without the word for it.
TERRITORIES = {"PSE"}


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "zh", "ru"])
def test_every_state_is_found_by_the_name_that_is_common_in_each_language_of_the_united_nations(language):
    common = Locale.parse(language).territories
    register = load_register()
    called = {state.iso3: common[state.iso2] for state in register.states if state.iso3 not in TERRITORIES}
    found = {iso3: {state.iso3 for state in register.named(name)} for iso3, name in called.items()}
    assert {iso3: called[iso3] for iso3 in found if found[iso3] != {iso3}} == {}


@pytest.mark.parametrize(
    ("written", "iso3"),
    [
        ("Holland", "NLD"),
        ("Голландия", "NLD"),
        ("Россия", "RUS"),
        ("Palestina", "PSE"),
        ("فلسطين", "PSE"),
        ("巴勒斯坦", "PSE"),
        ("Great Britain", "GBR"),
        ("UAE", "ARE"),
        ("DPRK", "PRK"),
    ],
)
def test_a_state_is_found_by_what_people_call_it(written, iso3):
    assert load_register().find(written).iso3 == iso3


def test_a_state_is_called_by_its_name_in_the_language_asked_for_or_in_english_or_by_its_code():
    register = load_register()
    named = [
        register.name_of("CHE"),
        register.name_of("CHE", "fr"),
        register.name_of("CHE", "xx"),
        register.name_of("??"),
    ]
    assert named == ["Switzerland", "Suisse", "Switzerland", "??"]


@pytest.mark.parametrize(
    ("written", "iso3"),
    [
        ("che", "CHE"),
        ("ch", "CHE"),
        ("SUISSE", "CHE"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d\u2019Ivoire", "CIV"),
        ("  côte   d'ivoire ", "CIV"),
        ("Turkey", "TUR"),
        ("TÜRKİYE", "TUR"),
        ("Swaziland", "SWZ"),
        ("St. Lucia", "LCA"),
        ("St Lucia", "LCA"),
        ("Guinea\u2011Bissau", "GNB"),  # a hyphen that does not break
        ("المغرب", "MAR"),
        ("中国", "CHN"),
        ("ФРАНЦИЯ", "FRA"),
        ("UK", "GBR"),
        ("ua", "UKR"),
    ],
)
def test_a_state_is_found_by_code_or_by_any_of_its_names(written, iso3):
    assert load_register().find(written).iso3 == iso3


@given(
    st.sampled_from(EVERY_NAME).filter(lambda named: not is_shared(named)),
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase]),
)
def test_case_never_matters(named, change):
    name, iso3 = named
    assert load_register().find(change(name)).iso3 == iso3


CONGO, GUINEA = {"COD", "COG"}, {"GIN", "GNB", "GNQ", "PNG"}
KOREA = {"KOR", "PRK"}


@pytest.mark.parametrize(
    ("word", "states"),
    [
        ("congo", CONGO),
        ("Конго", CONGO),
        ("الكونغو", CONGO),
        ("刚果", CONGO),
        ("Guinea", GUINEA),
        ("Guinée", GUINEA),
        ("几内亚", GUINEA),
        ("korea", KOREA),
        ("Corée", KOREA),
    ],
)
def test_a_word_by_which_people_mean_one_of_several_states_is_refused_with_all_of_them(word, states):
    with pytest.raises(UnknownState) as refused:
        load_register().find(word)
    [sentence] = said(refused.value)
    assert set(re.findall(r"\((\w{3})\)", sentence)) == states
    assert sentence.endswith("; write the three-letter code.")


@pytest.mark.parametrize(
    ("written", "iso3"),
    [
        ("COG", "COG"),
        ("cg", "COG"),
        ("Republic of the Congo", "COG"),
        ("Congo-Brazzaville", "COG"),
        ("DRC", "COD"),
        ("Congo - Kinshasa", "COD"),
        ("gin", "GIN"),
        ("Guinea-Bissau", "GNB"),
        ("Republic of Korea", "KOR"),
        ("South Korea", "KOR"),
        ("North Korea", "PRK"),
        ("Sudan", "SDN"),
        ("Sudán", "SDN"),
        ("Ireland", "IRL"),
        ("Niger", "NER"),
        ("Dominica", "DMA"),
    ],
)
def test_a_code_and_a_name_of_one_state_alone_are_that_state(written, iso3):
    assert load_register().find(written).iso3 == iso3


def test_a_table_of_the_depositary_says_congo_of_the_one_that_it_calls_so():
    assert {state.iso3 for state in load_register().named("Congo")} == {"COG"}
    assert {state.iso3 for state in load_register().named("Guinea")} == {"GIN"}


def test_a_misspelt_name_is_refused_with_the_nearest():
    with pytest.raises(UnknownState) as refused:
        load_register().find("Phillipines")
    [why] = refused.value.refusals
    assert why.code == "name_of_no_state_nearest"
    assert "Philippines (PHL)" in why.values["nearest"]


@pytest.mark.parametrize("written", ["", " ", "Atlantis, the lost", "x" * 100_000, "\0", "۱۲"])
def test_what_comes_near_nothing_is_refused_in_one_short_line(written):
    with pytest.raises(UnknownState) as refused:
        load_register().find(written)
    [sentence] = said(refused.value)
    assert len(sentence) < 200
    assert "\n" not in sentence


def test_a_name_that_two_states_bear_is_never_guessed():
    congo, other = load_register().find("COG"), load_register().find("COD")
    register = Register([congo, replace(other, aliases=("Congo",))])
    with pytest.raises(UnknownState) as refused:
        register.find("congo")
    [sentence] = said(refused.value)
    assert sentence.startswith("“congo” may be Democratic")
    assert sentence.endswith("(COD) or Congo (COG); write the three-letter code.")


def test_a_table_names_states_and_never_codes_them():
    assert not load_register().named("CHE")
    assert {state.iso3 for state in load_register().named("Suisse")} == {"CHE"}


def test_a_state_can_stand_in_a_set():
    swiss: State = load_register().find("CHE")
    assert {swiss} == {load_register().find("Suiza")}


@pytest.mark.parametrize(
    ("written", "iso3"),
    [
        ("Naoero", "NRU"),
        ("Republic of Naoero", "NRU"),
        ("Nauru", "NRU"),
        ("Gambia (Republic of The)", "GMB"),
        ("cotedivoire", "CIV"),
        ("Côte dIvoire", "CIV"),
        ("SriLanka", "LKA"),
    ],
)
def test_a_new_name_an_old_one_and_one_without_its_spaces_are_read(written, iso3):
    assert {state.iso3 for state in load_register().named(written)} == {iso3}


def test_no_two_states_differ_by_spaces_and_apostrophes_alone():
    bearers = defaultdict(set)
    for entry in load_register().entries:
        for name in (*entry.names.values(), *entry.aliases):
            bearers[joined(name)].add((fold(name), entry.iso3))
    for together, borne in bearers.items():
        assert len({iso3 for _, iso3 in borne}) == 1 or len({name for name, _ in borne}) == 1, together
