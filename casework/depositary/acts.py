"""Acts of the depositary: put on file as facts."""

from __future__ import annotations

import secrets

from casework.core.open_dossier import OpenDossier
from models.ledger.hash_chain import Content
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.facts import SourceKind
from sources.participation import Act


def put_on_file(
    open_dossier: OpenDossier,
    act: Act,
    source: SourceKind,
    *,
    reference: str = "",
    replaces: str | None = None,
    contests: str | None = None,
) -> None:
    """Put an act of a table on a State's file."""
    open_dossier.file(
        act.kind.value,
        act.effective,
        source=source,
        sensitivity=Sensitivity.PUBLIC,
        reference=act.reference or reference,
        data={"instrument": act.instrument.value} if act.instrument else {},
        known_by=act.known_by,
        replaces=replaces,
        contests=contests,
        unconfirmed=act.unconfirmed,
        content=Content(secrets.token_hex(16), act.note, None, None) if act.note else None,
    )
