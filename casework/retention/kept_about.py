"""What is kept about one person: for that person, or for an administrator who is asked by them.

Nobody else's words are in it: of what others said stands that it was, and when. Changes nothing but the journal, which
says who was told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.core.actors import note, number_of
from casework.core.readers import person_named
from casework.core.rights import NotYours
from casework.core.workspace import Workspace
from casework.letters.composing import written
from models.letters import outbox
from models.letters.outbox import ClaimedLetter, ClaimedNotice
from models.people import traces
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import refusal

Told = Mapping[str, Any]
_ANOTHER = "another person"
_CODE = re.compile(r"[\w:.-]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptAbout:
    """Everything that the record keeps about a person, under headings, row by row, as of an hour."""

    person: int
    at: datetime
    kept: Mapping[str, Sequence[Told]]


def kept_about(workspace: Workspace, person: str | int, *, reader: Reader) -> KeptAbout:
    """Return what is kept about a person, given by number, address or name.

    NotYours to whoever is neither that person nor an administrator, whether or not there is such a person.
    """
    own = number_of(reader)
    if not reader.sees_personal and str(person) != str(own):
        raise NotYours(refusal("kept_about_others"))
    with workspace.registry() as connection:
        number = person_named(connection, person)
        told: dict[str, Sequence[Told]] = dict(traces.told_of(connection, number))
        told["holds"] = _with_mandates(connection, told["holds"])
        told["letters"] = _with_subjects(workspace, connection, told["person"][0], told["letters"], told.pop("notices"))
        told["releases"] = traces.releases_to(connection, number)
        told["journal"] = _journal(connection, number, told)
        note(workspace, connection, reader, "told what is kept", f"person:{number}")
    return KeptAbout(person=number, at=workspace.stamp(), kept=told)


def _with_mandates(connection: Connection, holds: Sequence[Told]) -> Sequence[Told]:
    mandates = traces.mandates_of(connection, {hold["mandate_id"] for hold in holds})
    return [{**hold, "mandate": mandates[hold["mandate_id"]]} for hold in holds]


def _with_subjects(
    workspace: Workspace, connection: Connection, person: Told, letters: Sequence[Told], notices: Sequence[Told]
) -> Sequence[Told]:
    """Add the subject of each letter and what it told: the occasion, never the State."""
    inside: dict[str, list[ClaimedNotice]] = defaultdict(list)
    for notice in outbox.notices_of(connection, [letter["id"] for letter in letters]):
        inside[notice.letter_id].append(notice)
    register, training = workspace.register(connection), workspace.training is not None
    told: dict[str, list[Told]] = defaultdict(list)
    for one in notices:
        told[one["letter_id"]].append({name: value for name, value in one.items() if name != "letter_id"})
    answer: list[Told] = []
    for letter in letters:
        claimed = ClaimedLetter(
            letter["id"], person["id"], person["name"], person["language"], letter["day"], 0, letter["written_at"]
        )
        held = inside[letter["id"]]
        outgoing = written("", claimed, held, register=register, training=training) if held else None
        subject = outgoing.message.subject if outgoing else None  # none of what was withdrawn whole
        answer.append({**letter, "subject": subject, "notices": told[letter["id"]]})
    return answer


def _journal(connection: Connection, person: int, told: Mapping[str, Sequence[Told]]) -> Sequence[Told]:
    """Return the lines of the journal about a person, without another's number and without anybody's words."""
    rows = {f"person:{person}", *(f"channel:{one['id']}" for one in told["addresses"])}
    rows |= {f"hold:{one['id']}" for one in told["holds"]}
    return [_line(line, person) for line in traces.journal_of(connection, person, rows)]


def _line(line: Told, person: int) -> Told:
    detail = {name: _said(name, value, person) for name, value in line["detail"].items() if _is_code(value)}
    return {**line, "actor": _actor(line["actor"], person), "row": _actor(line["row"], person), "detail": detail}


def _said(name: str, value: Any, person: int) -> Any:
    if name in traces.PERSON_KEYS and value is not None:
        return value if value == person else _ANOTHER
    return _actor(value, person) if isinstance(value, str) else value


def _actor(actor: str, person: int) -> str:
    return _ANOTHER if actor.startswith("person:") and actor != f"person:{person}" else actor


def _is_code(value: Any) -> bool:
    """Tell whether a detail is a number, a day or a code; words are somebody's."""
    return not isinstance(value, str) or _CODE.fullmatch(value) is not None
