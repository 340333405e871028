"""A role gives what the table says of it, and one that is not in the table gives nothing."""

import pytest

from pathways.grammar.clearance import ANYONE, Guarded, Reader, Sensitivity, may_read
from pathways.grammar.roles import NOTHING, ROLES, Powers, Reach, Role, powers, see_roster

HERE, ELSEWHERE = "PHL", "KHM"
BYSTANDER = Reader(
    actor="person:1", roles=frozenset({"bystander"}), scope=frozenset({HERE}), own=frozenset({ELSEWHERE})
)
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
@pytest.mark.parametrize(
    ("reach", "here", "elsewhere", "assessed_elsewhere"),
    [
        (Reach.NOWHERE, False, False, False),
        (Reach.OWN, False, True, False),
        (Reach.SCOPE, True, False, False),
        (Reach.EVERYWHERE, True, True, True),
    ],
)
def test_once_in_the_table_it_reads_what_its_row_says(monkeypatch, level, reach, here, elsewhere, assessed_elsewhere):
    monkeypatch.setitem(ROLES, "bystander", Powers(**{level.label: reach}))
    for other in LEVELS:
        reached = other is level
        assert may_read(BYSTANDER, held(other, HERE)) is (reached and here)
        # What is for States Parties, the contact of a State reads of that State, whatever the role.
        of_own = other is Sensitivity.PARTIES
        assert may_read(BYSTANDER, held(other, ELSEWHERE)) is (of_own or (reached and elsewhere))
        assert may_read(BYSTANDER, held(other, ELSEWHERE, assessment=True)) is (reached and assessed_elsewhere)


def test_what_is_personal_no_role_reads(monkeypatch):
    everything = Powers(parties=Reach.EVERYWHERE, coordination=Reach.EVERYWHERE, confidential=Reach.EVERYWHERE)
    monkeypatch.setitem(ROLES, "bystander", everything)
    assert not may_read(BYSTANDER, held(Sensitivity.PERSONAL, HERE))
