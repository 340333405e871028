"""People: who is on file, how they are reached, and with what eyes one of them reads.

An address that the operator of the machine gives counts as vouched for; any other is verified first. Names and
addresses stay in these rows: the ledger and the audit hold numbers only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from casework.directory import Directory
from casework.office import Office
from casework.rights import NotOnFile, NotYours, require_secretariat
from models.ledger import dossiers, states
from models.people import people
from models.store.engine import Connection
from pathways.grammar.clearance import OPERATOR, Reader, Role
from pathways.grammar.projection import project
from pathways.grammar.stages import LegalStatus

#: One address as servers of today take it: no quoting, no comment, no list, nothing that could begin a new header.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST = 120


class NotEntered(ValueError):
    """A person could not be put on file; `faults` holds a sentence for each reason."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        """Keep the sentences, all of them."""
        super().__init__(" ".join(faults))
        self.faults = faults


def add_person(
    office: Office,
    name: str,
    *,
    email: str,
    language: str = "en",
    sees_personal: bool = False,
    vouched: bool | None = None,
    reader: Reader = OPERATOR,
) -> int:
    """Put somebody on file, reached at one address, and return the number; the same again changes nothing.

    `vouched`: letters go there from now on; unless said, only where the operator of the machine enters it.
    """
    require_secretariat(reader)
    if sees_personal and not reader.sees_personal:
        raise NotYours("Only an administrator names another.")
    name, email, language = name.strip(" "), email.strip(" "), language.strip(" ")
    if faults := tuple(_faults(name, email, language)):
        raise NotEntered(faults)
    with office.registry() as connection:
        people.alone(connection)
        there = _same(connection, name, email)
        if there is not None:
            return _unchanged(there, language)
        is_vouched = reader == OPERATOR if vouched is None else vouched
        if is_vouched and not reader.sees_personal and is_an_administrators(connection, email):
            raise NotYours("Only an administrator vouches for somebody at an administrator's address.")
        said = {"name": name, "language": language, "sees_personal": sees_personal}
        number = people.add(connection, "person", **said, created_at=office.stamp())
        vouched_by = reader.actor if is_vouched else None
        people.add(connection, "channel", person_id=number, kind="email", address=email, vouched_by=vouched_by)
        note(office, connection, reader, "person added", f"person:{number}", sees_personal=sees_personal)
        return number


def person_named(connection: Connection, given: str | int) -> int:
    """Return the number of a person given by number, address or name; NotOnFile when it is nobody, or several."""
    text = str(given).strip()
    if text.isascii() and text.isdigit():
        found = [int(text)] if len(text) < 10 and people.person(connection, int(text)) else []
    elif "@" in text:
        found = people.at_address(connection, text)
    else:
        found = [row["id"] for row in people.persons(connection) if row["name"].casefold() == text.casefold()]
    if len(found) > 1:
        numbers = ", ".join(map(str, found))
        raise NotOnFile(f"“{text}” may be several persons ({numbers}); give the number.")
    if not found:
        raise NotOnFile(f"Nobody on file is “{text}”; `accede people list` shows who is, with their numbers.")
    return found[0]


def acting_as(office: Office, given: str | int, *, treaty: str) -> Reader:
    """Return the eyes of a person given by number, address or name."""
    with office.reading() as connection:
        number = person_named(connection, given)
    return reader_for(office, number, treaty=treaty)


def reader_for(office: Office, person: int, *, treaty: str) -> Reader:
    """Return what a person may know today of a treaty; NotYours when no mandate is in term."""
    with office.reading() as connection:
        return reader_in(office, connection, person, treaty=treaty)


def reader_in(office: Office, connection: Connection, person: int, *, treaty: str) -> Reader:
    """Return what a person may know today of a treaty, read within a transaction; NotYours without a mandate."""
    today = office.today()
    row = people.person(connection, person)
    if row is None:
        raise NotOnFile(f"Nobody on file has the number {person}.")
    mine = people.held_on(connection, today, person=person, treaties=(treaty,))
    if not mine:
        raise NotYours(
            f"{row['name']} holds no mandate for the {office.pathway(treaty).title} on {today}."
            " The Secretariat can give one."
        )
    own = {h.of for h in mine if h.role == Role.CONTACT}
    found = {state: legal_status_of(office, connection, treaty, state, today) for state in own}
    parties = [state for state, status in found.items() if status is not None and status.is_party]
    is_administrator = row["sees_personal"] and any(h.role == Role.SECRETARIAT for h in mine)
    directory = Directory(held=mine, regions=states.regions(connection))
    return directory.reader(person, treaty, parties, sees_personal=is_administrator)


def legal_status_of(office: Office, connection: Connection, treaty: str, state: str, on: date) -> LegalStatus | None:
    """Return a State's legal status on a day by the facts on file, or None when it has no dossier."""
    record = dossiers.record_of(connection, treaty, state)
    if record is None:
        return None
    facts = dossiers.facts_of(connection, [record])[record.id]
    return project(office.pathway(treaty), state, facts, on=on).legal.status


