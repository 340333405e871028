"""Several persons read letters at one address; each signs in there by a password of their own."""

from typing import Any

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from casework.access.passwords import MOST_AT_ONE_ADDRESS, NotSignedIn
from casework.access.sessions import session_of
from casework.core.workspace import Workspace
from casework.people.holds import hold
from casework.people.persons import add_person
from pathways.grammar.clearance import OPERATOR
from tests.appointments import FROM, a_champion, a_mandate
from tests.casework.access.test_passwords import ADDRESS, BETTER, GOOD, choose, come, minutes_pass


def another(workspace: Workspace, number: int = 2) -> int:
    """Put one more person on file at the champion's address, with a mandate."""
    person = add_person(workspace, f"Officer {number} of Namibia", email=ADDRESS, reader=OPERATOR)
    hold(workspace, person, a_mandate(workspace, "chair", f"Group {number}"), from_=FROM, reader=OPERATOR, treaty=None)
    return person


def who_comes(workspace: Workspace, password: str) -> int:
    there = session_of(workspace, come(workspace, password), treaty="att")
    assert there is not None
    return there.person


def test_each_of_two_at_one_address_signs_in_by_the_own_password(record: Workspace):
    first, second = a_champion(record)[0], another(record)
    choose(record, first, GOOD)
    choose(record, second, BETTER)
    assert (who_comes(record, GOOD), who_comes(record, BETTER)) == (first, second)
    with pytest.raises(NotSignedIn):
        come(record, "wrong in every word")


def test_a_wrong_password_costs_the_same_however_many_are_at_an_address(record: Workspace, monkeypatch):
    verified: list[Any] = []
    verify = Argon2Hasher.verify

    def counted(*said: Any) -> bool:
        verified.append(said)
        return verify(*said)

    monkeypatch.setattr(Argon2Hasher, "verify", counted)
    work = []
    for count in range(MOST_AT_ONE_ADDRESS + 1):
        choose(record, a_champion(record)[0] if not count else another(record, count), f"{GOOD} {count}")
        verified.clear()
        with pytest.raises(NotSignedIn):
            come(record, "wrong in every word", caller=f"192.0.2.{count}")
        work.append(len(verified))
        minutes_pass(record)
    assert set(work) == {MOST_AT_ONE_ADDRESS}
