"""The directory: who serves a State in a role on a day, who leads, and with what eyes they read."""

from datetime import date

import pytest

from casework.core.directory import OWN_MISSION, Directory
from casework.people.ending_holds import end_hold
from casework.people.holds import hold
from models.people.people import HeldMandate
from models.store import record_settings
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.roles import Role, Vacancy, roles_that
from tests.appointments import FROM, a_champion, a_coordinator, a_mandate, a_person, held, the_secretariat

TODAY = date(2026, 7, 24)
REGIONS = {
    "AGO": ("Africa", "African States"),
    "NAM": ("Africa", "African States"),
    "KHM": ("Asia", "Asia-Pacific States"),
    "FJI": ("Oceania", "Asia-Pacific States"),
    "AUS": ("Oceania", "Western European and other States"),
}


def holding(role, of="NAM", *, number=1, person=1, lead=False, treaty="att", scheme="att_region", **scope):
    given = {"scheme": scheme, "region": "", "states": "", **scope}
    return HeldMandate(
        hold_id=number, mandate_id=number, person_id=person, role=role, of=of, of_state=len(of) == 3, treaty=treaty,
        lead=lead, starts_on=FROM, ends_on=None, **given,
    )  # fmt: skip


def a_directory(*held_today, told=()):
    return Directory(held=list(held_today), regions=REGIONS, told_of_themselves=frozenset(told))


def serving(directory, role, state):
    return [h.person_id for h in directory.holders(role, state, "att")]


@pytest.mark.parametrize(
    ("mandate", "served"),
    [
        (holding("champion", region="Africa"), {"AGO"}),
        (holding("champion", "FJI", region="Asia-Pacific States", scheme="un_regional_group"), {"KHM"}),
        (holding("coordinator", "AUS", region="Oceania"), {"FJI"}),
        (holding("champion", states="AGO,FJI"), {"AGO", "FJI"}),
        (holding("champion", region="Asia-Pacific States"), set()),  # a group's name in the wrong scheme
        (holding("champion", region="African States"), set()),
        (holding("champion"), set()),
        (holding("secretariat", "ATT Secretariat"), set(REGIONS)),
        (holding("president", "President"), set(REGIONS)),
        (holding("chair", "Chair"), set(REGIONS)),
    ],
)
def test_a_mandate_serves_the_states_of_its_scope(mandate, served):
    directory = a_directory(mandate)
    assert {state for state in REGIONS if serving(directory, mandate.role, state)} == served


def test_a_contact_serves_its_own_state_and_no_other():
    directory = a_directory(holding("contact", "KHM"))
    assert [state for state in REGIONS if directory.serves(directory.held[0], state)] == ["KHM"]


def test_nobody_is_written_to_about_the_own_state_unless_it_allows_that():
    champion = holding("champion", "NAM", region="Africa")
    assert serving(a_directory(champion), "champion", "NAM") == []
    assert serving(a_directory(champion, told=["NAM"]), "champion", "NAM") == [1]
    assert serving(a_directory(champion, told=["AGO"]), "champion", "NAM") == []


def test_an_organ_with_a_name_of_three_letters_is_no_state():
    bureau = holding("secretariat", "ATT")._replace(of_state=False)
    assert serving(a_directory(bureau), "secretariat", "NAM") == [1]


def test_overlapping_mandates_every_holder_serves_and_the_lead_comes_first():
    directory = a_directory(
        holding("champion", "NAM", number=1, person=1, region="Africa"),
        holding("champion", "ZAF", number=2, person=2, states="AGO", lead=True),
        holding("champion", "GHA", number=3, person=3, region="Africa"),
    )
    assert serving(directory, "champion", "AGO") == [2, 1, 3]


def test_mandates_for_another_treaty_or_role_serve_nobody_here():
    directory = a_directory(
        holding("champion", region="Africa", treaty="ccm"), holding("coordinator", number=2, region="Africa")
    )
    assert serving(directory, "champion", "AGO") == []
    assert directory.reader(1, "att", ()).roles == {Role.COORDINATOR}
    assert directory.office_holders("secretariat", "att") == ()


