"""Commands about meetings: what there is in a year, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import Day, Partial, common

if TYPE_CHECKING:
    from pathways.grammar.dates import PartialDate

_ID = click.argument("of_meeting", metavar="MEETING")
_UNTIL = click.option("--until", type=Partial(), help="Its last day, where that is another.")
_PLACE = click.option("--place", metavar="TEXT", help="Where it is.")
_ACCESS = click.option(
    "--webcast/--closed", "is_webcast", default=None, help="Whether what is said there is said before everybody."
)
_PAPERS = click.option("--documents-by", type=Day(), help="The day by which papers are due.")
_SOURCE = click.option("--source", metavar="TEXT", help="Where one can read of it.")


@click.group()
def meeting() -> None:
    """Keep the meetings of the treaty's bodies, and others where something is said of it."""


@meeting.command("list")
@click.option("--year", type=click.IntRange(1900, 2199), help="Those of one year.")
@common(of_treaty=True, as_json=True, acts=True)
def list_(call: Call, *, year: int | None) -> None:
    """List meetings, the latest first."""
    from casework.meetings.listing import meeting_list
    from desk.cli.printed.meetings import print_meetings

    with call.workspace() as workspace:
        found = meeting_list(workspace, treaty=call.treaty, reader=call.reader(), year=year)
    call.show(found, partial(print_meetings, treaty=call.treaty))


@meeting.command("add")
@click.argument("kind", metavar="KIND")
@click.argument("title")
@click.option("--from", "from_", type=Partial(), required=True, help="Its first day, or its month where that is all.")
@_UNTIL
@_PLACE
@_ACCESS
@_PAPERS
@_SOURCE
@click.option("--unconfirmed", is_flag=True, help="Announced, and not yet certain.")
@common(of_treaty=True, as_json=True, acts=True)
def add(
    call: Call,
    *,
    kind: str,
    title: str,
    from_: PartialDate,
    until: PartialDate | None,
    place: str | None,
    is_webcast: bool | None,
    documents_by: date | None,
    source: str | None,
    unconfirmed: bool,
) -> None:
    """Put a meeting on file; it counts as closed unless --webcast says that everybody hears it.

    KIND is csp, wgtu, preparatory, treaty_event, workshop, bilateral or other.
    """
    from casework.meetings.keeping import Planned, add_meeting

    planned = Planned(
        kind=kind.strip().lower(),
        title=title,
        from_=from_,
        until=until,
        place=place or "",
        is_webcast=bool(is_webcast),
        documents_by=documents_by,
        source=source or "",
        is_unconfirmed=unconfirmed,
    )
    with call.workspace() as workspace:
        kept = add_meeting(workspace, planned, treaty=call.treaty, reader=call.reader())
    already = " already" if kept.repeated else ""
    call.tell({"meeting": kept.meeting}, f"Meeting {kept.meeting} is on file{already}: {planned.title}, {from_}.")


@meeting.command("change")
@_ID
@click.option("--title", metavar="TEXT", help="What it is called.")
@click.option("--from", "from_", type=Partial(), help="Its first day, or its month where that is all.")
@_UNTIL
@_PLACE
@_ACCESS
@_PAPERS
@_SOURCE
@click.option("--confirmed/--unconfirmed", "is_confirmed", default=None, help="Whether it is certain.")
@common(of_treaty=True, as_json=True, acts=True)
def change(
    call: Call,
    *,
    of_meeting: str,
    title: str | None,
    from_: PartialDate | None,
    until: PartialDate | None,
    place: str | None,
    is_webcast: bool | None,
    documents_by: date | None,
    source: str | None,
    is_confirmed: bool | None,
) -> None:
    """Say anew what a meeting is; what is not said stays as it is."""
    from casework.meetings.keeping import change_meeting
    from casework.meetings.listing import planned_of

    said = {
        "title": title,
        "from_": from_,
        "until": until if until is not None else from_,
        "place": place,
        "is_webcast": is_webcast,
        "documents_by": documents_by,
        "source": source,
        "is_unconfirmed": None if is_confirmed is None else not is_confirmed,
    }
    with call.workspace() as workspace:
        there = planned_of(workspace, of_meeting, treaty=call.treaty, reader=call.reader())
        planned = replace(there, **{name: value for name, value in said.items() if value is not None})  # type: ignore[arg-type]
        kept = change_meeting(workspace, of_meeting, planned, treaty=call.treaty, reader=call.reader())
    done = "was so already" if kept.repeated else "is changed"
    call.tell({"meeting": kept.meeting}, f"Meeting {kept.meeting} {done}: {planned.title}, {planned.from_}.")


@meeting.command("end")
@_ID
@click.option("--cancelled", is_flag=True, help="It does not take place; without, it was held.")
@common(of_treaty=True, as_json=True, acts=True)
def end(call: Call, *, of_meeting: str, cancelled: bool) -> None:
    """Say that a meeting was held, which confirms it, or that it does not take place."""
    from casework.meetings.keeping import end_meeting
    from casework.meetings.kinds import Ended

    ended = Ended.CANCELLED if cancelled else Ended.HELD
    with call.workspace() as workspace:
        kept = end_meeting(workspace, of_meeting, ended, treaty=call.treaty, reader=call.reader())
    what = "does not take place" if cancelled else "was held"
    call.tell({"meeting": kept.meeting, "ended": ended}, f"On file: meeting {kept.meeting} {what}.")
