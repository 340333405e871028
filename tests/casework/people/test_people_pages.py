"""Who may see which person and mandate, and what would be left when somebody leaves."""

from datetime import date

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.follow_ups.actions import take
from casework.people.addresses import ChannelState, enter_person
from casework.people.ending_holds import end_hold
from casework.people.holds import hold
from casework.people.leaving_page import leaving_hold, leaving_mandate
from casework.people.mandates import end_mandate
from casework.people.people_page import PAGE, Vacancy, people_page
from casework.people.person_page import mandate_page, person_page
from pathways.grammar.clearance import ANYONE, OPERATOR
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
def office(record):
    return fallen_silent(record)


def people(office, reader=OPERATOR, **said):
    return people_page(office, treaty="att", reader=reader, **said)


def names(page):
    return [row.name for row in page.persons]


def person(office, number, reader=OPERATOR):
    return person_page(office, number, treaty="att", reader=reader)


def mandate(office, number, reader=OPERATOR):
    return mandate_page(office, number, treaty="att", reader=reader)


def hold_id(office, person, mandate):
    return next(
        h.hold for h in person_page(office, person, treaty="att", reader=OPERATOR).holds if h.mandate == mandate
    )


@pytest.fixture
def cast(office):
    """Put somebody of every kind on file; a champion of Africa has left, and one person holds nothing."""
    gone = a_champion(office, "NAM", "Africa", "Former champion")
    end_hold(office, *gone, on=TODAY)
    return {
        "former": gone,
        "idle": (a_person(office, "Idle"), 0),
        "officer": the_secretariat(office, "Officer"),
        "president": held(office, "President", "president", "CSP12"),
        "coordinator": a_coordinator(office, "ZAF", "Africa", "Coordinator"),
        "champion": a_champion(office, "SEN", "Africa", "Champion"),
        "asian": a_champion(office, "JPN", "Asia", "Asian champion"),
        "contact": held(office, "Contact", "contact", "AGO"),
        "other contact": held(office, "Other contact", "contact", "KHM"),
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


def test_the_secretariat_sees_everybody_and_who_has_left(office, cast):
    assert names(people(office)) == sorted([*EVERYBODY_SERVING, "Former champion", "Idle"])
    assert people(office, eyes(office, cast["officer"][0])).may_edit


@pytest.mark.parametrize("who", ["president", "coordinator", "champion", "asian"])
def test_who_holds_a_mandate_sees_who_serves_today_and_no_address(office, cast, who):
    reader = eyes(office, cast[who][0])
    shown = people(office, reader)
    assert names(shown) == EVERYBODY_SERVING
    assert not shown.may_edit
    assert {row.is_reachable for row in shown.persons} == {None}
    other = person(office, cast["officer"][0], reader)
    assert (other.channels, other.may_edit, other.to_give) == (None, False, ())
    for unseen in (cast["former"][0], cast["idle"][0], 999):
        with pytest.raises(NotOnFile, match=f"Nobody on file has the number {unseen}"):
            person(office, unseen, reader)
    assert mandate(office, cast["former"][1], reader).mandate.holds == ()


def test_a_mandate_that_is_over_is_the_secretariats_to_see(office, cast):
    end_mandate(office, cast["former"][1], on=TODAY)
    assert not mandate(office, cast["former"][1]).mandate.in_term
    with pytest.raises(NotOnFile):
        mandate(office, cast["former"][1], eyes(office, cast["champion"][0]))


def test_a_states_contact_sees_who_serves_that_state(office, cast):
    reader = eyes(office, cast["contact"][0])
    assert names(people(office, reader)) == ["Champion", "Contact", "Coordinator", "Officer", "President"]
    assert people(office, reader).vacant == ()
    for unseen in ("asian", "other contact"):
        with pytest.raises(NotOnFile):
            person(office, cast[unseen][0], reader)
        with pytest.raises(NotOnFile):
            mandate(office, cast[unseen][1], reader)


def test_a_stranger_sees_nobody(office, cast):
    assert names(people(office, ANYONE)) == []
    assert people(office, ANYONE).mandates == ()


def test_everybody_sees_the_own_addresses_and_what_was_held(office, cast):
    number = cast["champion"][0]
    mine = person(office, number, eyes(office, number))
    assert [(c.address, c.state) for c in mine.channels or ()] == [("champion@mission.example", ChannelState.VOUCHED)]
    assert mine.is_me


def test_the_reference_of_the_consent_is_for_the_secretariat_and_the_holder(office, cast):
    champion, number = cast["champion"]
    assert mandate(office, number).mandate.consent == "Note verbale 12/2020"
    assert mandate(office, number, eyes(office, champion)).mandate.consent == "Note verbale 12/2020"
    seen = mandate(office, number, eyes(office, cast["coordinator"][0])).mandate
    assert (seen.consent, seen.has_consent) == (None, True)


def test_another_treatys_people_are_not_there(office, cast):
    for reader in (OPERATOR, eyes(office, cast["champion"][0])):
        with pytest.raises(NotOnFile):
            mandate_page(office, cast["champion"][1], treaty="ccm", reader=reader)
    with pytest.raises(NotOnFile):
        leaving_mandate(office, cast["champion"][1], treaty="ccm", reader=OPERATOR)


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
def test_people_are_found_by_name_state_role_and_address(office, cast, text, found):
    assert names(people(office, search=text)) == found


def test_nobody_else_finds_by_address(office, cast):
    assert names(people(office, eyes(office, cast["champion"][0]), search="officer@mission")) == []


def test_many_people_come_in_pages(office):
    everybody = {f"Person {number:03}" for number in range(PAGE + 3)}
    for name in everybody:
        a_person(office, name)
    first, second = people(office), people(office, page=2)
    assert (first.count, first.has_more, second.has_more) == (PAGE + 3, True, False)
    assert {*names(first), *names(second)} == everybody
    assert people(office, page=99).page == 2


def test_vacant_roles_are_named_by_region(office, cast):
    vacant = people(office).vacant
    assert Vacancy(role="champion", region="Europe") in vacant
    assert Vacancy(role="chair", region="") in vacant
    assert Vacancy(role="champion", region="Africa") not in vacant


def test_a_hold_that_ends_today_is_over_today(office, cast):
    former, number = cast["former"]
    [row] = person(office, former).holds
    assert (row.is_current, row.is_over, row.ended_on) == (False, True, TODAY)
    last = a_person(office, "Last day")
    hold(office, last, number, from_=date(2026, 10, 1), until=TODAY)
    [row] = person(office, last).holds
    assert (row.is_current, row.is_over, row.until) == (True, False, TODAY)


def test_a_hold_ends_with_its_mandate_on_the_same_day(office):
    jane, number = held(office, "Jane Doe", "president", "The presidency", from_=date(2026, 6, 1))
    end_mandate(office, number, on=date(2026, 10, 22))
    [row] = person(office, jane).holds
    assert (row.is_over, row.ended_on) == (
        True,
        mandate_page(office, number, treaty="att", reader=OPERATOR).mandate.ended_on,
    )
    assert row.ended_on == date(2026, 10, 22)


def test_what_a_hold_would_leave_is_listed_with_who_may_take_it(office, cast):
    champion, number = cast["champion"]
    silent = silent_states(office)
    take(office, silent["AGO"], reader=eyes(office, champion))
    shown = leaving_hold(office, hold_id(office, champion, number), treaty="att", reader=OPERATOR)
    assert {left.follow_up.id for left in shown.left} == {
        id_ for state, id_ in silent.items() if state in eyes(office, champion).scope
    }
    assert {heir.name for left in shown.left for heir in left.heirs} == {"Officer"}
    assert champion not in {p.person for p in shown.successors}
    assert cast["idle"][0] in {p.person for p in shown.successors}
    whole = leaving_mandate(office, number, treaty="att", reader=OPERATOR)
    assert {left.follow_up.id for left in whole.left} == {left.follow_up.id for left in shown.left}


@pytest.mark.parametrize("who", ["president", "coordinator", "champion", "contact"])
def test_only_the_secretariat_is_shown_what_would_be_left(office, cast, who):
    reader = eyes(office, cast[who][0])
    for look in (leaving_hold, leaving_mandate):
        for number in (cast["champion"][1], 999):
            with pytest.raises(NotYours):
                look(office, number, treaty="att", reader=reader)


def test_a_person_entered_on_the_desk_is_asked_whether_the_address_is_theirs(office, cast):
    reader = eyes(office, cast["officer"][0])
    said = {"language": "fr", "treaty": "att", "reader": reader}
    asked = enter_person(office, "Asked", email="asked@mission.example", vouched=False, **said)
    vouched = enter_person(office, "Vouched", email="vouched@mission.example", vouched=True, **said)
    states = [channel.state for number in (asked, vouched) for channel in person(office, number).channels or ()]
    assert states == [ChannelState.UNVERIFIED, ChannelState.VOUCHED]
    assert [row.is_reachable for row in people(office).persons if row.name in ("Asked", "Vouched")] == [False, True]
    with office.reading() as connection:
        urgent = connection.exec_driver_sql("SELECT person_id FROM letter WHERE kind = 'urgent'").scalars().all()
    assert urgent == [asked]
    assert a_mandate(office, "chair", "WGTU")
