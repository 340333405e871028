"""Artifacts: what a run shows on Prefect's pages: a table, a page of text, and how far it is. Words are given to it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from httpx import HTTPError
from prefect import get_run_logger
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.exceptions import PrefectException

from casework.core.workspace import Workspace

Cell = str | int


def show(key: str, *, title: str, text: str, counts: Mapping[str, Cell]) -> None:
    """Show what a run came to, as a table of counts and as a page."""
    rows: list[dict[str, Cell]] = [{"what": what, "number": number} for what, number in counts.items()]
    create_table_artifact(rows, key=f"{key}-counts", description=title)
    create_markdown_artifact(f"# {title}\n\n{text}\n", key=key, description=title)


def counted(number: int, thing: str) -> str:
    """Return so many things, in words that agree."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


class Gauge:
    """How far a run is; shown from the first batch on, and never at the price of the run."""

    def __init__(self, key: str, title: str) -> None:
        """Show nothing yet: many runs have nothing to do."""
        self._key = f"{key}-progress"
        self._title = title
        self._artifact: UUID | None = None
        self._shown = -1

    def __call__(self, done: int, total: int) -> None:
        """Move the needle, at most once for each percent."""
        percent = 100 * done // total if total else 100
        if percent == self._shown:
            return
        self._shown = percent
        try:
            self._show(percent)
        except (HTTPError, PrefectException):
            get_run_logger().warning("The progress could not be shown; the run goes on.")

    def _show(self, percent: int) -> None:
        if self._artifact is not None:
            update_progress_artifact(self._artifact, percent)
            return
        made = create_progress_artifact(percent, key=self._key, description=self._title)
        assert isinstance(made, UUID)  # a coroutine it is in asynchronous flows only
        self._artifact = made


def linked(workspace: Workspace, state: str) -> str:
    """Return a State's code with its address on the desk; who may not know more than that is told so there."""
    return f"[{state}]({workspace.settings.base_url}/states/{state})"
