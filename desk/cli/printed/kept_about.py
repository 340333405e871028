"""What is kept about a person, printed: heading by heading, a line for each thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from desk.terminal.console import clean
from desk.terminal.json_output import plain

if TYPE_CHECKING:
    from rich.console import Console

    from casework.retention.kept_about import KeptAbout


def print_kept_about(console: Console, found: KeptAbout) -> None:
    """Print everything that is kept about a person, headings under which there is nothing too."""
    for line in lines_of(found):
        console.print(clean(line), soft_wrap=True)


def lines_of(found: KeptAbout) -> Iterator[str]:
    """Yield it line by line, as a text that can be handed over."""
    yield f"What is kept about person {found.person}, as of {plain(found.at)}"
    for heading, rows in found.kept.items():
        yield ""
        yield f"{heading.replace('_', ' ').capitalize()}: {len(rows) or 'none'}"
        yield from (f"  {_line(plain(one))}" for one in rows)


def _line(told: Mapping[str, Any]) -> str:
    return "; ".join(f"{name.replace('_', ' ')}: {_value(value)}" for name, value in told.items() if _is_said(value))


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"({_line(value)})"
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _is_said(value: Any) -> bool:
    return value is not None and value not in ("", [], {})
