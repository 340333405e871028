"""The rhythm of a round: when who has not answered is reminded, and when that goes on. Here alone."""

from __future__ import annotations

from datetime import timedelta

#: How long after the letter before it each reminder is written: three weeks after the first letter, and after six.
REMINDED_AFTER = (timedelta(weeks=3), timedelta(weeks=3))
#: How long after the last reminder it goes on to a champion; and how long it is there before the Secretariat has it.
PASSED_ON_AFTER = timedelta(weeks=3)
WITH_A_CHAMPION = timedelta(weeks=3)
#: How many letters a State gets at most.
LETTERS = 1 + len(REMINDED_AFTER)
#: How long a round may be open.
LONGEST = timedelta(days=366)
