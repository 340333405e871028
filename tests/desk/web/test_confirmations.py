"""What was done travels to the next page in a cookie: of this desk alone, read by no script, over in a minute."""

import pytest
from starlette.requests import Request
from starlette.responses import Response

from casework.core.settings import Settings
from desk.web.confirmations import forget, said_in, say

HERE, ELSEWHERE = "http://127.0.0.1:8300", "http://127.0.0.1:8310"
OVER_TLS = "https://accede.example.org"


def cookie_for(address, settle=lambda answer, settings: say(answer, settings, "run-done")):
    answer = Response()
    settle(answer, Settings(base_url=address))
    name, _, rest = answer.headers["set-cookie"].partition("=")
    value, *said = (part.strip() for part in rest.split(";"))
    return name, value, set(said)


def said_by(address, cookie, **headers):
    sent = {"cookie": cookie, **headers}
    scope = {"type": "http", "headers": [(name.encode(), value.encode()) for name, value in sent.items()]}
    return said_in(Request(scope), Settings(base_url=address))


@pytest.mark.parametrize("address", [HERE, ELSEWHERE, OVER_TLS])
def test_no_script_reads_it_and_it_lasts_a_minute_over_tls_where_the_desk_is(address):
    name, value, said = cookie_for(address)
    assert value == "run-done"
    assert {"HttpOnly", "Max-Age=60", "Path=/", "SameSite=lax"} <= said
    assert ("Secure" in said) is (address == OVER_TLS)
    assert said_by(address, f"{name}={value}") == "run-done"


@pytest.mark.parametrize("address", [HERE, ELSEWHERE, OVER_TLS])
def test_it_is_forgotten_by_the_name_it_was_kept_by(address):
    name, value, said = cookie_for(address, forget)
    assert (name, value) == (cookie_for(address)[0], '""')
    assert "Max-Age=0" in said


def test_two_desks_of_one_machine_say_nothing_of_each_other():
    name, value, _ = cookie_for(ELSEWHERE)
    assert said_by(HERE, f"{name}={value}") == ""


def test_a_part_of_a_page_says_nothing_of_it():
    name, value, _ = cookie_for(HERE)
    assert said_by(HERE, f"{name}={value}", **{"hx-request": "true"}) == ""
