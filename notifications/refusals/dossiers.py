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
SENTENCES = _PROPOSALS | {
    "no_dossier": "There is no dossier of %(state)s for this treaty.",
    "no_such_fact_here": "There is no fact %(fact)s on this State's file; `accede dossier` lists their numbers.",
    "no_such_kind": "“%(kind)s” is no kind of fact of this treaty. Known: %(known)s.",
    "no_such_request": "There is no such request.",
    "step_in_the_future": "%(day)s lies in the future; a step is dated when it was taken.",
    "fact_of_somebody_else": "Fact %(fact)s was filed by somebody else; the Secretariat can take it back.",
    "filed_already": "You have filed this already; it is on file once.",
    "reference_not_a_line": "The reference of the source is one line of at most %(most)s characters.",
    "depositary_act_is_public": "A depositary act is public; it cannot be held more closely.",
    "held_more_closely": "%(title)s is held as %(level)s; to tell others, release it.",
    "act_on_file_already": ("%(title)s of %(day)s is on file already. If the depositary differs, take in its table."),
    "text_too_long": "A %(what)s has at most %(most)s characters; attach a file instead.",
    "text_is_no_text": "A %(what)s holds characters that are no text; write it in UTF-8.",
}
