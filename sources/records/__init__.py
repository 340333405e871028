"""The bundled record: who the States are, and what each has done about the Arms Trade Treaty up to mid-2026.

Compiled from the depositary's pages and, where these were not to hand, from other public records; what has
not been checked against the depositary is marked so. Data only: nothing here interprets it.
"""

from __future__ import annotations

from importlib.resources import files


def record_file(name: str) -> bytes:
    """Return one file of the bundled record, wherever the program is installed."""
    return files("sources.records").joinpath(name).read_bytes()
