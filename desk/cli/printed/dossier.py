"""One State's dossier, printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from desk.cli.printed.facts import facts_table
from desk.cli.printed.spoken import Say, words_of
from desk.terminal.console import clean, row, table
from notifications.refusals import sentence

if TYPE_CHECKING:
    from rich.console import Console

    from casework.dossiers.dossier_view import DossierView, DutyView

_STATUS = {
    "non_signatory": "has not signed",
    "signatory": "a signatory",
    "deposited": "instrument deposited, not yet in force",
    "state_party": "State Party",
    "withdrawal_notified": "withdrawal notified",
    "withdrawn": "withdrawn",
}


def print_dossier(console: Console, view: DossierView) -> None:
    """Print a dossier from its legal status down to its facts."""
    console.print(clean(f"{view.name} ({view.state}) · {view.treaty.upper()} · {view.on}"), style="bold")
    made = table("", "")
    made.show_header = False
    say = words_of(view.treaty)
    for name, value in (*_legal(view), *_pathway(view, say)):
        row(made, name, value)
    console.print(made)
    _print_missing(console, view, say)
    if view.duties:
        console.print(_duties(view, say))
    console.print(facts_table(view.facts, treaty=view.treaty, title="Facts"))


def _legal(view: DossierView) -> Iterator[tuple[str, object]]:
    yield "Legal status", _STATUS[view.legal_status.value]
    if view.signature_date:
        yield "Signed", view.signature_date
    if view.provisional_application_date:
        yield "Provisional application", view.provisional_application_date
    if view.deposit_date:
        yield "Deposited", f"{view.deposit_date} · {view.instrument}{_by(view.deposit_known_by)}"
    if view.entry_into_force:
        yield "In force for the State", _range(view.entry_into_force_earliest, view.entry_into_force)
    if view.withdrawal_effective:
        yield "Withdrawal takes effect", view.withdrawal_effective
    if view.declaration_date:
        yield "Declared not to join", view.declaration_date
    if view.unconfirmed:
        yield "Not yet confirmed by the depositary", ", ".join(view.unconfirmed)
    for conflict in view.conflicts:
        yield "Contradiction", f"{conflict.title}: {conflict.effective_on} (fact {conflict.seq})"


def _pathway(view: DossierView, say: Say) -> Iterator[tuple[str, object]]:
    if view.stage is None:
        return
    yield "Stage", view.stage + (f", since {view.stage_since}" if view.stage_since else "")
    review = f", to be asked again on {view.review_on}" if view.review_on else ""
    if view.standing != "open":
        yield "Standing", f"{say(view.standing)}{review}"
    if view.tier is not None:
        yield "Tier", view.tier
    if view.open_steps:
        yield "Route", f"{say(view.route)} ({view.route}{', assumed' if view.route_is_assumed else ''})"
    if view.next_due_on:
        yield "Next look", "a sweep is due" if view.next_due_on <= view.on else view.next_due_on


def _by(known_by: date | None) -> str:
    return f" · at the latest {known_by}" if known_by else ""


def _range(first: date | None, last: date) -> str:
    return str(last) if first in (None, last) else f"between {first} and {last}, date to be confirmed"


def _print_missing(console: Console, view: DossierView, say: Say) -> None:
    if not view.open_steps:
        return
    made = table("Open step", "Still missing")
    for step in view.open_steps:
        row(made, f"{say(step)} ({step})", "\n".join(map(sentence, view.missing[step])) or "nothing: it can be taken")
    console.print(made)


def _duties(view: DossierView, say: Say) -> object:
    made = table("Duty", "Article", "Due", "Done", "State")
    for duty in view.duties:
        row(made, *_duty(duty, say), style="red" if duty.state == "overdue" else None)
    return made


def _duty(duty: DutyView, say: Say) -> tuple[object, ...]:
    name = duty.name if duty.covers is None else f"{duty.name} for {duty.covers}"
    return name, duty.article, _range(duty.due_earliest, duty.due_on), duty.done_on, say(duty.state)
