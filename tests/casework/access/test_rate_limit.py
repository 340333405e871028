"""Five tries a minute for an account and for a caller; which account it is makes no difference."""

from datetime import timedelta

import pytest

from casework.access.rate_limit import MOST, TooManyTries, count_try
from tests.builders import a_workspace, clock_of
from tests.refusals import said


@pytest.fixture
def workspace(tmp_path):
    made = a_workspace(tmp_path, opened=False)
    yield made
    made.close()


def tried(workspace, account="desk@mission.example", caller="192.0.2.7", what="sign in"):
    """Try, and tell whether that was let through."""
    try:
        count_try(workspace, what, account=account, caller=caller)
    except TooManyTries:
        return False
    return True


def test_a_sixth_try_of_one_account_within_a_minute_waits(workspace):
    assert [tried(workspace, caller=f"192.0.2.{n}") for n in range(MOST + 1)] == [True] * MOST + [False]


def test_a_sixth_try_of_one_caller_within_a_minute_waits(workspace):
    assert [tried(workspace, account=f"{n}@mission.example") for n in range(MOST + 1)] == [True] * MOST + [False]


def test_another_account_from_elsewhere_does_not_wait(workspace):
    for _ in range(MOST + 1):
        tried(workspace)
    assert tried(workspace, account="other@mission.example", caller="192.0.2.8")


def test_capitals_and_blanks_make_no_other_account(workspace):
    spellings = ["desk@mission.example", " Desk@Mission.example ", "DESK@MISSION.EXAMPLE"] * 2
    assert [tried(workspace, account=s, caller=str(n)) for n, s in enumerate(spellings)] == [True] * MOST + [False]


def test_asking_for_a_link_is_counted_apart_from_signing_in(workspace):
    for _ in range(MOST + 1):
        tried(workspace)
    assert tried(workspace, what="link")


def test_the_sentence_says_when_to_try_again_and_then_it_goes(workspace):
    for _ in range(MOST):
        tried(workspace)
        clock_of(workspace).hour += timedelta(seconds=10)
    with pytest.raises(TooManyTries, match="too_many_tries") as refused:
        count_try(workspace, "sign in", account="desk@mission.example", caller="192.0.2.7")
    assert said(refused.value) == ("That was tried 5 times within a minute. Try again from 11:31:01 on.",)
    clock_of(workspace).hour = refused.value.until
    assert tried(workspace)
    assert not tried(workspace)


def test_waiting_tries_do_not_lengthen_the_wait(workspace):
    for _ in range(MOST):
        tried(workspace)
    clock_of(workspace).hour += timedelta(seconds=59)
    assert not tried(workspace)
    clock_of(workspace).hour += timedelta(seconds=1)
    assert tried(workspace)


def test_ten_thousand_accounts_do_not_fill_the_memory(workspace):
    from casework.access.rate_limit import _of_workspace

    for n in range(10_500):
        tried(workspace, account=str(n), caller=str(n))
        if n % 1000 == 0:
            clock_of(workspace).hour += timedelta(minutes=2)
    assert len(_of_workspace[workspace]._made) < 10_100
