"""Commands as a person meets them: the whole process, from the shell to the answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bench.figures import Race

_ACCEDE = Path(sys.executable).with_name("accede")


def init(rounds: int) -> float:
    """Return the seconds it takes to make a real record, the middle of several."""
    runs = []
    for _ in range(rounds):
        with TemporaryDirectory() as place:
            runs.append(_run("init", "--home", f"{place}/home"))
    return median(runs)


def status(rounds: int) -> float:
    """Return the seconds it takes to ask a real record for its counts, the middle of several."""
    with TemporaryDirectory() as home:
        _run("init", "--home", home)
        return median([_run("status", "--home", home) for _ in range(rounds)])


def status_beside_importing(module: str, rounds: int) -> Race:
    """Ask a real record for its counts, in turn with a Python that imports a module; in processor time."""
    with TemporaryDirectory() as home:
        _run("init", "--home", home)
        taken = [
            (_work(_ACCEDE, "status", "--home", home), _work(sys.executable, "-c", f"import {module}"))
            for _ in range(rounds)
        ]
    ours, theirs = zip(*taken, strict=True)
    return Race(ours=ours, theirs=theirs)


def _work(*words: str | Path) -> float:
    """Return the processor time of a whole process, in seconds."""
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, words
    return used.ru_utime + used.ru_stime


def _run(*words: str) -> float:
    start = perf_counter()
    subprocess.run([_ACCEDE, *words], stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - start
