"""The map: where its dots stand, one of the same size for each State, pushed apart so that islands can be hit.

The land beneath (static/world.svg) has no borders, since every file of borders decides a dispute. Knows no stage
by itself and draws nothing: pages give it what their reader may see.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pathways.grammar.stages import Stage

_PLACES = Path(__file__).parents[1] / "world.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Dot:
    """A State on the map. `stage` is None where the reader may not know it; `is_near`: within the scope looked at."""

    state: str
    stage: Stage | None
    x: float
    y: float
    is_near: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """How many States stand at a stage, and where its part of the bar begins."""

    stage: Stage
    count: int
    start: int


def dots(stages: Mapping[str, Stage | None], *, near: Collection[str] = ()) -> tuple[Dot, ...]:
    """Return a dot for each State by its alpha-3 code; a State that the map does not know has none."""
    return tuple(
        Dot(state=state, stage=stage, x=places()[state][0], y=places()[state][1], is_near=state in near)
        for state, stage in stages.items()
        if state in places()
    )


def shares(stages: Iterable[Stage | None]) -> tuple[Share, ...]:
    """Return how many stand at each stage, in the order of the way."""
    known = [stage for stage in stages if stage is not None]
    counts = [known.count(stage) for stage in Stage]
    return tuple(
        Share(stage=stage, count=count, start=sum(counts[:at]))
        for at, (stage, count) in enumerate(zip(Stage, counts, strict=True))
    )


@cache
def places() -> dict[str, tuple[float, float]]:
    """Return each State's place on the map, in units of its 1026 by 470."""
    return {state: (x, y) for state, (x, y) in json.loads(_PLACES.read_text(encoding="utf-8")).items()}
