"""The memo: a computed view is used again while what it is computed from has not changed.

The inputs are compared, not only their names, so that a kept view is never out of date.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

Given = TypeVar("Given")
Made = TypeVar("Made")


@dataclass
class Memo(Generic[Given, Made]):
    """The last results, one for each asker; the one not asked for longest is dropped."""

    most: int
    _kept: OrderedDict[Hashable, tuple[Given, Made]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, asker: Hashable, given: Given, make: Callable[[], Made]) -> Made:
        """Return what is made of what is given; made anew only where this asker was last given something else."""
        with self._lock:
            kept = self._kept.get(asker)
            if kept is not None:
                self._kept.move_to_end(asker)
        if kept is not None and kept[0] == given:
            return kept[1]
        made = make()
        with self._lock:
            self._kept[asker] = (given, made)
            self._kept.move_to_end(asker)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return made

    def __len__(self) -> int:
        """Count what is kept."""
        return len(self._kept)


@dataclass
class Memos(Generic[Given, Made]):
    """One memo for each record that is open in this process."""

    most: int
    _kept: WeakKeyDictionary[object, Memo[Given, Made]] = field(default_factory=WeakKeyDictionary)
    _lock: Lock = field(default_factory=Lock)

    def of(self, record: object) -> Memo[Given, Made]:
        """Return the memory of one record."""
        with self._lock:
            return self._kept.setdefault(record, Memo(self.most))
