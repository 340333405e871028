"""Persons: who is on file, and how each is reached.

An address that the operator of the machine gives counts as vouched for; any other is verified first. Names and
addresses stay in these rows: the ledger and the audit hold numbers only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from casework.core.actors import note
from casework.core.rights import NotYours, require_secretariat
from casework.core.text_rules import LONGEST_NAME, address_faults, name_faults
from casework.core.workspace import Workspace
from models.people import people
from models.store.engine import Connection
from notifications.addresses import as_on_file
from pathways.grammar.clearance import OPERATOR, Reader
from pathways.grammar.refusals import Refusal, Refused, refusal

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class NotEntered(Refused, ValueError):
    """A person could not be put on file; a refusal for each reason."""


def add_person(
    workspace: Workspace,
    name: str,
    *,
    email: str,
    language: str = "en",
    sees_personal: bool = False,
    vouched: bool | None = None,
    reader: Reader,
) -> int:
    """Put somebody on file, reached at one address, and return the number; the same again changes nothing.

    `vouched`: letters go there from now on; unless said, only where the operator of the machine enters it.
    """
    require_secretariat(reader)
    if sees_personal and not reader.sees_personal:
        raise NotYours(refusal("administrator_names_another"))
    name, email, language = name.strip(" "), as_on_file(email.strip(" ")), language.strip(" ")
    if faults := tuple(_faults(name, email, language)):
        raise NotEntered(*faults)
    with workspace.registry() as connection:
        people.alone(connection)
        there = _same(connection, name, email)
        if there is not None:
            return _unchanged(there, language)
        is_vouched = reader == OPERATOR if vouched is None else vouched
        if is_vouched and not reader.sees_personal and is_an_administrators(connection, email):
            raise NotYours(refusal("vouched_at_an_administrators"))
        said = {"name": name, "language": language, "sees_personal": sees_personal}
        number = people.add(connection, "person", **said, created_at=workspace.stamp())
        vouched_by = reader.actor if is_vouched else None
        people.add(connection, "channel", person_id=number, kind="email", address=email, vouched_by=vouched_by)
        note(workspace, connection, reader, "person added", f"person:{number}", sees_personal=sees_personal)
        return number


def is_an_administrators(connection: Connection, address: str) -> bool:
    """Tell whether one of those who are reached at an address sees what is personal."""
    there = (people.person(connection, person) for person in people.at_address(connection, address))
    return any(row is not None and row["sees_personal"] for row in there)


def _faults(name: str, email: str, language: str) -> Iterator[Refusal]:
    yield from name_faults(name)
    yield from address_faults(email, field="email")
    if not _LANGUAGE.fullmatch(language):
        yield refusal("no_code_of_a_language", field="language", code=language[:LONGEST_NAME])


def _same(connection: Connection, name: str, email: str) -> Any | None:
    """Return the one who is on file with this name and address: a person may click twice."""
    at = set(people.at_address(connection, email))
    return next((row for row in people.persons(connection) if row["id"] in at and row["name"] == name), None)


def _unchanged(there: Any, language: str) -> int:
    if there["language"] != language:
        name, person, code = there["name"], there["id"], there["language"]
        raise NotEntered(refusal("person_on_file_already", field="language", name=name, person=person, code=code))
    return int(there["id"])
