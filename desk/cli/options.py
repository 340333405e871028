"""Options and arguments that several commands share, and how what was typed is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click

from desk.cli.call import Call
from desk.refusals import sentences
from notifications.typed_dates import read_date, read_day
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import NotADate, PartialDate
from pathways.grammar.facts import SourceKind
from pathways.grammar.roles import every_role

Command = Callable[..., Any]
_Date_co = TypeVar("_Date_co", covariant=True)


class Day(click.ParamType[date]):
    """A day, as people write it."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day; a month or a year is not enough."""
        if isinstance(value, date):
            return value
        return _read(self, read_day, value, param, ctx)


class Partial(click.ParamType[PartialDate]):
    """A day, or a month or year where no more is known."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> PartialDate:
        """Read a day, month or year."""
        return value if isinstance(value, PartialDate) else _read(self, read_date, value, param, ctx)


class _Reads(Protocol[_Date_co]):
    def __call__(self, text: str, *, today: date) -> _Date_co: ...


def _read(
    kind: click.ParamType[_Date_co],
    read: _Reads[_Date_co],
    value: str,
    param: click.Parameter | None,
    ctx: click.Context | None,
) -> _Date_co:
    try:
        return read(value, today=_today(ctx))
    except NotADate as wrong:
        kind.fail(" ".join(sentences(wrong)), param, ctx)


def _today(ctx: click.Context | None) -> date:
    """Return the day of the record that the command is about."""
    assert ctx is not None
    call, home = ctx.find_object(Call), ctx.params.get("home")
    assert call is not None
    return call.today(home if isinstance(home, Path) else None)  # else not given: a mark of click's own


class Source(click.ParamType[tuple[SourceKind, str]]):
    """Who says so: `gazette:No. 12/2024`, or the kind alone."""

    name = "kind:ref"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[SourceKind, str]:
        """Part the kind of source from its reference."""
        if isinstance(value, tuple):
            return value
        kind, _, reference = value.partition(":")
        try:
            return SourceKind(kind.strip().lower()), reference.strip()
        except ValueError:
            known = ", ".join(source.value for source in SourceKind)
            self.fail(f"“{kind}” is no kind of source; write KIND:REF with one of {known}.", param, ctx)


class Setting(click.ParamType[tuple[str, str]]):
    """A field of a fact and its value: `law_number=2289`."""

    name = "name=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Part the name from the value."""
        if isinstance(value, tuple):
            return value
        name, sign, text = value.partition("=")
        if not sign or not name.strip():
            self.fail(f"“{value}” sets nothing; write NAME=VALUE, such as law_number=2289.", param, ctx)
        return name.strip(), text


class Formats(click.ParamType[tuple[str, ...]]):
    """Several formats, between commas."""

    name = "format,…"

    def __init__(self, known: tuple[str, ...]) -> None:
        """Say which there are."""
        self.known = known

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Read formats, each once, in the order in which they are known."""
        if isinstance(value, tuple):
            return value
        asked = {part.strip().lower() for part in value.split(",") if part.strip()}
        if not asked or asked - set(self.known):
            self.fail(
                f"“{value}” names no format that there is; write one or more of {','.join(self.known)}.", param, ctx
            )
        return tuple(one for one in self.known if one in asked)


class HomeFolder(click.ParamType[Path]):
    """A folder, named: an empty name would mean wherever one happens to be."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Read a path."""
        if not str(value).strip():
            self.fail("No folder is named; leave the option out to use ACCEDE_HOME, else ./var.", param, ctx)
        return Path(value)


class RoleName(click.ParamType[str]):
    """A role of the table, in large or small letters."""

    name = "role"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show the roles there are."""
        return "[" + "|".join(every_role()) + "]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read a role, as click reads a choice."""
        return str(click.Choice(every_role(), case_sensitive=False).convert(value, param, ctx))


LEVEL = click.Choice([level.label for level in Sensitivity], case_sensitive=False)
#: By code or by any of its names; the record reads it once it is known where that is.
STATE = click.argument("state")


def common(*, of_treaty: bool = False, as_json: bool = False, acts: bool = False) -> Callable[[Command], Command]:
    """Give a command the options every command has, gathered in one `Call`."""
    options: list[Callable[[Any], Any]] = [
        click.option("--debug", is_flag=True, help="Show the traceback when something unforeseen goes wrong."),
        click.option(
            "--home",
            type=HomeFolder(),
            is_eager=True,  # read first: on whose day a date is read
            help="Where the record is kept (ACCEDE_HOME, else ./var).",
        ),
    ]
    if acts:
        options.append(click.option("--as", "acting", metavar="PERSON", help="Act with this person's rights."))
    if of_treaty:
        options.append(click.option("--treaty", "chosen", metavar="KEY", help="The treaty (ACCEDE_TREATY, else att)."))
    if as_json:
        options.append(click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."))
    return lambda command: _with(options, command)


_OF_THE_CALL = ("home", "chosen", "as_json", "acting", "debug")


def _with(options: list[Callable[[Any], Any]], command: Command) -> Command:
    @wraps(command)
    @click.pass_obj
    def called(call: Call, /, **given: Any) -> Any:
        for name in _OF_THE_CALL:
            if name in given:
                setattr(call, name, given.pop(name))
        if "state" in given:
            given["state"] = call.state(given["state"])
        return command(call, **given)

    made: Command = called
    for option in options:
        made = option(made)
    return made
