"""Lines that keep the desk waiting: a question, a form and an answer must go on, and slow ones do. No time passes."""

import asyncio
import selectors
from contextlib import asynccontextmanager, suppress

import pytest
from uvicorn.config import Config
from uvicorn.server import ServerState

from desk.lines import Line

HALF_A_HEAD = b"GET /health HTTP/1.1\r\nHost: desk\r\nX-Slow: "
FORM = b"POST /sign-in HTTP/1.1\r\nHost: desk\r\nContent-Length: %d\r\n\r\n"
LARGE = 8_000_000  # bytes: more than the machine takes on its way


class Leaping(asyncio.SelectorEventLoop):
    """A loop in which nobody waits: where nothing is to be done now, its clock leaps to what is to be done next."""

    def __init__(self):
        self.leapt = 0.0
        super().__init__(_NoWaiting(self))

    def time(self):
        return super().time() + self.leapt


class _NoWaiting(selectors.DefaultSelector):
    def __init__(self, loop):
        super().__init__()
        self.loop = loop

    def select(self, timeout=None):
        found = super().select(0.002 if timeout else timeout)  # what is on its way through the machine arrives first
        if not found and timeout:
            self.loop.leapt += timeout
        return found


async def answer(scope, receive, send):
    """Read a form whole and answer with its length; `/large` is a large answer."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    body = b"x" * LARGE if scope["path"] == "/large" else f"{size} bytes".encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    for start in range(0, len(body), 60_000):
        part = body[start : start + 60_000]
        await send({"type": "http.response.body", "body": part, "more_body": start + len(part) < len(body)})


@asynccontextmanager
async def a_desk(most=1000):
    config, state = Config(answer, lifespan="off", log_config=None, access_log=False), ServerState()
    kind = type("Few", (Line,), {"most": most})
    server = await asyncio.get_running_loop().create_server(lambda: kind(config, state, {}), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for line in list(state.connections):
            line.transport.abort()
        await asyncio.sleep(0.1)


def in_no_time(story):
    with asyncio.Runner(loop_factory=Leaping) as runner:
        return runner.run(story())


async def seconds_until_closed(reader):
    loop = asyncio.get_running_loop()
    before = loop.time()
    with suppress(ConnectionResetError):
        assert await reader.read(1) == b""
    return loop.time() - before


@pytest.mark.parametrize("said", [b"", HALF_A_HEAD], ids=["nothing", "half a head"])
def test_a_line_without_a_whole_question_is_closed_within_a_minute(said):
    async def story():
        async with a_desk() as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(said)
            return await seconds_until_closed(reader)

    assert 10 < in_no_time(story) < 60


def test_a_head_that_comes_letter_by_letter_is_not_waited_for():
    async def story():
        async with a_desk() as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for letter in range(100):
                writer.write(HALF_A_HEAD if not letter else b"x")
                await asyncio.sleep(1)
                if reader.at_eof() or reader.exception():
                    return letter
            return None

    assert in_no_time(story) is not None


def test_a_form_that_no_longer_comes_is_given_up_within_minutes():
    async def story():
        async with a_desk() as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(FORM % 100 + b"add")
            return await seconds_until_closed(reader)

    assert 30 < in_no_time(story) < 180


def test_ten_million_bytes_on_a_line_of_64_kbit_are_taken_whole():
    async def story():
        async with a_desk() as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(FORM % 10_000_000)
            for _ in range(1250):
                writer.write(b"x" * 8_000)
                await asyncio.sleep(1)
            return await reader.readuntil(b"bytes")

    assert in_no_time(story).endswith(b"10000000 bytes")


def test_an_answer_that_nobody_takes_is_given_up():
    async def story():
        async with a_desk() as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1000)
            writer.write(b"GET /large HTTP/1.1\r\nHost: desk\r\n\r\n")
            await asyncio.sleep(1200)
            taken = 0
            while part := await reader.read(100_000):
                taken += len(part)
            return taken

    assert in_no_time(story) < LARGE


def test_an_answer_that_is_taken_slowly_is_given_whole():
    async def story():
        async with a_desk() as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1000)
            writer.write(b"GET /large HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n")
            taken = 0
            while part := await reader.read(20_000):
                taken += len(part)
                await asyncio.sleep(2)
            return taken

    assert in_no_time(story) > LARGE


def test_where_there_is_no_room_the_longest_silent_line_makes_some():
    async def story():
        async with a_desk(most=3) as port:
            silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
            await asyncio.sleep(1)
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET / HTTP/1.1\r\nHost: desk\r\n\r\n")
            said = await reader.readuntil(b"bytes")
            await asyncio.sleep(1)
            return said, [one.at_eof() or one.exception() is not None for one, _ in silent]

    said, closed = in_no_time(story)
    assert (said.endswith(b"0 bytes"), closed) == (True, [True, False, False])
