"""Names of a State: what it is called and has been called, and those that the Secretariat adds between releases.

A name that was added is read in every file and search, and shown on every page and letter, from that moment on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casework.core.actors import note
from casework.core.rights import NotOnFile, require_secretariat
from casework.core.text_rules import LONGEST_NAME, name_faults
from casework.core.workspace import Workspace
from casework.dossiers.name_clashes import clashes
from models.ledger import dossiers, state_names
from models.ledger.state_names import AddedName
from models.people import people
from models.store.engine import Connection
from notifications.languages import LANGUAGES
from pathways.grammar.clearance import Reader
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from pathways.grammar.lines import is_line
from pathways.grammar.refusals import Refusal, Refused, refusal
from sources.scripts import letters_of_another_script
from sources.state_names import DatedName, load_names
from sources.states import Register, fold

#: Who may say what a State is called; what is bundled comes with the program alone.
NAMERS = tuple(kind for kind in SourceKind if kind not in (SourceKind.RECORD, SourceKind.EXAMPLE))
_FEWEST_LETTERS = 2


class NotNamed(Refused, ValueError):
    """A State cannot be given this name; a refusal for each reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """A name as somebody asks for it. With a language, the State is called so there; without, it is a further name."""

    name: str
    since: date
    source: SourceKind
    reference: str = ""
    until: date | None = None
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenName:
    """A name that is on the record, with its number; `repeated` when it was there already."""

    number: int
    repeated: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class NameView:
    """A name with its days and source; only one that was added here has a number and can be taken back."""

    name: str
    language: str
    since: PartialDate | date | None
    until: PartialDate | date | None
    source: SourceKind
    reference: str
    number: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StateNames:
    """All names of a State: by language as it is called today, those with days of their own, and every other."""

    state: str
    called: tuple[tuple[str, str], ...]
    dated: tuple[NameView, ...]
    further: tuple[str, ...]
    may_edit: bool


def names_of_state(workspace: Workspace, state: str, *, treaty: str, reader: Reader) -> StateNames:
    """Show the names of a State, which are no secret; NotOnFile where it has no dossier."""
    with workspace.reading() as connection:
        register, added = workspace.register(connection), state_names.names(connection)
        _require_dossier(connection, treaty, state, register)
    entry = register.get(state)
    assert entry is not None, "every dossier is of a State in the register"
    dated = (*(_bundled(n) for n in load_names() if n.iso3 == state), *(_view(n) for n in added if n.state == state))
    told = {view.name for view in dated} | set(entry.names.values())
    return StateNames(
        state=state,
        called=tuple((code, entry.names[code]) for code in LANGUAGES if code in entry.names),
        dated=dated,
        further=tuple(name for name in entry.aliases if name not in told),
        may_edit=reader.is_secretariat,
    )


def add_name(workspace: Workspace, state: str, asked: Naming, *, treaty: str, reader: Reader) -> GivenName:
    """Give a State a name; NotNamed where it is another State's, and for every other reason against it."""
    require_secretariat(reader)
    with workspace.registry() as connection:
        people.alone(connection)
        register = workspace.register(connection)
        _require_dossier(connection, treaty, state, register)
        if faults := list(_faults(register, state, asked)):
            raise NotNamed(*faults)
        row = _row(state, asked)
        there = next((n for n in state_names.names(connection) if n._asdict() == row | {"number": n.number}), None)
        if there is not None:
            return GivenName(number=there.number, repeated=True)
        number = state_names.add(connection, **row)
        note(workspace, connection, reader, "state named", f"state_name:{number}", state=state, on=str(asked.since))
        return GivenName(number=number)


def take_name_back(workspace: Workspace, state: str, number: int, *, name: str, reader: Reader) -> None:
    """Take a name back that was added by mistake; what was read by it stays as it was read.

    NotOnFile unless this number is still this name's: SQLite gives the last number again once it is free.
    """
    require_secretariat(reader)
    with workspace.registry() as connection:
        if (number, state, name) not in {(n.number, n.state, n.name) for n in state_names.names(connection)}:
            raise NotOnFile(refusal("no_such_name"))
        state_names.take_back(connection, number)
        note(workspace, connection, reader, "state name taken back", f"state_name:{number}", state=state)


def _require_dossier(connection: Connection, treaty: str, state: str, register: Register) -> None:
    if dossiers.record_of(connection, treaty, state) is None:
        raise NotOnFile(refusal("no_dossier", state=register.name_of(state)))


def _faults(register: Register, state: str, asked: Naming) -> Iterator[Refusal]:
    name = " ".join(asked.name.split())
    yield from name_faults(name)
    if sum(c.isalpha() for c in name) < _FEWEST_LETTERS:
        yield refusal("name_of_too_few_letters", field="name")
    if odd := letters_of_another_script(name):
        yield refusal("name_of_several_scripts", field="name", letters=odd)
    if not register.named(name) and fold(name) in register.regions:
        yield refusal("name_of_a_region", field="name", name=name)
    yield from clashes(register, state, name)
    if asked.source not in NAMERS:
        yield refusal("name_of_the_program", field="source")
    if asked.until is not None and asked.until < asked.since:
        yield refusal("name_ends_before_it_begins", field="until", last=asked.until, first=asked.since)
    if asked.language and asked.language not in LANGUAGES:
        yield refusal("choose_a_language", field="language", languages=tuple(LANGUAGES))
    if asked.reference.strip() and not is_line(asked.reference.strip(), LONGEST_NAME):
        yield refusal("reference_not_a_line", field="reference", most=LONGEST_NAME)


def _row(state: str, asked: Naming) -> dict[str, object]:
    return {
        "state": state,
        "name": " ".join(asked.name.split()),
        "language": asked.language,
        "starts_on": asked.since,
        "ends_on": asked.until,
        "source": asked.source.value,
        "reference": asked.reference.strip(),
    }


def _bundled(name: DatedName) -> NameView:
    return NameView(
        name=name.name,
        language=name.language,
        since=name.since,
        until=name.until,
        source=name.source,
        reference=name.reference,
    )


def _view(added: AddedName) -> NameView:
    return NameView(
        name=added.name,
        language=added.language,
        since=added.starts_on,
        until=added.ends_on,
        source=SourceKind(added.source),
        reference=added.reference,
        number=added.number,
    )
