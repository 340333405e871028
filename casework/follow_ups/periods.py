"""How long the Secretariat has for what stands on its own list, how long it is left in peace, and which days are near.

What a treaty asks has its periods in the treaty's declaration.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

#: From the day it is entered until it is due, by occasion.
WITHIN: Mapping[str, timedelta] = MappingProxyType(
    {
        "incident": timedelta(days=3),
        "run_failed": timedelta(days=3),
        "file_not_taken_in": timedelta(days=7),
        "proposal": timedelta(days=7),
        "letter_dead": timedelta(days=7),
        "unreachable": timedelta(days=7),
        "no_mail_server": timedelta(days=7),
        "nobody": timedelta(days=30),
        "enquiry_nobody": timedelta(days=14),
        "kept_long_enough": timedelta(days=30),
    }
)
PATIENCE = timedelta(days=14)  # between two reminders
RESTS_AT_MOST = timedelta(days=180)  # whatever patience is declared
SOON = timedelta(days=14)  # a day no further off is marked as near
AHEAD = timedelta(days=30)  # dates that the treaty itself brings are shown so long before


def rests_until_at_most(patience: int, today: date) -> date:
    """Return the last day until which what has so many days of patience may rest, from today."""
    return today + min(timedelta(days=patience), RESTS_AT_MOST)


def due(occasion: str, day: date) -> date:
    """Return when something entered on a day is due; a KeyError where no period is set for the occasion."""
    return day + WITHIN[occasion]
