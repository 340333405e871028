"""Column types that keep what the database would lose: the zone of an hour, the order of levels, what a remark is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import DateTime, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator

from notifications.refusals import sentence
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.refusals import OneOf, Remark, StateName, Word


class Utc(TypeDecorator[datetime]):
    """An hour in UTC. SQLite forgets zones, so a naive datetime is refused and the zone restored."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive hour; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An hour without a zone cannot be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Restore the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Level(TypeDecorator[Sensitivity]):
    """A sensitivity, stored as its integer: names would compare as words, and leak."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Sensitivity | None, dialect: Dialect) -> int | None:
        """Store the integer."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Sensitivity | None:
        """Return the level."""
        return None if value is None else Sensitivity(value)


class Reason(TypeDecorator[Remark | str]):
    """Why a letter stands where it stands, or what a run came to: a remark, or words of somebody as they are.

    A remark that has no sentence any more stands as it was kept.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Remark | str | None, dialect: Dialect) -> str | None:
        """Store words as they are, and a remark as JSON; words that look like JSON get a space before."""
        if isinstance(value, Remark):
            return json.dumps(_kept(value), ensure_ascii=False)
        return f" {value}" if value and value.startswith("{") else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Remark | str | None:
        """Return the remark, or the words."""
        if value is None or not value.startswith("{"):
            return value
        try:
            found = _remark(json.loads(value))
            sentence(found)
        except (ValueError, KeyError, TypeError):
            return value
        return found


def _kept(value: Remark) -> dict[str, Any]:
    return {"code": value.code, "values": {name: _as_json(one) for name, one in value.given}}


def _as_json(value: Any) -> Any:
    if isinstance(value, Remark):
        return _kept(value)
    if isinstance(value, OneOf):
        return {"one_of": list(map(str, value))}
    if isinstance(value, tuple):
        return [_as_json(one) for one in value]
    if isinstance(value, Enum | Word):
        return {"word": str(value)}
    if isinstance(value, StateName):
        return {"state": value.code, "name": str(value)}
    if isinstance(value, PartialDate):
        return {"when": str(value)}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _remark(kept: Mapping[str, Any]) -> Remark:
    return Remark(code=kept["code"], given=tuple((name, _value(one)) for name, one in kept["values"].items()))


def _told(kept: Mapping[str, Any]) -> Any:
    if "day" in kept:
        return date.fromisoformat(kept["day"])
    if "when" in kept:
        return PartialDate.parse(kept["when"])
    if "word" in kept:
        return Word(kept["word"])
    if "state" in kept:
        return StateName(kept["name"], kept["state"])
    return OneOf(kept["one_of"]) if "one_of" in kept else _remark(kept)


def _value(kept: Any) -> Any:
    if isinstance(kept, dict):
        return _told(kept)
    return tuple(map(_value, kept)) if isinstance(kept, list) else kept
