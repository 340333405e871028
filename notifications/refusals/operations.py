"""What is refused of a whole record: its opening, its clock, its runs."""

from __future__ import annotations

SENTENCES = {
    "clock_in_the_future": "%(day)s lies in the future; a training record stands on a day that has been.",
    "clock_moves_forward_only": "A training record's clock moves forward only; it stands on %(today)s.",
    "nothing_to_start": "Nothing that could be started is called “%(name)s”.",
    "real_record_has_no_clock": "This is a real record; its clock is the calendar.",
    "real_record_stays_real": ("This is a real record; it does not become one for training. Choose another --home."),
    "run_under_way": "This is under way just now. Look again in a minute; nothing was started.",
    "sweep_in_the_future": "%(day)s lies in the future (today is %(today)s); what has not come is not swept.",
    "training_day_before_the_treaty": "The %(treaty)s opened for signature on %(opened)s.",
    "training_day_in_the_future": "A training record stands on a day that has been; %(day)s lies in the future.",
}
