"""Lines that keep the desk waiting: a question, a form and an answer must go on, and slow ones do. No time passes."""

import asyncio

import pytest

from tests.desk.server.leaping import FORM, LARGE, a_desk, in_no_time, seconds_until_closed

HALF_A_HEAD = b"GET /health HTTP/1.1\r\nHost: desk\r\nX-Slow: "


def patience_after(said):
    """Return for how many seconds a line is kept that falls silent after some bytes."""

    async def story():
        async with a_desk() as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(said)
            return await seconds_until_closed(reader)

    return in_no_time(story)


@pytest.mark.parametrize("said", [b"", HALF_A_HEAD], ids=["nothing", "half a head"])
def test_a_line_without_a_whole_question_is_closed_within_a_minute(said):
    assert 10 < patience_after(said) < 60


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
    assert 30 < patience_after(FORM % 100 + b"add") < 180


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
