"""Work that is killed at one place of it: a process of its own gets there, and SIGKILL meets it."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from importlib import import_module
from typing import Any

#: A child is forked from a server that has everything loaded, so that it is soon where it dies.
_nursery = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload(["tests.casework.loaded"])


def killed(work: Callable[..., object], *given: Any, before: str = "", after: str = "") -> bool:
    """Let work run until it is about to call a function, or has just called it; tell whether it died there."""
    child = _nursery.Process(target=_until_there, args=(work, given, before or after, bool(after)))
    child.start()
    child.join(100)
    return child.exitcode == -signal.SIGKILL


def _until_there(work, given, place, is_past):
    module, _, name = place.rpartition(".")
    owner = import_module(module)
    called = getattr(owner, name)

    def dies(*args, **named):
        if is_past:
            called(*args, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, dies)
    work(*given)
