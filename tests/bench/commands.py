"""Commands as a person meets them: the whole process, from the shell to the answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

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


def _run(*words: str) -> float:
    start = perf_counter()
    subprocess.run([_ACCEDE, *words], stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - start
