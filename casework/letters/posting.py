"""Posting: the letters that are due are carried, and what became of each is written down at once.

Before a letter leaves, it is looked at again: what is overtaken, and what its reader's mandate no longer reaches, is
taken out. Decides nothing about a State.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.access.link_letters import address_for, is_for_an_address_alone, link_in
from casework.core.directory import Directory
from casework.core.workspace import Workspace
from casework.enquiries.letters import answer_link
from casework.letters.channels import Wires, wires_of
from casework.letters.composing import OwnDay, own_days, written
from casework.letters.undelivered import UNREACHABLE, enter_undelivered, resume_held
from models.letters import notices as notice_rows
from models.letters import outbox
from models.letters.outbox import Address, ClaimedLetter, ClaimedNotice
from notifications.carried import NoChannel
from notifications.letters import Kind
from notifications.outbox import LetterState, Posted, Ready, Settlement
from notifications.outbox import post as carry_what_is_due
from pathways.grammar.clearance import may_read_words
from pathways.grammar.refusals import Remark, remark

__all__ = ["Posted", "post"]

_ENDED = remark("letter_mandate_ended")


def post(workspace: Workspace, *, run: str) -> Posted:
    """Carry every letter that is due, once; `run` names who asked."""
    wires = wires_of(workspace.settings, training=workspace.training is not None)
    with workspace.registry() as connection:
        resume_held(connection, wires, workspace.clock.now(), workspace.today())
    return carry_what_is_due(
        _Outbox(workspace),
        lambda taken: _prepare(workspace, wires, taken),
        now=workspace.clock.now,
        worker=f"{run}:{uuid.uuid4().hex[:8]}",  # a run that is repeated is another worker
        lease=timedelta(seconds=workspace.settings.lease_seconds),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Taken:
    """A letter in hand, with what it still has to tell and where it may go."""

    letter: ClaimedLetter
    notices: tuple[ClaimedNotice, ...]
    addresses: tuple[Address, ...]
    days: Mapping[int, OwnDay]

    @property
    def id(self) -> str:
        """Its random id."""
        return self.letter.id

    @property
    def attempts(self) -> int:
        """How often it was tried before."""
        return self.letter.attempts

    @property
    def address(self) -> Address | None:
        """The address that it goes to."""
        return address_for(self.notices, self.addresses)


def _prepare(workspace: Workspace, wires: Wires, taken: _Taken) -> Ready | NoChannel:
    room = None if is_for_an_address_alone(taken.notices) else wires.room_of(taken.letter.name)
    if room is None and taken.address is None:
        return NoChannel(_why_nowhere(taken.addresses), f"{UNREACHABLE}:{taken.letter.person_id}")
    training = workspace.training is not None
    link = link_in(workspace, taken.id, taken.notices) or answer_link(workspace, taken.id, taken.notices)
    letter = written(
        workspace.settings.base_url,
        taken.letter,
        taken.notices,
        register=workspace.register(),
        training=training,
        link=link,
        days=taken.days,
    )
    if room is not None:
        return Ready(letter=letter, channel=room)
    assert taken.address is not None
    return Ready(letter=letter.addressed(taken.address.address), channel=wires.mail)


def _why_nowhere(addresses: Sequence[Address]) -> Remark:
    if not addresses:
        return remark("no_address_on_file")
    if any(address.came_back for address in addresses):
        return remark("letters_there_came_back")
    return remark("address_not_vouched_for")


class _Outbox:
    """The outbox of a workspace: each method is one transaction of its registry."""

    def __init__(self, workspace: Workspace) -> None:
        self._office = workspace

    def claim(self, *, now: datetime, worker: str, until: datetime, limit: int) -> Sequence[_Taken]:
        """Take up what is due; letters that turn out to be empty are given up, and others taken up instead."""
        today = self._office.today()
        while True:
            with self._office.registry() as connection:
                letters = outbox.claim(connection, now=now, today=today, worker=worker, until=until, limit=limit)
                notices = outbox.notices_of(connection, [letter.id for letter in letters])
                directory = Directory.of(connection, today)
                told = _still_to_tell(directory, notices)
                overtaken = [n for n in notices if n.overtaken]
                outbox.withdraw(connection, overtaken, reason=notice_rows.OVERTAKEN, day=today)
                ended = [n for n in notices if not n.overtaken and n not in told]
                outbox.withdraw(connection, ended, reason=_ENDED, day=today)
                notice_rows.give_up_empty(connection, _empty(letters, notices), notice_rows.OVERTAKEN)
                addresses = outbox.addresses_of(connection, {letter.person_id for letter in letters})
            taken = _taken(letters, told, addresses, own_days(directory, told, today))
            if taken or not letters:
                return taken

    def renew(self, ids: Collection[str], *, worker: str, until: datetime) -> frozenset[str]:
        """Keep letters in hand."""
        with self._office.registry() as connection:
            return outbox.renew(connection, ids, worker=worker, until=until)

    def put_back(self, letters: Collection[_Taken], *, worker: str) -> None:
        """Let go of letters that were not tried."""
        if letters:
            with self._office.registry() as connection:
                outbox.put_back(connection, [taken.letter for taken in letters], worker=worker)

    def settle(self, letter: _Taken, settlement: Settlement, *, now: datetime, worker: str) -> None:
        """Write down one try; who could not be reached goes on the Secretariat's list in the same commit."""
        today = self._office.today()
        with self._office.registry() as connection:
            decided = outbox.settle(
                connection,
                letter.id,
                settlement,
                at=now,
                day=today,
                worker=worker,
                channel_id=letter.address.channel_id if letter.address else None,
                told=[notice.id for notice in letter.notices],
            )
            if decided and settlement.state in (LetterState.DEAD, LetterState.HELD):
                enter_undelivered(self._office, connection, letter.letter, letter.notices, settlement, today)


def _still_to_tell(directory: Directory, notices: Sequence[ClaimedNotice]) -> set[ClaimedNotice]:
    return {notice for notice in notices if not notice.overtaken and _may_be_told(directory, notice)}


def _empty(letters: Sequence[ClaimedLetter], notices: Sequence[ClaimedNotice]) -> set[str]:
    return {letter.id for letter in letters} - {notice.letter_id for notice in notices}


def _may_be_told(directory: Directory, notice: ClaimedNotice) -> bool:
    """Tell whether its reader serves in that role today, and may know of it; a link was asked for by the person."""
    if notice.kind == Kind.LINK:
        return True
    if notice.sensitivity is not None:
        reader = directory.reader(notice.person_id, notice.treaty, ())
        if not may_read_words(reader, notice.state, notice.sensitivity, notice.opened_by):
            return False
    if notice.state is None:
        serving = directory.office_holders(notice.role, notice.treaty)
    else:
        serving = directory.holders(notice.role, notice.state, notice.treaty)
    return any(held.person_id == notice.person_id for held in serving)


def _taken(
    letters: Sequence[ClaimedLetter],
    told: Collection[ClaimedNotice],
    addresses: Sequence[Address],
    days: Mapping[int, OwnDay],
) -> tuple[_Taken, ...]:
    inside, where = defaultdict(list), defaultdict(list)
    for notice in sorted(told, key=lambda notice: notice.id):
        inside[notice.letter_id].append(notice)
    for address in addresses:
        where[address.person_id].append(address)
    return tuple(
        _Taken(letter=letter, notices=tuple(inside[letter.id]), addresses=tuple(where[letter.person_id]), days=days)
        for letter in letters
        if letter.id in inside
    )
