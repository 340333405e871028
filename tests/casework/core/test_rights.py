"""Who may do what: rights come from mandates in term, and everything not allowed is refused."""

import pytest

from casework.core.readers import reader_for
from casework.core.rights import NotOnFile, NotYours, require, require_secretariat
from pathways.grammar.clearance import ANYONE, OPERATOR, Reader
from pathways.grammar.roles import Reach, Right, Role, powers
from tests.appointments import a_champion, a_coordinator, held, the_secretariat

HERE, ELSEWHERE = "AGO", "KHM"
FILE, STEP, RECORD, SETTLE, FOLLOW_UP, RELEASE, PROPOSE, NEXT_STEP, TAKE_DOWN = Right

# file, step, record, settle, follow up, release, propose, next step, take down
TABLE = {
    Role.SECRETARIAT: "yyyyyy.yy",
    Role.COORDINATOR: "yy..y..y.",
    Role.CHAMPION: "y...y..y.",
    Role.PRESIDENT: "........y",
    Role.CHAIR: "........y",
    Role.CONTACT: "......y..",
}
CELLS = [(role, right, mark == "y") for role, row in TABLE.items() for right, mark in zip(Right, row, strict=True)]


def somebody(*roles, scope=(HERE,)):
    return Reader.of("person:7", {role: scope if powers(role).serves is not Reach.EVERYWHERE else () for role in roles})


def test_who_champions_one_region_and_coordinates_another_takes_steps_in_the_second_alone():
    both = Reader.of("person:7", {Role.CHAMPION: {HERE}, Role.COORDINATOR: {ELSEWHERE}})
    assert both.may(STEP, ELSEWHERE)
    assert not both.may(STEP, HERE)
    assert both.may(FOLLOW_UP, HERE)


@pytest.mark.parametrize(("role", "right", "allowed"), CELLS)
def test_the_table_of_rights_is_kept_cell_by_cell(role, right, allowed):
    assert somebody(role).may(right, HERE) is allowed


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("role", [role for role in Role if powers(role).serves is not Reach.EVERYWHERE])
def test_no_right_reaches_beyond_the_scope(role, right):
    assert not somebody(role).may(right, ELSEWHERE)


@pytest.mark.parametrize("right", Right)
def test_the_public_has_no_right_and_the_operator_every_one_of_the_secretariat(right):
    assert not ANYONE.may(right, HERE)
    assert OPERATOR.may(right, ELSEWHERE) is (right is not PROPOSE)


@pytest.mark.parametrize("right", Right)
def test_a_states_contact_does_nothing_to_its_dossier_but_propose(right):
    assert somebody(Role.CONTACT).may(right, HERE) is (right is PROPOSE)


def test_states_served_in_a_role_without_the_right_give_nothing():
    assert not somebody().may(FOLLOW_UP, HERE)
    assert not somebody(Role.CONTACT).may(FILE, HERE)


def test_a_refusal_names_the_state_and_who_can_help():
    require(somebody(Role.COORDINATOR), STEP, HERE, "Angola")
    with pytest.raises(NotYours, match="beyond_the_mandate"):
        require(somebody(Role.COORDINATOR), STEP, ELSEWHERE, "Cambodia")
    with pytest.raises(NotYours):
        require(somebody(Role.COORDINATOR), SETTLE, HERE, "Angola")


def test_what_concerns_every_state_is_the_secretariats():
    require_secretariat(OPERATOR)
    for other in (ANYONE, somebody(Role.PRESIDENT), somebody(Role.COORDINATOR)):
        with pytest.raises(NotYours):
            require_secretariat(other)


@pytest.fixture
def workspace(record):
    return record


APPOINTED = {
    "secretariat": lambda workspace: the_secretariat(workspace)[0],
    "coordinator": lambda workspace: a_coordinator(workspace)[0],
    "champion": lambda workspace: a_champion(workspace)[0],
    "chair": lambda workspace: held(workspace, "Chair", "chair", "WGTU")[0],
    "contact": lambda workspace: held(workspace, "Contact", "contact", HERE)[0],
}


@pytest.mark.parametrize("role", APPOINTED)
def test_the_door_to_a_dossier_opens_for_who_has_the_right_and_for_nobody_else(workspace, role):
    reader = reader_for(workspace, APPOINTED[role](workspace), treaty="att")
    for right in Right:
        for state in (HERE, ELSEWHERE):
            serves_all = powers(role).serves is Reach.EVERYWHERE
            allowed = TABLE[Role(role)][list(Right).index(right)] == "y" and (state == HERE or serves_all)
            assert opens(workspace, state, right, reader) is allowed, (right, state)


def opens(workspace, state, right, reader):
    try:
        with workspace.open_dossier(state, treaty="att", reader=reader, right=right) as open_dossier:
            return open_dossier.actor == reader.actor
    except NotYours:
        return False


def test_there_is_no_door_to_what_is_not_on_file(workspace):
    with pytest.raises(NotOnFile), workspace.open_dossier("XXX", treaty="att", right=FILE, reader=OPERATOR):
        pass
