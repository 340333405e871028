"""Garbage: not looked for while many small things are made that all are still wanted; looking takes a fifth of it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: New objects between two looks, and looks of a kind before the next older ones are looked at too: Python's own are
#: 700, 10 and 10, for which a desk whose every page makes thousands of objects pays a fourteenth of its work.
_RARELY = (20_000, 20, 20)


def look_rarely() -> None:
    """Look for garbage rarely from now on, and never among what is there already, such as all that was imported."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_RARELY)


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage in a block that makes none, such as one batch."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
