"""Answering by a letter's link: saved as one goes, and sent. What is sent is a proposal, and no fact.

It says itself who may know it, which is how it is held once the Secretariat has accepted it. The same sent twice is
one; another answer after it is a new proposal, beside the first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from casework.access.rate_limit import count_try
from casework.core.workspace import Workspace
from casework.dossiers.filing import Filing
from casework.dossiers.free_text import beside
from casework.dossiers.proposing import bring
from casework.enquiries.form import LEVELS, Given, Led, led_to
from casework.enquiries.standing import has_answered
from models.enquiries import answers
from models.ledger.hash_chain import canonical
from models.people import people
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import BadField, SourceKind, read_fields
from pathways.grammar.refusals import Refusal, Refused, refusal
from pathways.grammar.words import ENQUIRY_ANSWER, NEEDS_RECORDED

#: Whoever answers by a link, as the record calls who acted: a round, and nobody in it.
ACTOR = "enquiry"
#: What is noted of who has answered by a link.
FORM = "form"
_BY_LINK = "answer an enquiry"


class NotAnswered(Refused, ValueError):
    """What was sent is no answer yet; a refusal for each reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """An answer that was sent. `repeated`: the same was sent before, and nothing was written."""

    repeated: bool


def save(workspace: Workspace, token: str, given: Given, *, caller: str) -> None:
    """Keep what is answered so far, for whoever follows a link of this State again; nobody else is shown it."""
    with workspace.registry() as connection:
        led = led_to(workspace, connection, token, lock=True)
        count_try(workspace, _BY_LINK, account=token, caller=caller)
        if faults := [*_unknown(workspace, led, given)]:
            raise NotAnswered(*faults)
        _refuse_no_text(given)
        kept = {
            "stands": given.stands,
            "words": given.words,
            "obstacles": ",".join(given.obstacles),
            "needs": ",".join(given.needs),
            "sensitivity": given.sensitivity,
            "written_at": workspace.stamp(),
        }
        answers.save(connection, led.round.id, led.record.state, kept)


def send(workspace: Workspace, token: str, given: Given, *, caller: str) -> Sent:
    """Bring an answer before the Secretariat; NotAnswered or NotAdmitted with every reason against it."""
    with workspace.registry() as connection:
        led = led_to(workspace, connection, token, lock=True)
        count_try(workspace, _BY_LINK, account=token, caller=caller)
        if faults := [*_unknown(workspace, led, given), *_wanting(given)]:
            raise NotAnswered(*faults)
        _refuse_no_text(given)
        key = _key(given)
        if key in {one.key for one in answers.of_state(connection, led.round.id, led.record.state)}:
            return Sent(repeated=True)
        at, actor = workspace.stamp(), f"{ACTOR}:{led.round.id}"
        number = answers.sent(connection, led.round.id, led.record.state, key, held=given.sensitivity, at=at)
        for filing in _filings(workspace, led, given):
            bring(workspace, connection, led.record, filing, by=actor, held=given.sensitivity, answer=number)
        has_answered(workspace, connection, led.round.id, led.record.state, by=FORM)
        people.audit(connection, at=workspace.stamp(), actor=actor, what="enquiry answered", row=f"answer:{number}")
    return Sent(repeated=False)


def _unknown(workspace: Workspace, led: Led, given: Given) -> Iterator[Refusal]:
    """Refuse what no form of ours sends, and a State of which so much waits that nobody could mean more."""
    kind = workspace.pathway(led.round.treaty).kind(ENQUIRY_ANSWER)
    if kind is None or given.sensitivity not in LEVELS:
        yield refusal("answer_not_readable")
        return
    try:
        read_fields(kind, _fields(led, given))
    except BadField:
        yield refusal("answer_not_readable")


def _wanting(given: Given) -> Iterator[Refusal]:
    if not given.stands:
        yield refusal("say_where_it_stands", field="stands")


def _refuse_no_text(given: Given) -> None:
    try:
        beside(given.words, "words")
    except NotAdmitted as wrong:
        raise NotAnswered(*map(_of_words, wrong.refusals)) from None


def _of_words(fault: Refusal) -> Refusal:
    """Say of a text what is wrong with it to whoever can attach no file here."""
    if "most" in fault.values:
        return refusal("answer_too_long", field="words", most=fault.values["most"])
    return refusal("answer_is_no_text", field="words")


def _key(given: Given) -> str:
    said = [given.stands, given.words.strip(), sorted(given.obstacles), sorted(given.needs), given.sensitivity]
    return hashlib.sha256(canonical(said).encode("utf-8", "surrogatepass")).hexdigest()


def _fields(led: Led, given: Given) -> dict[str, str]:
    said = {"enquiry": led.round.id, "stands": given.stands, "obstacles": ",".join(given.obstacles)}
    return {name: value for name, value in {**said, "needs": ",".join(given.needs)}.items() if value}


def _filings(workspace: Workspace, led: Led, given: Given) -> Iterator[Filing]:
    """Return the facts that an answer comes to: what it says, and the needs it names as such."""
    today = PartialDate.parse(str(workspace.today()))
    words = given.words.strip() or None
    yield Filing(
        kind=ENQUIRY_ANSWER,
        effective=today,
        source=SourceKind.GOVERNMENT,
        reference=led.round.id,
        fields=_fields(led, given),
        note=words,
    )
    if given.needs and workspace.pathway(led.record.treaty).kind(NEEDS_RECORDED) is not None:
        yield Filing(
            kind=NEEDS_RECORDED,
            effective=today,
            source=SourceKind.GOVERNMENT,
            reference=led.round.id,
            fields={"categories": ",".join(given.needs)},
        )