def test_a_region_is_unserved_while_no_state_of_it_is_served():
    directory = a_directory(
        holding("champion", "NAM", states="AGO"),
        holding("champion", "FJI", number=2, region="Asia-Pacific States", scheme="un_regional_group"),
    )
    assert vacant(directory, "champion") == []
    assert vacant(directory, "coordinator") == ["Africa", "Asia", "Oceania"]
    assert vacant(a_directory(directory.held[0]), "champion") == ["Asia", "Oceania"]


def vacant(directory, role):
    return [region for missing, region in directory.vacant("att", Vacancy.FOLLOWED_UP) if missing == role]


def test_offices_are_vacant_as_the_table_says_and_stand_before_the_regions():
    directory = a_directory(holding("coordinator", "NAM", states="AGO,KHM,FJI"))
    assert directory.vacant("att", Vacancy.SHOWN) == [("president", ""), ("chair", "")]
    assert directory.vacant("att", Vacancy.FOLLOWED_UP)[:2] == [("secretariat", ""), ("champion", "Africa")]
    unnoticed = {role for role, _ in directory.vacant("att", Vacancy.UNNOTICED)}
    assert unnoticed.isdisjoint(roles_that(lambda row: row.vacancy is not Vacancy.UNNOTICED))


def test_several_mandates_make_one_pair_of_eyes():
    directory = a_directory(
        holding("champion", region="Africa"),
        holding("coordinator", number=2, states="KHM"),
        holding("contact", "NAM", number=3),
        holding("champion", "FJI", number=4, person=2, region="Oceania"),
    )
    eyes = directory.reader(1, "att", parties=["NAM"])
    assert eyes.actor == "person:1"
    assert eyes.roles == {Role.CHAMPION, Role.COORDINATOR, Role.CONTACT}
    assert (dict(eyes.serving), eyes.own, eyes.party) == (
        {Role.CHAMPION: {"AGO"}, Role.COORDINATOR: {"KHM"}, Role.CONTACT: {"NAM"}},
        {"NAM"},
        True,
    )
    assert not directory.reader(1, "att", parties=["KHM"]).party


def test_who_holds_nothing_sees_what_anybody_sees():
    eyes = a_directory().reader(9, "att", parties=["NAM"])
    assert (eyes.serving, eyes.own, eyes.party, eyes.sees_personal) == ((), set(), False, False)


@pytest.fixture
def workspace(record):
    return record


def of_day(workspace, day):
    with workspace.reading() as connection:
        return Directory.of(connection, day)


def test_the_directory_of_a_day_holds_who_served_on_that_day(workspace):
    first, mandate = the_secretariat(workspace, "First")
    second = a_person(workspace, "Second")
    end_hold(workspace, first, mandate, on=date(2026, 7, 20), hand_over=second, reader=OPERATOR, treaty=None)
    for day, who in ((date(2026, 7, 19), [first]), (date(2026, 7, 20), [second]), (TODAY, [second])):
        assert [h.person_id for h in of_day(workspace, day).office_holders("secretariat", "att")] == who
    assert of_day(workspace, date(2019, 12, 31)).held == []


def test_regions_are_those_of_this_record(workspace):
    person, _ = a_champion(workspace, "NAM", "Africa")
    directory = of_day(workspace, TODAY)
    assert serving(directory, "champion", "AGO") == [person]
    assert serving(directory, "champion", "KHM") == []
    assert len(directory.regions) == 197


def test_a_state_that_allows_it_has_its_own_mission_told(workspace):
    person, _ = a_coordinator(workspace, "NAM", "Africa")
    assert serving(of_day(workspace, TODAY), "coordinator", "NAM") == []
    with workspace.registry() as connection:
        record_settings.keep(connection, f"{OWN_MISSION}NAM", "yes")
    assert serving(of_day(workspace, TODAY), "coordinator", "NAM") == [person]


def test_a_hold_outside_its_mandates_term_serves_nobody(workspace):
    mandate = a_mandate(workspace, "coordinator", "NAM", region="Africa", until=date(2026, 7, 23))
    hold(workspace, a_person(workspace, "Late"), mandate, from_=FROM, reader=OPERATOR, treaty=None)
    held(workspace, "Early", "coordinator", "GHA", region="Africa", from_=date(2026, 7, 25))
    assert serving(of_day(workspace, TODAY), "coordinator", "AGO") == []
    assert len(serving(of_day(workspace, date(2026, 7, 25)), "coordinator", "AGO")) == 1
