"""Storage faults: nothing can be read or nothing written, for a reason that lies with the machine, not with a person.

Says which it is to whoever sent something, and to the log. Never says where anything is kept, or what was sent.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from enum import Enum, auto

from fastapi import Request

from casework.files.attachments import NotKept
from desk.i18n.catalogues import marked as _
from desk.web.throttled_log import ThrottledLog
from models.store.engine import StoreBusy, StoreFull, StoreReadOnly, StoreUnreachable
from models.store.schema import StoreEmpty, StoreNewer, StoreOlder, StoreUpgrading
from pathways.grammar.refusals import Refusal, refusal

#: There is no record to ask.
NO_RECORD = (StoreUnreachable, StoreEmpty, StoreNewer, StoreOlder)
#: What is there can be read, and the page that was sent can be shown again.
CANNOT_WRITE = (StoreFull, StoreReadOnly, NotKept)
STORAGE_FAULTS = (*NO_RECORD, NotKept)
_throttled = ThrottledLog(logging.getLogger("accede.desk"))


class StorageFault(Enum):
    """What stands in the way."""

    BUSY = auto()
    UPGRADING = auto()
    OTHER_VERSION = auto()
    FULL = auto()
    SHUT = auto()
    GONE = auto()

    @property
    def is_of_writing(self) -> bool:
        """Tell whether what is there can still be read."""
        return self in (StorageFault.FULL, StorageFault.SHUT)


SAYS: Mapping[StorageFault, str] = {
    StorageFault.BUSY: _("The record is busy with another change. Try again in a moment."),
    StorageFault.UPGRADING: _(
        "It is being brought up to a newer version of Accede, which takes some minutes. Try again then; nothing that"
        " was saved is lost."
    ),
    StorageFault.OTHER_VERSION: _(
        "It was brought up to a newer version of Accede, and this desk is of another. Tell whoever looks after this"
        " installation to start the desk anew with the newest program; nothing that was saved is lost."
    ),
    StorageFault.FULL: _(
        "The disk of the server is full, so nothing can be saved. Tell whoever looks after this installation, or the"
        " Secretariat; trying again helps once there is room."
    ),
    StorageFault.SHUT: _(
        "The server may not write where the record and its files are kept, so nothing can be saved. Tell whoever looks"
        " after this installation, or the Secretariat; trying again helps once that is mended."
    ),
    StorageFault.GONE: _("Try again in a minute; if it lasts, tell whoever looks after this installation."),
}


def storage_fault_of(wrong: Exception) -> StorageFault:
    """Return what stands in the way."""
    if isinstance(wrong, StoreUpgrading):
        return StorageFault.UPGRADING
    if isinstance(wrong, (StoreNewer, StoreOlder)):
        return StorageFault.OTHER_VERSION
    if isinstance(wrong, StoreBusy):
        return StorageFault.BUSY
    if isinstance(wrong, StoreFull) or (isinstance(wrong, NotKept) and wrong.is_full):
        return StorageFault.FULL
    return StorageFault.SHUT if isinstance(wrong, CANNOT_WRITE) else StorageFault.GONE


def refusal_of(wrong: Exception) -> Refusal:
    """Return what stands in the way as a refusal, to be said beside what was sent."""
    return refusal("plain", sentence=SAYS[storage_fault_of(wrong)])


def note_storage_fault(wrong: Exception, request: Request) -> None:
    """Log what stood in the way of which page, once a minute, and nothing of what was sent to it."""
    route = getattr(request.scope.get("route"), "path", "")
    _throttled.error(f"{type(wrong).__name__} at {request.method} {route}: {storage_fault_of(wrong).name.lower()}")
