"""Finding a State by what a person wrote."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.states import Register, State, UnknownState, fold, joined, load_register
from tests.refusals import said

EVERY_NAME = [
    (name, entry.iso3)
    for entry in load_register().entries
    for name in (entry.iso3, entry.iso2, *entry.names.values(), *entry.aliases)
]


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


@given(st.sampled_from(EVERY_NAME), st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_never_matters(named, change):
    name, iso3 = named
    assert load_register().find(change(name)).iso3 == iso3


def test_congo_is_the_congo_and_not_its_neighbour():
    assert load_register().find("Congo").iso3 == "COG"
    assert load_register().find("DRC").iso3 == "COD"


def test_guinea_is_not_taken_for_its_namesakes():
    assert load_register().find("Guinea").iso3 == "GIN"


def test_a_misspelt_name_is_refused_with_the_nearest():
    with pytest.raises(UnknownState) as refused:
        load_register().find("Phillipines")
    [why] = refused.value.refusals
    assert why.code == "name_of_no_state_nearest"
    assert "Philippines (PHL)" in why.values["nearest"]


def test_korea_alone_is_refused_and_both_are_named():
    with pytest.raises(UnknownState) as refused:
        load_register().find("Korea")
    [sentence] = said(refused.value)
    assert "(KOR)" in sentence
    assert "(PRK)" in sentence


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
