"""Commands about persons: who they are, and who holds which mandate when."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import Day, common
from pathways.grammar.refusals import remark

if TYPE_CHECKING:
    from casework.core.workspace import Workspace
    from pathways.grammar.clearance import Reader


@click.group()
def people() -> None:
    """Enter persons, and what they hold from when to when."""


@people.command("add")
@click.argument("name")
@click.option("--email", required=True, metavar="ADDRESS", help="Given here, it counts as vouched for.")
@click.option("--language", default="en", metavar="CODE", help="What letters are written in (en).")
@common(of_treaty=True, as_json=True, acts=True)
def add(call: Call, *, name: str, email: str, language: str) -> None:
    """Enter a person with an address."""
    from casework.people.persons import add_person

    with call.workspace() as workspace:
        number = add_person(workspace, name, email=email, language=language, vouched=True, reader=call.reader())
    call.tell({"person": number}, f"Person {number}: {name}.")


@people.command("hold")
@click.argument("person")
@click.argument("mandate", type=int)
@click.option("--from", "from_", type=Day(), required=True, help="The first day.")
@click.option("--until", type=Day(), help="The last day.")
@click.option("--lead", is_flag=True, help="The one who is written to first.")
@common(of_treaty=True, as_json=True, acts=True)
def hold(call: Call, *, person: str, mandate: int, from_: date, until: date | None, lead: bool) -> None:
    """Let a person hold a mandate."""
    from casework.people.holds import hold as take_up

    with call.workspace() as workspace:
        held = take_up(
            workspace, person, mandate, from_=from_, until=until, lead=lead, reader=call.reader(), treaty=None
        )
    call.tell(
        {"person": held.person, "mandate": held.mandate},
        f"Person {held.person} holds mandate {held.mandate} from {from_}.",
        says=held.says,
    )


@people.command("end")
@click.argument("person")
@click.argument("mandate", type=int)
@click.option("--on", type=Day(), required=True, help="From this day on the person no longer holds it.")
@click.option("--hand-over", metavar="PERSON", help="Who takes over what hangs on it.")
@common(of_treaty=True, as_json=True, acts=True)
def end(call: Call, *, person: str, mandate: int, on: date, hand_over: str | None) -> None:
    """End a person's hold of a mandate; letters and access by it stop at once."""
    from casework.people.ending_holds import end_hold

    with call.workspace() as workspace:
        ended = end_hold(workspace, person, mandate, on=on, hand_over=hand_over, reader=call.reader(), treaty=None)
    call.tell(
        {"person": ended.person, "mandate": ended.mandate, "ended_on": on},
        f"Person {ended.person} no longer holds mandate {ended.mandate} from {on}.",
        says=ended.says,
    )


@people.command("link")
@click.argument("person", required=False, metavar="[PERSON]")
@common(of_treaty=True, as_json=True, acts=True)
def link(call: Call, *, person: str | None) -> None:
    """Print a link that signs a person in once, within a day, for somebody whose mail does not arrive.

    Without PERSON one for the first administrator, within a week, as long as nobody of the Secretariat has signed in.
    """
    from casework.access.one_time_links import hand_over_link

    with call.workspace() as workspace:
        reader = call.reader()
        if person is None:
            made = _of_the_first_administrator(workspace, call.treaty, reader)
        else:
            made = hand_over_link(workspace, person, treaty=call.treaty, reader=reader)
        settings = workspace.settings
    nobody = () if settings.is_desk_known else (remark("links_to_no_desk_of_ours", url=settings.base_url),)
    call.tell({"link": made}, made, says=nobody)


def _of_the_first_administrator(workspace: Workspace, treaty: str, reader: Reader) -> str:
    from casework.people.first_administrator import administrator_link
    from pathways.grammar.clearance import OPERATOR

    made = administrator_link(workspace, treaty=treaty) if reader == OPERATOR else None
    if made is None:
        raise click.UsageError(
            "Name the PERSON; without one it is the operator's, until somebody of the Secretariat has signed in."
        )
    return made


@people.command("list")
@common(of_treaty=True, as_json=True, acts=True)
def list_(call: Call) -> None:
    """List persons, and which mandates they hold when."""
    from casework.people.people_list import people_list
    from desk.cli.printed.people import print_people

    with call.workspace() as workspace:
        found = people_list(workspace, treaty=call.treaty, reader=call.reader())
    call.show(found, partial(print_people, treaty=call.treaty))


@people.command("export")
@click.argument("person")
@common(of_treaty=True, as_json=True, acts=True)
def export(call: Call, *, person: str) -> None:
    """Write what is kept about a person: for that person, or for an administrator."""
    from casework.retention.kept_about import kept_about
    from desk.cli.printed.kept_about import print_kept_about

    with call.workspace() as workspace:
        found = kept_about(workspace, person, reader=call.reader())
    call.show(found, print_kept_about)
