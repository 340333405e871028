"""The reckoning: what the outside received and what is on file, held against what the world of the round asks for."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from casework.core.workspace import Workspace
from casework.record.audit import verify
from tests.chaos.clerks import Save
from tests.chaos.processes import Crowd
from tests.chaos.world import SIGNED, WAITS, World, address_of
from tests.mailserver import MailServer, Received

_LETTERS = "SELECT id, person_id, kind, day, state FROM letter"
_FACTS = "SELECT d.state, f.kind, f.effective_on, f.reference, f.data FROM fact f JOIN dossier d ON d.id = f.dossier_id"
_TOLD = """
SELECT n.person_id, d.state, n.occasion, n.about, n.letter_id, l.state, n.withdrawn
FROM notice n JOIN letter l ON l.id = n.letter_id LEFT JOIN dossier d ON d.id = n.dossier_id
"""
_ON_THE_LIST = "SELECT key FROM follow_up WHERE key LIKE 'letter_dead:%'"
_UNFORESEEN = "that this program did not foresee"
_NOT_CARRIED = "The desk could not carry letters"
_SENT, _DEAD, _GIVEN_UP = "sent", "dead", "given_up"


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """What a round came to; `wrong` is a sentence for each thing that must not be."""

    letters: int
    received: int
    repeated: int
    unsaid: int  # taken by the server without its being said: each of them is repeated
    in_doubt: int  # of the others, those that may have been
    refused: int
    steps: int
    saves: int
    sent: int
    wrong: tuple[str, ...]


def brought_in(workspace: Workspace, world: World) -> int:
    """Return how many deposits of the depositary's file are on file."""
    return sum(kind == "deposit" and state in world.brought for state, kind, *_ in _rows(workspace, _FACTS))


def reckon(
    workspace: Workspace, world: World, mail: MailServer, crowd: Crowd, saves: Sequence[Save], said: str
) -> Reckoning:
    """Hold a record whose round is over against its world."""
    letters = {row[0]: row for row in _rows(workspace, _LETTERS)}
    received, unsaid = (Counter(map(_id, came)) for came in (mail.messages, mail.unsaid))
    facts = _rows(workspace, _FACTS)
    repeated, in_doubt = sum(received.values()) - len(received), letters_in_doubt(crowd, said)
    without_cause = sum(max(0, count - 1 - unsaid[id_]) for id_, count in received.items())
    wrong = [
        *_unsound(workspace),
        *_of_letters(workspace, letters, received, mail),
        *_of_the_told(workspace, world),
        *_of_steps(facts, world),
        *_of_saves(facts, saves),
        *_of_processes(crowd, said),
    ]
    if without_cause > in_doubt:
        wrong.append(f"{without_cause} letters were repeated that the server said it took, {in_doubt} were in doubt")
    return Reckoning(
        letters=sum(row[4] == _SENT for row in letters.values()),
        received=sum(received.values()),
        repeated=repeated,
        unsaid=sum(unsaid.values()),
        in_doubt=in_doubt,
        refused=sum(row[4] == _DEAD for row in letters.values()),
        steps=sum(kind == "step" for _, kind, *_ in facts),
        saves=sum(save.is_done for save in saves),
        sent=sum(save.sent for save in saves),
        wrong=tuple(wrong),
    )


def letters_in_doubt(crowd: Crowd, said: str) -> int:
    """Return how many letters were in doubt: one for each post that was killed, stopped or refused at work.

    And one for each time that the desk's own post was cut off.
    """
    at_work = [running for running in crowd.all if running.carries_letters and running.letters]
    ended_ill = sum(running.code != 0 for running in at_work)
    return ended_ill + sum(running.was_stopped for running in at_work) + said.count(_NOT_CARRIED)


def _unsound(workspace: Workspace) -> Iterator[str]:
    found = verify(workspace)
    yield from (f"verify: {said}" for said in (*found.chain, *found.replay, *found.files, *found.seals, *found.guards))


