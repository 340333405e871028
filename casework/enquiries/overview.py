"""The page of the enquiry: how the round stands, by region and year, who is silent, and what stands in the way.

Whoever accompanies States sees it of those; to whoever accompanies none it is not there. What was answered is read in
each State's dossier; here it is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.core.rights import NotOnFile
from casework.core.workspace import Workspace
from casework.enquiries.asking import records_to_ask
from casework.enquiries.standing import Counted, counted
from models.enquiries import rounds
from models.enquiries.rounds import Asked, Round
from models.ledger import dossiers, proposals
from models.ledger.dossiers import Record
from models.store.engine import Connection
from pathways.grammar.clearance import Reader, may_know_stage
from pathways.grammar.facts import Fact
from pathways.grammar.pathway import Pathway
from pathways.grammar.projection import project
from pathways.grammar.refusals import refusal
from pathways.grammar.words import ENQUIRY_ANSWER

#: Fewer than this of what a reader may not read singly are not counted for that reader.
FEWEST = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class OfRegion:
    """A region in numbers of States."""

    region: str
    asked: int
    answered: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OfYear:
    """A round in numbers of States, as a whole (`region` is empty) or of one region."""

    opened_on: date
    region: str
    asked: int
    sent: int
    answered: int
    silent: int
    never_answered: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SilentLine:
    """A State that has not answered: how many letters it got, the last when, and when it answered any round last."""

    state: str
    region: str
    letters: int
    last_on: date | None
    passed_on: date | None
    answered_before: date | None

    @property
    def since(self) -> date:
        """Return since when it is silent, to be sorted by: who never answered comes first."""
        return self.answered_before or date.min


@dataclass(frozen=True, kw_only=True, slots=True)
class EnquiryPage:
    """What the reader may know of the rounds; `shown` is None before the first."""

    shown: Counted | None
    years: tuple[Counted, ...]
    table: tuple[OfYear, ...]
    regions: tuple[OfRegion, ...]
    silent: tuple[SilentLine, ...]
    nobody: tuple[str, ...]
    obstacles: tuple[tuple[str, int], ...]
    accepted: int
    waiting: int
    may_run: bool


def enquiry_page(workspace: Workspace, *, treaty: str, reader: Reader) -> EnquiryPage:
    """Show the latest round and those before it; NotOnFile to whoever accompanies no State."""
    with workspace.reading() as connection:
        records = {one.state: one for one in dossiers.records(connection, treaty)}
        if not any(may_know_stage(reader, state) for state in records):
            raise NotOnFile(refusal("nothing_at_this_address"))
        found = rounds.of_treaty(connection, treaty)
        ever = [one for one in rounds.asked_ever(connection, treaty) if may_know_stage(reader, one.state)]
        latest = found[0] if found else None
        asked = [one for one in ever if latest is not None and one.enquiry_id == latest.id]
        not_party = records_to_ask(connection, treaty)
        answers = _answers(workspace, connection, latest, [records[one.state] for one in asked])
        waiting = proposals.how_many_answer(connection, treaty) if reader.is_secretariat else 0
    pathway = workspace.pathway(treaty)
    read, accepted = _obstacles(pathway, answers, reader, workspace.today())
    still = [one for one in asked if one.answered_on is None and one.state in not_party]
    return EnquiryPage(
        shown=counted(latest, asked, ever) if latest else None,
        years=tuple(_year(one, ever) for one in found),
        table=tuple(row for one in found for row in _rows(one, ever, records)),
        regions=tuple(_regions(asked, records)),
        silent=tuple(_silent(still, ever, records)),
        nobody=tuple(one.state for one in still if not one.letters),
        obstacles=tuple(read),
        accepted=accepted,
        waiting=waiting,
        may_run=reader.is_secretariat,
    )


def _year(found: Round, ever: Sequence[Asked]) -> Counted:
    of_it = [one for one in ever if one.enquiry_id == found.id]
    before = [one for one in ever if one.enquiry_id <= found.id]
    return counted(found, of_it, before)


def _rows(found: Round, ever: Sequence[Asked], records: Mapping[str, Record]) -> Iterable[OfYear]:
    """Return the line of a round as a whole, then one for each region."""
    regions = sorted({records[one.state].region for one in ever if one.enquiry_id == found.id})
    for region in ("", *regions):
        of_it = [one for one in ever if region in ("", records[one.state].region)]
        number = _year(found, of_it)
        yield OfYear(
            opened_on=found.opened_on,
            region=region,
            asked=sum(one.enquiry_id == found.id for one in of_it),
            sent=number.sent,
            answered=number.answered,
            silent=number.silent,
            never_answered=number.never_answered,
        )


def _regions(asked: Iterable[Asked], records: Mapping[str, Record]) -> Iterable[OfRegion]:
    every, answered = Counter[str](), Counter[str]()
    for one in asked:
        region = records[one.state].region
        every[region] += 1
        answered[region] += one.answered_on is not None
    return (OfRegion(region=region, asked=every[region], answered=answered[region]) for region in sorted(every))


def _silent(still: Iterable[Asked], ever: Iterable[Asked], records: Mapping[str, Record]) -> Sequence[SilentLine]:
    before: dict[str, date] = {}
    for one in ever:
        if one.answered_on is not None:
            before[one.state] = max(one.answered_on, before.get(one.state, date.min))
    lines = [
        SilentLine(
            state=one.state,
            region=records[one.state].region,
            letters=one.letters,
            last_on=one.last_on,
            passed_on=one.passed_on,
            answered_before=before.get(one.state),
        )
        for one in still
        if one.letters
    ]
    return sorted(lines, key=lambda one: (one.since, one.state))


def _answers(
    workspace: Workspace, connection: Connection, latest: Round | None, asked: Sequence[Record]
) -> dict[str, list[Fact]]:
    """Return the facts of each State that is asked, of which some are what it answered."""
    if latest is None or not asked:
        return {}
    facts = dossiers.facts_of(connection, asked)
    return {one.state: facts[one.id] for one in asked if any(_answers_it(latest)(fact) for fact in facts[one.id])}


def _answers_it(found: Round) -> Callable[[Fact], bool]:
    return lambda fact: fact.kind == ENQUIRY_ANSWER and fact.text("enquiry") == found.id


def _obstacles(
    pathway: Pathway, answers: Mapping[str, Sequence[Fact]], reader: Reader, day: date
) -> tuple[list[tuple[str, int]], int]:
    """Count what States have named, the most first, and how many answers that is; each State by its last answer.

    What the reader may not read singly is counted where it is not so few that one could tell whose it is.
    """
    told, held = Counter[str](), Counter[str]()
    read = 0
    for state, facts in answers.items():
        last = _last(pathway, state, facts, day, None)
        may = _last(pathway, state, facts, day, reader)
        read += may is not None
        shown = may if may is not None else last
        into = told if may is not None else held
        into.update(shown.data.get("obstacles", []) if shown is not None else [])  # type: ignore[arg-type]
    named = {one: told[one] + (held[one] if held[one] >= FEWEST else 0) for one in {*told, *held}}
    return sorted(((one, n) for one, n in named.items() if n), key=lambda one: (-one[1], one[0])), read


def _last(pathway: Pathway, state: str, facts: Sequence[Fact], day: date, reader: Reader | None) -> Fact | None:
    return project(pathway, state, facts, on=day, reader=reader).latest(ENQUIRY_ANSWER)
