"""What a State is not called, because another is, or because it is a word of the desk."""

from datetime import date

import pytest

from casework.dossiers.state_names import Naming, NotNamed, add_name
from notifications.refusals import sentence
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.facts import SourceKind


def name(record, state, text):
    asked = Naming(name=text, since=date(2026, 7, 1), source=SourceKind.NOTE_VERBALE, reference="NV 7/2026")
    return add_name(record, state, asked, treaty="att", reader=OPERATOR)


def refused(record, state, text):
    with pytest.raises(NotNamed) as wrong:
        name(record, state, text)
    return list(wrong.value.codes)


@pytest.mark.parametrize(
    ("state", "text", "whose"),
    [
        ("MWI", "Republic of Ghana", "Ghana (GHA)"),
        ("MWI", "the republic of GHANA", "Ghana (GHA)"),
        ("MWI", "République du Ghana", "Ghana (GHA)"),
        ("MWI", "جمهورية غانا", "Ghana (GHA)"),
        ("MWI", "Республика Гана", "Ghana (GHA)"),
        ("MWI", "加纳共和国", "Ghana (GHA)"),
        ("KAZ", "Kingdom of Sweden", "Sweden (SWE)"),
        ("GNQ", "Republic of Guinea", "Guinea (GIN)"),
        ("GIN", "Republic of Guinea-Bissau", "Guinea-Bissau (GNB)"),
        ("SDN", "Republic of South Sudan", "South Sudan (SSD)"),
        ("SSD", "Republic of the Sudan", "Sudan (SDN)"),
        ("GIN", "Independent State of Papua New Guinea", "Papua New Guinea (PNG)"),
    ],
)
def test_a_longer_name_of_another_state_is_refused_with_whose_it_is(record, state, text, whose):
    with pytest.raises(NotNamed) as wrong:
        name(record, state, text)
    assert [why.code for why in wrong.value.refusals] == ["name_holds_anothers"]
    assert whose in sentence(wrong.value.refusals[0])


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("GHA", "Republic of Ghana"),
        ("GIN", "Republic of Guinea"),
        ("GNQ", "Republic of Equatorial Guinea"),
        ("PNG", "Independent State of Papua New Guinea"),
        ("SSD", "Republic of South Sudan"),
        ("COD", "Belgian Congo"),
        ("SRB", "Serbia and Montenegro"),
        ("GBR", "Great Britain and Ireland"),
        ("NGA", "Federal Republic of Nigeria"),
        ("DOM", "República Dominicana del Caribe"),
        ("SOM", "索马里联邦共和国"),
        ("IDN", "印度尼西亚共和国"),
        ("KAZ", "Republic of Qazaqstan"),
    ],
)
def test_a_longer_name_of_its_own_is_not_another_states(record, state, text):
    assert name(record, state, text).number


@pytest.mark.parametrize(
    ("state", "text", "whose"),
    [
        ("MWI", "new", "New Zealand (NZL)"),
        ("MWI", "New", "Papua New Guinea (PNG)"),
        ("KOR", "Korea", "Democratic People's Republic of Korea (PRK)"),
        ("COD", "Bissau", "Guinea-Bissau (GNB)"),
        ("MWI", "United States", "United States of America (USA)"),
        ("MWI", "Republic", "Central African Republic (CAF)"),
    ],
)
def test_a_word_of_other_states_names_is_refused_with_whose_it_is(record, state, text, whose):
    with pytest.raises(NotNamed) as wrong:
        name(record, state, text)
    assert whose in sentence(wrong.value.refusals[0])


@pytest.mark.parametrize("text", ["outside", "Interest", "State Party", "signatory", "secretariat", "note verbale"])
def test_a_word_of_the_desks_own_is_no_name_of_a_state(record, text):
    assert refused(record, "MWI", text) == ["name_is_a_word_of_ours"]
