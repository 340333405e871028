"""The id of a request: in its answer, in each line of the log about it, and on the page of what broke."""

import io
import logging
import re
from threading import Barrier, Thread

import anyio
import pytest
from starlette.testclient import TestClient

from casework.core.log_lines import TextLines
from desk.pages.states import states
from tests.desk.conftest import ADDRESS

HANDED_ON = {"x-forwarded-for": "192.0.2.7"}


@pytest.fixture
def log():
    """Give what the desk writes into its log."""
    written, desk = io.StringIO(), logging.getLogger("accede.desk")
    handler = logging.StreamHandler(written)
    handler.setFormatter(TextLines())
    desk.addHandler(handler)
    yield lambda: written.getvalue().splitlines()
    desk.removeHandler(handler)


def behind_a_proxy(desk, peer="127.0.0.1"):
    """Give what asks the desk from an address."""
    return TestClient(desk.app, base_url=ADDRESS, client=(peer, 5), follow_redirects=False)


@pytest.mark.parametrize("path", ["/health", "/states", "/no-such-page", "/%00", "/static/desk.css"])
def test_every_answer_has_an_id_of_its_own(desk, path):
    ids = [desk.stranger().get(path).headers["x-request-id"] for _ in range(2)]
    assert all(re.fullmatch("[0-9a-f]{16}", id_) for id_ in ids)
    assert ids[0] != ids[1]


def test_the_id_that_the_proxy_gave_is_kept(desk):
    given = "5f3c9a0e-1b7d.4c_2"
    answer = behind_a_proxy(desk).get("/health", headers={**HANDED_ON, "x-request-id": given})
    assert answer.headers["x-request-id"] == given


@pytest.mark.parametrize(
    ("peer", "said"),
    [
        ("127.0.0.1", [("x-request-id", "given-by-nobody")]),
        ("192.0.2.9", [*HANDED_ON.items(), ("x-request-id", "given-from-elsewhere")]),
        ("127.0.0.1", [*HANDED_ON.items(), ("x-request-id", "first-of-two"), ("x-request-id", "second-of-two")]),
        *(
            ("127.0.0.1", [*HANDED_ON.items(), ("x-request-id", given)])
            for given in ("short", "x" * 65, "with a space in it", "/states/PHL?q=told", "<script>alert</script>")
        ),
    ],
)
def test_an_id_that_the_proxy_did_not_give_or_that_is_not_plain_is_made_anew(desk, peer, said):
    answer = behind_a_proxy(desk, peer).get("/health", headers=said)
    assert re.fullmatch("[0-9a-f]{16}", answer.headers["x-request-id"])


def test_who_meets_something_broken_can_name_the_line_of_the_log(desk, log, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("Ruritania wavers")

    monkeypatch.setattr(states, "states_table", broken)
    answer = desk.as_("secretariat").get("/states?q=told-in-confidence")
    [shown] = re.findall(r'<code dir="ltr">([0-9a-f]{16})</code>', answer.text)
    [line] = log()
    assert (answer.status_code, shown) == (500, answer.headers["x-request-id"])
    assert line.endswith(f"(request {shown})")
    assert "RuntimeError at GET /states: " in line
    assert not re.search("Ruritania|wavers|told", line)


def test_of_two_at_once_each_keeps_its_own_id(desk, log, monkeypatch):
    both, answers = Barrier(2), {}

    def broken(*_, **__):
        both.wait(20)
        raise RuntimeError

    monkeypatch.setattr(states, "states_table", broken)
    browsers = [desk.as_("secretariat"), desk.as_("champion")]
    asking = [Thread(target=lambda b=b: answers.setdefault(b, b.get("/states"))) for b in browsers]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    ids = {answer.headers["x-request-id"] for answer in answers.values()}
    assert {re.search(r"\(request (\w+)\)$", line)[1] for line in log()} == ids
    assert len(ids) == 2


def test_what_is_written_after_an_answer_has_no_id(desk, log):
    asked = {"type": "http", "method": "GET", "path": "/no-such-page", "query_string": b"", "headers": []}

    async def answered():
        await desk.app(asked, None, _nobody)
        logging.getLogger("accede.desk").error("The disk is slow")

    anyio.run(answered)
    [line] = log()
    assert line.endswith("The disk is slow")


async def _nobody(_message):
    """Take an answer, and do nothing with it."""
