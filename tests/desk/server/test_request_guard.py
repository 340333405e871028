"""Before any page: who is a stranger, what comes from elsewhere, what is too much, and what every answer carries."""

import re
from types import SimpleNamespace

import anyio
import pytest
from markupsafe import escape
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from desk.server.request_guard import RequestGuard
from desk.web.caller import LOCAL
from desk.web.rendering import page
from notifications.refusals import sentence
from tests.desk.conftest import ADDRESS


def app_of(desk):
    """Give what a page looks for in its application."""
    return SimpleNamespace(state=SimpleNamespace(workspace=desk.workspace))


def a_gate(app, *, hosts=LOCAL, is_secure=False, count=lambda *_: None):
    """Give a gate before something simpler than the desk."""
    return RequestGuard(
        app=app,
        limit=3_000_000,
        hosts=hosts,
        is_secure=is_secure,
        refuse=lambda _, status, wrong: PlainTextResponse(sentence(wrong), status_code=status),
        count=count,
    )


def test_a_stranger_is_sent_to_the_door_and_comes_back(desk):
    answer = desk.stranger().get("/states?region=Africa")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fstates%3Fregion%3DAfrica")


def test_an_unknown_page_and_a_known_one_look_the_same_to_a_stranger(desk):
    stranger = desk.stranger()
    answers = [stranger.get(path) for path in ("/states/PHL", "/states/XXX")]
    assert [answer.status_code for answer in answers] == [303, 303]


def test_health_says_ok_and_no_more(desk):
    answer = desk.stranger().get("/health")
    assert (answer.status_code, answer.text) == (200, "ok")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_of_another_site_is_refused(desk, site):
    answer = desk.as_("secretariat").post("/sign-out", headers={"sec-fetch-site": site})
    assert answer.status_code == 403
    assert "another site" in answer.text


def test_a_form_that_nobody_led_to_is_taken_unless_it_says_another_origin(desk):
    client = desk.as_("secretariat")
    said = {"sec-fetch-site": "none"}
    for foreign in ("https://evil.example", "null"):
        assert client.post("/sign-out", headers={**said, "origin": foreign}).status_code == 403
    assert client.post("/sign-out", headers={**said, "origin": ADDRESS}).status_code == 303
    assert desk.as_("secretariat").post("/sign-out", headers=said).status_code == 303


def test_a_form_without_a_word_of_where_it_comes_from_is_refused(desk):
    client = desk.as_("secretariat")
    client.headers.pop("sec-fetch-site")
    assert client.post("/sign-out").status_code == 403
    assert client.post("/sign-out", headers={"origin": "http://evil.example"}).status_code == 403


