"""That somebody was shown what is held in confidence is noted, once a day; the Secretariat can look it up."""

import pytest
from sqlalchemy import event, select

from casework.core.rights import NotOnFile, NotYours
from casework.dossiers.disclosure_log import note_reading, readings_of
from casework.dossiers.dossier_view import dossier_view
from models.ledger import disclosures
from models.tables.ledger import FactRow
from pathways.grammar.clearance import OPERATOR, Sensitivity
from tests.appointments import a_champion, a_person, eyes, the_secretariat
from tests.builders import days_pass, file
from tests.statements import questions

STATE = "AGO"


@pytest.fixture
def workspace(training):
    return training


def look(workspace, reader):
    seen = dossier_view(workspace, STATE, reader=reader, treaty="att").facts
    note_reading(workspace, reader, seen)
    return seen


def readers_of(workspace, fact):
    return [(read.name, str(read.day)) for read in readings_of(workspace, fact, treaty="att", reader=OPERATOR)]


def test_who_is_shown_a_confidential_fact_is_noted_once_a_day(workspace):
    told = file(workspace, STATE, "signal", "2022-06-01").fact.id
    officer = eyes(workspace, the_secretariat(workspace)[0])
    for _ in range(3):
        look(workspace, officer)
    assert readers_of(workspace, told) == [("Desk officer", "2022-06-20")]
    days_pass(workspace, "2022-06-21")
    look(workspace, officer)
    assert readers_of(workspace, told) == [("Desk officer", "2022-06-21"), ("Desk officer", "2022-06-20")]


def test_what_everybody_who_accompanies_the_state_may_know_is_not_noted(workspace):
    tier = file(workspace, STATE, "tier_set", "2022-06-01", tier="2").fact.id
    champion = eyes(workspace, a_champion(workspace)[0])
    assert tier in {fact.fact for fact in look(workspace, champion)}
    assert readers_of(workspace, tier) == []


def test_what_was_not_shown_is_not_noted(workspace):
    told = file(workspace, STATE, "signal", "2022-06-01").fact.id
    champion = eyes(workspace, a_champion(workspace)[0])
    assert told not in {fact.fact for fact in look(workspace, champion)}
    assert readers_of(workspace, told) == []


def test_looking_again_writes_nothing(workspace):
    file(workspace, STATE, "signal", "2022-06-01")
    seen = look(workspace, OPERATOR)
    said = []
    event.listen(workspace.store.engine, "before_cursor_execute", lambda *heard: said.append(heard[2]))
    note_reading(workspace, OPERATOR, seen)
    assert len(questions(said)) == 1
    assert not [statement for statement in said if statement.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_two_who_look_at_the_same_moment_do_not_get_into_each_others_way(workspace):
    told = file(workspace, STATE, "signal", "2022-06-01").fact.id
    for _ in range(2):
        with workspace.registry() as connection:
            disclosures.note(connection, "operator", [told, told], day=workspace.today(), at=workspace.stamp())
    assert readers_of(workspace, told) == [("operator", "2022-06-20")]


def test_only_the_secretariat_asks_who_read(workspace):
    told = file(workspace, STATE, "signal", "2022-06-01").fact.id
    with pytest.raises(NotYours):
        readings_of(workspace, told, treaty="att", reader=eyes(workspace, a_champion(workspace)[0]))


def test_who_read_a_personal_fact_is_for_the_named_administrator(workspace):
    passport = file(workspace, STATE, "signal", "2022-06-01", sensitivity=Sensitivity.PERSONAL).fact.id
    look(workspace, OPERATOR)
    assert readers_of(workspace, passport) == [("operator", "2022-06-20")]
    with pytest.raises(NotOnFile):
        readings_of(workspace, passport, treaty="att", reader=eyes(workspace, the_secretariat(workspace)[0]))


def test_a_reading_of_another_treatys_fact_or_of_none_is_not_on_file(workspace):
    told = file(workspace, STATE, "signal", "2022-06-01").fact.id
    a_person(workspace, "Somebody")
    for treaty, fact in (("ccm", told), ("att", "0" * 32), ("att", "'; --")):
        with pytest.raises(NotOnFile):
            readings_of(workspace, fact, treaty=treaty, reader=OPERATOR)


def test_more_facts_than_a_database_takes_in_one_statement_are_noted_and_looked_up(workspace, monkeypatch):
    ids, day = [f"{number:032x}" for number in range(70_000)], workspace.today()
    with workspace.reading() as connection:
        assert disclosures.noted(connection, "person:1", ids, day) == set()
        facts = set(connection.execute(select(FactRow.id)).scalars())
    monkeypatch.setattr(disclosures, "_MOST", len(facts) // 3)
    with workspace.registry() as connection:
        disclosures.note(connection, "person:1", facts, day=day, at=workspace.stamp())
        assert disclosures.noted(connection, "person:1", facts, day) == facts
