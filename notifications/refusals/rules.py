"""What the rules refuse: a step that is not open, a fact that may not go on file, a field that cannot be read."""

from __future__ import annotations

_STEPS = {
    "no_such_step": "“%(step)s” is no step of this treaty; its steps: %(steps)s.",
    "step_taken_by_record": "“%(step)s” is taken by the depositary's record alone, on intake.",
    "step_taken_by_date": "“%(step)s” is taken by the sweep when its day has come.",
    "step_taken_by_person": "“%(step)s” is a person's to take.",
    "step_from_another_stage": "“%(step)s” leads on from %(sources)s; this State is at %(stage)s.",
    "step_from_another_stage_others_open": (
        "“%(step)s” leads on from %(sources)s; this State is at %(stage)s. Open from here: %(open)s."
    ),
    "step_after_deposit": (
        "An instrument was deposited on %(day)s; from then on only the depositary's word moves this State."
    ),
    "step_before_the_last": "The last step was taken on %(last)s; this one cannot be dated %(day)s.",
}
_PROOFS = {
    "proof_not_on_file": "Not on file: %(proof)s (%(kind)s).",
    "proofs_out_of_order": "On this route %(first)s (%(first_day)s) comes before %(then)s (%(then_day)s).",
    "instrument_not_of_a_signatory": (
        "A signatory deposits an instrument of %(allowed)s, not of %(prepared)s%(article)s."
    ),
    "instrument_of_a_signatory": (
        "A State that has not signed deposits an instrument of %(allowed)s, not of %(prepared)s%(article)s."
    ),
    "depositary_act_not_recorded": "%(act)s: only the depositary's record of it counts.",
    "nothing_deposited": "No instrument has been deposited.",
    "not_bound_yet": "The treaty enters into force for this State on %(day)s.",
    "withdrawal_takes_effect": "Its withdrawal takes effect on %(day)s.",
    "no_withdrawal_notified": "No withdrawal has been notified.",
    "signature_stands": "A signature stands on record; a signatory stays at interest.",
}
_ADMISSION = {
    "fact_in_the_future": "%(day)s lies in the future (today is %(today)s); a fact is filed once it has happened.",
    "fact_before_the_treaty": "%(day)s is before the %(treaty)s opened for signature (%(opened)s).",
    "not_filed_by_hand": "“%(kind)s” is not filed by hand; the program writes it.",
    "example_in_a_real_record": "Examples belong into a training record, not into this one.",
    "source_does_not_count": "%(title)s: the word of “%(source)s” does not count; accepted: %(accepted)s.",
    "record_is_no_source": "“record” is the source of the bundled compilation; name where you know it from.",
    "depositary_notification_wanted": (
        "A depositary act filed by hand needs the number of the depositary notification,"
        " such as depositary:%(example)s."
    ),
    "bookkeeping_not_annulled": "%(title)s: the ledger's own book-keeping is not annulled.",
    "taken_back_by_a_correction_alone": "%(title)s: that is taken back with a correction alone.",
    "settlement_not_annulled": "A settlement is taken back with a correction alone.",
    "step_not_annulled": "A step is not annulled; annul what it rests on, or take a step back.",
    "depositarys_word_not_annulled": "%(title)s stands on the depositary's word; only it undoes that.",
    "act_not_undone_at_home": (
        "%(title)s is an act before the depositary, which nothing at home undoes; if it is wrong, the Secretariat"
        " corrects it."
    ),
    "not_undone_after_deposit": (
        "An instrument was deposited on %(day)s; after that only the depositary's word or a withdrawal undoes a step."
    ),
}
_ACTS = {
    "signature_out_of_time": (
        "%(state)s cannot have signed on %(day)s: the %(treaty)s was open for signature from %(opened)s to %(closed)s"
        " only%(article)s."
    ),
    "signature_too_early": (
        "%(state)s cannot have signed on %(day)s: the %(treaty)s was open for signature from %(opened)s on%(article)s."
    ),
    "signature_of_a_state_that_acceded": "%(state)s acceded; a State that has signed does not accede%(article)s.",
    "signatory_does_not_accede": (
        "%(state)s signed on %(day)s, and a signatory does not accede: it %(does)s%(article)s."
    ),
    "not_signed_so_accedes": ("%(state)s has not signed, so it accedes; %(instrument)s is for signatories%(article)s."),
    "accession_before_entry_into_force": (
        "Accession is open only from the treaty's entry into force, %(day)s%(article)s."
    ),
    "accession_too_early": "Accession is open only from %(day)s%(article)s.",
    "instrument_open_to_nobody": "%(state)s: no instrument of %(instrument)s is open to any State%(article)s.",
    "deposit_before_signature": "%(state)s signed on %(signed)s and cannot have deposited before that, on %(day)s.",
    "provisional_application_without_act": (
        "Provisional application is declared at signature or deposit%(article)s; %(day)s is neither (no act on file)."
    ),
    "provisional_application_at_no_act": (
        "Provisional application is declared at signature or deposit%(article)s; %(day)s is neither (%(known)s)."
    ),
    "fact_of_a_day": "%(title)s %(day)s",
    "nothing_to_withdraw": "%(state)s has no instrument with the depositary, so it cannot withdraw%(article)s.",
    "withdrawal_before_deposit": "A withdrawal on %(day)s is before the deposit of %(deposit)s.",
    "withdrawal_takes_effect_later": (
        "A withdrawal takes effect on %(rule)s, or on a later day if one is named, not on %(day)s%(article)s."
    ),
    "report_of_another_year": (
        "%(duty)s: it covers a calendar year from %(first)s to %(last)s, not %(year)s%(article)s."
    ),
}
_FIELDS = {
    "no_such_field": "“%(name)s” is no field of “%(kind)s” (its fields: %(names)s).",
    "kind_has_no_fields": "“%(name)s” is no field of “%(kind)s” (its fields: none).",
    "field_wanted": "“%(kind)s” needs “%(name)s”.",
    "field_not_a_line": ("“%(name)s” must be one line of at most %(most)s characters; longer text goes into the note."),
    "field_not_a_number": "“%(name)s” must be a whole number, not “%(text)s”.",
    "field_not_a_day": "“%(name)s” must be a day, such as 2024-06-05, not “%(text)s”.",
    "field_not_yes_or_no": "“%(name)s” must be yes or no, not “%(text)s”.",
    "field_not_a_choice": "“%(name)s” must be one of %(choices)s, not “%(text)s”.",
    "field_not_among_choices": "“%(name)s”: %(wrong)s not among %(choices)s.",
}
_NAMES = {
    "not_a_date": "“%(text)s” is not a date; write a day as YYYY-MM-DD, a month as YYYY-MM, or a year as YYYY.",
    "date_not_read": "“%(text)s” is not a date; write %(day)s, or %(month)s or %(year)s if no more is known.",
    "date_without_a_year": "“%(text)s” has no year. Write it too: %(date)s?",
    "date_of_two_readings": "“%(text)s” may be %(one)s or %(other)s; write the month as a word.",
    "day_not_read": "“%(text)s” is not a day; write %(day)s.",
    "year_of_two_digits": "“%(text)s” has a year of two digits. Write all four: %(date)s?",
    "day_wanted": "“%(text)s” is read as %(date)s; a whole day is wanted here.",
    "date_beyond_the_calendar": (
        "“%(text)s” is not a date of the calendar we keep, which runs from %(first)s to %(last)s."
    ),
    "no_day_of_the_calendar": "“%(text)s” is not a date of the calendar.",
    "no_such_sensitivity": "“%(level)s” is no sensitivity; choose from %(levels)s.",
    "no_such_treaty": "No treaty has the key “%(key)s”. Known: %(known)s.",
    "treaties_unreadable": "The declarations of the treaties cannot be read at the moment; try again.",
}
SENTENCES = _NAMES | _STEPS | _PROOFS | _ADMISSION | _ACTS | _FIELDS
