"""What is refused around a dossier: facts filed, steps taken or asked for, files handed out."""

from __future__ import annotations

_PROPOSALS = {
    "say_why_declined": "Say why, in one line; the State's contact reads it.",
    "not_proposed_here": "This is not proposed here; write to the Secretariat.",
    "proposal_held": "What you propose is held as %(level)s; ask the Secretariat to hold it more closely.",
    "proposal_of_the_government": "Say whether it is told by note verbale or otherwise by the government.",
    "proposal_undoes_nothing": "A proposal undoes nothing; say in a note what is no longer right.",
    "proposals_wait": "%(waiting)s proposals of %(state)s wait already; let the Secretariat decide some first.",
}
_DECISIONS = {
    "accepted_already": "Proposal %(proposal)s was accepted already.",
    "decided_meanwhile": "Somebody else has just decided proposal %(proposal)s.",
    "declined_already": "Proposal %(proposal)s was declined already.",
    "no_such_proposal": "There is no proposal %(proposal)s.",
    "proposed_file_is_gone": (
        "The file that came with this proposal is no longer there; decline it and ask for it anew."
    ),
}
_NAMES = {
    "name_ends_before_it_begins": "A name cannot end on %(last)s, before it begins on %(first)s.",
    "name_of_a_region": "“%(name)s” is the name of a region, not of a State.",
    "name_of_several_scripts": (
        "A name is written in the letters of one script; these are of another than the rest, even where they look"
        " alike: %(letters)s."
    ),
    "name_of_too_few_letters": "The name of a State has at least two letters.",
    "name_of_another_state": "“%(name)s” is a name of %(state)s; one name cannot stand for two States.",
    "name_holds_anothers": "“%(name)s” holds the name of %(states)s; one name cannot stand for two States.",
    "name_is_a_word_of_ours": "“%(name)s” is a word of the desk for a stage, a role or a source, and names no State.",
    "name_within_anothers": "“%(name)s” is a part of what %(states)s is called; one name cannot stand for two States.",
    "name_of_the_program": "Names known from this source come with the program alone; name another source.",
    "say_from_when_it_is_called_so": "Say the first day of this name.",
    "no_such_name": "No such name was added to this State here.",
}
_RELEASES = {
    "assessment_not_for_the_contact": (
        "%(title)s is an assessment of %(state)s; nobody who holds a mandate of %(state)s is shown it."
    ),
    "assessment_not_for_the_state": "An assessment of %(state)s is not released to %(state)s.",
    "bookkeeping_not_released": (
        "%(title)s: the ledger's own book-keeping is not released; release the facts it speaks of."
    ),
    "consent_wanted": (
        "%(state)s told us this; give the reference of its consent, such as a note verbale and its date."
    ),
    "no_longer_counts": "%(title)s of %(day)s no longer counts; release what has taken its place.",
    "not_a_release": "Only a release is taken back here; a fact filed by mistake needs a correction.",
    "personal_not_for_a_state": "What is personal is released to a person, never to a State as a whole.",
    "public_already": "%(title)s of %(day)s is public; everybody may read it already.",
    "release_consent_not_a_line": "The reference of the consent is one line of at most %(most)s characters.",
    "release_names_nobody": "Say to whom it is released: a person who holds a mandate, or the State itself.",
    "released_to_another_state": (
        "A fact about %(state)s is released to %(state)s itself or to a person; of another State, name the person."
    ),
    "released_without_a_mandate": "Nothing is released to somebody without a mandate.",
    "secretariat_reads_already": (
        "The Secretariat reads it already; a release to one of its people would outlast their mandate."
    ),
    "told_by_the_state_itself": "%(state)s told us this itself and reads it already.",
}
_FILES = {
    "file_of_a_fact_altered": (
        "The file that came with this fact is not what was filed, so it is not handed out. Tell whoever looks after"
        " this installation: `accede verify` names it."
    ),
    "file_of_a_fact_purged": (
        "What stood beside this fact was deleted for good; the record keeps only that it was there."
    ),
    "file_of_a_proposal_altered": (
        "The file that came with this proposal is not what was sent, so it is not handed out. It has to be sent anew."
    ),
    "no_file_with_this_fact": "There is no file with this fact.",
    "no_file_with_this_proposal": "There is no file with this proposal.",
}
_ON_FILE = {
    "no_dossier": "There is no dossier of %(state)s for this treaty.",
    "no_such_fact_here": "There is no fact %(fact)s on this State's file; `accede dossier` lists their numbers.",
    "no_such_fact": "There is no such fact on file.",
    "no_such_fact_of_the_state": "There is no such fact on the file of %(state)s.",
    "not_in_contradiction": "Fact %(fact)s of %(state)s is not part of an open contradiction.",
    "nothing_to_purge": "Fact %(fact)s has no note or attachment; there is nothing to purge.",
    "purging_needs_a_reason": "Purging needs a reason; it cannot be undone.",
    "settling_needs_a_reason": "Settling needs a reason; the next person will want to know why.",
    "no_such_kind": "“%(kind)s” is no kind of fact of this treaty. Known: %(known)s.",
    "no_such_request": "There is no such request.",
    "step_in_the_future": "%(day)s lies in the future; a step is dated when it was taken.",
    "fact_of_somebody_else": "Fact %(fact)s was filed by somebody else; the Secretariat can take it back.",
    "filed_already": "You have filed this already; it is on file once.",
    "reference_not_a_line": "The reference of the source is one line of at most %(most)s characters.",
    "depositary_act_is_public": "A depositary act is public; it cannot be held more closely.",
    "held_more_closely": "%(title)s is held as %(level)s at least, whoever says so.",
    "told_in_confidence": (
        "%(title)s: what the State told is held as %(level)s until the State says who may know it; then release it."
    ),
    "not_for_states_parties": "%(title)s is not what every State Party is owed; held as %(answers)s.",
    "act_on_file_already": ("%(title)s of %(day)s is on file already. If the depositary differs, take in its table."),
    "text_too_long": "A %(what)s has at most %(most)s characters; attach a file instead.",
    "text_is_no_text": "A %(what)s holds characters that are no text; write it in UTF-8.",
}
SENTENCES = _PROPOSALS | _DECISIONS | _NAMES | _RELEASES | _FILES | _ON_FILE