def test_another_name_for_the_machine_is_not_served(desk):
    assert desk.stranger().get("/health", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8391", "LOCALHOST", "[::1]:80"])
def test_a_name_of_this_machine_is_served_with_any_port(desk, host):
    assert desk.stranger().get("/health", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("more", ["@evil.example", ".evil.example", ", evil.example", "0000", "/", " "])
def test_a_name_that_only_begins_like_ours_is_not_served(desk, more):
    assert desk.stranger().get("/health", headers={"host": f"127.0.0.1:8391{more}"}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:abc", "127.0.0.1:", "localhost:443.evil.example", ""])
def test_a_port_is_a_number(desk, host):
    assert desk.stranger().get("/health", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(("scheme", "status"), [("https", 200), ("http", 403)])
def test_where_the_desk_is_served_over_tls_so_are_its_forms(scheme, status):
    guard = a_gate(PlainTextResponse("done"), hosts=LOCAL | {"accede.example.org"}, is_secure=True)
    browser = TestClient(guard, base_url="https://accede.example.org")
    assert browser.post("/", headers={"origin": f"{scheme}://accede.example.org"}).status_code == status


def test_what_comes_with_two_lengths_is_refused_and_the_line_closed(desk):
    two = {"content-length": "5", "transfer-encoding": "chunked"}
    answer = desk.stranger().post("/sign-in", content=b"0\r\n\r\n", headers=two)
    assert (answer.status_code, answer.headers["connection"]) == (400, "close")


@pytest.mark.parametrize("path", ["/health", "/states", "/sign-in", "/static/desk.css", "/no-such-page"])
def test_whoever_asks_for_the_head_gets_that_of_the_page_alone(desk, path):
    browser = desk.as_("secretariat")
    head, page = browser.head(path), browser.get(path)
    assert (head.status_code, head.headers.get("content-type")) == (page.status_code, page.headers.get("content-type"))
    assert head.content == b""


def test_more_than_may_be_sent_is_refused_before_it_is_read(desk):
    answer = desk.as_("secretariat").post("/sign-out", headers={"content-length": "2000000000"}, content=b"x")
    assert answer.status_code == 413


def test_more_than_may_be_sent_is_refused_where_no_length_is_announced():
    async def reader(scope, receive, send):
        while (await receive())["type"] == "http.request":
            pass
        await PlainTextResponse("read")(scope, receive, send)

    guard = a_gate(reader)
    parts = (b"x" * 1_000_000 for _ in range(9))
    browser = TestClient(guard, base_url=ADDRESS, headers={"sec-fetch-site": "same-origin"})
    answer = browser.post("/", content=parts)
    assert answer.status_code == 413


def test_every_answer_forbids_scripts_frames_and_keeping(desk):
    answer = desk.as_("secretariat").get("/no-such-page")
    assert answer.status_code == 404
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("origin", ["http://[::1", "http://[bad]", "http://a]"])
def test_an_origin_that_is_no_address_is_another_site(desk, origin):
    client = desk.as_("secretariat")
    client.headers.pop("sec-fetch-site")
    answer = client.post("/sign-out", headers={"origin": origin})
    assert (answer.status_code, "content-security-policy" in answer.headers) == (403, True)


@pytest.mark.parametrize("charset", ["utf-7", "raw_unicode_escape", '"utf-16"', "'utf-7'"])
def test_a_form_in_other_letters_is_refused(desk, charset):
    body = b'--b\r\ncontent-disposition: form-data; name="address"\r\n\r\nx+2AA-y\r\n--b--\r\n'
    kind = {"content-type": f"multipart/form-data; charset={charset}; boundary=b"}
    answer = desk.stranger().post("/sign-in", content=body, headers=kind)
    assert (answer.status_code, "UTF-8" in answer.text) == (400, True)


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {"host": "evil.example"}),
        ("GET", "/%00", {}),
        ("POST", "/sign-out", {"sec-fetch-site": "cross-site"}),
        ("POST", "/sign-in", {"content-type": "multipart/form-data; charset=utf-7; boundary=b"}),
        ("POST", "/sign-in", {"content-length": "2000000000"}),
        ("POST", "/sign-in", {"content-type": "multipart/form-data"}),
        ("POST", "/sign-in", {"content-length": "5", "transfer-encoding": "chunked"}),
    ],
)
def test_what_is_refused_before_any_page_is_said_in_the_language_of_the_pages(desk, method, path, headers):
    stranger = desk.stranger()
    asked = stranger.build_request(method, path, headers={"cookie": "lang=ar", **headers}, content=b"x=1")
    answer = stranger.send(asked)
    assert answer.status_code >= 400
    [said] = re.findall(r"<li>(.*?)</li>", answer.text)
    assert not re.search("[a-z]", said.replace("UTF-8", "")), said


def test_a_form_without_a_file_is_short(desk):
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert desk.stranger().post("/sign-in", content=b"&" * 2_000_000, headers=kind).status_code == 413


@pytest.mark.parametrize("name", ["<img id=inj src=/x>Zed", "Office 50% share", "Unit 100%"])
def test_a_name_in_a_refusal_is_text_and_no_pattern(desk, name):
    asked = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [], "app": app_of(desk)}
    request = Request(asked)
    shown = page(request, "refused.html", faults=(f"{name} holds no mandate.",)).body.decode()
    assert f"<li>{escape(name)} holds no mandate.</li>" in shown


def test_a_record_that_is_gone_is_not_healthy(desk, tmp_path):
    (tmp_path / "record.db").rename(tmp_path / "elsewhere.db")
    assert desk.stranger().get("/health").status_code == 503


def test_every_request_is_counted_once_with_the_status_that_was_sent_if_any():
    async def breaks_off(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 206, "headers": []})
        raise RuntimeError

    async def says_nothing(_scope, _receive, _send):
        raise RuntimeError

    async def nobody(_message):
        """Take it, and do nothing with it."""

    counted = []
    asked = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [(b"host", b"localhost")]}
    for app, said in ((breaks_off, {}), (says_nothing, {}), (breaks_off, {"headers": []})):
        gate = a_gate(app, count=lambda scope, status, seconds: counted.append((scope["path"], status, seconds >= 0)))
        anyio.run(gate, asked | said, None, nobody)
    assert counted == [("/", 206, True), ("/", None, True), ("/", 400, True)]
