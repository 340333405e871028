"""One-time links: who gets in by one, once, and who does not."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text

from casework.access.one_time_links import STANDS, LinkOver, Purpose, hand_over_link, make_link, sign_in_by_link, whose
from casework.access.sessions import hash_of, session_of
from casework.core.rights import NotYours
from casework.core.workspace import Workspace
from casework.people.ending_holds import end_hold
from casework.people.first_administrator import NAME, administrator_link, ways_in
from casework.people.holds import hold
from casework.people.people_list import people_list
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.roles import Role
from tests.appointments import a_champion, a_person, eyes, the_secretariat
from tests.builders import clock_of


def a_link(workspace: Workspace, person: int, purpose: Purpose = Purpose.SIGN_IN, **said) -> str:
    """Make a link, and return its token."""
    with workspace.registry() as connection:
        return token_in(make_link(workspace, connection, person, purpose, by="operator", **said))


def token_in(link: str) -> str:
    """Return the last part of a link."""
    return link.rpartition("/")[2]


def come_in(workspace: Workspace, token: str):
    """Sign in by a link."""
    return sign_in_by_link(workspace, token, treaty="att")


def test_a_link_signs_its_person_in_and_knows_where_to(record: Workspace):
    champion, _ = a_champion(record)
    came = come_in(record, a_link(record, champion, leads_to="/follow-ups/7"))
    assert (came.person, came.leads_to) == (champion, "/follow-ups/7")
    there = session_of(record, came.token, treaty="att")
    assert there is not None
    assert there.person == champion


def test_a_link_works_once(record: Workspace):
    token = a_link(record, a_champion(record)[0])
    come_in(record, token)
    with pytest.raises(LinkOver, match="link_over"):
        come_in(record, token)


@pytest.mark.parametrize("purpose", sorted(set(Purpose) - {Purpose.VERIFY}))
def test_a_link_stands_as_long_as_it_says_and_no_longer(record: Workspace, purpose: Purpose):
    champion, _ = a_champion(record)
    late, in_time = a_link(record, champion, purpose), a_link(record, champion, purpose)
    clock_of(record).hour += STANDS[purpose]
    with pytest.raises(LinkOver):
        come_in(record, late)
    clock_of(record).hour -= timedelta(seconds=1)
    assert come_in(record, in_time).person == champion


def test_sign_in_links_stand_half_an_hour_and_invitations_a_week():
    assert STANDS[Purpose.SIGN_IN] == timedelta(minutes=30)
    assert STANDS[Purpose.INVITATION] == STANDS[Purpose.ADMINISTRATOR] == timedelta(days=7)


@pytest.mark.parametrize("token", ["", "nobody", "x" * 10_000, "\udcff"])
def test_a_link_that_was_never_made_says_the_same_as_a_used_one(record: Workspace, token: str):
    used = a_link(record, a_champion(record)[0])
    come_in(record, used)
    said = set()
    for one in (used, token):
        for verb in (come_in, whose):
            with pytest.raises(LinkOver) as over:
                verb(record, one)
            said.add(over.value.refusals)
    assert len(said) == 1


def test_looking_at_a_link_does_not_use_it_up(record: Workspace):
    token = a_link(record, a_champion(record)[0])
    assert whose(record, token) == whose(record, token) == "Champion of NAM"
    come_in(record, token)


def test_of_two_who_come_at_once_one_gets_in(record: Workspace):
    token = a_link(record, a_champion(record)[0])
    guard, came, refused = threading.Barrier(4), [], []

    def come() -> None:
        guard.wait()
        try:
            came.append(come_in(record, token))
        except LinkOver as over:
            refused.append(over)

    comers = [threading.Thread(target=come) for _ in range(4)]
    for comer in comers:
        comer.start()
    for comer in comers:
        comer.join()
    assert (len(came), len(refused)) == (1, 3)


def test_a_link_to_verify_an_address_signs_nobody_in_and_is_not_used_up_by_trying(record: Workspace):
    token = a_link(record, a_champion(record)[0], Purpose.VERIFY)
    with pytest.raises(LinkOver):
        come_in(record, token)
    with record.reading() as connection:
        assert connection.execute(text("SELECT used_at FROM one_time_link")).scalar() is None


def test_who_comes_in_leaves_no_other_link_of_theirs_standing(record: Workspace):
    champion, _ = a_champion(record)
    other, _ = the_secretariat(record)
    first, second, others = a_link(record, champion), a_link(record, champion), a_link(record, other)
    come_in(record, first)
    with pytest.raises(LinkOver):
        come_in(record, second)
    assert come_in(record, others).person == other


def test_a_mandate_that_ended_closes_the_way_by_link(record: Workspace):
    champion, mandate = a_champion(record)
    token = a_link(record, champion)
    end_hold(record, champion, mandate, on=record.today(), reader=OPERATOR, treaty=None)
    with pytest.raises(NotYours, match="no_mandate_in_term"):
        come_in(record, token)


def test_the_record_keeps_the_hash_of_a_link_alone(record: Workspace):
    a_champion(record)
    token = token_in(hand_over_link(record, "Champion of NAM", treaty="att", reader=OPERATOR))
    with record.reading() as connection:
        kept = repr([*connection.execute(text("SELECT * FROM one_time_link"))])
        kept += repr([*connection.execute(text("SELECT what, row, detail FROM audit"))])
    assert token not in kept
    assert hash_of(token) in kept


def test_the_operator_gets_a_link_for_somebody_whose_mail_does_not_arrive(record: Workspace):
    champion, _ = a_champion(record)
    link = hand_over_link(record, champion, treaty="att", reader=OPERATOR)
    assert link.startswith(f"{record.settings.base_url}/sign-in/")
    assert come_in(record, token_in(link)).person == champion


def test_no_link_is_made_for_somebody_who_could_not_sign_in(record: Workspace):
    with pytest.raises(NotYours, match="no_mandate_in_term"):
        hand_over_link(record, a_person(record, "Guest"), treaty="att", reader=OPERATOR)


def test_a_champion_gets_no_link_for_somebody_else(record: Workspace):
    champion, _ = a_champion(record)
    other, _ = the_secretariat(record)
    with pytest.raises(NotYours):
        hand_over_link(record, other, treaty="att", reader=eyes(record, champion))


def test_an_officer_gets_no_link_that_opens_an_administrators_eyes(record: Workspace):
    officer, mandate = the_secretariat(record)
    head = a_person(record, "Head of office", sees_personal=True)
    hold(record, head, mandate, from_=record.today(), reader=OPERATOR, treaty=None)
    with pytest.raises(NotYours, match="link_of_an_administrator"):
        hand_over_link(record, head, treaty="att", reader=eyes(record, officer))
    assert hand_over_link(record, officer, treaty="att", reader=eyes(record, head))
    assert hand_over_link(record, head, treaty="att", reader=eyes(record, head))


def test_a_record_without_a_secretariat_gets_an_administrator_who_can_come_in(record: Workspace):
    link = administrator_link(record, treaty="att")
    assert link is not None
    came = come_in(record, token_in(link))
    there = session_of(record, came.token, treaty="att")
    assert there is not None
    assert there.name == NAME
    assert there.reader.roles == {Role.SECRETARIAT}
    assert there.reader.sees_personal
    assert administrator_link(record, treaty="att") is None


def test_until_somebody_came_in_each_start_makes_a_link_and_ends_the_one_before(record: Workspace):
    first, second = administrator_link(record, treaty="att"), administrator_link(record, treaty="att")
    assert first is not None
    assert second is not None
    with pytest.raises(LinkOver):
        come_in(record, token_in(first))
    assert come_in(record, token_in(second))
    assert len(people_list(record, treaty="att", reader=OPERATOR)) == 1


def test_where_somebody_serves_the_secretariat_the_link_is_theirs(record: Workspace):
    officer, _ = the_secretariat(record)
    link = administrator_link(record, treaty="att")
    assert link is not None
    assert come_in(record, token_in(link)).person == officer


def test_the_record_knows_by_what_the_secretariat_can_come_in(record: Workspace):
    def ways() -> frozenset[str]:
        with record.reading() as connection:
            return ways_in(record, connection, treaty="att")

    assert ways() == frozenset()
    link = administrator_link(record, treaty="att")
    assert ways() == {"link"}
    come_in(record, token_in(link or ""))
    assert ways() == frozenset()
    the_secretariat(record)
    assert ways() == {"address"}
