"""Column types that keep what the database would lose: the zone of an hour, the order of sensitivities."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator

from pathways.grammar.clearance import Sensitivity


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
