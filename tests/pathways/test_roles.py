"""A role gives what the table says of it, and one that is not in the table gives nothing."""

import pytest

from pathways.grammar.clearance import ANYONE, Guarded, Reader, Sensitivity, may_read
from pathways.grammar.roles import NOTHING, ROLES, Powers, Reach, Right, Role, nearness, powers, see_roster

HERE, ELSEWHERE = "PHL", "KHM"
BYSTANDER = Reader.of("person:1", {"bystander": {HERE}})
LEVELS = (Sensitivity.PARTIES, Sensitivity.COORDINATION, Sensitivity.CONFIDENTIAL)


def held(level, state, *, assessment=False):
    return Guarded(state=state, sensitivity=level, author="person:9", assessment=assessment)


def test_every_role_the_code_names_stands_in_the_table():
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize("level", Sensitivity)
def test_a_role_that_is_not_in_the_table_reads_what_anyone_reads(level):
    assert powers("bystander") is NOTHING
    assert not see_roster({"bystander"})
    assert may_read(BYSTANDER, held(level, HERE)) is may_read(ANYONE, held(level, HERE))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("serves", Reach)
@pytest.mark.parametrize("reach", Reach)
def test_once_in_the_table_it_reads_what_its_row_says(monkeypatch, level, serves, reach):
    monkeypatch.setitem(ROLES, "bystander", Powers(**{level.label: reach}, serves=serves))
    for other in LEVELS:
        for state in (HERE, ELSEWHERE):
            is_served = state == HERE or serves is Reach.EVERYWHERE
            # What is for States Parties, the contact of a State reads of that State, whatever the role.
            as_contact = other is Sensitivity.PARTIES and serves is Reach.OWN and state == HERE
            allowed = {
                Reach.NOWHERE: (False, False),
                Reach.OWN: (is_served, False),
                Reach.SCOPE: (is_served, is_served),
                Reach.EVERYWHERE: (True, True),
            }[reach if other is level else Reach.NOWHERE]
            assert may_read(BYSTANDER, held(other, state)) is (allowed[0] or as_contact)
            # An assessment never reaches who holds a mandate of the State, whatever the row says.
            is_of_it = serves is Reach.OWN and state == HERE
            assert may_read(BYSTANDER, held(other, state, assessment=True)) is (allowed[1] and not is_of_it)


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("serves", Reach)
def test_it_may_do_what_its_row_says_where_it_serves_and_nothing_before(monkeypatch, right, serves):
    assert not BYSTANDER.may(right, HERE)
    assert not BYSTANDER.is_secretariat
    monkeypatch.setitem(ROLES, "bystander", Powers(may=frozenset({right}), serves=serves))
    assert [other for other in Right if BYSTANDER.may(other, HERE)] == [right]
    assert BYSTANDER.may(right, ELSEWHERE) is (serves is Reach.EVERYWHERE)
    assert not BYSTANDER.is_secretariat


def test_of_several_roles_the_nearest_to_the_state_counts():
    farthest_first = [Role.SECRETARIAT, Role.COORDINATOR, Role.CHAMPION, Role.CONTACT]
    assert sorted(farthest_first, key=nearness) == farthest_first[::-1]


def test_what_is_personal_no_role_reads(monkeypatch):
    everything = Powers(parties=Reach.EVERYWHERE, coordination=Reach.EVERYWHERE, confidential=Reach.EVERYWHERE)
    monkeypatch.setitem(ROLES, "bystander", everything)
    assert not may_read(BYSTANDER, held(Sensitivity.PERSONAL, HERE))
