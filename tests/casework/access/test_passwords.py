"""Passwords: who gets in by one, what is said to whoever does not, and what a change ends."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import event, text

from casework.access import passwords
from casework.access.one_time_links import LinkOver, Purpose, make_link, sign_in_by_link
from casework.access.passwords import MOST_AT_ONE_ADDRESS, NotChanged, NotSignedIn, change_password, sign_in
from casework.access.rate_limit import MOST, TooManyTries
from casework.access.sessions import SignedInBy, open_session, session_of
from casework.core.rights import NotYours
from casework.core.workspace import Workspace
from casework.letters.administration import list_letters
from casework.people.ending_holds import end_hold
from casework.people.first_administrator import administrator_link
from casework.people.holds import hold
from casework.people.own_account import own_account
from models.access import accounts
from models.letters import opened
from pathways.grammar.clearance import OPERATOR
from tests.appointments import FROM, a_champion, a_mandate, a_person, eyes, mailbox_of, the_secretariat
from tests.builders import clock_of

ADDRESS = "champion.of.nam@mission.example"
GOOD, BETTER = "four lakes at dawn", "seven hills at dusk"


def choose(
    workspace: Workspace, person: int, new: str = GOOD, *, current: str = "", token: str = "", again=None
) -> None:
    """Choose a password at a session."""
    token = token or open_session(workspace, person)
    change_password(
        workspace, token, eyes(workspace, person),
        current=current, new=new, again=new if again is None else again, caller="192.0.2.7", treaty="att",
    )  # fmt: skip


def come(workspace: Workspace, password: str = GOOD, address: str = ADDRESS, caller: str = "192.0.2.7") -> str:
    """Sign in by address and password."""
    return sign_in(workspace, address, password, caller=caller, treaty="att")


def minutes_pass(workspace: Workspace, number: int = 2) -> None:
    """Let the clock go forward."""
    clock_of(workspace).hour += timedelta(minutes=number)


@pytest.fixture
def champion(record: Workspace) -> int:
    """Put a champion on file who has chosen a password."""
    person, _ = a_champion(record)
    choose(record, person)
    return person


def test_address_and_password_let_their_person_in(record: Workspace, champion: int):
    there = session_of(record, come(record, address=f"  {ADDRESS.upper()} "), treaty="att")
    assert there is not None
    assert there.person == champion


def test_an_address_is_counted_as_one_however_its_domain_is_spelt(record: Workspace):
    for spelling in ("x@straße.example", "x@STRAßE.example", "x@xn--strae-oqa.example", "x@\uff53traße.example"):
        with pytest.raises(NotSignedIn):
            come(record, address=spelling, caller=spelling)
    for number in range(MOST - 4):
        with pytest.raises(NotSignedIn):
            come(record, address="x@straße.example", caller=f"192.0.2.{number}")
    with pytest.raises(TooManyTries):
        come(record, address="x@straße.example", caller="192.0.2.99")


def test_the_same_letters_typed_on_another_keyboard_let_in_too(record: Workspace, champion: int):
    minutes_pass(record)
    choose(record, champion, "Zürich im März allein")
    assert come(record, "Zu\u0308rich im Ma\u0308rz allein")


@pytest.mark.parametrize(
    ("address", "password"),
    [
        (ADDRESS, "wrong in every word"),
        (ADDRESS, ""),
        (ADDRESS, GOOD.upper()),
        (ADDRESS, GOOD + "x" * 500_000),
        (ADDRESS, "\udcff\x00"),
        ("nobody@mission.example", GOOD),
        ("", ""),
        ("desk.officer@mission.example", GOOD),
    ],
)
def test_whatever_does_not_fit_gets_the_same_answer(record: Workspace, champion: int, address: str, password: str):
    the_secretariat(record)  # on file, without a password
    with pytest.raises(NotSignedIn) as refused:
        come(record, password, address)
    assert refused.value.refusals == NotSignedIn().refusals


def test_an_unknown_account_costs_the_same_work_as_a_wrong_password(record: Workspace, champion: int, monkeypatch):
    verified, asked = [], []
    verify = Argon2Hasher.verify

    def counted(*said):
        verified.append(said)
        return verify(*said)

    monkeypatch.setattr(Argon2Hasher, "verify", counted)
    event.listen(record.store.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    work = set()
    for address in (ADDRESS, "nobody@mission.example"):
        with pytest.raises(NotSignedIn):
            come(record, "wrong in every word", address)
        work.add((len(verified), tuple(asked)))
        verified.clear()
        asked.clear()
    assert len(work) == 1
    assert work.pop()[0] == MOST_AT_ONE_ADDRESS


def test_a_sixth_try_within_a_minute_waits_whether_or_not_the_account_exists(record: Workspace, champion: int):
    said = set()
    for address in (ADDRESS, "nobody@mission.example"):
        for n in range(MOST):
            with pytest.raises(NotSignedIn):
                come(record, "wrong in every word", address, caller=f"{address}{n}")
        with pytest.raises(TooManyTries) as refused:
            come(record, GOOD, address, caller="another")
        said.add(refused.value.refusals)
    assert len(said) == 1
    minutes_pass(record)
    assert come(record)


def test_an_address_nobody_vouched_for_is_no_name_to_sign_in_under(record: Workspace, champion: int):
    person = a_person(record, "Not yet asked", vouched=False)
    hold(
        record,
        person,
        a_mandate(record, "coordinator", "KEN", region="Africa"),
        from_=FROM,
        reader=OPERATOR,
        treaty=None,
    )
    choose(record, person)
    with pytest.raises(NotSignedIn):
        come(record, address=mailbox_of("Not yet asked"))


def test_who_has_no_mandate_any_more_is_told_so_only_after_the_right_password(record: Workspace):
    person, mandate = a_champion(record)
    choose(record, person)
    end_hold(record, person, mandate, on=record.today(), reader=OPERATOR, treaty=None)
    with pytest.raises(NotSignedIn):
        come(record, "wrong in every word")
    with pytest.raises(NotYours, match="no_mandate_in_term"):
        come(record)


def test_only_a_hash_is_kept_and_it_is_argon2(record: Workspace, champion: int):
    with record.reading() as connection:
        kept = accounts.password_hash(connection, champion)
        noted = repr([*connection.execute(text("SELECT what, row, detail FROM audit"))])
    assert kept is not None
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept + noted


def test_a_hash_of_older_making_is_renewed_when_its_person_comes(record: Workspace, champion: int):
    old = Argon2Hasher(memory_cost=8 * 1024, time_cost=1, parallelism=1).hash(GOOD)
    with record.registry() as connection:
        accounts.keep_password(connection, champion, old, now=record.clock.now())
    come(record)
    with record.reading() as connection:
        assert accounts.password_hash(connection, champion) != old
    assert come(record)


@pytest.mark.parametrize(
    ("new", "again", "codes"),
    [
        ("short words", None, ["password_of_this_length"]),
        ("long words " * 20, None, ["password_of_this_length"]),
        ("aaaaaaaaaaaaaa", None, ["password_too_plain"]),
        (BETTER, "seven hills at dawn", ["passwords_differ"]),
        ("short", "shorter", ["password_of_this_length", "passwords_differ"]),
    ],
)
def test_a_weak_password_is_refused_with_every_reason(record: Workspace, champion: int, new: str, again, codes):
    minutes_pass(record)
    with pytest.raises(NotChanged) as refused:
        choose(record, champion, new, again=again)
    assert list(refused.value.codes) == codes
    assert come(record)


def test_a_change_asks_for_the_current_one_unless_a_link_opened_the_session_just_now(record: Workspace, champion: int):
    by_password = come(record)
    assert own_account(record, by_password, eyes(record, champion)).asks_current
    with pytest.raises(NotChanged, match="current_password_wrong"):
        choose(record, champion, BETTER, token=by_password)
    choose(record, champion, BETTER, token=by_password, current=GOOD)
    by_link = open_session(record, champion, by=SignedInBy.LINK)
    assert not own_account(record, by_link, eyes(record, champion)).asks_current
    minutes_pass(record, 31)
    assert own_account(record, by_link, eyes(record, champion)).asks_current
    with pytest.raises(NotChanged, match="current_password_wrong"):
        choose(record, champion, GOOD, token=by_link)


def test_guessing_the_current_one_at_an_open_session_is_counted(record: Workspace, champion: int):
    minutes_pass(record)
    token = come(record)
    for _ in range(MOST):
        with pytest.raises(NotChanged):
            choose(record, champion, BETTER, token=token, current="a guess at random")
    with pytest.raises(TooManyTries):
        choose(record, champion, BETTER, token=token, current=GOOD)


def test_a_change_ends_every_other_session_and_link_and_a_letter_tells_of_it(record: Workspace, champion: int):
    minutes_pass(record)
    here, elsewhere = come(record), come(record)
    with record.registry() as connection:
        link = make_link(record, connection, champion, Purpose.SIGN_IN, by="operator").rpartition("/")[2]
    choose(record, champion, BETTER, token=here, current=GOOD)
    assert session_of(record, here, treaty="att") is not None
    assert session_of(record, elsewhere, treaty="att") is None
    with pytest.raises(LinkOver):
        sign_in_by_link(record, link, treaty="att")
    with pytest.raises(NotSignedIn):
        come(record, GOOD)
    assert come(record, BETTER)
    with record.reading() as connection:
        told = [opened.told_in(connection, one.letter) for one in list_letters(record, reader=OPERATOR)]
    assert [[notice.occasion for notice in letter] for letter in told] == [["password_changed"], ["password_changed"]]


def test_who_has_no_address_is_not_written_to_about_a_password(record: Workspace):
    administrator_link(record, treaty="att")
    choose(record, 1)
    assert list_letters(record, reader=OPERATOR) == ()


def test_a_password_changed_while_somebody_signs_in_with_the_old_one_keeps_them_out(
    record: Workspace, champion: int, monkeypatch
):
    minutes_pass(record)
    verify, guard, over = Argon2Hasher.verify, threading.Event(), threading.Event()

    def slow(*said) -> bool:
        guard.set()
        over.wait(10)
        return verify(*said)

    refused = []

    def come_slowly() -> None:
        try:
            come(record)
        except NotSignedIn as wrong:
            refused.append(wrong)

    monkeypatch.setattr(Argon2Hasher, "verify", slow)
    monkeypatch.setattr(passwords, "_at_once", threading.BoundedSemaphore(2))  # on a machine with few processors too
    comer = threading.Thread(target=come_slowly)
    comer.start()
    guard.wait(10)
    choose(record, champion, BETTER)
    over.set()
    comer.join()
    assert len(refused) == 1


def test_the_operator_has_no_password(record: Workspace):
    with pytest.raises(NotYours):
        change_password(record, "", OPERATOR, current="", new=GOOD, again=GOOD, caller="here", treaty="att")