def name_of(connection: Connection, person: int) -> str:
    """Return how a person is called in a sentence."""
    row: Any = people.person(connection, person)
    return str(row["name"]) if row else f"person {person}"


def called(connection: Connection, actor: str | None) -> str:
    """Return what an actor is called at the beginning of a sentence."""
    kind, _, number = (actor or "").partition(":")
    if kind == "person" and number.isdigit():
        return name_of(connection, int(number))
    return "The operator" if kind == "operator" else "The record itself"


def is_an_administrators(connection: Connection, address: str) -> bool:
    """Tell whether one of those who are reached at an address sees what is personal."""
    there = (people.person(connection, person) for person in people.at_address(connection, address))
    return any(row is not None and row["sees_personal"] for row in there)


def require_administrator_for(connection: Connection, person: int, reader: Reader, what: str) -> None:
    """Refuse an officer what only an administrator does to an administrator, in office or not; `what` says it."""
    row: Any = people.person(connection, person)
    if row is not None and row["sees_personal"] and not reader.sees_personal:
        raise NotYours(f"Only an administrator {what}.")


def number_of(reader: Reader) -> int | None:
    """Return the number of the person who reads; None when it is the operator or the record itself."""
    kind, _, number = reader.actor.partition(":")
    return int(number) if kind == "person" and number.isdigit() else None


def note(office: Office, connection: Connection, reader: Reader, what: str, row: str, **detail: object) -> None:
    """Note a change of an ordinary row in the audit: numbers, days and codes, never a name."""
    people.audit(connection, at=office.stamp(), actor=reader.actor, what=what, row=row, **detail)


def is_address(email: str) -> bool:
    """Tell whether a text is one address as it may stand on file; nobody is reached at anything else."""
    return _ADDRESS.fullmatch(email) is not None and _is_well_formed(email)


def address_faults(email: str) -> Iterator[str]:
    """Say what is wrong with an address, if anything is."""
    if not is_address(email):
        yield f"“{' '.join(email.split())[:_LONGEST]}” is not one e-mail address, such as desk@mission.example."


def _faults(name: str, email: str, language: str) -> Iterator[str]:
    if not name or len(name) > _LONGEST or not name.isprintable():
        yield f"A name is one line of at most {_LONGEST} characters."
    yield from address_faults(email)
    if not _LANGUAGE.fullmatch(language):
        yield f"“{language[:_LONGEST]}” is no code of a language; write two or three letters, such as en or fr."


def _is_well_formed(email: str) -> bool:
    local, _, host = email.partition("@")
    dotted = local.startswith(".") or local.endswith(".") or ".." in email
    return not dotted and all(len(label) <= 63 and label.strip("-") == label for label in host.split("."))


def _same(connection: Connection, name: str, email: str) -> Any | None:
    """Return the one who is on file with this name and address: a person may click twice."""
    at = set(people.at_address(connection, email))
    return next((row for row in people.persons(connection) if row["id"] in at and row["name"] == name), None)


def _unchanged(there: Any, language: str) -> int:
    if there["language"] != language:
        said = f"{there['name']} is on file at this address already: person {there['id']}, in “{there['language']}”."
        raise NotEntered((said,))
    return int(there["id"])
