"""The folder of an export: new, its owner's alone, and there once everything in it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path

from casework.core.workspace import Workspace
from casework.record.unfinished import folder_written_whole
from pathways.grammar.refusals import Refused, refusal


class NotExported(Refused):
    """An export could not be written where it was asked for."""


def next_name(workspace: Workspace, treaty: str) -> Path:
    """Return what an export made now is called, in the folder at hand."""
    return Path.cwd() / f"accede-{treaty}-{workspace.clock.now().astimezone(UTC):%Y%m%dT%H%M%S}Z"


@contextmanager
def new_folder(place: Path) -> Iterator[Path]:
    """Yield a folder to write into, that stands at its place once the block has ended well; else NotExported."""
    try:
        with folder_written_whole(place) as folder:
            yield folder
    except Refused:  # what a reader may not do is, by its kind, an error of permission too
        raise
    except FileExistsError:
        raise NotExported(refusal("export_is_there", folder=str(place))) from None
    except OSError as wrong:
        why = wrong.strerror or type(wrong).__name__
        raise NotExported(refusal("export_not_written", folder=str(place), why=why)) from wrong
