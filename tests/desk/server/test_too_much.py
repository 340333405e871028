"""Two thousand million bytes sent to the real desk: refused early, in words, and held nowhere."""

import contextlib
import socket

import psutil
import pytest

from casework.access.sessions import open_session
from casework.core.workspace import open_workspace
from tests.cast import STATE, read_cast
from tests.running_desk import running_desk

pytestmark = pytest.mark.slow

SIZE = 2_000_000_000
PIECE = b"x" * 1_000_000
#: Bytes beside what the desk itself takes; a file in hand is on the disk, not in memory.
MOST_MEMORY = 60 * 2**20


@pytest.fixture(scope="module")
def signed_in(a_home_with_cast):
    """Give a running desk and the cookie of a coordinator."""
    home = a_home_with_cast()
    with contextlib.closing(open_workspace(home)) as workspace:
        token = open_session(workspace, read_cast(home).people["coordinator"])
    with running_desk(home) as desk:
        yield desk, token, home


def head(desk, token, *more):
    lines = [
        f"POST /states/{STATE}/facts HTTP/1.1", f"Host: 127.0.0.1:{desk.port}", f"Cookie: accede={token}",
        "Sec-Fetch-Site: same-origin", "Content-Type: multipart/form-data; boundary=cut", *more, "", "",
    ]  # fmt: skip
    part = '--cut\r\nContent-Disposition: form-data; name="attachment"; filename="law.pdf"\r\n\r\n'
    return "\r\n".join(lines).encode(), part.encode()


def test_what_announces_two_thousand_million_bytes_is_refused_before_it_is_sent(signed_in):
    desk, token, _ = signed_in
    lines, _ = head(desk, token, f"Content-Length: {SIZE}")
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as line:
        line.sendall(lines)
        assert line.recv(4_000).startswith(b"HTTP/1.1 413")


def test_what_announces_nothing_is_refused_once_it_is_too_much(signed_in):
    desk, token, home = signed_in
    before = psutil.Process(desk.pid).memory_info().rss
    lines, part = head(desk, token, "Transfer-Encoding: chunked")
    sent = 0
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as line:
        line.sendall(lines + _chunk(part))
        line.settimeout(0.01)
        answer = b""
        while sent < SIZE and not answer:
            line.settimeout(20)
            with contextlib.suppress(ConnectionError):
                line.sendall(_chunk(PIECE))
            sent += len(PIECE)
            line.settimeout(0.001)
            with contextlib.suppress(TimeoutError, ConnectionError):
                answer = line.recv(4_000) or b"closed"
        line.settimeout(20)
    assert sent < 200_000_000, "it stopped reading long before the end"
    assert answer.startswith((b"HTTP/1.1 413", b"closed"))
    assert psutil.Process(desk.pid).memory_info().rss - before < MOST_MEMORY
    assert not [path for path in (home / "attachments").rglob("*") if path.is_file() and path.stat().st_size > 1_000]


def _chunk(content):
    return f"{len(content):x}\r\n".encode() + content + b"\r\n"


def test_bad_requests_do_not_fill_the_log(signed_in):
    desk, _, _ = signed_in
    before = desk.log.read_text()
    for _ in range(50):
        with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as line:
            line.sendall(b"no question at all\r\n\r\n")
            assert line.recv(4_000).startswith(b"HTTP/1.1 400")
    [written] = desk.log.read_text().removeprefix(before).splitlines()
    assert "Invalid HTTP request" in written
