"""Run results: what the last run of each flow came to, kept as data, for the page of runs to word.

Prefect holds the same in English, and holds of every run what this keeps of the last. That a run failed outlasts the
next one: it stands on the Secretariat's list.
"""

from __future__ import annotations

from collections.abc import Sequence

from casework.core.workspace import Workspace
from casework.follow_ups.failures import RUN_FAILED, note_failure
from models.runs import journal
from pathways import pathways
from pathways.grammar.refusals import Refused, Remark, remark


def note_result(workspace: Workspace, flow: str, run: str, result: Remark) -> None:
    """Keep what a run came to; `flow` is whose it was, such as `sweep/att`."""
    with workspace.registry() as connection:  # at the real hour, as runs go, also in a training record
        journal.note_said(connection, flow, run, at=workspace.clock.now(), says=result)


def why_it_failed(wrong: Exception) -> tuple[Remark, ...]:
    """Return what went wrong with a run: what it was refused for, or of what kind it was, without its words."""
    if isinstance(wrong, Refused) and wrong.refusals:
        return wrong.refusals
    if isinstance(wrong, OSError):
        return (remark("machine_did_not_do_it", why=wrong.strerror or type(wrong).__name__),)
    return (remark("run_stopped", kind=type(wrong).__name__),)


def note_failed_run(workspace: Workspace, flow: str, reasons: Sequence[Remark], *, where: Sequence[str] = ()) -> None:
    """Put it on the Secretariat's list that a run of a flow, such as `sweep/att`, failed as a whole.

    What failed otherwise or elsewhere is another entry: it takes the place of no earlier one.
    """
    name, _, treaty = flow.partition("/")
    mark = ":".join((name, *(one.code for one in reasons), *where))
    with workspace.registry() as connection:
        note_failure(
            workspace,
            connection,
            RUN_FAILED,
            treaty=treaty if treaty in pathways() else workspace.settings.treaty,
            mark=mark,
            about=name,
            reasons=reasons,
        )
