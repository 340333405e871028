"""Commands about the yearly enquiry: a round is opened, looked at and closed."""

from __future__ import annotations

from datetime import date

import click

from desk.cli.call import Call
from desk.cli.options import Day, common

_STATE = click.argument("of_state", metavar="STATE")


@click.group()
def enquiry() -> None:
    """Ask every State that is not party where it stands, what is in the way, and what would help."""


@enquiry.command("open")
@click.option("--until", type=Day(), required=True, help="The last day on which it can be answered.")
@common(of_treaty=True, as_json=True, acts=True)
def open_(call: Call, *, until: date) -> None:
    """Open a round: a letter is written to each State. Reminders follow by themselves."""
    from casework.enquiries.rounds import open_enquiry

    with call.workspace() as workspace:
        opened = open_enquiry(workspace, until=until, treaty=call.treaty, reader=call.reader())
    nobody = (
        f" There is nobody to write to of {opened.nobody} States; the Secretariat is told." if opened.nobody else ""
    )
    call.tell(opened, f"Enquiry {opened.enquiry} is open until {until}: {opened.sent} letters are written.{nobody}")


@enquiry.command("status")
@common(of_treaty=True, as_json=True, acts=True)
def status(call: Call) -> None:
    """Say how the round that is open stands, or else the last one."""
    from casework.enquiries.standing import enquiry_status
    from desk.cli.printed.enquiries import print_status

    with call.workspace() as workspace:
        found = enquiry_status(workspace, treaty=call.treaty, reader=call.reader())
    call.show(found, print_status)


@enquiry.command("close")
@common(of_treaty=True, as_json=True, acts=True)
def close(call: Call) -> None:
    """Close the round that is open: no letter is written any more, and no link takes an answer."""
    from casework.enquiries.rounds import close_enquiry

    with call.workspace() as workspace:
        closed = close_enquiry(workspace, treaty=call.treaty, reader=call.reader())
    call.tell({"enquiry": closed}, f"Enquiry {closed} is closed.")


@enquiry.command("answered")
@_STATE
@common(of_treaty=True, as_json=True, acts=True)
def answered(call: Call, *, of_state: str) -> None:
    """Note that a State has answered otherwise, such as by a note verbale: it is reminded no more."""
    from casework.enquiries.standing import note_answered

    state = call.state(of_state)
    with call.workspace() as workspace:
        is_new = note_answered(workspace, state.iso3, treaty=call.treaty, reader=call.reader())
    already = "" if is_new else " already"
    call.tell({"state": state.iso3, "repeated": not is_new}, f"On file{already}: {state.name} has answered.")


@enquiry.command("mission")
@_STATE
@click.argument("person", metavar="PERSON")
@common(of_treaty=True, as_json=True, acts=True)
def mission(call: Call, *, of_state: str, person: str) -> None:
    """Say by whose address a State's mission is reached, where it has no contact on file; it gives no mandate."""
    from casework.enquiries.standing import set_mission

    state = call.state(of_state)
    with call.workspace() as workspace:
        set_mission(workspace, state.iso3, person, reader=call.reader())
    call.tell({"state": state.iso3}, f"On file: letters to the mission of {state.name} go to {person}.")
