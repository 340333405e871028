"""That somebody was shown what is held in confidence is noted, once a day; the Secretariat can look it up."""

import pytest
from sqlalchemy import event

from casework.core.rights import NotOnFile, NotYours
from casework.dossiers.disclosure_log import note_reading, readings_of
from casework.dossiers.dossier_view import dossier_view
from models.ledger import disclosures
from pathways.grammar.clearance import OPERATOR, Sensitivity
from tests.appointments import a_champion, a_person, eyes, the_secretariat
from tests.builders import days_pass, file

STATE = "AGO"


@pytest.fixture
def office(training):
    return training


def look(office, reader):
    seen = dossier_view(office, STATE, reader=reader).facts
    note_reading(office, reader, seen)
    return seen


def readers_of(office, fact):
    return [(read.name, str(read.day)) for read in readings_of(office, fact, treaty="att", reader=OPERATOR)]


def test_who_is_shown_a_confidential_fact_is_noted_once_a_day(office):
    told = file(office, STATE, "signal", "2022-06-01").fact.id
    officer = eyes(office, the_secretariat(office)[0])
    for _ in range(3):
        look(office, officer)
    assert readers_of(office, told) == [("Desk officer", "2022-06-20")]
    days_pass(office, "2022-06-21")
    look(office, officer)
    assert readers_of(office, told) == [("Desk officer", "2022-06-21"), ("Desk officer", "2022-06-20")]


def test_what_everybody_who_accompanies_the_state_may_know_is_not_noted(office):
    tier = file(office, STATE, "tier_set", "2022-06-01", tier="2").fact.id
    champion = eyes(office, a_champion(office)[0])
    assert tier in {fact.fact for fact in look(office, champion)}
    assert readers_of(office, tier) == []


def test_what_was_not_shown_is_not_noted(office):
    told = file(office, STATE, "signal", "2022-06-01").fact.id
    champion = eyes(office, a_champion(office)[0])
    assert told not in {fact.fact for fact in look(office, champion)}
    assert readers_of(office, told) == []


def test_looking_again_writes_nothing(office):
    file(office, STATE, "signal", "2022-06-01")
    seen = look(office, OPERATOR)
    said = []
    event.listen(office.store.engine, "before_cursor_execute", lambda *heard: said.append(heard[2]))
    note_reading(office, OPERATOR, seen)
    assert [statement.split()[0] for statement in said if statement.split()[0] not in ("BEGIN", "COMMIT")] == ["SELECT"]


def test_two_who_look_at_the_same_moment_do_not_get_into_each_others_way(office):
    told = file(office, STATE, "signal", "2022-06-01").fact.id
    for _ in range(2):
        with office.registry() as connection:
            disclosures.note(connection, "operator", [told, told], day=office.today(), at=office.stamp())
    assert readers_of(office, told) == [("operator", "2022-06-20")]


def test_only_the_secretariat_asks_who_read(office):
    told = file(office, STATE, "signal", "2022-06-01").fact.id
    with pytest.raises(NotYours):
        readings_of(office, told, treaty="att", reader=eyes(office, a_champion(office)[0]))


def test_who_read_a_personal_fact_is_for_the_named_administrator(office):
    passport = file(office, STATE, "signal", "2022-06-01", sensitivity=Sensitivity.PERSONAL).fact.id
    look(office, OPERATOR)
    assert readers_of(office, passport) == [("operator", "2022-06-20")]
    with pytest.raises(NotOnFile):
        readings_of(office, passport, treaty="att", reader=eyes(office, the_secretariat(office)[0]))


def test_a_reading_of_another_treatys_fact_or_of_none_is_not_on_file(office):
    told = file(office, STATE, "signal", "2022-06-01").fact.id
    a_person(office, "Somebody")
    for treaty, fact in (("ccm", told), ("att", "0" * 32), ("att", "'; --")):
        with pytest.raises(NotOnFile):
            readings_of(office, fact, treaty=treaty, reader=OPERATOR)
