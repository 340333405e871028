"""Commands about mandates: which State or organ has which role, from when to when."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import Day, RoleName, common
from pathways.grammar.clearance import OPERATOR

if TYPE_CHECKING:
    from casework.people.appointments import Appointment


@click.group()
def mandate() -> None:
    """Give and end mandates of States and organs."""


@mandate.command("add")
@click.argument("role", type=RoleName())
@click.argument("of", metavar="STATE|ORGAN")
@click.option("--from", "from_", type=Day(), required=True, help="Its first day.")
@click.option("--until", type=Day(), help="Its last day.")
@click.option("--region", metavar="R", help="The region it serves, or a regional group of the United Nations.")
@click.option("--scheme", metavar="NAME", help="Which grouping R is of: att_region or un_regional_group.")
@click.option("--states", metavar="A,B", help="The States it serves, instead of a region.")
@click.option("--consent", metavar="REF", help="A champion's own note verbale of consent.")
@common(of_treaty=True, as_json=True, acts=True)
def add(
    call: Call,
    *,
    role: str,
    of: str,
    from_: date,
    until: date | None,
    region: str | None,
    scheme: str | None,
    states: str | None,
    consent: str | None,
) -> None:
    """Give a State or an organ a role for a term."""
    from casework.people.appointments import Appointment
    from casework.people.mandates import add_mandate

    asked = Appointment(
        role=role,
        of=of,
        from_=from_,
        until=until,
        region=region,
        scheme=scheme,
        states=tuple(part.strip() for part in (states or "").split(",") if part.strip()),
        consent=consent,
        treaty=call.treaty,
    )
    with call.workspace() as workspace:
        given = add_mandate(workspace, asked, reader=call.reader())
    call.tell(
        {"mandate": given.mandate},
        f"Mandate {given.mandate}: {given.of} as {role}{_whom(asked)} from {from_}.",
        says=given.says,
    )


def _whom(asked: Appointment) -> str:
    """Say for which States, where only some are meant."""
    served = asked.region or ", ".join(asked.states)
    return f" of {served}" if served else ""


@mandate.command("end")
@click.argument("mandate", type=int)
@click.option("--on", type=Day(), required=True, help="From this day on nobody serves by it.")
@common(of_treaty=True, as_json=True, acts=True)
def end(call: Call, *, mandate: int, on: date) -> None:
    """End a mandate; letters and access by it stop at once."""
    from casework.people.mandates import end_mandate

    with call.workspace() as workspace:
        ended = end_mandate(workspace, mandate, on=on, reader=call.reader(), treaty=None)
    call.tell({"mandate": mandate, "ended_on": on}, f"Mandate {mandate} ends on {on}.", says=ended.says)


@mandate.command("list")
@common(of_treaty=True, as_json=True)
def list_(call: Call) -> None:
    """List mandates, and who holds each on the record's day."""
    from casework.people.people_list import mandate_list
    from desk.cli.printed.people import print_mandates

    with call.workspace() as workspace:
        found = mandate_list(workspace, treaty=call.treaty, reader=OPERATOR)
    call.show(found, partial(print_mandates, treaty=call.treaty))
