"""The short form behind a letter's link: what is asked, and what this State has saved in this round.

Nobody signs in. Whoever has the link may be of another mission: so the form shows no fact, nothing of another round,
and of what was sent only that it was. A wrong link looks like one of a round that is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casework.access.sessions import hash_of
from casework.core.workspace import Workspace
from models.enquiries import answers, links, rounds
from models.enquiries.answers import DRAFT
from models.enquiries.rounds import Round
from models.ledger import dossiers
from models.ledger.dossiers import Record
from models.store.engine import Connection
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.refusals import Refused, refusal
from pathways.grammar.words import ENQUIRY_ANSWER

#: Who may know an answer, as a State is asked; as is usual where it does not say first.
LEVELS = (Sensitivity.CONFIDENTIAL, Sensitivity.COORDINATION, Sensitivity.PUBLIC)


class EnquiryOver(Refused, ValueError):
    """A link leads to no round that takes answers: it is closed, or there never was one; the same words for both."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(refusal("enquiry_over"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What a State answers: codes of the declaration, and words."""

    stands: str = ""
    words: str = ""
    obstacles: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    sensitivity: Sensitivity = Sensitivity.CONFIDENTIAL


@dataclass(frozen=True, kw_only=True, slots=True)
class ShortForm:
    """What is asked of one State in one round; `saved_at` and `sent_at` are of what it did by its links.

    `language` is that of whoever got the letter.
    """

    state: str
    treaty: str
    language: str
    until: date
    given: Given
    saved_at: datetime | None
    sent_at: datetime | None
    stands: tuple[str, ...]
    obstacles: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Led:
    """Where a link leads: a round that takes answers, and the dossier of the State that is asked."""

    round: Round
    record: Record


def led_to(workspace: Workspace, connection: Connection, token: str, *, lock: bool = False) -> Led:
    """Return where a link leads; EnquiryOver when that is nowhere by now."""
    link = links.one(connection, hash_of(token))
    found = rounds.one(connection, link.enquiry_id, lock=lock) if link else None
    if link is None or found is None or not found.takes_answers(workspace.today()):
        raise EnquiryOver
    record = dossiers.record_of(connection, found.treaty, link.state, lock=lock)
    if record is None:
        raise EnquiryOver
    return Led(round=found, record=record)


def short_form(workspace: Workspace, token: str) -> ShortForm:
    """Show what is asked; EnquiryOver when the link leads nowhere."""
    with workspace.reading() as connection:
        led = led_to(workspace, connection, token)
        kept = answers.of_state(connection, led.round.id, led.record.state)
        language = links.language_of(connection, hash_of(token))
    draft = next((one for one in kept if one.key == DRAFT), None)
    kind = workspace.pathway(led.round.treaty).kind(ENQUIRY_ANSWER)
    asked = {field.name: field.choices for field in kind.fields} if kind else {}
    return ShortForm(
        state=led.record.state,
        treaty=led.round.treaty,
        language=language,
        until=led.round.closes_on,
        given=_given(draft) if draft else Given(),
        saved_at=draft.written_at if draft else None,
        sent_at=max((one.sent_at for one in kept if one.sent_at), default=None),
        stands=asked.get("stands", ()),
        obstacles=asked.get("obstacles", ()),
        needs=asked.get("needs", ()),
    )


def _given(draft: answers.Answer) -> Given:
    return Given(
        stands=draft.stands,
        words=draft.words or "",
        obstacles=tuple(filter(None, draft.obstacles.split(","))),
        needs=tuple(filter(None, draft.needs.split(","))),
        sensitivity=draft.sensitivity,
    )
