"""The check-up: what is configured, reachable, late or broken, with the next thing to do. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casework.core.workspace import Workspace
from casework.operations.checkup_of_record import of_record
from casework.operations.checkup_of_surroundings import PATIENCE, of_surroundings
from casework.operations.findings import Condition, Finding
from models.store.engine import StoreEmpty, StoreNewer, StoreUnreachable

_SECRETS = frozenset({"smtp_user", "smtp_password"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkup:
    """What is in force, secrets as “set”, and everything that was looked at."""

    settings: Mapping[str, str]
    findings: tuple[Finding, ...]
    is_sound: bool


def check_up(workspace: Workspace, *, patience: float = PATIENCE) -> Checkup:
    """Look at everything; nothing found broken stops the rest. What is far is waited for so many seconds."""
    record = _reachable(workspace)
    findings = [record, *of_surroundings(workspace, training=_training(workspace, record), patience=patience)]
    if record.condition is Condition.FINE:
        findings += of_record(workspace)
    return Checkup(
        settings=dict(_in_force(workspace)),
        findings=tuple(findings),
        is_sound=not any(f.condition in (Condition.BROKEN, Condition.NOT_MADE) for f in findings),
    )


def _reachable(workspace: Workspace) -> Finding:
    try:
        workspace.store.require()
    except StoreEmpty as empty:
        return Finding(name="record", condition=Condition.NOT_MADE, says=str(empty), todo="accede init")
    except StoreNewer as newer:
        return Finding(name="record", condition=Condition.BROKEN, says=str(newer), todo="Install that version.")
    except StoreUnreachable as gone:
        return Finding(
            name="record",
            condition=Condition.BROKEN,
            says=str(gone),
            todo="Start the database server, or correct ACCEDE_DATABASE_URL or --home.",
        )
    if not workspace.store.may_be_written():
        return Finding(
            name="record",
            condition=Condition.BROKEN,
            says=f"The record at {workspace.store.where} may be read and not written.",
            todo="Let the account that Accede runs as write to it, and to the folder it lies in.",
        )
    stands = workspace.training
    kind = f"a training record; its clock stands on {stands}" if stands else "a real record"
    return Finding(name="record", condition=Condition.FINE, says=f"Reachable: {kind}.")


def _training(workspace: Workspace, record: Finding) -> bool:
    return record.condition is Condition.FINE and workspace.training is not None


def _in_force(workspace: Workspace) -> Iterator[tuple[str, str]]:
    settings = workspace.settings
    yield "home", str(settings.home.resolve())
    yield "database_url", workspace.store.where
    for name in type(settings).model_fields:
        value: object = getattr(settings, name)
        if name in ("home", "database_url"):
            continue
        if name == "offices":
            yield name, ", ".join(sorted(settings.offices)) or "none"
        elif name in _SECRETS and value is not None:
            yield name, "set"
        else:
            yield name, "not set" if value is None else str(value)
