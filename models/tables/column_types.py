"""Column types that keep what the database would lose: the zone of an hour, the order of levels, what a remark is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator

from notifications.refusals import sentence
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.refusals import Remark


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
    """Why a letter stands where it stands: a remark of ours, or the words of a server or a person as they are.

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
    values = {name: _kept(one) if isinstance(one, Remark) else one for name, one in value.given}
    return {"code": value.code, "values": values}


def _remark(kept: Mapping[str, Any]) -> Remark:
    values = {name: _remark(one) if isinstance(one, dict) else one for name, one in kept["values"].items()}
    return Remark(code=kept["code"], given=tuple(values.items()))
