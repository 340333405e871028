"""Who may know what: the table of the house, cell by cell."""

import pytest

from pathways.grammar.clearance import ANYONE, OPERATOR, Guarded, NoSensitivity, Reader, Sensitivity, may_read
from pathways.grammar.roles import Role

PUBLIC, PARTIES, COORDINATION, CONFIDENTIAL, PERSONAL = Sensitivity
MINE, ELSEWHERE = "KHM", "PER"


def reader(role=None, states=(), **known):
    return Reader.of("person:7", {role: states} if role else {}, **known)


READERS = {
    "anyone": ANYONE,
    "a signatory's contact, of another State": reader(Role.CONTACT, {ELSEWHERE}),
    "a State Party's contact": reader(Role.CONTACT, {ELSEWHERE}, party=True),
    "its own contact": reader(Role.CONTACT, {MINE}),
    "a champion of the region": reader(Role.CHAMPION, {MINE}),
    "a coordinator of the region": reader(Role.COORDINATOR, {MINE}),
    "a champion of another region": reader(Role.CHAMPION, {ELSEWHERE}),
    "the President": reader(Role.PRESIDENT),
    "the chair": reader(Role.CHAIR),
    "the Secretariat": reader(Role.SECRETARIAT),
    "the named administrator": reader(Role.SECRETARIAT, sees_personal=True),
    "the operator": OPERATOR,
}

# Of a fact about Cambodia that a third party told, and nobody released.  public, parties, coordination, …
TABLE = {
    "anyone": "y....",
    "a signatory's contact, of another State": "y....",
    "a State Party's contact": "yy...",
    "its own contact": "yy...",
    "a champion of the region": "yyy..",
    "a coordinator of the region": "yyy..",
    "a champion of another region": "yy...",
    "the President": "yyy..",
    "the chair": "yyy..",
    "the Secretariat": "yyyy.",
    "the named administrator": "yyyyy",
    "the operator": "yyyyy",
}
CELLS = [(who, level, mark == "y") for who, row in TABLE.items() for level, mark in zip(Sensitivity, row, strict=True)]


def a_fact(level, author="person:1", **known):
    return Guarded(state=MINE, sensitivity=level, author=author, **known)


@pytest.mark.parametrize(("who", "level", "may"), CELLS)
def test_the_table_is_kept_cell_by_cell(who, level, may):
    assert may_read(READERS[who], a_fact(level)) is may


@pytest.mark.parametrize("level", Sensitivity)
@pytest.mark.parametrize("who", READERS)
def test_an_author_always_reads_the_own_fact(who, level):
    assert may_read(READERS[who], a_fact(level, author=READERS[who].actor))


@pytest.mark.parametrize("level", Sensitivity)
def test_somebody_named_by_a_release_reads_it_at_any_level(level):
    released = a_fact(level, released_to=frozenset({"person:7"}))
    assert may_read(reader(), released)
    assert may_read(reader(Role.CHAMPION, {ELSEWHERE}), released)


@pytest.mark.parametrize("level", [COORDINATION, CONFIDENTIAL, PERSONAL])
def test_a_release_to_somebody_else_opens_nothing(level):
    assert not may_read(reader(), a_fact(level, released_to=frozenset({"person:8", f"state:{MINE}"})))


@pytest.mark.parametrize("level", [COORDINATION, CONFIDENTIAL])
def test_a_state_reads_what_it_gave_and_what_was_released_to_it(level):
    own = READERS["its own contact"]
    assert may_read(own, a_fact(level, given_by_state=True))
    assert may_read(own, a_fact(level, released_to=frozenset({f"state:{MINE}"})))
    assert not may_read(own, a_fact(level))


@pytest.mark.parametrize("level", [PARTIES, COORDINATION, CONFIDENTIAL])
def test_a_state_never_reads_an_assessment_of_itself(level):
    own = READERS["its own contact"]
    for known in ({"given_by_state": True}, {"released_to": frozenset({f"state:{MINE}"})}):
        assert not may_read(own, a_fact(level, assessment=True, **known))


@pytest.mark.parametrize("level", [PARTIES, COORDINATION, CONFIDENTIAL, PERSONAL])
@pytest.mark.parametrize("role", Role)
def test_no_release_opens_an_assessment_to_whoever_holds_a_mandate_of_that_state(role, level):
    """Whatever else somebody serves in, and whoever was named, before the mandate or after."""
    assessed = a_fact(level, assessment=True, released_to=frozenset({"person:7", f"state:{MINE}"}))
    for party in (False, True):
        of_the_state = reader(role, {MINE}, of_states={MINE}, party=party, sees_personal=True)
        assert not may_read(of_the_state, assessed)
        assert may_read(of_the_state, a_fact(level, assessment=True, author="person:7"))
        assert may_read(of_the_state, a_fact(level, released_to=frozenset({"person:7"})))
        assert may_read(reader(Role.CHAMPION, {MINE}, of_states={ELSEWHERE}, party=party), assessed)


@pytest.mark.parametrize("level", [COORDINATION, CONFIDENTIAL])
def test_what_a_state_gave_stays_closed_to_another_states_contact(level):
    assert not may_read(READERS["a State Party's contact"], a_fact(level, given_by_state=True))


def test_a_release_to_a_state_does_not_open_what_is_personal():
    assert not may_read(READERS["its own contact"], a_fact(PERSONAL, released_to=frozenset({f"state:{MINE}"})))


def test_states_served_in_a_role_that_reads_nothing_of_them_open_nothing():
    assert not may_read(reader("bystander", {MINE}), a_fact(COORDINATION))
    assert not may_read(reader(Role.CONTACT, {MINE}), a_fact(COORDINATION))


def test_levels_are_ordered_by_how_closely_a_fact_is_held_not_by_their_names():
    assert sorted(Sensitivity) == [PUBLIC, PARTIES, COORDINATION, CONFIDENTIAL, PERSONAL]
    assert Sensitivity.named("Confidential") is CONFIDENTIAL
    with pytest.raises(NoSensitivity) as refused:
        Sensitivity.named("secret")
    assert refused.value.refusals[0].values["levels"][:2] == ("public", "parties")
