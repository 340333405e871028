"""Who may see which person and mandate, and what would be left when somebody leaves."""

from datetime import date

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.follow_ups.actions import take
from casework.people.addresses import AddressState, enter_person
from casework.people.ending_holds import end_hold
from casework.people.holds import hold
from casework.people.leaving_page import leaving_hold, leaving_mandate
from casework.people.mandates import end_mandate
from casework.people.people_page import PAGE, VacantRole, people_page
from casework.people.person_page import mandate_page, person_page
from pathways.grammar.clearance import ANYONE, OPERATOR
from pathways.grammar.roles import Reach
from tests.appointments import (
    SILENT_ON,
    a_champion,
    a_coordinator,
    a_mandate,
    a_person,
    eyes,
    fallen_silent,
    held,
    silent_states,
    the_secretariat,
)

TODAY = SILENT_ON


@pytest.fixture
def workspace(record):
    return fallen_silent(record)


def people(workspace, reader=OPERATOR, **said):
    return people_page(workspace, treaty="att", reader=reader, **said)


def names(page):
    return [row.name for row in page.persons]


def person(workspace, number, reader=OPERATOR):
    return person_page(workspace, number, treaty="att", reader=reader)


def mandate(workspace, number, reader=OPERATOR):
    return mandate_page(workspace, number, treaty="att", reader=reader)


def hold_id(workspace, person, mandate):
    return next(
        h.hold for h in person_page(workspace, person, treaty="att", reader=OPERATOR).holds if h.mandate == mandate
    )


@pytest.fixture
def cast(workspace):
    """Put somebody of every kind on file; a champion of Africa has left, and one person holds nothing."""
    gone = a_champion(workspace, "NAM", "Africa", "Former champion")
    end_hold(workspace, *gone, on=TODAY, reader=OPERATOR, treaty=None)
    return {
        "former": gone,
        "idle": (a_person(workspace, "Idle"), 0),
        "officer": the_secretariat(workspace, "Officer"),
        "president": held(workspace, "President", "president", "CSP12"),
        "coordinator": a_coordinator(workspace, "ZAF", "Africa", "Coordinator"),
        "champion": a_champion(workspace, "SEN", "Africa", "Champion"),
        "asian": a_champion(workspace, "JPN", "Asia", "Asian champion"),
        "contact": held(workspace, "Contact", "contact", "AGO"),
        "other contact": held(workspace, "Other contact", "contact", "KHM"),
    }


EVERYBODY_SERVING = [
    "Asian champion",
    "Champion",
    "Contact",
    "Coordinator",
    "Officer",
    "Other contact",
    "President",
]


def test_the_secretariat_sees_everybody_and_who_has_left(workspace, cast):
    assert names(people(workspace)) == sorted([*EVERYBODY_SERVING, "Former champion", "Idle"])
    assert people(workspace, eyes(workspace, cast["officer"][0])).may_edit


@pytest.mark.parametrize("who", ["president", "coordinator", "champion", "asian"])
def test_who_holds_a_mandate_sees_who_serves_today_and_no_address(workspace, cast, who):
    reader = eyes(workspace, cast[who][0])
    shown = people(workspace, reader)
    assert names(shown) == EVERYBODY_SERVING
    assert not shown.may_edit
    assert {row.is_reachable for row in shown.persons} == {None}
    other = person(workspace, cast["officer"][0], reader)
    assert (other.channels, other.may_edit, other.to_give) == (None, False, ())
    for unseen in (cast["former"][0], cast["idle"][0], 999):
        with pytest.raises(NotOnFile, match="no_such_person"):
            person(workspace, unseen, reader)
    assert mandate(workspace, cast["former"][1], reader).mandate.holds == ()


