"""Discretion: what a run may say when something goes wrong: sentences about the machine, never words about a State.

An exception's message, and the values in its traceback, may hold what only some may know. What Prefect gets is
the kind of exception; where it was raised goes to the worker's own output, which stays on the operator's machine.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from casework.core.leases import LeaseGone, UnderWay
from casework.core.settings import BadSettings
from casework.core.workspace import Workspace, open_workspace
from casework.follow_ups.reminders import Failure
from casework.operations.sweep import NotYetDue
from models.store.engine import StoreEmpty, StoreNewer, StoreUnreachable
from notifications.offices import BadChannel
from notifications.refusals import sentence
from pathways import UnknownTreaty
from pathways.grammar.refusals import Refused

#: Exceptions whose sentences speak of the machine, of what was asked, and of the record as a whole.
_SAYABLE = (BadChannel, BadSettings, LeaseGone, NotYetDue, StoreEmpty, StoreNewer, StoreUnreachable, UnknownTreaty)

Outcome = State[Any]


def in_the_workspace(work: Callable[[Workspace, str], Outcome]) -> Outcome:
    """Open the workspace, do the work under the run's id, and let nothing out but what everybody may read."""
    try:
        with closing(open_workspace()) as workspace:
            workspace.store.require()
            return work(workspace, str(flow_run.id))
    except UnderWay as elsewhere:
        return Completed(name="Skipped", message=_said(elsewhere))
    except _SAYABLE as wrong:
        return Failed(message=_said(wrong))
    except Refused as refused:
        return Failed(message=_refused(refused))
    except OSError as wrong:  # without its path, which may name a file that somebody sent
        return Failed(
            message=f"The machine did not do it: {wrong.strerror or type(wrong).__name__}. See accede doctor."
        )
    except Exception as wrong:  # noqa: BLE001  # its words are not for everybody
        sys.stderr.writelines(traceback.format_tb(wrong.__traceback__))
        return Failed(
            message=f"Something went wrong that nobody foresaw ({type(wrong).__name__}). What was finished by then"
            " stands, and the next run goes on; where it was, is in the output of the worker."
        )


def _said(wrong: Exception) -> str:
    return " ".join(map(sentence, wrong.refusals)) if isinstance(wrong, Refused) else str(wrong)


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


def outcome(done: str, failed: Sequence[Failure]) -> Outcome:
    """Return how a run ended; one that failed names the States by code and incident, and nothing else of them."""
    if not failed:
        return Completed(message=done)
    named = ", ".join(f"{failure.state} (incident {failure.incident})" for failure in failed)
    return Failed(message=f"{len(failed)} could not be treated: {named}. {done}")
