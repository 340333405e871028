"""More lines than there is room for: whoever holds up the others makes room, and the log says so. No time passes."""

import asyncio
import resource

import pytest

from desk.server.connection_limit import room_for_lines
from tests.desk.server.leaping import FORM, LARGE, a_desk, in_no_time

HALF_A_FORM = FORM % 400_000 + b"add"
UNTAKEN = b"GET /large HTTP/1.1\r\nHost: desk\r\n\r\n" * 2
LONG = b"GET /long HTTP/1.1\r\nHost: desk\r\n\r\n"
NOTHING = b""


async def a_line(port, says):
    """Open a line and say something on it; a second later it has arrived."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1000)
    writer.write(says)
    await asyncio.sleep(1)
    return reader, writer


async def answered(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n")
    return await said(reader)


async def said(line):
    """Return all that comes until the line is closed, or nothing where it breaks."""
    try:
        return await line.read()
    except ConnectionError:
        return b""


async def is_closed(line):
    await asyncio.sleep(0.1)
    return line[0].at_eof() or line[0].exception() is not None


def who_was_closed(most, *says):
    """Fill a desk with lines that say these things; return who was closed when one more came, and its answer."""

    async def story():
        async with a_desk(most=most) as port:
            lines = [await a_line(port, words) for words in says]
            answer = await answered(port)
            return [await is_closed(line) for line in lines], answer.endswith(b"0 bytes")

    return in_no_time(story)


def test_the_longest_silent_line_makes_room():
    assert who_was_closed(3, NOTHING, NOTHING, NOTHING) == ([True, False, False], True)


def test_a_silent_line_makes_room_before_a_form_that_is_on_its_way():
    assert who_was_closed(2, HALF_A_FORM, NOTHING) == ([False, True], True)


def test_where_no_line_is_silent_the_form_begun_longest_ago_makes_room():
    assert who_was_closed(3, HALF_A_FORM, HALF_A_FORM, HALF_A_FORM) == ([True, False, False], True)


def test_an_answer_that_is_being_made_stays_longer_than_a_form_begun_after_it():
    assert who_was_closed(2, LONG, HALF_A_FORM) == ([False, True], True)


def test_where_every_line_is_at_work_the_new_one_is_closed():
    assert who_was_closed(2, LONG, LONG) == ([False, False], False)


def test_the_form_counts_from_its_first_word_and_not_from_the_opening_of_its_line():
    async def story():
        async with a_desk(most=2) as port:
            early, other = await a_line(port, NOTHING), await a_line(port, HALF_A_FORM)
            early[1].write(HALF_A_FORM)
            await asyncio.sleep(1)
            return await answered(port), await is_closed(early), await is_closed(other)

    answer, *closed = in_no_time(story)
    assert (answer.endswith(b"0 bytes"), closed) == (True, [False, True])


def test_where_no_line_is_silent_the_answer_untaken_longest_makes_room():
    async def story():
        async with a_desk(most=2) as port:
            first, second = await a_line(port, UNTAKEN), await a_line(port, UNTAKEN)
            answer = await answered(port)
            late = asyncio.create_task(said(second[0]))
            return answer, len(await said(first[0])), len(await late)

    answer, first, second = in_no_time(story)
    assert answer.endswith(b"0 bytes")
    assert first < LARGE < 2 * LARGE < second


def test_those_who_come_together_do_not_push_one_another_out():
    async def story():
        async with a_desk(most=3) as port:
            before = [await a_line(port, HALF_A_FORM) for _ in range(3)]
            together = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
            for _, writer in together:
                writer.write(b"GET / HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n")
            answers = [await said(reader) for reader, _ in together]
            return [answer.endswith(b"0 bytes") for answer in answers], [await is_closed(line) for line in before]

    assert in_no_time(story) == ([True, True, True], [True, True, True])


def test_that_there_was_no_room_is_written_once_a_minute(caplog):
    async def story():
        async with a_desk(most=1) as port:
            return len([await a_line(port, NOTHING) for _ in range(130)])

    assert in_no_time(story) == 130
    first, *later = [line.getMessage() for line in caplog.records]
    assert first == "no room for lines beside the 1 that are open: one was closed"
    assert len(later) == 2
    assert all(line.startswith(first) and line.endswith("more before)") for line in later)


@pytest.mark.parametrize(("files", "room", "said"), [(256, 32, 1), (599, 199, 1), (600, 200, 0), (4096, 1000, 0)])
def test_a_machine_with_room_for_few_lines_is_named_at_the_start(files, room, said, monkeypatch, caplog):
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))
    assert room_for_lines() == room
    told = [f"room for {room} lines at once: a higher limit of open files (ulimit -Hn) than {files} gives more"]
    assert [line.getMessage() for line in caplog.records] == told * said
