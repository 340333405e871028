"""Letters carried to a real mail server on this machine."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from casework.letters.posting import post
from casework.operations.sweep import sweep
from tests.bench.figures import alone
from tests.bench.made_up import open_made_up
from tests.bench.sweeps import copied
from tests.mailserver import HOST, serving


class Carried(NamedTuple):
    """How many letters left, and how long that took in seconds."""

    letters: int
    seconds: float


def carried(kept: Path, day: date) -> Carried:
    """Sweep a record and carry its letters; the mail server lives in another process than the post."""
    with serving() as mail:
        done = alone(_post, kept, day, mail.port)
        assert len(mail.messages) == done.letters > 0
        return done


def _post(kept: Path, day: date, port: int) -> Carried:
    with copied(kept) as url:
        workspace = open_made_up(kept.parent, day, url, smtp_host=HOST, smtp_port=port, smtp_security="none")
        with closing(workspace):
            sweep(workspace, None, run="bench")
            start = perf_counter()
            posted = post(workspace, run="bench")
            taken = perf_counter() - start
    assert (posted.again, posted.dead, posted.held) == (0, 0, 0)
    return Carried(letters=posted.sent, seconds=taken)
