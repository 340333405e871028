"""Two decide on one proposal in the same instant: one of them does, the other is told so, and nothing is in between."""

import fcntl
import io
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from casework.dossiers.deciding import AlreadyDecided, accept, decline
from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.filing import Filing
from casework.dossiers.proposal_list import proposal_list
from casework.dossiers.proposing import propose
from casework.files.attachments import place_of, received
from casework.record.audit import verify
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from tests.appointments import eyes, held
from tests.papers import PDF

STATE = "AGO"


@pytest.fixture
def workspace(training):
    return training


@pytest.fixture
def paper(workspace):
    """Bring a proposal with a file before the Secretariat; return where the file is kept."""
    contact = eyes(workspace, held(workspace, "Mission of Angola", "contact", STATE)[0])
    with received(workspace, io.BytesIO(PDF), "law.pdf") as attachment:
        filing = Filing(
            kind="signal", effective=PartialDate.parse("2022-06-01"), source=SourceKind.NOTE_VERBALE,
            reference="NV 4/2022", attachment=attachment,
        )  # fmt: skip
        propose(workspace, STATE, filing, treaty="att", name="Angola", reader=contact)
        return place_of(workspace, attachment.hash)


def accepts(workspace):
    accept(workspace, 1, treaty="att", reader=OPERATOR)


def declines(workspace):
    decline(workspace, 1, reason="On file.", treaty="att", reader=OPERATOR)


def signals(workspace):
    return [
        fact
        for fact in dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).facts
        if fact.kind == "signal" and fact.attachment_name
    ]


def result(workspace):
    [proposal] = proposal_list(workspace, treaty="att", reader=OPERATOR)
    return proposal.result


def once_before(act: Any, first: Callable[[], None], when: Callable[..., bool]) -> Any:
    """Let something happen right before the first call of an act that is meant."""
    done: list[bool] = []

    def instead(*said, **named):
        if not done and when(*said):
            done.append(True)
            first()
        return act(*said, **named)

    return instead


@pytest.mark.parametrize("moment", ["looked at", "put away"])
def test_who_accepts_what_is_declined_meanwhile_is_told_so(workspace, paper, monkeypatch, moment):
    if moment == "looked at":
        looks = once_before(Path.stat, lambda: declines(workspace), lambda path: path == paper)
        monkeypatch.setattr(Path, "stat", looks)
    else:
        locks = once_before(fcntl.flock, lambda: declines(workspace), lambda *_: True)
        monkeypatch.setattr(fcntl, "flock", locks)
    with pytest.raises(AlreadyDecided):
        accepts(workspace)
    assert (result(workspace), signals(workspace), paper.exists()) == ("declined", [], False)
    assert verify(workspace).is_sound


def test_of_two_who_decide_at_once_one_does_and_the_other_is_told(workspace, paper):
    told, at_once = [], Barrier(2)

    def decides(deed):
        at_once.wait(10)
        try:
            deed(workspace)
        except AlreadyDecided as late:
            told.append(late)

    both = [Thread(target=decides, args=(deed,)) for deed in (accepts, declines)]
    for each in both:
        each.start()
    for each in both:
        each.join(30)
    assert len(told) == 1
    is_accepted = result(workspace) == "accepted"
    assert (len(signals(workspace)) == 1, paper.exists()) == (is_accepted, is_accepted)
    assert verify(workspace).is_sound
