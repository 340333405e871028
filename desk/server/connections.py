"""Connections to the desk: how many there may be, and how long one may keep it waiting.

A silent connection costs one of the machine's few open files. So a request must come whole in time, a form must go on
coming, an answer must go on being taken, and where too many are open the one that holds up the others is closed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from desk.server.connection_limit import MOST, who_makes_room
from desk.web.throttled_log import ThrottledLog

BACKLOG = 64  # lines that wait to be taken: all of them may be taken at once
_HEAD_WITHIN = 30.0  # seconds for a question without its form
_LOOKS_EVERY = 60.0  # seconds between looks at a form that comes or an answer that goes
_FORM_AT_LEAST = 4_000  # bytes between two looks: a hundredth of what a line of 64 kbit/s carries
_TAKEN_WITHIN = 600.0  # seconds: the machine takes a megabyte at a time, which on a slow line goes in minutes
_log = logging.getLogger("accede.desk")


def report_throttled(loop: asyncio.AbstractEventLoop) -> None:
    """Have a fault of the loop itself written in one line, once a minute: it may come a thousand times in a second."""
    throttled = ThrottledLog(_log, clock=loop.time)

    def report(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        wrong = context.get("exception")
        throttled.error(f"{context['message']} ({type(wrong).__name__})" if wrong else str(context["message"]))

    loop.set_exception_handler(report)


class WatchedConnection(H11Protocol):
    """One line, watched. `most`: how many may be open at once; `throttled`: where it is written that more came.

    `since`: when its silence, or the question after it, began (seconds of the loop).
    """

    most = MOST
    throttled = ThrottledLog(_log)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait for a question; where there is no room, another line is closed, or else this one."""
        self._watch: asyncio.TimerHandle | None = None
        self._came = 0  # bytes since the last look
        self._untaken: tuple[int, float] | None = None  # bytes of an answer that wait, and since when just as many
        super().connection_made(transport)
        if len(self.connections) > self.most:
            self._make_room()
        self._await_question()

    def connection_lost(self, exc: Exception | None) -> None:
        """Watch no longer."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what came, count it, and note when a question begins."""
        was_idle = self.conn.their_state is h11.IDLE
        self._came += len(data)
        super().data_received(data)
        if was_idle and self.conn.their_state is not h11.IDLE:
            self.since = self.loop.time()

    def resume_writing(self) -> None:
        """Go on with an answer of which a part was taken."""
        self._untaken = None
        super().resume_writing()

    def on_response_complete(self) -> None:
        """Begin to wait for the next question."""
        super().on_response_complete()
        self._await_question()

    @property
    def is_silent(self) -> bool:
        """Tell whether nothing goes either way: a question has not come whole, and no answer is being taken."""
        is_open = not self.transport.is_closing()
        return is_open and self.conn.their_state is h11.IDLE and not self.transport.get_write_buffer_size()

    @property
    def is_held_up(self) -> bool:
        """Tell whether only its caller can go on: with a form that has not come whole, or an answer to be taken."""
        return self._is_form_awaited or self._untaken_now > 0

    @property
    def _is_form_awaited(self) -> bool:
        """Tell whether a form has not come whole, and nobody but its sender is waited for."""
        if self.conn.their_state is not h11.SEND_BODY or self.flow.read_paused or self.transport.is_closing():
            return False
        return not self.cycle.waiting_for_100_continue

    @property
    def _untaken_now(self) -> int:
        """Return how many bytes of an answer wait to be taken; while more is being made, nobody can tell."""
        is_made = self.conn.their_state is h11.IDLE or self.transport.is_closing()
        return self.transport.get_write_buffer_size() if is_made or self.flow.write_paused else 0

    def _make_room(self) -> None:
        """Close the line that holds up the others; where all others are at work, this one."""
        others = (one for one in self.connections if isinstance(one, WatchedConnection) and one is not self)
        (who_makes_room(others, self.loop.time()) or self).transport.abort()
        self.throttled.error(f"no room for lines beside the {self.most} that are open: one was closed")

    def _await_question(self) -> None:
        self.since = self.loop.time()
        self._later(_HEAD_WITHIN, self._end_silence)

    def _end_silence(self) -> None:
        if self.is_silent:
            self.transport.abort()
        else:
            self._look_again_later()

    def _look_again_later(self) -> None:
        self._came = 0
        self._later(_LOOKS_EVERY, self._look)

    def _look(self) -> None:
        if self._form_stands_still() or self._answer_stands_still():
            self.transport.abort()
        else:
            self._look_again_later()

    def _form_stands_still(self) -> bool:
        """Tell whether a form no longer comes."""
        return self._is_form_awaited and self._came < _FORM_AT_LEAST

    def _answer_stands_still(self) -> bool:
        """Tell whether of an answer nothing is taken any more."""
        size = self._untaken_now
        if not size or self._untaken is None or self._untaken[0] != size:
            self._untaken = (size, self.loop.time()) if size else None
        return self._untaken is not None and self.loop.time() - self._untaken[1] >= _TAKEN_WITHIN

    def _later(self, seconds: float, do: Callable[[], None]) -> None:
        self._stop()
        self._watch = self.loop.call_later(seconds, do)

    def _stop(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
