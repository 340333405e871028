"""The result of an audit in a sentence: where the ledger is not what it was, and nothing of what stands there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pathways.grammar.refusals import Remark, remark

if TYPE_CHECKING:
    from casework.record.audit import Audited, Verified

_WHERE = re.compile(r"^(?:\w+/[A-Z]{3}|\w+:own|seal \d+)(?=:)")


def result_of(audited: Audited) -> Remark:
    """Say what an audit came to."""
    verified = audited.verified
    if not verified.is_whole:
        return remark("ledger_not_what_it_was", where=places_of(verified))
    if verified.files:
        gone = len(verified.files)
        return remark("ledger_sealed_files_gone", facts=verified.facts, dossiers=verified.dossiers, files=gone)
    if verified.guards:
        return remark("ledger_sealed_guards_gone", facts=verified.facts, dossiers=verified.dossiers)
    if (but := audited.not_kept) is not None:
        return remark("ledger_sealed_not_kept", facts=verified.facts, dossiers=verified.dossiers, but=but)
    if audited.oldest_unsent:
        hour: Remark | str = f"{audited.oldest_unsent:%Y-%m-%d %H:%M} UTC"
        hour = remark("hour_by_the_real_clock", hour=hour) if audited.is_training else hour
        return remark("ledger_sealed_letters_wait", facts=verified.facts, dossiers=verified.dossiers, hour=hour)
    return remark("ledger_sealed", facts=verified.facts, dossiers=verified.dossiers)


def places_of(verified: Verified) -> tuple[str, ...]:
    """Return where the ledger differs; what differs may be a stage, and stays in the record."""
    differences = (*verified.chain, *verified.replay, *verified.seals)
    return tuple(sorted({found[0] for one in differences if (found := _WHERE.match(one))}))
