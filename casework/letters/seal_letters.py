"""Letters of seals: the head of one, how much it stands for, and how to check by it; no word of any State."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.core.workspace import Workspace
from models.letters import notices as notice_rows
from models.letters.notices import NewNotice
from models.store.engine import Connection
from notifications.letters import Kind

SEAL = "seal"  # an occasion's name


def write_seal_letter(workspace: Workspace, connection: Connection, person: int, seal: Mapping[str, Any]) -> None:
    """Write a letter that leaves at once, of one seal to one person."""
    notice = NewNotice(
        key=f"{SEAL}:{seal['id']}:{person}",
        kind=Kind.LINK,
        occasion=SEAL,
        about=f"{seal['id']} {seal['hash']} {seal['facts']} {seal['dossiers']}",
        person_id=person,
        role="",
        treaty=workspace.settings.treaty,
    )
    notice_rows.write_urgent(connection, notice, now=workspace.clock.now(), today=workspace.today())


def said_of_seal(about: str) -> tuple[tuple[str, str], ...]:
    """Return what a letter says of the seal that it is about."""
    number, head, facts, dossiers = about.split(" ")
    return ("head", f"{number} {head}"), ("facts", facts), ("dossiers", dossiers)
