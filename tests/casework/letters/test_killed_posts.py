"""Posts killed in the middle: nobody misses a letter, and at most one is repeated for each kill."""

from __future__ import annotations

import multiprocessing
import random
import signal
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from casework.letters import administration
from casework.letters.posting import Posted, post
from pathways.grammar.clearance import OPERATOR
from tests.builders import AN_HOUR, a_workspace
from tests.casework.letters.at_the_post import letters_to_offices

READERS, SCHEDULES, AT_ONCE = 300, 10, 2  # twenty kills
LEASE = 60

#: A child is forked from a server that has everything loaded, so that kills fall into the posting.
_nursery = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload(["tests.casework.loaded"])


def the_workspace(home, url, port, round_):
    """Open the workspace at an hour by which the claims and pauses of earlier rounds have run out."""
    hour = AN_HOUR + round_ * timedelta(days=1)
    mail = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none"}
    return a_workspace(Path(home), url, opened=False, now=hour, lease_seconds=LEASE, **mail)


def post_until_killed(home, url, port, round_, begun):
    workspace = the_workspace(home, url, port, round_)
    begun.set()
    post(workspace, run=f"round {round_}")


@pytest.mark.slow
def test_nobody_misses_a_letter_and_each_kill_repeats_at_most_one(tmp_path, store_url, mail_server):
    letters_to_offices(tmp_path, store_url, READERS)
    killed = sum(killed_in(tmp_path, store_url, mail_server, round_) for round_ in range(SCHEDULES))
    before = len(mail_server.messages)
    workspace = the_workspace(tmp_path, store_url, mail_server.port, SCHEDULES)
    rest, once_more = post(workspace, run="the last"), post(workspace, run="once more")
    states = Counter(letter.state for letter in administration.list_letters(workspace, reader=OPERATOR))
    workspace.close()

    assert killed == SCHEDULES * AT_ONCE
    assert before > READERS / 10, "the kills fell before the posting, and this test shows nothing"
    assert (rest.sent > 0, once_more) == (True, Posted())
    assert states == {"sent": READERS}
    received = Counter(letter.recipients for letter in mail_server.messages)
    ids = Counter(letter.message["X-Accede-Letter"] for letter in mail_server.messages)
    assert len(received) == len(ids) == READERS
    assert len(mail_server.messages) - READERS <= killed


def killed_in(home, url, mail_server, round_):
    """Let two post at once, kill each at a moment of its own, and return how many were killed at work."""
    moments, killed = random.Random(round_), 0
    begun = [_nursery.Event() for _ in range(AT_ONCE)]
    children = [
        _nursery.Process(target=post_until_killed, args=(str(home), url, mail_server.port, round_, event))
        for event in begun
    ]
    for child in children:
        child.start()
    assert all(event.wait(60) for event in begun)
    for child in children:
        enough = len(mail_server.messages) + moments.randint(0, 9)
        while child.is_alive() and len(mail_server.messages) < enough:
            child.join(0.001)
        child.join(moments.uniform(0.0, 0.02))
        child.kill()
        child.join()
        killed += child.exitcode == -signal.SIGKILL
    return killed