def test_a_mandate_that_is_over_is_the_secretariats_to_see(workspace, cast):
    end_mandate(workspace, cast["former"][1], on=TODAY, reader=OPERATOR, treaty=None)
    assert not mandate(workspace, cast["former"][1]).mandate.in_term
    with pytest.raises(NotOnFile):
        mandate(workspace, cast["former"][1], eyes(workspace, cast["champion"][0]))


def test_a_states_contact_sees_who_serves_that_state(workspace, cast):
    reader = eyes(workspace, cast["contact"][0])
    assert names(people(workspace, reader)) == ["Champion", "Contact", "Coordinator", "Officer", "President"]
    assert people(workspace, reader).vacant == ()
    for unseen in ("asian", "other contact"):
        with pytest.raises(NotOnFile):
            person(workspace, cast[unseen][0], reader)
        with pytest.raises(NotOnFile):
            mandate(workspace, cast[unseen][1], reader)


def test_a_stranger_sees_nobody(workspace, cast):
    assert names(people(workspace, ANYONE)) == []
    assert people(workspace, ANYONE).mandates == ()


def test_everybody_sees_the_own_addresses_and_what_was_held(workspace, cast):
    number = cast["champion"][0]
    mine = person(workspace, number, eyes(workspace, number))
    assert [(c.address, c.state) for c in mine.channels or ()] == [("champion@mission.example", AddressState.VOUCHED)]
    assert mine.is_me


def test_the_reference_of_the_consent_is_for_the_secretariat_and_the_holder(workspace, cast):
    champion, number = cast["champion"]
    assert mandate(workspace, number).mandate.consent == "Note verbale 12/2020"
    assert mandate(workspace, number, eyes(workspace, champion)).mandate.consent == "Note verbale 12/2020"
    seen = mandate(workspace, number, eyes(workspace, cast["coordinator"][0])).mandate
    assert (seen.consent, seen.has_consent) == (None, True)


def test_another_treatys_people_are_not_there(workspace, cast):
    for reader in (OPERATOR, eyes(workspace, cast["champion"][0])):
        with pytest.raises(NotOnFile):
            mandate_page(workspace, cast["champion"][1], treaty="ccm", reader=reader)
    with pytest.raises(NotOnFile):
        leaving_mandate(workspace, cast["champion"][1], treaty="ccm", reader=OPERATOR)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sénégal", ["Champion"]),
        ("السنغال", ["Champion"]),
        ("ASIA", ["Asian champion"]),
        ("president", ["President"]),
        ("idle@mission", ["Idle"]),
        ("<script>", []),
        ("x" * 10_000, []),
    ],
)
def test_people_are_found_by_name_state_role_and_address(workspace, cast, text, found):
    assert names(people(workspace, search=text)) == found


def test_nobody_else_finds_by_address(workspace, cast):
    assert names(people(workspace, eyes(workspace, cast["champion"][0]), search="officer@mission")) == []


def test_many_people_come_in_pages(workspace):
    everybody = {f"Person {number:03}" for number in range(PAGE + 3)}
    for name in everybody:
        a_person(workspace, name)
    first, second = people(workspace), people(workspace, page=2)
    assert (first.count, first.has_more, second.has_more) == (PAGE + 3, True, False)
    assert {*names(first), *names(second)} == everybody
    assert people(workspace, page=99).page == 2


def test_mandates_stand_by_the_names_of_their_states_in_the_readers_language(workspace):
    for of in ("Algeria", "Ghana", "Zambia"):
        a_mandate(workspace, "contact", of)
    page = people(workspace, language="ar")
    assert [m.of for m in page.mandates if m.role == "contact" and m.of in ("DZA", "GHA", "ZMB")] == [
        "DZA",
        "ZMB",
        "GHA",
    ]


def test_persons_stand_by_name_whatever_their_accents(workspace):
    for name in ("Zeta", "Émile", "Edgar", "Ezra"):
        a_person(workspace, name, email=f"{name[0].encode().hex()}{len(name)}{name[-1]}@mission.example")
    found = [name for name in names(people(workspace)) if name in ("Zeta", "Émile", "Edgar", "Ezra")]
    assert found == ["Edgar", "Émile", "Ezra", "Zeta"]


