"""The flow “audit”: each night. A broken ledger or a lost file fails the run, loudly and without details."""

from __future__ import annotations

from prefect import flow

from casework.core.workspace import Workspace
from casework.record.audit import Audited
from casework.record.audit import audit as audit_record
from casework.record.audit_result import result_of
from flows.artifacts import Cell, show
from flows.discretion import Ended, Outcome, in_the_workspace, named
from notifications.refusals import sentence


def _name() -> str:
    return named(lambda workspace: f"audit {workspace.today()}", "audit")


@flow(flow_run_name=_name)
def audit() -> Outcome:
    """Verify and seal the ledger, and look for what was left lying."""

    def work(workspace: Workspace, run: str) -> Ended:
        audited = audit_record(workspace, run=run)
        result = result_of(audited)
        show("audit", title=f"Audit, {workspace.today()}", text=sentence(result), counts=_counts(audited))
        return Ended(says=result, has_failed=not audited.is_sound, is_told=True)

    return in_the_workspace(work)


def _counts(audited: Audited) -> dict[str, Cell]:
    """Count what was looked at; with the newest seal's head, which whoever sees it may keep elsewhere."""
    verified = audited.verified
    return {
        "head of the newest seal": audited.head,
        "dossiers": verified.dossiers,
        "facts": verified.facts,
        "breaks in a chain": len(verified.chain),
        "rows unlike their facts": len(verified.replay),
        "files gone or changed": len(verified.files),
        "triggers gone or changed": len(verified.guards),
        "mandates nobody holds": len(audited.orphaned_mandates),
    }
