"""Commands about follow-ups: what somebody has to do, whose it is, and what came of it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import Day, common

if TYPE_CHECKING:
    from models.follow_ups.follow_up import FollowUp

_ID = click.argument("number", metavar="ID", type=int)


@click.group("follow-up")
def follow_up() -> None:
    """Open, list, take, put off, hand over and close follow-ups."""


@follow_up.command("list")
@click.option("--open", "open_only", is_flag=True, help="Only those that are open.")
@common(of_treaty=True, as_json=True, acts=True)
def list_(call: Call, *, open_only: bool) -> None:
    """List follow-ups: the open ones by due day, then the closed ones."""
    from casework.follow_ups.listing import follow_up_list
    from desk.cli.printed.follow_ups import print_follow_ups

    with call.workspace() as workspace:
        found = follow_up_list(workspace, treaty=call.treaty, open_only=open_only, reader=call.reader())
        name_of = workspace.register().name_of
    call.show(found, partial(print_follow_ups, treaty=call.treaty, name_of=name_of))


@follow_up.command("open")
@click.argument("of_state", metavar="[STATE]", default="")
@click.option("--on", type=Day(), required=True, help="The day on which it is to be done.")
@click.option("--about", "words", metavar="TEXT", required=True, help="What is to be done, in one line.")
@click.option("--owner", metavar="PERSON", help="Whose it is; else whom --as names.")
@click.option("--confidential", is_flag=True, help="For the Secretariat alone, and whoever opens it.")
@common(of_treaty=True, as_json=True, acts=True)
def open_(call: Call, *, of_state: str, on: date, words: str, owner: str | None, confidential: bool) -> None:
    """Open a follow-up of one's own, for a day; without a STATE the Secretariat's."""
    from casework.follow_ups.own import Intention, open_own
    from pathways.grammar.clearance import Sensitivity

    with call.workspace() as workspace:
        about = call.state(of_state).iso3 if of_state else None
        held = Sensitivity.CONFIDENTIAL if confidential else Sensitivity.COORDINATION
        meant = Intention(words=words, on=on, state=about, owner=owner, sensitivity=held)
        opened = open_own(workspace, meant, reader=call.reader(), treaty=call.treaty)
    found, already = opened.follow_up, " already" if opened.repeated else ""
    _tell(call, found, f"Follow-up {found.id} is open{already}: {found.words}, by {found.due_on}.")


@follow_up.command("take")
@_ID
@click.option("--for", "person", metavar="PERSON", help="Whose it becomes; else whom --as names.")
@common(of_treaty=True, as_json=True, acts=True)
def take(call: Call, *, number: int, person: str | None) -> None:
    """Make a follow-up somebody's own."""
    from casework.follow_ups.actions import take as make_own

    with call.workspace() as workspace:
        taken = make_own(workspace, number, person, reader=call.reader(), treaty=None)
    _tell(call, taken, f"Follow-up {number} belongs to person {taken.owner_id}.")


@follow_up.command("snooze")
@_ID
@click.option("--until", type=Day(), required=True, help="When it asks again.")
@click.option("--reason", "--outcome", metavar="TEXT", default="no reason given", help="Why; who knows of it reads it.")
@common(of_treaty=True, as_json=True, acts=True)
def snooze(call: Call, *, number: int, until: date, reason: str) -> None:
    """Let a follow-up rest until a day."""
    from casework.follow_ups.actions import snooze as put_off

    with call.workspace() as workspace:
        resting = put_off(workspace, number, until=until, reason=reason, reader=call.reader(), treaty=None)
    _tell(call, resting, f"Follow-up {number} rests until {until}.")


@follow_up.command("hand-over")
@_ID
@click.argument("person")
@common(of_treaty=True, as_json=True, acts=True)
def hand_over(call: Call, *, number: int, person: str) -> None:
    """Give a follow-up to somebody else, who is told by letter."""
    from casework.follow_ups.actions import hand_over as give

    with call.workspace() as workspace:
        given = give(workspace, number, person, reader=call.reader(), treaty=None)
    _tell(call, given, f"Follow-up {number} belongs to person {given.owner_id}.")


@follow_up.command("close")
@_ID
@click.option("--outcome", metavar="TEXT", help="What came of it: what was done, or “not needed” and why.")
@common(of_treaty=True, as_json=True, acts=True)
def close(call: Call, *, number: int, outcome: str | None) -> None:
    """Close a follow-up with its outcome, never without."""
    from casework.follow_ups.actions import close as end

    with call.workspace() as workspace:
        closed = end(workspace, number, outcome, reader=call.reader(), treaty=None)
    _tell(call, closed, f"Follow-up {number} is closed: {closed.outcome}")


@follow_up.command("reopen")
@_ID
@common(of_treaty=True, as_json=True, acts=True)
def reopen(call: Call, *, number: int) -> None:
    """Take the close of a follow-up back, until the end of the day after it."""
    from casework.follow_ups.reopening import reopen as take_back

    with call.workspace() as workspace:
        opened = take_back(workspace, number, reader=call.reader(), treaty=None)
    _tell(call, opened, f"Follow-up {number} is open again.")


@follow_up.command("comment")
@_ID
@click.option("--about", "words", metavar="TEXT", required=True, help="What is to be said, in one line.")
@click.option("--confidential", is_flag=True, help="For the Secretariat alone, and whoever says it.")
@common(of_treaty=True, as_json=True, acts=True)
def comment(call: Call, *, number: int, words: str, confidential: bool) -> None:
    """Say something beside a follow-up, open or closed."""
    from casework.follow_ups.comments import comment as say
    from pathways.grammar.clearance import Sensitivity

    level = Sensitivity.CONFIDENTIAL if confidential else Sensitivity.COORDINATION
    with call.workspace() as workspace:
        made = say(workspace, number, words, sensitivity=level, reader=call.reader(), treaty=None)
    call.tell({"id": number, "comment": made}, f"Comment {made} stands beside follow-up {number}.")


@follow_up.command("purge")
@_ID
@click.option("--comment", "made", metavar="N", type=int, help="The comment; else what the follow-up itself says.")
@common(of_treaty=True, as_json=True, acts=True)
def purge(call: Call, *, number: int, made: int | None) -> None:
    """Delete for good what a person has written in a follow-up of the own, or in a comment."""
    from casework.follow_ups.comments import delete_words

    with call.workspace() as workspace:
        delete_words(workspace, number, made, reader=call.reader(), treaty=None)
    call.tell({"id": number, "comment": made}, "The words are deleted for good.")


def _tell(call: Call, found: FollowUp, sentence: str) -> None:
    call.tell(
        {
            "id": found.id,
            "state": found.state,
            "kind": found.occasion,
            "owner": found.owner_id,
            "due_on": found.due_on,
            "snoozed_until": found.snoozed_until,
            "closed_on": found.closed_on,
            "outcome": found.outcome,
            "words": found.words,
        },
        sentence,
    )
