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
from pathways.grammar.clearance import OPERATOR, Reader
from pathways.grammar.roles import Reach, Role
from tests.appointments import a_champion, a_coordinator, a_mandate, a_person, held, the_secretariat

TODAY = date(2026, 7, 24)
CHAMPION = Reader.of("person:9", {Role.CHAMPION: {"AGO"}})
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
def workspace(record):
    return record


def audited(workspace):
    with workspace.reading() as connection:
        return [
            tuple(row)
            for row in connection.execute(text("SELECT actor, what, row, detail FROM audit ORDER BY id"))
            if row.actor != "system:init"  # the record that was opened
        ]


def test_an_address_given_by_the_operator_is_vouched_for(workspace):
    person = add_person(workspace, "Mission of Namibia", email="desk@mission.example", language="fr", reader=OPERATOR)
    with workspace.reading() as connection:
        [address] = addresses_of(connection, [person])
    assert (address.address, address.is_vouched, address.came_back) == ("desk@mission.example", True, False)
    [view] = people_list(workspace, treaty="att", reader=OPERATOR)
    assert (view.person, view.name, view.language, view.email) == (
        person, "Mission of Namibia", "fr", "desk@mission.example",
    )  # fmt: skip


def test_what_is_not_one_plain_address_is_refused(workspace):
    for email in NOT_ONE_ADDRESS:
        with pytest.raises(NotEntered, match="no_address"):
            add_person(workspace, "Mission", email=email, reader=OPERATOR)
    assert people_list(workspace, treaty="att", reader=OPERATOR) == ()


def test_unusual_addresses_that_servers_take_are_taken(workspace):
    unusual = ("desk@localhost", "o'neil+att@mission-geneva.example", "a.b_c@10mission.example", "desk@straße.example")
    for email in unusual:
        assert add_person(workspace, "Mission", email=email, reader=OPERATOR)


def test_everything_wrong_with_a_person_is_said_at_once(workspace):
    with pytest.raises(NotEntered) as refused:
        add_person(workspace, "Two\nlines", email="nobody", language="English!", reader=OPERATOR)
    assert refused.value.codes == ("name_not_a_line", "no_address", "no_code_of_a_language")
    assert refused.value.fields == ("name", "email", "language")


def test_who_clicks_twice_is_on_file_once(workspace):
    first = a_person(workspace, "Mission of Fiji")
    assert a_person(workspace, "Mission of Fiji") == first
    assert len(people_list(workspace, treaty="att", reader=OPERATOR)) == 1
    with pytest.raises(NotEntered, match="person_on_file_already") as refused:
        a_person(workspace, "Mission of Fiji", language="fr")
    assert refused.value.refusals[0].values == {"name": "Mission of Fiji", "person": first, "code": "en"}


def test_a_person_is_found_by_number_address_or_name_and_never_guessed(workspace):
    one = a_person(workspace, "Mission of Fiji")
    two = a_person(workspace, "Desk", email="desk@first.example")
    three = a_person(workspace, "Desk", email="desk@second.example")
    with workspace.reading() as connection:
        assert person_named(connection, one) == person_named(connection, f" {one} ") == one
        assert person_named(connection, "MISSION OF FIJI") == one
        assert person_named(connection, "Desk@First.example") == two
        with pytest.raises(NotOnFile, match="several_persons") as refused:
            person_named(connection, "desk")
        assert refused.value.refusals[0].values["numbers"] == (two, three)
        for nobody in ("somebody", "99", "9" * 40, "x@y.example", ""):
            with pytest.raises(NotOnFile, match="nobody_so_named"):
                person_named(connection, nobody)


def test_only_the_secretariat_puts_people_on_file(workspace):
    with pytest.raises(NotYours):
        add_person(workspace, "A friend", email="friend@mission.example", reader=CHAMPION)


