"""People are put on file with an address, found by what they are called, and read with their mandates' eyes."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from casework.core.readers import acting_as, person_named, reader_for
from casework.core.rights import NotOnFile, NotYours
from casework.people.ending_holds import end_hold
from casework.people.holds import hold
from casework.people.mandates import end_mandate
from casework.people.people_list import mandate_list, people_list
from casework.people.persons import NotEntered, add_person
from models.letters.outbox import addresses_of
from models.people.people import persons
from pathways.grammar.clearance import Reader, Role
from tests.appointments import a_champion, a_coordinator, a_mandate, a_person, held, the_secretariat

TODAY = date(2026, 7, 24)
CHAMPION = Reader(actor="person:9", roles=frozenset({Role.CHAMPION}), scope=frozenset({"AGO"}))
NOT_ONE_ADDRESS = [
    "",
    "nobody",
    "a@b@c.example",
    "one@mission.example, two@mission.example",
    "one@mission.example two@mission.example",
    "desk@mission.example\nBcc: all@world.example",
    "desk@mission.example\r",
    "Desk <desk@mission.example>",
    '"desk officer"@mission.example',
    "desk@-mission.example",
    "desk@mission..example",
    ".desk@mission.example",
    "desk@mission.example.",
    f"{'x' * 65}@mission.example",
    f"desk@{'x' * 64}.example",
    "désk@mission.example",
]


@pytest.fixture
def office(record):
    return record


def audited(office):
    with office.reading() as connection:
        return [
            tuple(row) for row in connection.execute(text("SELECT actor, what, row, detail FROM audit ORDER BY id"))
        ]


def test_an_address_given_by_the_operator_is_vouched_for(office):
    person = add_person(office, "Mission of Namibia", email="desk@mission.example", language="fr")
    with office.reading() as connection:
        [address] = addresses_of(connection, [person])
    assert (address.address, address.is_vouched, address.came_back) == ("desk@mission.example", True, False)
    [view] = people_list(office)
    assert (view.person, view.name, view.language, view.email) == (
        person, "Mission of Namibia", "fr", "desk@mission.example",
    )  # fmt: skip


def test_what_is_not_one_plain_address_is_refused(office):
    for email in NOT_ONE_ADDRESS:
        with pytest.raises(NotEntered, match="is not one e-mail address"):
            add_person(office, "Mission", email=email)
    assert people_list(office) == ()


def test_unusual_addresses_that_servers_take_are_taken(office):
    for email in ("desk@localhost", "o'neil+att@mission-geneva.example", "a.b_c@10mission.example"):
        assert add_person(office, "Mission", email=email)


def test_everything_wrong_with_a_person_is_said_at_once(office):
    with pytest.raises(NotEntered) as refused:
        add_person(office, "Two\nlines", email="nobody", language="English!")
    assert len(refused.value.faults) == 3


def test_who_clicks_twice_is_on_file_once(office):
    first = a_person(office, "Mission of Fiji")
    assert a_person(office, "Mission of Fiji") == first
    assert len(people_list(office)) == 1
    with pytest.raises(NotEntered, match=rf"on file at this address already: person {first}, in “en”"):
        a_person(office, "Mission of Fiji", language="fr")


def test_a_person_is_found_by_number_address_or_name_and_never_guessed(office):
    one = a_person(office, "Mission of Fiji")
    two = a_person(office, "Desk", email="desk@first.example")
    three = a_person(office, "Desk", email="desk@second.example")
    with office.reading() as connection:
        assert person_named(connection, one) == person_named(connection, f" {one} ") == one
        assert person_named(connection, "MISSION OF FIJI") == one
        assert person_named(connection, "Desk@First.example") == two
        with pytest.raises(NotOnFile, match=rf"several persons \({two}, {three}\); give the number"):
            person_named(connection, "desk")
        for nobody in ("somebody", "99", "9" * 40, "x@y.example", ""):
            with pytest.raises(NotOnFile, match="accede people list"):
                person_named(connection, nobody)


def test_only_the_secretariat_puts_people_on_file(office):
    with pytest.raises(NotYours):
        add_person(office, "A friend", email="friend@mission.example", reader=CHAMPION)


def test_the_audit_holds_numbers_and_never_a_name_or_an_address(office):
    person, mandate = the_secretariat(office)
    end_hold(office, person, mandate, on=TODAY)
    entries = audited(office)
    assert [what for _, what, _, _ in entries] == ["person added", "mandate given", "hold given", "hold ended"]
    assert {actor for actor, *_ in entries} == {"operator"}
    assert not any("Desk officer" in detail or "@" in detail for *_, detail in entries)


def test_without_a_mandate_in_term_nobody_reads_as_anybody(office):
    person = a_person(office, "Former champion")
    with pytest.raises(NotYours, match=r"Former champion holds no mandate .* on 2026-07-24"):
        acting_as(office, "Former champion", treaty="att")
    with pytest.raises(NotOnFile):
        reader_for(office, person + 1, treaty="att")


def test_a_champion_reads_the_own_region(office):
    person, _ = a_champion(office, "NAM", "Africa")
    eyes = reader_for(office, person, treaty="att")
    assert eyes.actor == f"person:{person}"
    assert eyes.roles == {Role.CHAMPION}
    assert "AGO" in eyes.scope
    assert "KHM" not in eyes.scope


@pytest.mark.parametrize(("of", "party"), [("KHM", False), ("PHL", True)], ids=["signatory", "State Party"])
def test_a_contact_reads_as_a_party_only_once_the_state_is_bound(office, of, party):
    person, _ = held(office, "Mission", "contact", of)
    eyes = reader_for(office, person, treaty="att")
    assert (eyes.own, eyes.party) == ({of}, party)


def test_only_an_administrator_who_serves_the_secretariat_sees_what_is_personal(office):
    mandate = a_mandate(office, "secretariat", "ATT Secretariat")
    named = a_person(office, "Administrator", sees_personal=True)
    hold(office, named, mandate, from_=TODAY)
    assert reader_for(office, named, treaty="att").sees_personal
    champions = a_mandate(office, "champion", "NAM", region="Africa", from_=TODAY)
    elsewhere = a_person(office, "Champion", sees_personal=True)
    hold(office, elsewhere, champions, from_=TODAY)
    assert not reader_for(office, elsewhere, treaty="att").sees_personal


def test_an_officer_names_no_administrator(office):
    officer = reader_for(office, the_secretariat(office)[0], treaty="att")
    with pytest.raises(NotYours, match="Only an administrator"):
        a_person(office, "Another", sees_personal=True, reader=officer)
    assert a_person(office, "Another", sees_personal=True, reader=replace(officer, sees_personal=True))


def test_access_ends_at_once_with_the_hold_and_with_the_mandate(office):
    person, mandate = a_coordinator(office)
    other, second = a_champion(office)
    end_hold(office, person, mandate, on=TODAY)
    end_mandate(office, second, on=TODAY)
    for former in (person, other):
        with pytest.raises(NotYours):
            reader_for(office, former, treaty="att")


def test_the_list_shows_who_holds_what_from_when_to_when(office):
    person, mandate = a_champion(office)
    end_hold(office, person, mandate, on=date(2026, 8, 1))
    [holding] = people_list(office)[0].holds
    assert (holding.mandate, holding.role, holding.of, holding.scope) == (mandate, "champion", "NAM", "Africa")
    assert (holding.from_, holding.until, holding.lead) == (date(2021, 6, 1), date(2026, 8, 1), False)
    [listed] = mandate_list(office)
    assert (listed.name, listed.held_by, listed.in_term) == ("Namibia", ("Champion of NAM",), True)
    assert (listed.until, listed.consent) == (None, "Note verbale 12/2020")


def test_addresses_are_for_the_secretariat_and_for_their_owner(office):
    person = a_champion(office)[0]
    mine = Reader(actor=f"person:{person}", roles=frozenset({Role.CHAMPION}))
    address = people_list(office)[0].email
    assert address
    assert [people_list(office, reader=eyes)[0].email for eyes in (mine, CHAMPION)] == [address, None]


def test_who_acts_for_a_person_is_listed_no_more_than_that_person_sees(office):
    mission = held(office, "Mission of Fiji", "contact", "FJI")[0]
    champion, mandate = a_champion(office)
    a_person(office, "Somebody else")
    for reader, seen, mandates in (
        (reader_for(office, mission, treaty="att"), {mission}, 1),
        (reader_for(office, champion, treaty="att"), {mission, champion}, 2),
    ):
        assert {view.person for view in people_list(office, reader=reader)} == seen
        assert len(mandate_list(office, reader=reader)) == mandates
    end_mandate(office, mandate, on=TODAY)
    kept = people_list(office, reader=Reader(actor=f"person:{champion}"))
    assert {view.person for view in kept} == {champion}


def test_what_was_refused_left_nothing_behind(office):
    with pytest.raises(NotEntered):
        add_person(office, "Mission", email="nobody")
    with office.reading() as connection:
        assert persons(connection) == []
    assert audited(office) == []
