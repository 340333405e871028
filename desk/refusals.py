"""What went wrong, in sentences: our own exceptions say it themselves, everything else is put into words here."""

from __future__ import annotations

import errno

OURS = frozenset({"casework", "desk", "flows", "models", "notifications", "pathways", "sources"})


def sentences(wrong: BaseException) -> tuple[str, ...]:
    """Return one sentence for each thing that is missing or wrong."""
    said = _said(wrong) if type(wrong).__module__.partition(".")[0] in OURS else ()
    if said:
        return said
    if isinstance(wrong, OverflowError):
        return ("A number there is larger than any on file.",)
    if isinstance(wrong, UnicodeError):
        return ("Some of that text is not UTF-8; write it again.",)
    if isinstance(wrong, OSError):
        return (_of_the_machine(wrong),)
    return (
        f"Something went wrong that this program did not foresee ({type(wrong).__name__}).",
        "Run the same command with --debug, and show what it prints to whoever looks after this installation.",
    )


def _said(wrong: BaseException) -> tuple[str, ...]:
    for name in ("missing", "faults", "sentences"):
        several = getattr(wrong, name, None)
        if isinstance(several, tuple) and several:
            return tuple(map(str, several))
    return tuple(line for line in str(wrong).splitlines() if line.strip())


def _of_the_machine(wrong: OSError) -> str:
    where = f" ({wrong.filename})" if wrong.filename else ""
    if wrong.errno == errno.ENOSPC:
        return f"The disk is full{where}. Free some space, then run the same command again."
    if wrong.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"This account may not read or write there{where}. Choose another --home, or ask for the right."
    reason = wrong.strerror or str(wrong) or type(wrong).__name__
    return f"The machine refused: {reason}{where}."
