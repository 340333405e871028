"""The flow “audit”: each night. A broken ledger or a lost file fails the run, loudly and without details."""

from __future__ import annotations

import re
from collections.abc import Iterable

from prefect import flow

from casework.core.workspace import Workspace
from casework.operations.audit import Audited
from casework.operations.audit import audit as audit_record
from flows.artifacts import show
from flows.discretion import Ended, Outcome, in_the_workspace, named
from notifications.refusals import sentence
from pathways.grammar.refusals import Remark, remark

_WHERE = re.compile(r"^(?:\w+/[A-Z]{3}|seal \d+)(?=:)")


def _name() -> str:
    return named(lambda workspace: f"audit {workspace.today()}", "audit")


@flow(flow_run_name=_name)
def audit() -> Outcome:
    """Verify and seal the ledger, and look for what was left lying."""

    def work(workspace: Workspace, run: str) -> Ended:
        audited = audit_record(workspace, run=run)
        result = _result(audited)
        show("audit", title=f"Audit, {workspace.today()}", text=sentence(result), counts=_counts(audited))
        return Ended(says=result, has_failed=not audited.verified.is_sound)

    return in_the_workspace(work)


def _counts(audited: Audited) -> dict[str, int]:
    verified = audited.verified
    return {
        "dossiers": verified.dossiers,
        "facts": verified.facts,
        "breaks in a chain": len(verified.chain),
        "rows unlike their facts": len(verified.replay),
        "files gone or changed": len(verified.files),
        "triggers gone or changed": len(verified.guards),
        "mandates nobody holds": len(audited.orphaned_mandates),
    }


def _result(audited: Audited) -> Remark:
    verified = audited.verified
    if not verified.is_whole:
        return remark("ledger_not_what_it_was", where=tuple(_places([*verified.chain, *verified.replay])))
    if verified.files:
        gone = len(verified.files)
        return remark("ledger_sealed_files_gone", facts=verified.facts, dossiers=verified.dossiers, files=gone)
    if verified.guards:
        return remark("ledger_sealed_guards_gone", facts=verified.facts, dossiers=verified.dossiers)
    if audited.oldest_unsent:
        hour = f"{audited.oldest_unsent:%Y-%m-%d %H:%M} UTC"
        return remark("ledger_sealed_letters_wait", facts=verified.facts, dossiers=verified.dossiers, hour=hour)
    return remark("ledger_sealed", facts=verified.facts, dossiers=verified.dossiers)


def _places(differences: Iterable[str]) -> list[str]:
    """Return where the differences are; what differs may be a stage, and stays in the record."""
    return sorted({found[0] for difference in differences if (found := _WHERE.match(difference))})