def _of_letters(
    workspace: Workspace, letters: dict[str, Any], received: Counter[str], mail: MailServer
) -> Iterator[str]:
    """Hold what the outbox says against what the server has."""
    on_the_list = {row[0].partition(":")[2] for row in _rows(workspace, _ON_THE_LIST)}
    full = {row[4] for row in _rows(workspace, _TOLD) if not row[6]}
    last = str(workspace.today())
    for id_, person, _, day, state in letters.values():
        if state == _SENT and not received[id_]:
            yield f"letter {id_} is lost: it is called sent, and nobody received it"
        if state == _DEAD and id_ not in on_the_list:
            yield f"letter {id_} is lost: it is dead, and on nobody's list"
        if state == _GIVEN_UP and id_ in full:
            yield f"letter {id_} is lost: it was given up with something to tell"
        if state not in (_SENT, _DEAD, _GIVEN_UP) and str(day) <= last:
            yield f"letter {id_} of {day} is {state} still, to person {person}"
    for one in mail.messages:
        id_ = _id(one)
        if id_ not in letters or one.recipients != (address_of(letters[id_][1]),):
            yield f"letter {id_} came to {one.recipients}, and is not theirs"


def _of_the_told(workspace: Workspace, world: World) -> Iterator[str]:
    """Look whether each person has heard of all that concerns them, in a letter that was sent, and once."""
    heard: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for person, of, occasion, about, _, state, withdrawn in _rows(workspace, _TOLD):
        if not withdrawn:
            heard[person, of, about if occasion == "step" else occasion].append(state)
    owed = [(person, state, "enter_into_force") for state in world.bound for person in world.serving[state]]
    owed += [(person, state, "deposited") for state in world.brought for person in world.serving[state]]
    owed += [(world.reaching_out[state], state, "silence") for state in world.silent]
    for person, of, what in owed:
        states = heard[person, of, what]
        if len(states) != 1 or states[0] not in (_SENT, _DEAD):
            yield f"person {person} is to hear of {of} once ({what}): {states or 'never'}"


def _of_steps(facts: Sequence[Any], world: World) -> Iterator[str]:
    """Look whether each step that was due was taken, once, as of its day, and no other."""
    taken = Counter((state, json.loads(data)["step"], on) for state, kind, on, _, data in facts if kind == "step")
    due = Counter((state, "enter_into_force", str(day)) for state, day in world.bound.items())
    due.update(
        (state, "deposited", str(day))
        for state, day in (*world.brought.items(), *((s, d - WAITS) for s, d in world.bound.items()))
    )
    due.update((state, "signed", str(SIGNED)) for state in world.silent)
    for step in sorted({*taken, *due}):
        if taken[step] != due[step]:
            yield f"{' '.join(step)}: taken {taken[step]} times, due {due[step]} times"
    deposits = Counter(state for state, kind, *_ in facts if kind == "deposit")
    yield from (f"{state}: {deposits[state]} deposits on file" for state in world.brought if deposits[state] != 1)


def _of_saves(facts: Sequence[Any], saves: Sequence[Save]) -> Iterator[str]:
    on_file = Counter(reference for _, kind, _, reference, _ in facts if kind == "exchange")
    for save in saves:
        if save.is_done and on_file[save.reference] != 1:
            yield f"{save.reference} of {save.state} was said to be saved: on file {on_file[save.reference]} times"
        if on_file[save.reference] > 1:
            yield f"{save.reference} of {save.state} is on file {on_file[save.reference]} times, sent {save.sent} times"


def _of_processes(crowd: Crowd, said: str) -> Iterator[str]:
    """Look whether every process ended as one may: well, refused in a sentence, or by a signal of ours."""
    for running in crowd.all:
        if running.code not in (0, 1, -9, -15):
            yield f"{' '.join(running.words)} ended with {running.code}"
    if "Traceback" in said:
        yield f"a traceback: {said[said.index('Traceback') :][:3000]}"
    if _UNFORESEEN in said:
        yield "a command met what nobody foresaw"


def _id(letter: Received) -> str:
    return str(letter.message["X-Accede-Letter"])


def _rows(workspace: Workspace, query: str) -> list[Any]:
    with workspace.reading() as connection:
        return list(connection.execute(text(query)).all())
