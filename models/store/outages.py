"""Outages: why a database is not read or not written, each cause under its own name and in a sentence of ours."""

from __future__ import annotations

_BUSY = "The record is busy with another change; try again in a moment. Nothing was changed."
_IN_THE_WAY = ("locked", "deadlock", "could not serialize", "lock timeout")
_NO_ROOM = ("is full", "No space left", "disk I/O error", "File too large")  # a full disk is often said so
_NO_RIGHT = ("readonly database", "in a read-only transaction")
_SILENT = ("idle-in-transaction",)
_NO_RECORD = ("malformed", "not a database")
#: How a driver says that an address has options it does not know.
_NO_ADDRESS = ("invalid connection option", "URI")


class StoreUnreachable(Exception):
    """The database cannot be reached or written."""


class StoreBusy(StoreUnreachable):
    """Another writer is in the way; the same may well succeed a moment later."""

    def __init__(self, said: str = _BUSY) -> None:
        """Say that it passes."""
        super().__init__(said)


class StoreFull(StoreUnreachable):
    """There is no room for a change; what is there can be read."""


class StoreReadOnly(StoreUnreachable):
    """The database may be read and not written."""


def outage(reason: str, where: str) -> StoreUnreachable:
    """Return what a database refused, by what it said: `where` is its place, without any secret."""
    if _has(reason, _IN_THE_WAY):
        return StoreBusy()
    if _has(reason, _NO_ROOM):
        return StoreFull(
            f"The disk that holds the record is full or fails ({where}). Nothing was changed; free some space."
        )
    if _has(reason, _NO_RIGHT):
        return StoreReadOnly(
            f"The record at {where} may be read and not written. Nothing was changed;"
            " let the account that Accede runs as write to it."
        )
    if _has(reason, _SILENT):
        return StoreUnreachable(
            "This program was stopped, or cut off from the record, for too long; what it was writing is undone."
        )
    if _has(reason, _NO_RECORD):
        return StoreUnreachable(
            f"The record at {where} is damaged. Change nothing; keep the file, and put back a copy of it."
        )
    return StoreUnreachable(f"The record at {where} cannot be reached or written: {reason.strip().splitlines()[0]}")


def is_outage(reason: str, *, writes: bool) -> bool:
    """Tell whether something that is no failure of a connection is one of ours to say all the same.

    A transaction for reading that is refused a change is none: that is the program's own fault.
    """
    return _has(reason, (*_NO_RECORD, *_NO_ADDRESS, *_SILENT, *((*_NO_RIGHT, *_NO_ROOM) if writes else ())))


def _has(reason: str, words: tuple[str, ...]) -> bool:
    return any(word in reason for word in words)
