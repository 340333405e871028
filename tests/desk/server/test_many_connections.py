"""More lines than the machine has files for, opened to the real desk by somebody who then says nothing."""

import resource
import socket
from contextlib import ExitStack, contextmanager

import pytest

from tests.running_desk import is_healthy, running_desk

pytestmark = pytest.mark.slow

MANY = 1100


@contextmanager
def files_at_once(number):
    """Let this process, and what it starts, have so many files open, as far as the machine allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(number, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_thousand_lines_that_say_nothing_keep_nobody_out_and_fill_no_log(a_home_with_cast):
    with ExitStack() as open_:
        with files_at_once(1024):
            desk = open_.enter_context(running_desk(a_home_with_cast()))
        open_.enter_context(files_at_once(4096))
        for _ in range(MANY):
            open_.enter_context(socket.create_connection(("127.0.0.1", desk.port), timeout=20))
        assert is_healthy(desk.port)
        (line,) = desk.log.read_text().splitlines()
    assert "no room for lines" in line
