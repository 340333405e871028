"""Signing in: who comes in, where they are sent on to, and what everybody else is told."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from casework.access.one_time_links import Purpose, make_link
from casework.access.passwords import change_password
from casework.access.sessions import IDLE, LONGEST, open_session, session_of
from casework.core.readers import reader_for
from desk.web.cookies import COOKIE
from desk.web.safe_redirects import own_path
from pathways.grammar.clearance import OPERATOR
from tests.builders import clock_of
from tests.forms import led_to

ADDRESS = "champion@mission.example"
GOOD = "four lakes at dawn"


def a_link(desk, who="champion", purpose=Purpose.SIGN_IN, **said) -> str:
    """Make a link for somebody and return its path."""
    with desk.workspace.registry() as connection:
        link = make_link(desk.workspace, connection, desk.people[who], purpose, by="operator", **said)
    return link.removeprefix(desk.workspace.settings.base_url)


def with_a_password(desk, who="champion") -> None:
    """Let somebody choose a password."""
    token = open_session(desk.workspace, desk.people[who])
    eyes = reader_for(desk.workspace, desk.people[who], treaty="att")
    change_password(desk.workspace, token, eyes, current="", new=GOOD, again=GOOD, caller="here", treaty="att")


def who_is_in(desk, client) -> int | None:
    """Return who is signed in at a browser."""
    found = session_of(desk.workspace, client.cookies.get(COOKIE) or "", treaty="att")
    return found.person if found else None


def test_a_stranger_is_sent_to_the_door_and_comes_back_to_the_page_asked_for(desk):
    client = desk.stranger()
    sent = client.get("/states/PHL?known=2022-06-01")
    assert (sent.status_code, sent.headers["location"]) == (
        303, "/sign-in?next=%2Fstates%2FPHL%3Fknown%3D2022-06-01",
    )  # fmt: skip
    door = client.get(sent.headers["location"])
    assert 'name="next" value="/states/PHL?known=2022-06-01"' in door.text
    with_a_password(desk)
    said = {"by": "password", "address": ADDRESS, "password": GOOD, "next": "/states/PHL?known=2022-06-01"}
    came = client.post("/sign-in", data=said)
    assert (came.status_code, came.headers["location"]) == (303, "/states/PHL?known=2022-06-01")
    assert who_is_in(desk, client) == desk.people["champion"]


@pytest.mark.parametrize(
    "asked",
    [
        "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/%0d%0aSet-Cookie",
        "\t//evil", "/\t/evil.example", "evil.example", "", "/../..//evil.example", "/sign-out", "/sign-in?next=/",
        "/a" * 600, "/states//evil", "/ü", "/follow-ups\r\nX: y", "/\x00", "http:/states", "/verify/a",
    ],
)  # fmt: skip
def test_nobody_is_sent_on_to_anywhere_but_a_page_of_ours(desk, asked):
    if asked != "/%0d%0aSet-Cookie":  # percent-encoded, it is a path of ours like any other, and leads to nothing
        assert own_path(asked) == "/"
    with_a_password(desk)
    client = desk.stranger()
    said = {"by": "password", "address": ADDRESS, "password": GOOD, "next": asked}
    target = client.post("/sign-in", data=said).headers["location"]
    assert re.fullmatch(r"/(%0d%0aSet-Cookie)?", target)


@pytest.mark.parametrize("asked", ["/", "/states/PHL?on=2022-06-01&kind=step", "/follow-ups/7", "/l/0f3a", "/people"])
def test_pages_of_ours_can_be_come_back_to(asked):
    assert own_path(asked) == asked


def test_the_cookie_is_kept_from_scripts_and_from_other_sites_and_holds_nothing_but_a_token(desk):
    client = desk.stranger()
    came = client.post(a_link(desk))
    [cookie] = [c for c in came.headers.get_list("set-cookie") if c.startswith(f"{COOKIE}=")]
    value, _, rest = cookie.partition("; ")
    assert re.fullmatch(rf"{COOKIE}=[\w-]{{43}}", value)
    said = {part.strip().lower() for part in rest.split(";")}
    assert {"httponly", "samesite=lax", "path=/", f"max-age={int(LONGEST.total_seconds())}"} <= said
    assert "secure" not in said
    desk.workspace.settings = desk.workspace.settings.model_copy(update={"base_url": "https://accede.example"})
    cookie = client.post(a_link_of(desk)).headers["set-cookie"]
    assert cookie.startswith("__Host-accede=")
    said = {part.strip().lower() for part in cookie.split(";")}
    assert {"secure", "path=/"} <= said
    assert not any(part.startswith("domain") for part in said)


def test_two_desks_of_one_machine_keep_their_visitors_apart(desk):
    desk.workspace.settings = desk.workspace.settings.model_copy(update={"base_url": "http://127.0.0.1:8310"})
    client = desk.stranger()
    client.cookies.set(COOKIE, "of-the-desk-on-port-8300", domain="127.0.0.1", path="/")
    assert client.post(a_link_of(desk)).headers["set-cookie"].startswith("accede-8310=")
    assert client.cookies[COOKIE] == "of-the-desk-on-port-8300"
    assert client.get("/account").status_code == 200


def test_over_tls_a_cookie_that_another_name_may_have_set_lets_nobody_in(desk):
    client = desk.as_("champion")
    assert client.get("/account").status_code == 200
    desk.workspace.settings = desk.workspace.settings.model_copy(update={"base_url": "https://accede.example"})
    assert client.get("/account").status_code == 303


def a_link_of(desk) -> str:
    """Make a link while the desk believes itself at another address."""
    with desk.workspace.registry() as connection:
        link = make_link(desk.workspace, connection, desk.people["champion"], Purpose.SIGN_IN, by="operator")
    return "/sign-in/" + link.rpartition("/")[2]


def test_looking_at_a_link_uses_nothing_up_and_its_button_lets_in_once(desk):
    link, client = a_link(desk, leads_to="/follow-ups"), desk.stranger()
    for _ in range(3):
        looked = client.get(link)
        assert looked.status_code == 200
        assert "Champion of Africa" in looked.text
    came = client.post(link)
    assert (came.status_code, came.headers["location"]) == (303, "/follow-ups")
    assert who_is_in(desk, client) == desk.people["champion"]
    for again in (client.post(link), client.get(link), client.get("/sign-in/nobody"), client.post("/sign-in/nobody")):
        assert again.status_code == 410
        assert "It was used before, or is too old" in again.text


def test_each_sign_in_brings_a_new_token_and_ends_the_session_before(desk):
    client = desk.as_("president")
    before = client.cookies[COOKIE]
    client.cookies.clear()
    client.cookies.set(COOKIE, before, domain="127.0.0.1", path="/")
    client.post(a_link(desk))
    assert session_of(desk.workspace, before, treaty="att") is None
    assert who_is_in(desk, client) == desk.people["champion"]


def test_a_token_of_a_strangers_own_making_is_never_taken_up(desk):
    client = desk.stranger()
    client.cookies.set(COOKIE, "fixed-by-somebody-else", domain="127.0.0.1", path="/")
    came = client.post(a_link(desk))
    assert "fixed-by-somebody-else" not in came.headers["set-cookie"]


@pytest.mark.parametrize("address", [ADDRESS, "nobody@mission.example", "=cmd|'/c calc'!A1@x.example", "<script>@x"])
def test_asking_for_a_link_gets_the_same_answer_whoever_asks(desk, mail_server, address):
    mail = {"smtp_host": "127.0.0.1", "smtp_port": mail_server.port, "smtp_security": "none"}
    desk.workspace.settings = desk.workspace.settings.model_copy(update=mail)
    client = desk.stranger()
    sent = client.post("/sign-in", data={"by": "link", "address": address, "next": "/states"})
    assert led_to(sent) == "/sign-in?next=%2Fstates says link-sent"
    told = client.get(sent.headers["location"])
    assert "If this address is on file, a letter with a link is on its way." in told.text


def test_the_letter_that_was_asked_for_leads_back_to_the_page_that_was_asked_for(desk, mail_server):
    mail = {"smtp_host": "127.0.0.1", "smtp_port": mail_server.port, "smtp_security": "none"}
    desk.workspace.settings = desk.workspace.settings.model_copy(update=mail)
    client = desk.stranger()
    client.post("/sign-in", data={"by": "link", "address": ADDRESS, "next": "/states/PHL"})
    client.post("/sign-in", data={"by": "link", "address": "nobody@mission.example", "next": "/states/PHL"})
    client.app.app.state.background_post.rest()
    [letter] = mail_server.messages
    assert letter.recipients == (ADDRESS,)
    assert "PHL" not in letter.text
    found = re.search(r"http://127\.0\.0\.1:8300(/sign-in/\S+)", letter.text)
    assert found is not None
    assert client.post(found[1]).headers["location"] == "/states/PHL"


@pytest.mark.parametrize("said", [{}, {"address": ""}, {"address": "   "}, {"address": "x" * 10_000}])
def test_no_address_is_asked_for_again(desk, said):
    refused = desk.stranger().post("/sign-in", data={"by": "link", **said})
    assert refused.status_code == 422
    assert "Write your e-mail address" in refused.text
    assert 'role="alert"' in refused.text


def test_what_does_not_fit_gets_one_page_and_keeps_the_address(desk):
    with_a_password(desk)
    pages = set()
    for address in (ADDRESS, "nobody@mission.example"):
        refused = desk.stranger().post("/sign-in", data={"by": "password", "address": address, "password": "wrong"})
        assert refused.status_code == 422
        assert f'value="{address}"' in refused.text
        assert COOKIE not in refused.cookies
        pages.add(refused.text.replace(address, "ADDRESS"))
    assert len(pages) == 1


def test_a_mandate_that_ended_shuts_the_door_in_a_sentence(desk):
    from casework.people.ending_holds import end_hold

    link = a_link(desk)
    desk_office, person = desk.workspace, desk.people["champion"]
    client = desk.as_("champion")
    with desk_office.reading() as connection:
        from models.people import people

        [hold] = people.holds(connection, person_id=person)
    end_hold(desk_office, person, hold["mandate_id"], on=desk_office.today(), reader=OPERATOR, treaty=None)
    shut = client.get("/account").headers["location"]
    assert "Your last mandate is over" in client.get(shut).text
    assert "Your last mandate is over" not in desk.stranger().get("/sign-in").text
    refused = desk.stranger().post(link)
    assert refused.status_code == 403
    assert "holds no mandate" in refused.text


def test_who_stayed_away_too_long_is_told_so_at_the_door(desk):
    client = desk.as_("champion")
    clock_of(desk.workspace).hour += IDLE + timedelta(seconds=1)
    assert "you were signed out" in client.get(client.get("/account").headers["location"]).text


def test_who_signed_out_is_told_nothing_more_at_the_door(desk):
    client = desk.as_("champion")
    token = client.cookies[COOKIE]
    client.post("/sign-out")
    client.cookies.set(COOKIE, token, domain="127.0.0.1", path="/")
    assert 'class="alert' not in client.get("/sign-in").text


def test_going_out_ends_the_session_and_takes_the_cookie_back(desk):
    client = desk.as_("champion")
    token = client.cookies[COOKIE]
    out = client.post("/sign-out")
    assert led_to(out) == "/sign-in says signed-out"
    assert "Max-Age=0" in out.headers["set-cookie"]
    assert session_of(desk.workspace, token, treaty="att") is None


def test_going_out_everywhere_ends_every_session_of_ones_own(desk):
    here, there, other = desk.as_("champion"), desk.as_("champion"), desk.as_("president")
    assert led_to(here.post("/sign-out/everywhere")) == "/sign-in says signed-out-everywhere"
    assert there.get("/account").status_code == 303
    assert other.get("/account").status_code == 200


def test_who_is_in_already_goes_on(desk):
    client = desk.as_("champion")
    assert client.get(f"/sign-in?{urlencode({'next': '/states'})}").headers["location"] == "/states"


def test_another_site_signs_nobody_in_and_nobody_out(desk):
    client = desk.as_("champion")
    for path in (a_link(desk, "president"), "/sign-in", "/sign-out", "/sign-out/everywhere", "/account/password"):
        assert client.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert who_is_in(desk, client) == desk.people["champion"]


def test_without_a_mail_server_no_letter_is_promised_to_anybody(desk):
    client = desk.stranger()
    assert "No mail server is set up here" in client.get("/sign-in").text
    known, unknown = (client.post("/sign-in", data={"address": who}) for who in (ADDRESS, "nobody@mission.example"))
    assert led_to(known) == led_to(unknown) == "/sign-in?next=%2F says link-not-sent"
    page = client.get(known.headers["location"]).text
    assert "No letter leaves here yet." in page
    assert "on its way" not in page
    desk.workspace.settings = desk.workspace.settings.model_copy(update={"smtp_host": "127.0.0.1"})
    assert "We send you a letter" in client.get("/sign-in").text
