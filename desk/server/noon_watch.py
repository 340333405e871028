"""The noon watch: the desk looks by itself whether the day's sweep has completed, and carries the letter if not.

It is a second, independent place: it needs the record and a mail server, and nothing of what runs by the clock.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from casework.core.workspace import Workspace
from casework.letters.posting import post
from casework.operations.noon import alert_at_noon

#: Whatever catches up as everything starts comes first.
_EVERY = 300.0  # seconds
_STOPS_WITHIN = 2.0  # seconds; what it writes is written in one piece or not at all
_log = logging.getLogger("accede.desk")


def look(workspace: Workspace) -> None:
    """Look once; while a sweep is missing, letters leave from here, for the post may be missing as well."""
    try:
        if alert_at_noon(workspace):
            post(workspace, run="desk")
    except Exception as wrong:  # noqa: BLE001  # the desk goes on, and looks again
        _log.error("The desk could not look whether the day was swept: %s", type(wrong).__name__)


@contextmanager
def watching(workspace: Workspace, every: float = _EVERY) -> Iterator[None]:
    """Look every so many seconds, beside whatever else is done."""
    ends = Event()

    def go() -> None:
        while not ends.wait(every):
            look(workspace)

    watch = Thread(target=go, name="noon watch", daemon=True)
    watch.start()
    try:
        yield
    finally:
        ends.set()
        watch.join(_STOPS_WITHIN)
