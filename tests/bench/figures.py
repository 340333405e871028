"""What a measurement gives, and the process of its own in which it is made."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the table: our seconds, those of what it is held against, and the most that was promised."""

    name: str
    n: int | None = None
    due: int | None = None
    seconds: float
    baseline_seconds: float | None = None
    ratio: float | None = None
    peak_mb: float | None = None
    most: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_kept(self) -> bool:
        """Tell whether every promise is kept."""
        return all(getattr(self, name) <= limit for name, limit in self.most.items())


@dataclass(frozen=True, kw_only=True)
class Race:
    """What two contestants took, round by round in turn, in seconds."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def seconds(self) -> float:
        return median(self.ours)

    @property
    def baseline_seconds(self) -> float:
        return median(self.theirs)

    @property
    def ratio(self) -> float:
        return self.seconds / self.baseline_seconds


def alone(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do something in a fresh process, so that nothing is warm and no memory but its own is counted."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def peak_mb(process: int | None = None) -> float:
    """Return the most memory this process, or on Linux another one, has had, in megabytes.

    On Linux a process begins with the peak of the one that started it, as far as getrusage knows; the kernel's own
    page knows better.
    """
    page = Path(f"/proc/{process or 'self'}/status")
    if page.exists():
        line = next(line for line in page.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 2**10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)  # macOS counts bytes
