"""What went wrong, as refusals and in sentences: our own exceptions carry theirs, all else is given one here."""

from __future__ import annotations

import errno

from notifications.refusals import ENGLISH, Wording, sentence
from pathways.grammar.refusals import Refusal, Refused, refusal

OURS = frozenset({"casework", "desk", "flows", "models", "notifications", "pathways", "sources"})


def sentences(wrong: BaseException, wording: Wording = ENGLISH) -> tuple[str, ...]:
    """Return one sentence for each thing that is missing or wrong."""
    return tuple(sentence(one, wording) for one in refusals_of(wrong))


def refusals_of(wrong: BaseException) -> tuple[Refusal, ...]:
    """Return one refusal for each thing that is missing or wrong."""
    if isinstance(wrong, Refused) and wrong.refusals:
        return wrong.refusals
    said = _said(wrong) if is_ours(wrong) else ()
    if said:
        return tuple(refusal("plain", sentence=one) for one in said)
    if isinstance(wrong, OverflowError):
        return (refusal("number_too_large"),)
    if isinstance(wrong, UnicodeError):
        return (refusal("not_utf8"),)
    if isinstance(wrong, OSError):
        return (_of_the_machine(wrong),)
    return (refusal("unforeseen", kind=type(wrong).__name__), refusal("unforeseen_what_to_do"))


def is_ours(wrong: BaseException) -> bool:
    """Tell whether an exception is one of this program, which says itself what was wrong."""
    return type(wrong).__module__.partition(".")[0] in OURS


def _said(wrong: BaseException) -> tuple[str, ...]:
    for name in ("faults", "sentences"):
        several = getattr(wrong, name, None)
        if isinstance(several, tuple) and several:
            return tuple(map(str, several))
    return tuple(line for line in str(wrong).splitlines() if line.strip())


def _of_the_machine(wrong: OSError) -> Refusal:
    where = f" ({wrong.filename})" if wrong.filename else ""
    if wrong.errno == errno.ENOSPC:
        return refusal("disk_full", where=where)
    if wrong.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return refusal("account_may_not", where=where)
    return refusal("machine_refused", reason=wrong.strerror or str(wrong) or type(wrong).__name__, where=where)
