"""Finding a fact: by its number, for whoever may know of it."""

from __future__ import annotations

from casework.core.open_dossier import OpenDossier
from casework.core.rights import NotOnFile
from pathways.grammar.clearance import Reader
from pathways.grammar.facts import Fact
from pathways.grammar.projection import shown
from pathways.grammar.refusals import refusal


def find_fact(open_dossier: OpenDossier, given: str, reader: Reader) -> Fact:
    """Find a fact by its number in the dossier, its id or the beginning of it; what one may not read is not there."""
    seen = shown(open_dossier.pathway, open_dossier.facts, reader)
    if given.isascii() and given.isdigit() and len(given) < 6:
        found = [f for number, f in enumerate(seen, start=1) if number == int(given)]
    else:
        found = [f for f in seen if f.id == given] or [f for f in seen if len(given) >= 6 and f.id.startswith(given)]
    if len(found) != 1:
        raise NotOnFile(refusal("no_such_fact_here", field="fact", fact=given))
    return found[0]