def test_the_audit_holds_numbers_and_never_a_name_or_an_address(workspace):
    person, mandate = the_secretariat(workspace)
    end_hold(workspace, person, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    entries = audited(workspace)
    assert [what for _, what, _, _ in entries] == ["person added", "mandate given", "hold given", "hold ended"]
    assert {actor for actor, *_ in entries} == {"operator"}
    assert not any("Desk officer" in detail or "@" in detail for *_, detail in entries)


def test_without_a_mandate_in_term_nobody_reads_as_anybody(workspace):
    person = a_person(workspace, "Former champion")
    with pytest.raises(NotYours, match="no_mandate_in_term"):
        acting_as(workspace, "Former champion", treaty="att")
    with pytest.raises(NotOnFile):
        reader_for(workspace, person + 1, treaty="att")


def test_a_champion_reads_the_own_region(workspace):
    person, _ = a_champion(workspace, "NAM", "Africa")
    eyes = reader_for(workspace, person, treaty="att")
    assert eyes.actor == f"person:{person}"
    assert eyes.roles == {Role.CHAMPION}
    assert "AGO" in eyes.served(Reach.SCOPE)
    assert "KHM" not in eyes.served(Reach.SCOPE)


@pytest.mark.parametrize(("of", "party"), [("KHM", False), ("PHL", True)], ids=["signatory", "State Party"])
def test_a_contact_reads_as_a_party_only_once_the_state_is_bound(workspace, of, party):
    person, _ = held(workspace, "Mission", "contact", of)
    eyes = reader_for(workspace, person, treaty="att")
    assert (eyes.own, eyes.party) == ({of}, party)


def test_only_an_administrator_who_serves_the_secretariat_sees_what_is_personal(workspace):
    mandate = a_mandate(workspace, "secretariat", "ATT Secretariat")
    named = a_person(workspace, "Administrator", sees_personal=True)
    hold(workspace, named, mandate, from_=TODAY, reader=OPERATOR, treaty=None)
    assert reader_for(workspace, named, treaty="att").sees_personal
    champions = a_mandate(workspace, "champion", "NAM", region="Africa", from_=TODAY)
    elsewhere = a_person(workspace, "Champion", sees_personal=True)
    hold(workspace, elsewhere, champions, from_=TODAY, reader=OPERATOR, treaty=None)
    assert not reader_for(workspace, elsewhere, treaty="att").sees_personal


def test_an_officer_names_no_administrator(workspace):
    officer = reader_for(workspace, the_secretariat(workspace)[0], treaty="att")
    with pytest.raises(NotYours, match="administrator_names_another"):
        a_person(workspace, "Another", sees_personal=True, reader=officer)
    assert a_person(workspace, "Another", sees_personal=True, reader=replace(officer, sees_personal=True))


def test_access_ends_at_once_with_the_hold_and_with_the_mandate(workspace):
    person, mandate = a_coordinator(workspace)
    other, second = a_champion(workspace)
    end_hold(workspace, person, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    end_mandate(workspace, second, on=TODAY, reader=OPERATOR, treaty=None)
    for former in (person, other):
        with pytest.raises(NotYours):
            reader_for(workspace, former, treaty="att")


def test_the_list_shows_who_holds_what_from_when_to_when(workspace):
    person, mandate = a_champion(workspace)
    end_hold(workspace, person, mandate, on=date(2026, 8, 1), reader=OPERATOR, treaty=None)
    [holding] = people_list(workspace, treaty="att", reader=OPERATOR)[0].holds
    assert (holding.mandate, holding.role, holding.of, holding.scope) == (mandate, "champion", "NAM", "Africa")
    assert (holding.from_, holding.until, holding.lead) == (date(2021, 6, 1), date(2026, 8, 1), False)
    [listed] = mandate_list(workspace, treaty="att", reader=OPERATOR)
    assert (listed.name, listed.held_by, listed.in_term) == ("Namibia", ("Champion of NAM",), True)
    assert (listed.until, listed.consent) == (None, "Note verbale 12/2020")


def test_addresses_are_for_the_secretariat_and_for_their_owner(workspace):
    person = a_champion(workspace)[0]
    mine = Reader.of(f"person:{person}", {Role.CHAMPION: ()})
    address = people_list(workspace, treaty="att", reader=OPERATOR)[0].email
    assert address
    assert [people_list(workspace, reader=eyes, treaty="att")[0].email for eyes in (mine, CHAMPION)] == [address, None]


def test_who_acts_for_a_person_is_listed_no_more_than_that_person_sees(workspace):
    mission = held(workspace, "Mission of Fiji", "contact", "FJI")[0]
    champion, mandate = a_champion(workspace)
    a_person(workspace, "Somebody else")
    for reader, seen, mandates in (
        (reader_for(workspace, mission, treaty="att"), {mission}, 1),
        (reader_for(workspace, champion, treaty="att"), {mission, champion}, 2),
    ):
        assert {view.person for view in people_list(workspace, reader=reader, treaty="att")} == seen
        assert len(mandate_list(workspace, reader=reader, treaty="att")) == mandates
    end_mandate(workspace, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    kept = people_list(workspace, reader=Reader(actor=f"person:{champion}"), treaty="att")
    assert {view.person for view in kept} == {champion}


def test_what_was_refused_left_nothing_behind(workspace):
    with pytest.raises(NotEntered):
        add_person(workspace, "Mission", email="nobody", reader=OPERATOR)
    with workspace.reading() as connection:
        assert persons(connection) == []
    assert audited(workspace) == []


@pytest.mark.parametrize(
    "name", ["\u3164", "\uffa0\u115f", "\u0301", "\u2800", "Ann\u3164", "\ufe0f\u034f", "\U000e0100"]
)
def test_a_name_that_shows_blank_is_refused(workspace, name):
    with pytest.raises(NotEntered) as refused:
        add_person(workspace, name, email="desk@mission.example", reader=OPERATOR)
    assert [why.code for why in refused.value.refusals] == ["name_shows_blank"]


@pytest.mark.parametrize(
    "name", ["\u0645\u0643\u062a\u0628", "\u4ee3\u8868\u5904", "Ren\u00e9e O\u2019Brien", "e\u0301"]
)
def test_a_name_in_any_script_is_taken(workspace, name):
    add_person(workspace, name, email="desk@mission.example", reader=OPERATOR)