def test_vacant_roles_are_named_by_region(workspace, cast):
    vacant = people(workspace).vacant
    assert VacantRole(role="champion", region="Europe") in vacant
    assert VacantRole(role="chair", region="") in vacant
    assert VacantRole(role="champion", region="Africa") not in vacant


def test_a_hold_that_ends_today_is_over_today(workspace, cast):
    former, number = cast["former"]
    [row] = person(workspace, former).holds
    assert (row.is_current, row.is_over, row.ended_on) == (False, True, TODAY)
    last = a_person(workspace, "Last day")
    hold(workspace, last, number, from_=date(2026, 10, 1), until=TODAY, reader=OPERATOR, treaty=None)
    [row] = person(workspace, last).holds
    assert (row.is_current, row.is_over, row.until) == (True, False, TODAY)


def test_a_hold_ends_with_its_mandate_on_the_same_day(workspace):
    jane, number = held(workspace, "Jane Doe", "president", "The presidency", from_=date(2026, 6, 1))
    end_mandate(workspace, number, on=date(2026, 10, 22), reader=OPERATOR, treaty=None)
    [row] = person(workspace, jane).holds
    assert (row.is_over, row.ended_on) == (
        True,
        mandate_page(workspace, number, treaty="att", reader=OPERATOR).mandate.ended_on,
    )
    assert row.ended_on == date(2026, 10, 22)


def test_what_a_hold_would_leave_is_listed_with_who_may_take_it(workspace, cast):
    champion, number = cast["champion"]
    silent = silent_states(workspace)
    take(workspace, silent["AGO"], reader=eyes(workspace, champion), treaty=None)
    shown = leaving_hold(workspace, hold_id(workspace, champion, number), treaty="att", reader=OPERATOR)
    assert {left.follow_up.id for left in shown.left} == {
        id_ for state, id_ in silent.items() if state in eyes(workspace, champion).served(Reach.SCOPE)
    }
    assert {heir.name for left in shown.left for heir in left.heirs} == {"Officer"}
    assert champion not in {p.person for p in shown.successors}
    assert cast["idle"][0] in {p.person for p in shown.successors}
    whole = leaving_mandate(workspace, number, treaty="att", reader=OPERATOR)
    assert {left.follow_up.id for left in whole.left} == {left.follow_up.id for left in shown.left}


@pytest.mark.parametrize("who", ["president", "coordinator", "champion", "contact"])
def test_only_the_secretariat_is_shown_what_would_be_left(workspace, cast, who):
    reader = eyes(workspace, cast[who][0])
    for look in (leaving_hold, leaving_mandate):
        for number in (cast["champion"][1], 999):
            with pytest.raises(NotYours):
                look(workspace, number, treaty="att", reader=reader)


def test_a_person_entered_on_the_desk_is_asked_whether_the_address_is_theirs(workspace, cast):
    reader = eyes(workspace, cast["officer"][0])
    said = {"language": "fr", "treaty": "att", "reader": reader}
    asked = enter_person(workspace, "Asked", email="asked@mission.example", vouched=False, **said)
    vouched = enter_person(workspace, "Vouched", email="vouched@mission.example", vouched=True, **said)
    states = [channel.state for number in (asked, vouched) for channel in person(workspace, number).channels or ()]
    assert states == [AddressState.UNVERIFIED, AddressState.VOUCHED]
    assert [row.is_reachable for row in people(workspace).persons if row.name in ("Asked", "Vouched")] == [False, True]
    with workspace.reading() as connection:
        urgent = connection.exec_driver_sql("SELECT person_id FROM letter WHERE kind = 'urgent'").scalars().all()
    assert urgent == [asked]
    assert a_mandate(workspace, "chair", "WGTU")
