"""Discretion: what a run may say when something goes wrong: sentences about the machine, never words about a State.

An exception's message, and the values in its traceback, may hold what only some may know. What Prefect gets is
the kind of exception; where it was raised goes to the worker's own output, which stays on the operator's machine.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from casework.core.leases import LeaseGone, UnderWay
from casework.core.log_lines import places_of
from casework.core.rights import NotOnFile, NotYours
from casework.core.settings import BadSettings
from casework.core.workspace import Workspace, open_workspace
from casework.follow_ups.reminders import Failure
from casework.operations.sweep import NotYetDue
from casework.record.archive import NotBackedUp
from casework.runs.results import note_failed_run, note_result
from models.store.engine import StoreUnreachable
from models.store.schema import StoreEmpty, StoreNewer, StoreOlder
from notifications.offices import BadChannel
from notifications.refusals import sentence
from pathways import UnknownTreaty
from pathways.grammar.refusals import Refused, Remark, remark

#: Exceptions whose sentences speak of the machine, of what was asked, and of the record as a whole.
_SAYABLE = (
    *(BadChannel, BadSettings, LeaseGone, NotBackedUp, NotYetDue),
    *(StoreEmpty, StoreNewer, StoreOlder, StoreUnreachable, UnknownTreaty),
)
#: Whoever asked for what there is not, or what is not theirs, is told so at once.
_ASKED_WRONGLY = (NotOnFile, NotYetDue, NotYours, UnknownTreaty)

_log = logging.getLogger("accede.flows")

Outcome = State[Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """How a run ended, and what it came to, fit for everybody; `name` is Prefect's where its own would mislead.

    `is_told`: who is to see to it knows: it stands on the Secretariat's list one by one, or was asked wrongly.
    """

    says: Remark
    has_failed: bool = False
    is_told: bool = False
    name: str | None = None


def in_the_workspace(work: Callable[[Workspace, str], Ended]) -> Outcome:
    """Open the workspace, do the work under the run's id, and let nothing out but what everybody may read.

    What it came to is kept in the record, which the desk words in its reader's language; Prefect is told in English.
    """
    ended: Ended | None = None
    try:
        with closing(open_workspace()) as workspace:
            workspace.store.require()
            ended = _ended(work, workspace, str(flow_run.id))
            note_result(workspace, _flow(), str(flow_run.id), ended.says)
            if ended.has_failed and not ended.is_told:
                note_failed_run(workspace, _flow(), [ended.says])
    except Exception as wrong:  # noqa: BLE001  # its words are not for everybody
        return _outcome(ended if ended is not None and ended.has_failed else _failed(wrong))
    return _outcome(ended)


def _ended(work: Callable[[Workspace, str], Ended], workspace: Workspace, run: str) -> Ended:
    try:
        return work(workspace, run)
    except UnderWay as elsewhere:
        return Ended(says=elsewhere.refusals[0], name="Skipped")
    except Exception as wrong:  # noqa: BLE001  # its words are not for everybody
        return _failed(wrong)


def _failed(wrong: Exception) -> Ended:
    is_told = isinstance(wrong, _ASKED_WRONGLY)
    if isinstance(wrong, _SAYABLE):
        return Ended(says=_said(wrong), has_failed=True, is_told=is_told)
    if isinstance(wrong, Refused):
        return Ended(says=remark("plain", sentence=_refused(wrong)), has_failed=True, is_told=is_told)
    if isinstance(wrong, OSError):  # without its path, which may name a file that somebody sent
        why = wrong.strerror or type(wrong).__name__
        return Ended(says=remark("machine_did_not_do_it", why=why), has_failed=True)
    _log.error("%s: %s", type(wrong).__name__, places_of(wrong))
    return Ended(says=remark("run_stopped", kind=type(wrong).__name__), has_failed=True)


def _outcome(ended: Ended) -> Outcome:
    says = sentence(ended.says)
    if ended.has_failed:
        return Failed(message=says)
    return Completed(name=ended.name, message=says) if ended.name else Completed(message=says)


def _flow() -> str:
    """Return whose run this is: the flow's name, and the treaty where each has its own."""
    return "/".join(filter(None, (flow_run.flow_name, flow_run.parameters.get("treaty"))))


def _said(wrong: Exception) -> Remark:
    if isinstance(wrong, Refused) and len(wrong.refusals) == 1:
        return wrong.refusals[0]
    told = " ".join(map(sentence, wrong.refusals)) if isinstance(wrong, Refused) else str(wrong)
    return remark("plain", sentence=told)


def _refused(refused: Refused) -> str:
    """Say why something was refused, as far as the reason holds nothing of what was told."""
    plain = [sentence(one) for one in refused.refusals if not one.values]
    codes = ", ".join(one.code for one in refused.refusals if one.values)
    return " ".join([*plain, f"Refused: {codes}. accede says the rest."] if codes else plain)


def named(name: Callable[[Workspace], str], otherwise: str) -> str:
    """Return a run's name, or a plainer one when the workspace cannot be asked; the run itself will say why."""
    try:
        with closing(open_workspace()) as workspace:
            return name(workspace)
    except Exception:  # noqa: BLE001  # what is wrong is said by the run, in its own words
        return otherwise


def came_to(*counts: Remark) -> Remark:
    """Say what a run came to in numbers, without those that are nought."""
    found = tuple(count for count in counts if count.values["number"] != 0)
    return remark("run_came_to", counts=found) if found else remark("run_found_nothing")


def failing(failed: Sequence[Failure], done: Remark) -> Ended:
    """Return how a run ended; one that failed names the States by code and incident, and nothing else of them."""
    if not failed:
        return Ended(says=done)
    named = tuple(remark("dossier_of_incident", state=one.state, incident=one.incident) for one in failed)
    return Ended(
        says=remark("run_failed_for", number=len(failed), dossiers=named, done=done), has_failed=True, is_told=True
    )
