"""The flow “audit”: each night. A broken ledger or a lost file fails the run, loudly and without details."""

from __future__ import annotations

import re
from collections.abc import Iterable

from prefect import flow
from prefect.states import Completed, Failed

from casework.core.workspace import Workspace
from casework.operations.audit import Audited
from casework.operations.audit import audit as audit_record
from flows.artifacts import show
from flows.discretion import Outcome, in_the_workspace, named

_WHERE = re.compile(r"^(?:\w+/[A-Z]{3}|seal \d+)(?=:)")


def _name() -> str:
    return named(lambda workspace: f"audit {workspace.today()}", "audit")


@flow(flow_run_name=_name)
def audit() -> Outcome:
    """Verify and seal the ledger, and look for what was left lying."""

    def work(workspace: Workspace, run: str) -> Outcome:
        audited = audit_record(workspace, run=run)
        said = _sentence(audited)
        show("audit", title=f"Audit, {workspace.today()}", text=said, counts=_counts(audited))
        return Completed(message=said) if audited.verified.is_sound else Failed(message=said)

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


def _sentence(audited: Audited) -> str:
    verified = audited.verified
    waits = f"{audited.oldest_unsent:%Y-%m-%d %H:%M} UTC" if audited.oldest_unsent else "none"
    if not verified.is_whole:
        where = ", ".join(_places([*verified.chain, *verified.replay]))
        return f"The ledger is not what it was: {where}. Nothing was sealed. Details: accede verify."
    held = f"{verified.facts} facts in {verified.dossiers} dossiers are whole, and sealed."
    if verified.files:
        return f"{held} Files of facts that are gone or were changed: {len(verified.files)}. Details: accede verify."
    if verified.guards:
        return f"{held} What keeps it append-only is not in place. Details: accede verify."
    return f"{held} Oldest unsent letter: {waits}."


def _places(differences: Iterable[str]) -> list[str]:
    """Return where the differences are; what differs may be a stage, and stays in the record."""
    return sorted({found[0] for difference in differences if (found := _WHERE.match(difference))})
