"""The gate of signing in: a few at once, fewer of one caller, and a crowd is sent away slowly."""

import anyio
import pytest

from desk.web.sign_in_gate import MOST, OF_ONE, SignInGate, TooManyAtTheDoor

PAUSE = 0.01


@pytest.fixture
def gate():
    return SignInGate(pause=PAUSE, apart=0.0)


class Crowd:
    """Callers who come together and stay inside until they are let go."""

    def __init__(self, gate):
        self.gate, self.inside, self.sent_away = gate, [], []
        self.may_go = anyio.Event()

    async def come(self, caller):
        try:
            async with self.gate.place(caller):
                self.inside.append(caller)
                await self.may_go.wait()
        except TooManyAtTheDoor:
            self.sent_away.append(caller)

    async def gather(self, callers):
        async with anyio.create_task_group() as group:
            for caller in callers:
                group.start_soon(self.come, caller)
            while len(self.inside) + len(self.sent_away) < len(callers):
                await anyio.sleep(PAUSE)
            self.may_go.set()
        return self


def come(gate, callers):
    """Let all of them come at once, and return who was let in and who was sent away."""
    crowd = anyio.run(lambda: Crowd(gate).gather(callers))
    return crowd.inside, crowd.sent_away


def test_a_few_are_inside_at_once_and_one_more_is_sent_away(gate):
    inside, sent_away = come(gate, [f"caller {n}" for n in range(MOST + 3)])
    assert (len(inside), len(sent_away)) == (MOST, 3)


def test_one_caller_leaves_room_for_others(gate):
    inside, _ = come(gate, ["a crowd"] * 40 + ["somebody", "somebody else"])
    assert sorted(inside) == ["a crowd"] * OF_ONE + ["somebody", "somebody else"]


def test_whoever_leaves_makes_room_whatever_went_wrong_inside(gate):
    async def break_inside():
        async with gate.place("caller"):
            raise ZeroDivisionError

    for _ in range(MOST + 1):
        with pytest.raises(ZeroDivisionError):
            anyio.run(break_inside)
    inside, sent_away = come(gate, ["caller"])
    assert (inside, sent_away) == (["caller"], [])


def test_a_crowd_that_is_sent_away_goes_one_by_one():
    gate = SignInGate(pause=0.0, apart=0.02)

    async def sent_away_after():
        began = anyio.current_time()
        crowd = await Crowd(gate).gather(["crowd"] * (OF_ONE + 10))
        assert len(crowd.sent_away) == 10
        return anyio.current_time() - began

    assert anyio.run(sent_away_after) >= 9 * 0.02  # however fast the machine is
