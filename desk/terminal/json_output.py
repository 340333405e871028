"""JSON output: views as plain JSON. The names of their fields are a promise; `from_` is written `from`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from notifications.refusals import sentence
from pathways.grammar.refusals import Remark


def as_json(value: object, *, ascii_only: bool = False) -> str:
    """Write a view, or a list of them, as JSON."""
    return json.dumps(plain(value), ensure_ascii=ascii_only, indent=2)


def plain(value: object) -> Any:
    """Return what JSON can hold: ISO days and ISO hours in UTC, words as their value, remarks as sentences."""
    if isinstance(value, Remark):
        return sentence(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name.removesuffix("_"): plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no plain form.")
