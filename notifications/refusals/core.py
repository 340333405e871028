"""What the workspace refuses: a right that somebody lacks, a person or a text that is none, a page out of date."""

from __future__ import annotations

_PERSONS = {
    "no_such_person": "Nobody on file has the number %(person)s.",
    "nobody_so_named": "Nobody on file is “%(name)s”; `accede people list` shows who is, with their numbers.",
    "several_persons": "“%(name)s” may be several persons (%(numbers)s); give the number.",
    "no_mandate_in_term": ("%(name)s holds no mandate for the %(treaty)s on %(day)s. The Secretariat can give one."),
}
_TEXTS = {
    "no_address": "“%(text)s” is not one e-mail address, such as desk@mission.example.",
    "no_region_of_that_name": "There is no region of that name in this record; its regions: %(regions)s.",
    "no_such_region": "“%(region)s” is no region of this record; its regions: %(regions)s.",
    "name_not_a_line": "A name is one line of at most %(most)s characters.",
    "name_shows_blank": (
        "This name shows nothing, or holds a character that looks like a space and is none. Type it anew."
    ),
    "line_turns_unseen": (
        "This text holds a character that is not seen and turns the direction of the writing. Type it anew."
    ),
    "no_line": "Write one line of at most %(most)s characters.",
}
_MEANWHILE = {
    "dossier_changed": (
        "This dossier was changed since you opened it. Look at it again, then repeat what you wanted to do."
    ),
    "dossier_changed_by": (
        "This dossier was changed since you opened it. On file since: %(facts)s. Look at it again, then repeat what you"
        " wanted to do."
    ),
    "title_of_a_day": "%(title)s of %(day)s",
    "taken_over": "“%(name)s” was taken over by another run; this one stops.",
    "under_way": "“%(name)s” is under way elsewhere and gives signs of life. Nothing was done; try again later.",
}
_RIGHTS = {
    "beyond_the_mandate": (
        "Your mandate does not allow this for %(state)s. The Secretariat can do it, or widen the mandate."
    ),
    "for_the_secretariat": "Only the Secretariat does this; it concerns every State at once.",
    "no_account": "Only a person who is signed in has an account.",
}
SENTENCES = _RIGHTS | _PERSONS | _TEXTS | _MEANWHILE
