"""Beginnings: what begins with a text, letter for letter. LIKE takes large letters for small ones on SQLite."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func


def begins_with(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """Return the condition that a column's text begins with another, the same on SQLite and PostgreSQL."""
    found: ColumnElement[bool] = func.substr(column, 1, len(text)) == text
    return found
