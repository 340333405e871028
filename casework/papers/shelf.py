"""Where a paper is put down as a file: whole, or not at all, in the place of an older one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from casework.papers.kinds import NotMade
from pathways.grammar.refusals import refusal


def put_down(file: Path, written: bytes) -> None:
    """Write a file, its owner's alone to read; NotMade where it cannot be."""
    waiting = None
    try:
        with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as stream:
            waiting = Path(stream.name)
            stream.write(written)
            stream.flush()
            os.fsync(stream.fileno())
        waiting.replace(file)
    except OSError as wrong:
        if waiting is not None:
            with suppress(OSError):
                waiting.unlink(missing_ok=True)
        why = wrong.strerror or type(wrong).__name__
        raise NotMade(refusal("paper_not_written", field="out", file=str(file), why=why)) from wrong
