"""A pathway, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.terminal.console import row, table

if TYPE_CHECKING:
    from rich.console import Console

    from casework.overview.treaty import KindView, TreatyView
    from pathways.grammar.facts import Field


def print_treaty(console: Console, view: TreatyView) -> None:
    """Print a pathway: steps, routes, deadlines, periods and kinds of fact."""
    console.print(f"{view.title} ({view.treaty}) · {view.reference} · depositary: {view.depositary}", style="bold")
    console.print(" → ".join(view.stages))
    console.print(_steps(view))
    console.print(_routes(view))
    console.print(_deadlines(view))
    console.print(_chases(view))
    console.print(_kinds(view))


def _steps(view: TreatyView) -> object:
    made = table("Step", "From", "To", "Taken by", "Needs", title="Steps")
    for step in view.steps:
        back = " (back)" if step.is_back else ""
        sources = "any" if len(step.sources) == len(view.stages) else ", ".join(step.sources)
        row(made, f"{step.name}{back}", sources, step.target, step.by, "\n".join(step.needs))
    return made


def _routes(view: TreatyView) -> object:
    made = table("Route", "", "Proofs", "In this order", title="Routes to deposit")
    for route in view.routes:
        order = "\n".join(f"{before} before {after}" for before, after in route.order)
        row(made, route.key, route.title, ", ".join(route.proofs), order)
    return made


def _deadlines(view: TreatyView) -> object:
    made = table("Deadline", "Rule", "Article", title="Dates")
    for deadline in view.deadlines:
        row(made, deadline.name, deadline.rule, deadline.article)
    return made


def _chases(view: TreatyView) -> object:
    made = table("Stage", "Silent for", "Asked, in order", "Each has", title="Reminders")
    for chase in view.chases:
        rungs = " → ".join(chase.rungs)
        row(made, chase.stage, f"{chase.after_days} days", rungs, f"{chase.patience_days} days")
    return made


def _kinds(view: TreatyView) -> object:
    made = table("Kind", "", "Fields (* required)", "Who may say it", "Held as", title="Facts")
    for kind in view.kinds:
        if kind.by_hand:
            row(made, kind.name, kind.title, _fields(kind), ", ".join(kind.sources), _held(kind))
    return made


def _held(kind: KindView) -> str:
    """Say how closely it is held as is usual: a level alone, or each level with the sources from which it is."""
    by_level: dict[str, list[str]] = {}
    for source, level in kind.usual.items():
        by_level.setdefault(level, []).append(source)
    if len(by_level) == 1:
        return kind.sensitivity
    return "\n".join(f"{level}: {', '.join(sources)}" for level, sources in by_level.items())


def _fields(kind: KindView) -> str:
    return "\n".join(map(_field, kind.fields))


def _field(field: Field) -> str:
    star = "*" if field.required else ""
    says = f": {field.says}" if field.says else ""
    choices = f" ({', '.join(field.choices)})" if field.choices else ""
    kind = "" if field.type in ("text", "choice") else f" [{field.type}]"
    return f"{field.name}{star}{kind}{says}{choices}"
