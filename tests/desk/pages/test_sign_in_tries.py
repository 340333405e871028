"""Trying to sign in again and again: five times a minute, a few at once, and by whom it is counted."""

import re
from contextlib import AsyncExitStack
from datetime import timedelta

from anyio import run, to_thread
from starlette.testclient import TestClient

from casework.access.rate_limit import MOST
from desk.web.sign_in_gate import MOST as MOST_INSIDE
from desk.web.sign_in_gate import SignInGate
from tests.builders import clock_of

ADDRESS = "champion@mission.example"


def test_the_sixth_try_within_a_minute_is_told_when_to_come_again(desk):
    client = desk.stranger()
    for by in ("link", "password"):
        said = {"by": by, "address": ADDRESS, "password": "wrong"}
        answers = [client.post("/sign-in", data=said) for _ in range(MOST + 1)]
        assert [a.status_code for a in answers][-1] == 429
        assert re.search(r"Try again from \d\d:\d\d:\d\d on", answers[-1].text)
    clock_of(desk.workspace).hour += timedelta(minutes=1)
    assert client.post("/sign-in", data={"by": "link", "address": ADDRESS}).status_code == 303


def test_where_a_crowd_is_at_the_door_one_more_is_asked_to_come_again_and_who_is_at_work_goes_on(desk):
    gate = desk.app.app.state.sign_in_gate = SignInGate(pause=0.0)
    stranger, officer = desk.stranger(), desk.as_("secretariat")

    async def come_to_a_crowd():
        async with AsyncExitStack() as crowd:
            for n in range(MOST_INSIDE):
                await crowd.enter_async_context(gate.place(f"caller {n}"))
            said = {"by": "password", "address": ADDRESS, "password": "wrong"}
            return await to_thread.run_sync(lambda: stranger.post("/sign-in", data=said))

    answer = run(come_to_a_crowd)
    assert (answer.status_code, "Many are signing in just now" in answer.text) == (429, True)
    assert f'value="{ADDRESS}"' in answer.text
    assert officer.get("/").status_code == 200
    assert stranger.post("/sign-in", data={"by": "link", "address": ADDRESS}).status_code == 303


def test_behind_a_proxy_the_tries_of_one_caller_are_not_everybodys(desk):
    client = desk.stranger()
    own = TestClient(client.app, base_url=str(client.base_url), client=("127.0.0.1", 5), follow_redirects=False)

    def come(n: int, caller: str) -> int:
        headers = {"sec-fetch-site": "same-origin", "x-forwarded-for": f"10.9.9.9, {caller}"}
        said = {"by": "link", "address": f"{n}@x.example"}
        return int(own.post("/sign-in", data=said, headers=headers).status_code)

    assert [come(n, "192.0.2.7") for n in range(MOST + 1)] == [303] * MOST + [429]
    assert come(9, "192.0.2.8") == 303
