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
from casework.operations.audit import verify
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from tests.appointments import eyes, held
from tests.papers import PDF

STATE = "AGO"


@pytest.fixture
def office(training):
    return training


@pytest.fixture
def paper(office):
    """Bring a proposal with a file before the Secretariat; return where the file is kept."""
    contact = eyes(office, held(office, "Mission of Angola", "contact", STATE)[0])
    with received(office, io.BytesIO(PDF), "law.pdf") as attachment:
        filing = Filing(
            kind="signal", effective=PartialDate.parse("2022-06-01"), source=SourceKind.NOTE_VERBALE,
            reference="NV 4/2022", attachment=attachment,
        )  # fmt: skip
        propose(office, STATE, filing, treaty="att", name="Angola", reader=contact)
        return place_of(office, attachment.hash)


def accepts(office):
    accept(office, 1, treaty="att", reader=OPERATOR)


def declines(office):
    decline(office, 1, reason="On file.", treaty="att", reader=OPERATOR)


def signals(office):
    return [fact for fact in dossier_view(office, STATE).facts if fact.kind == "signal" and fact.attachment_name]


def result(office):
    [proposal] = proposal_list(office, treaty="att", reader=OPERATOR)
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
def test_who_accepts_what_is_declined_meanwhile_is_told_so(office, paper, monkeypatch, moment):
    if moment == "looked at":
        looks = once_before(Path.stat, lambda: declines(office), lambda path: path == paper)
        monkeypatch.setattr(Path, "stat", looks)
    else:
        locks = once_before(fcntl.flock, lambda: declines(office), lambda *_: True)
        monkeypatch.setattr(fcntl, "flock", locks)
    with pytest.raises(AlreadyDecided):
        accepts(office)
    assert (result(office), signals(office), paper.exists()) == ("declined", [], False)
    assert verify(office).is_sound


def test_of_two_who_decide_at_once_one_does_and_the_other_is_told(office, paper):
    told, at_once = [], Barrier(2)

    def decides(deed):
        at_once.wait(10)
        try:
            deed(office)
        except AlreadyDecided as late:
            told.append(late)

    both = [Thread(target=decides, args=(deed,)) for deed in (accepts, declines)]
    for each in both:
        each.start()
    for each in both:
        each.join(30)
    assert len(told) == 1
    is_accepted = result(office) == "accepted"
    assert (len(signals(office)) == 1, paper.exists()) == (is_accepted, is_accepted)
    assert verify(office).is_sound
