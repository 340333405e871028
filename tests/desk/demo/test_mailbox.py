"""The local mailbox takes every letter, shows it safely, and is for this machine alone."""

from __future__ import annotations

import http.client
import json
import signal
import smtplib
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from email.message import EmailMessage

import pytest
import uvicorn

from desk.demo.mailbox_folder import Box
from desk.demo.mailbox_pages import MOST_SHOWN, site


def a_message(text="A State of your region.\n", **headers):
    letter = EmailMessage()
    said = {"From": "Accede <accede@localhost>", "To": "champion@x.test", "Subject": "Accede: a notice", **headers}
    for name, value in said.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    return letter


def a_letter(text="A State of your region.\n", **headers):
    return a_message(text, **headers).as_bytes()


@pytest.fixture
def box(tmp_path):
    return Box(tmp_path / "mailbox")


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Reader:
    port: int

    def get(self, path, method="GET", host="127.0.0.1"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, headers={"Host": host})
        answer = connection.getresponse()
        found = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode())
        connection.close()
        return found


@pytest.fixture
def reading(box):
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(site(box), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield Reader(listener.getsockname()[1])
    server.should_exit = True
    thread.join()


def test_a_letter_is_kept_as_a_file_and_survives_a_new_start(box, tmp_path):
    assert box.put(a_letter(X_Accede_Letter="a1b2"), ("champion@x.test",)) == 1
    again = Box(tmp_path / "mailbox")
    assert again.put(a_letter(), ("other@x.test",)) == 2
    [second, first] = again.newest(10)
    assert (first.letter, first.to, second.to) == ("a1b2", ("champion@x.test",), ("other@x.test",))
    assert sorted(path.name for path in (tmp_path / "mailbox").iterdir()) == ["000001.eml", "000002.eml"]


def test_who_it_was_delivered_to_is_shown_whatever_its_header_says(box):
    box.put(a_letter(To="somebody@else.test"), ("champion@x.test",))
    assert box.newest(1)[0].to == ("champion@x.test",)


def test_the_newest_letter_comes_first(box, reading):
    for number in range(3):
        box.put(a_letter(Subject=f"Letter {number}"), ("champion@x.test",))
    page = reading.get("/").text
    assert page.index("Letter 2") < page.index("Letter 1") < page.index("Letter 0")
    assert "<h1>3 letters</h1>" in page


def test_an_empty_box_says_so(reading):
    assert "No letters yet" in reading.get("/").text


def test_a_letter_is_shown_with_its_link(box, reading):
    box.put(a_letter("Voilà — عربي\n\nhttp://127.0.0.1:8300/l/abc\n"), ("champion@x.test",))
    page = reading.get("/messages/1").text
    assert "Voilà — عربي" in page
    assert '<a href="http://127.0.0.1:8300/l/abc" rel="noreferrer">http://127.0.0.1:8300/l/abc</a>' in page


def test_nothing_in_a_letter_becomes_part_of_the_page(box, reading):
    text = '<img src=x onerror=alert(1)> http://x.test/"onmouseover="alert(1) <a href="javascript:alert(1)">x</a>\n'
    box.put(a_letter(text, Subject="<script>alert(1)</script>"), ('"<b>"@x.test',))
    for path in ("/", "/messages/1"):
        page = reading.get(path).text
        assert not any(tag in page for tag in ("<script", "<img", "<b>", 'href="javascript', 'onmouseover="'))
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("path", ["/", "/messages/1", "/messages.json", "/style.css", "/messages/9"])
def test_every_answer_forbids_what_comes_from_elsewhere(box, reading, path):
    box.put(a_letter(), ("champion@x.test",))
    headers = reading.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_a_page_elsewhere_cannot_borrow_this_machines_name(reading):
    assert reading.get("/messages.json", host="evil.example").status == 400


def test_the_box_is_read_only(reading):
    assert [reading.get("/", method).status for method in ("POST", "PUT", "DELETE")] == [405] * 3


def test_a_letter_that_is_not_there_is_told(reading):
    answer = reading.get("/messages/7")
    assert (answer.status, "There is no letter 7 here." in answer.text) == (404, True)


def test_programs_read_the_letters_as_json(box, reading):
    box.put(a_letter(X_Accede_Letter="a1b2"), ("champion@x.test",))
    [letter] = json.loads(reading.get("/messages.json").text)
    assert letter["to"] == ["champion@x.test"]
    assert (letter["letter"], letter["text"]) == ("a1b2", "A State of your region.\n")


def test_a_full_box_shows_the_latest_and_counts_all(box, reading):
    for _ in range(MOST_SHOWN + 1):
        box.put(a_letter(), ("champion@x.test",))
    page = reading.get("/").text
    assert f"<h1>{MOST_SHOWN + 1} letters</h1><p>The latest {MOST_SHOWN} are shown.</p>" in page
    assert len(json.loads(reading.get("/messages.json").text)) == MOST_SHOWN + 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00 not mail",
        b"Content-Type: text/plain; charset=klingon\n\nnuq\n",
        b"Subject: =?utf-8?b?!!?=\n\n",
    ],
)
def test_whatever_arrives_can_be_shown(box, reading, content):
    box.put(content, ("champion@x.test",))
    assert [reading.get(path).status for path in ("/", "/messages/1", "/messages.json")] == [200] * 3


@pytest.mark.slow
def test_as_a_program_it_takes_a_letter_shows_it_and_ends_quietly(tmp_path):
    program = subprocess.Popen(
        [sys.executable, "-m", "desk.demo.mailbox", "--smtp-port", "0", "--http-port", "0", "--folder", tmp_path],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdout is not None
    try:
        smtp, web = (int(program.stdout.readline().rpartition(":")[2]) for _ in range(2))
        with smtplib.SMTP("127.0.0.1", smtp) as server:
            server.send_message(a_message("Genève\n"))
        assert [letter["text"] for letter in json.loads(Reader(web).get("/messages.json").text)] == ["Genève\n"]
        program.send_signal(signal.SIGINT)
        _, said = program.communicate(timeout=20)
    finally:
        program.kill()
    assert (program.returncode, said) == (0, "")


@pytest.mark.slow
def test_a_port_in_use_is_a_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = subprocess.run(
            [sys.executable, "-m", "desk.demo.mailbox", "--smtp-port", port, "--http-port", "0", "--folder", tmp_path],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert f"port {port} on 127.0.0.1 is in use" in told.stderr
