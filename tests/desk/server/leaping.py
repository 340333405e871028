"""A small desk on a loop in which no time passes: what takes minutes on a line is over at once."""

import asyncio
import logging
import selectors
from contextlib import asynccontextmanager, suppress

from uvicorn.config import Config
from uvicorn.server import ServerState

from desk.server.connections import WatchedConnection
from desk.web.throttled_log import ThrottledLog

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
    """Read a form whole and answer with its length; `/large` is a large answer, `/long` one long in the making."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    if scope["path"] == "/long":
        await asyncio.sleep(20)
    body = b"x" * LARGE if scope["path"] == "/large" else f"{size} bytes".encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    for start in range(0, len(body), 60_000):
        part = body[start : start + 60_000]
        await send({"type": "http.response.body", "body": part, "more_body": start + len(part) < len(body)})


@asynccontextmanager
async def a_desk(most=1000):
    config, state = Config(answer, lifespan="off", log_config=None, access_log=False), ServerState()
    loop = asyncio.get_running_loop()
    kind = type(
        "Few",
        (WatchedConnection,),
        {"most": most, "throttled": ThrottledLog(logging.getLogger("accede.desk"), clock=loop.time)},
    )
    server = await loop.create_server(lambda: kind(config, state, {}), "127.0.0.1", 0)
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
