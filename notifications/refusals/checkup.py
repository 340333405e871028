"""What the check-up finds, and the next thing to do about it: for the operator, and for the Secretariat on the desk."""

from __future__ import annotations

_RECORD = {
    "record_reachable": "Reachable: a real record.",
    "training_record_reachable": "Reachable: a training record; its clock stands on %(day)s.",
    "record_not_writable": "The record at %(where)s may be read and not written.",
    "let_the_account_write": "Let the account that Accede runs as write to it, and to the folder it lies in.",
    "install_that_version": "Install that version.",
    "start_the_database": "Start the database server, or correct ACCEDE_DATABASE_URL or --home.",
}
_RUNS = {
    "last_sweep": "The last completed one was of %(day)s.",
    "no_sweep_yet": "There has been none yet.",
    "sweep_by_hand": "Run `accede sweep --treaty %(treaty)s`, and see why no flow did it (`accede up`).",
    "last_seal": "The last is of %(hour)s.",
    "no_seal_yet": "There is none yet.",
    "see_why_no_audit": "See why the flow “audit” does not run at night (`accede up`).",
    "seals_unlike_the_kept": "Seals that were made and are gone or are others now: %(seals)s.",
    "seals_kept_elsewhere": "They are kept in %(folder)s too.",
    "seals_folder_lacks": "The newest is not kept in %(folder)s.",
    "see_seals_folder": (
        "See that the folder named as seals_folder is there and may be written; the next audit adds what it lacks."
    ),
    "seals_on_the_same_disk": (
        "It lies on the disk of the record: name a folder that others hold as seals_folder, or an address as seals_to."
    ),
    "no_backup_yet": "There is none yet that was brought back and verified.",
    "last_backup": "The last that was brought back and verified is of %(hour)s.",
    "backup_gone": "The last one is not where it was put: %(file)s.",
    "back_up_by_hand": "Run `accede backup`, and see why the flow “backup” does not run at night (`accede up`).",
    "see_why_no_backup": "See why the flow “backup” does not run at night (`accede up`).",
    "backup_folder_shut": (
        "No backup can be written into %(folder)s: let the account that Accede runs as write there, or name another"
        " folder as backup_folder."
    ),
    "correct_backup_recipients": "Correct ACCEDE_BACKUP_RECIPIENTS: without it no backup can be made.",
    "backups_on_the_same_disk": (
        "They lie on the disk of what they are of (%(folder)s): name a folder elsewhere as backup_folder, or copy them."
    ),
    "triggers_in_place": "Its triggers stand.",
    "triggers_gone": "Triggers that are gone or were changed: %(triggers)s.",
    "database_was_changed": (
        "Somebody has changed the database by hand: run `accede verify`, keep the file, put back a copy."
    ),
    "lease_not_believed": "It lasts until %(hour)s, longer than it can: a clock was wrong.",
    "lease_silent": "Silent since %(hour)s.",
    "hour_by_the_real_clock": "%(hour)s by the real clock",  # in a training record, whose own stands on another day
    "lease_at_work": "Held by a run at work.",
    "sweep_is_shared": (
        "Shared by several runs, for %(day)s. Parts: %(parts)s, done: %(done)s, in hand: %(in_hand)s, fallen silent:"
        " %(silent)s."
    ),
    "parts_are_in_hand": "At work: %(runs)s.",
    "parts_fell_silent": "Silent: %(runs)s.",
    "part_of_a_run": "run %(run)s on part %(part)s, last sign of life %(seconds)s s ago",
    "lease_is_taken_over": "The next run takes it over; nothing is lost.",
    "dossiers_not_treated": "%(number)s dossiers could not be treated; each is tried again with every sweep.",
    "agenda_names_them": "See `accede agenda`, which names them.",
    "one_after_another": "%(before)s %(after)s",
    "more_reasons": "Reasons besides: %(number)s.",
    "deal_with_it": (
        "See to it, then say what came of it: `accede follow-up close %(follow_up)s --outcome TEXT`, or on the desk."
    ),
    "see_to_the_inbox": "See to it in %(folder)s, or take it away.",
    "files_wait": "%(count)s files wait in %(inbox)s.",
    "inbox_not_made": "%(inbox)s is made when the flow “intake” first runs.",
}
_LETTERS = {
    "letters_to_carry": "%(waiting)s waiting, %(again)s to try again.",
    "letters_to_carry_late": "%(waiting)s waiting, %(again)s to try again; the oldest was due %(hour)s.",
    "letters_to_carry_some_later": "%(waiting)s waiting, %(again)s to try again, %(ahead)s wait for their day.",
    "letters_to_carry_late_some_later": (
        "%(waiting)s waiting, %(again)s to try again, %(ahead)s wait for their day; the oldest was due %(hour)s."
    ),
    "post_by_hand": "Run `accede post`, and see why no flow did it (`accede up`).",
    "clock_lets_them_go": "Run `accede clock %(day)s`, which lets those of that day go.",
    "letters_undelivered": "%(dead)s dead, %(held)s held.",
    "letters_say_why": "See `accede letters`, which says why; then --retry or --give-up.",
}
_PEOPLE = {
    "nobody_is": "Nobody is %(vacant)s.",
    "role_of_a_region": "%(role)s of %(region)s",
    "everybody_appointed": "Every region has its coordinator and champion.",
    "appoint_somebody": "Run `accede mandate add`, then `accede people hold`.",
    "somebody_can_sign_in": "Somebody of the Secretariat can sign in.",
    "nobody_can_sign_in": "Nobody of the Secretariat can sign in.",
    "make_a_link": "Run `accede people link`, which prints the first link; `accede people link PERSON` makes another.",
}
_HOME = {
    "disk_free": "%(free)s MB free.",
    "free_some_space": "Free some space; a record that cannot grow refuses every change.",
    "home_open_to_others": "Others on this machine can look into %(home)s.",
    "home_closed": "%(home)s, closed to others.",
    "folder_not_writable": "%(folder)s cannot be written; a file that comes with a fact is refused.",
    "let_the_account_write_folders": "Let the account that Accede runs as write to %(folder)s and all folders in it.",
}
_WAYS_OUT = {
    "it_answers": "%(where)s answers.",
    "it_is_wrong": "%(where)s: %(wrong)s",
    "no_answer_in_time": "No answer within %(seconds)s seconds; perhaps its name is not found.",
    "doctor_waits_longer": "Run `accede doctor`, which waits longer; then see to the network or the name.",
    "letters_are_held": "No mail server is configured; letters are held.",
    "set_a_mail_server": "Set ACCEDE_SMTP_HOST and ACCEDE_MAIL_FROM, then run `accede letters --retry ID`.",
    "correct_the_mail_server": "Correct ACCEDE_SMTP_HOST, _PORT, _SECURITY, or ask whoever runs the server.",
    "letters_stay_on_this_machine": "a training record sends letters to this machine alone.",
    "does_not_answer": "it does not answer (%(why)s).",
    "no_starttls": "it offers no STARTTLS.",
    "rooms_served": "Letters go to rooms of %(served)s.",
    "correct_the_offices": "Correct [offices] in accede.toml.",
    "links_to_this_machine": "Letters link to %(url)s, which is this machine alone.",
    "links_in_clear": "Letters link to %(url)s, which travels in clear.",
    "links_answer": "Letters link to the desk at %(url)s, which answers.",
    "links_do_not_answer": "Letters link to the desk at %(url)s, which does not answer.",
    "links_lead_elsewhere": "Letters link to %(url)s, where something else answers than the desk.",
    "links_to_no_desk_of_ours": "No desk of this record runs on this machine now. Links lead to %(url)s all the same.",
    "correct_the_base_url": "Correct ACCEDE_BASE_URL, or let the proxy at that name pass everything on to the desk.",
    "set_the_base_url": "Set ACCEDE_BASE_URL, such as https://accede.example.org.",
    "start_or_correct_the_desk": "Run `accede up`; or correct ACCEDE_BASE_URL, if the desk is elsewhere.",
}
_PREFECT = {
    "prefect_answers": "%(url)s answers, and asks for a password.",
    "prefect_without_password": (
        "%(url)s has no password: whoever reaches it can start programs as the account of its worker."
    ),
    "set_a_prefect_password": (
        "Run `accede up`, which sets one; on a server of your own set PREFECT_SERVER_API_AUTH_STRING."
    ),
    "not_started_here": "Not started from this home.",
    "start_or_deploy": (
        "Run `accede up`; or `prefect deploy --all` on a server of your own, and set ACCEDE_PREFECT_URL."
    ),
    "prefect_does_not_answer": "%(where)s does not answer; nothing runs by itself.",
    "start_that_prefect": "Start Prefect's server there, or correct ACCEDE_PREFECT_URL.",
    "prefect_busy": "Prefect is busy and has not answered within %(seconds)s seconds; look again in a moment.",
    "prefect_busy_there": (
        "Prefect at %(where)s is busy and has not answered within %(seconds)s seconds; look again in a moment."
    ),
}
SENTENCES = _RECORD | _RUNS | _LETTERS | _PEOPLE | _HOME | _WAYS_OUT | _PREFECT
