"""Run results: what the last run of each flow came to, kept as data, for the page of runs to word.

Prefect holds the same in English, and holds of every run what this keeps of the last.
"""

from __future__ import annotations

from casework.core.workspace import Workspace
from models.runs import journal
from pathways.grammar.refusals import Remark


def note_result(workspace: Workspace, flow: str, run: str, result: Remark) -> None:
    """Keep what a run came to; `flow` is whose it was, such as `sweep/att`."""
    with workspace.registry() as connection:  # at the real hour, as runs go, also in a training record
        journal.note_said(connection, flow, run, at=workspace.clock.now(), says=result)
