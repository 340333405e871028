"""What is refused of a whole record: its opening, its clock, its runs."""

from __future__ import annotations

#: What a run came to, on Prefect's page and the desk's; a count stands in a list of them.
_RESULTS = {
    "run_came_to": "%(counts)s.",
    "run_found_nothing": "Nothing was to be done.",
    "run_failed_for": "%(number)s could not be treated: %(dossiers)s. Besides: %(done)s",
    "run_stopped": (
        "Something went wrong that nobody foresaw (%(kind)s). What was finished by then stands, and the next run goes"
        " on; where it was, is in the output of the worker."
    ),
    "machine_did_not_do_it": "The machine did not do it: %(why)s. See accede doctor.",
    "dossier_of_incident": "%(state)s (incident %(incident)s)",
    "dossiers_due": "dossiers due: %(number)s",
    "advanced_by_date": "advanced by date: %(number)s",
    "follow_ups_opened": "follow-ups opened: %(number)s",
    "follow_ups_closed": "follow-ups closed: %(number)s",
    "notices_written": "notices: %(number)s",
    "letters_written": "letters: %(number)s",
    "not_swept_by_noon": "On %(day)s no sweep had completed by noon.",
    "swept_before": "%(day)s was swept before, and nothing has become due since.",
    "files_taken_in": "files taken in: %(number)s",
    "dossier_not_treated": (
        "Incident %(incident)s (%(kind)s), in the sweep of %(day)s. It is tried again with every sweep."
    ),
    "several_reasons": "%(reasons)s",
    "files_left": "files left lying: %(number)s (the check-up says why)",
    "files_refused": "files refused: %(number)s (what and why stands beside each)",
    "no_letter_waiting": "No letter was waiting to go out.",
    "letters_accepted": "letters accepted by the first mail server: %(number)s",
    "letters_tried_again": "letters to be tried again: %(number)s",
    "letters_undeliverable": "letters undeliverable: %(number)s",
    "letters_held": "letters held: %(number)s",
    "ledger_not_what_it_was": ("The ledger is not what it was: %(where)s. Nothing was sealed. Details: accede verify."),
    "ledger_sealed": "The ledger is whole, and sealed. Facts: %(facts)s; dossiers: %(dossiers)s.",
    "ledger_sealed_letters_wait": (
        "The ledger is whole, and sealed. Facts: %(facts)s; dossiers: %(dossiers)s. Oldest unsent letter: %(hour)s."
    ),
    "ledger_sealed_not_kept": "The ledger is whole, and sealed. Facts: %(facts)s; dossiers: %(dossiers)s. %(but)s",
    "seals_not_kept_elsewhere": "The seal could not be kept in %(folder)s: %(why)s.",
    "ledger_sealed_guards_gone": (
        "The ledger is whole, and sealed. Facts: %(facts)s; dossiers: %(dossiers)s."
        " What keeps it append-only is missing. Details: accede verify."
    ),
    "ledger_sealed_files_gone": (
        "The ledger is whole, and sealed. Facts: %(facts)s; dossiers: %(dossiers)s."
        " Files of facts that are gone or were changed: %(files)s. Details: accede verify."
    ),
    "request_taken": "The step that was asked for is taken.",
    "request_not_taken": "The step that was asked for is not taken.",
}
SENTENCES = _RESULTS | {
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
