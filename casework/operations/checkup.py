"""The check-up: what is configured, reachable, late or broken, with the next thing to do. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casework.core.workspace import Workspace
from casework.operations.checkup_of_record import of_record
from casework.operations.checkup_of_surroundings import PATIENCE, of_surroundings
from casework.operations.findings import Command, Condition, Finding
from models.store.engine import StoreUnreachable
from models.store.schema import StoreEmpty, StoreNewer, StoreOlder
from pathways.grammar.refusals import Remark, remark

_SECRETS = frozenset({"smtp_user", "smtp_password", "prefect_auth_string"})


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
        return Finding(name="record", condition=Condition.NOT_MADE, says=_plain(empty), todo=Command("accede init"))
    except StoreOlder as older:
        return Finding(name="record", condition=Condition.BROKEN, says=_plain(older), todo=Command("accede upgrade"))
    except StoreNewer as newer:
        todo = remark("install_that_version")
        return Finding(name="record", condition=Condition.BROKEN, says=_plain(newer), todo=todo)
    except StoreUnreachable as gone:
        return Finding(
            name="record",
            condition=Condition.BROKEN,
            says=_plain(gone),
            todo=remark("start_the_database"),
        )
    if not workspace.store.may_be_written():
        return Finding(
            name="record",
            condition=Condition.BROKEN,
            says=remark("record_not_writable", where=workspace.store.where),
            todo=remark("let_the_account_write"),
        )
    stands = workspace.training
    says = remark("training_record_reachable", day=stands) if stands else remark("record_reachable")
    return Finding(name="record", condition=Condition.FINE, says=says)


def _plain(wrong: Exception) -> Remark:
    """Return what is wrong with the machine, which its exception says to the operator in English."""
    return remark("plain", sentence=str(wrong))


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
