"""Forgetting: sessions and links that were over long ago are deleted. They prove nothing; the audit names who came."""

from __future__ import annotations

from datetime import timedelta

from casework.core.workspace import Office
from models.access import accounts, one_time_links

#: Kept so long after they were over, for whoever asks what happened yesterday.
_KEPT_FOR = timedelta(days=7)


def forget_the_old(office: Office) -> int:
    """Delete sessions and one-time links that were over a week ago; return how many."""
    before = office.clock.now() - _KEPT_FOR
    with office.registry() as connection:
        return accounts.purge_sessions(connection, before=before) + one_time_links.purge(connection, before=before)
