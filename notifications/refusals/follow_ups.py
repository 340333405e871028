"""What is refused around a follow-up: put off, closed or taken over."""

from __future__ import annotations

_HANDED_OVER = {
    "no_outreach_by_a_coordinator": (
        "%(name)s is coordinator here, and a coordinator is not asked for active outreach. Name a champion or the"
        " Secretariat, or leave it to the coordinator to take it."
    ),
    "owned_by_another": (
        "%(owner)s has follow-up %(follow_up)s; its owner or the Secretariat can answer it or hand it over. What you"
        " know of it, say in a comment."
    ),
    "reaches_not_all": (
        "%(name)s holds no mandate today that reaches %(count)s of these follow-ups; name somebody else."
    ),
    "reaches_not_this_one": "%(name)s holds no mandate today that reaches this follow-up; name somebody else.",
    "reads_not_what_it_rests_on": (
        "%(name)s may not read everything that this follow-up rests on; name somebody else, or release it first."
    ),
    "say_who_takes_it": "Say who takes it: add --as PERSON.",
    "taken_for_somebody_else": "Only the Secretariat takes a follow-up for somebody else; hand it over instead.",
}
_OWN = {
    "held_so_is_no_follow_up": "Say who may know it: who accompanies the State, or the Secretariat alone.",
    "opened_for_a_day_to_come": "Name a day from %(today)s on, not %(day)s.",
    "opened_for_somebody_else": "Only the Secretariat opens a follow-up for somebody else; open it, then hand it over.",
    "say_what_is_to_be_done": "Say in one line what is to be done, such as “call the mission”.",
    "say_which_state": "Say which State it is about; what is about none is opened by the Secretariat.",
    "say_whose_it_is": "Say whose it is: add --owner PERSON, or --as PERSON for one of your own.",
    "waits_for_its_day": "It waits for %(day)s, and nobody is reminded of it before.",
}
_REOPENED = {
    "closed_by_another": "Whoever closed follow-up %(follow_up)s, or the Secretariat, can take that back.",
    "closed_by_what_happened": "No answer has closed follow-up %(follow_up)s; it stays closed.",
    "closed_too_long_ago": "The close could be taken back until %(day)s; open a follow-up of your own instead.",
    "open_again_already": "Follow-up %(follow_up)s is open already.",
    "overtaken_since_closed": "Follow-up %(follow_up)s stays closed: what it was about was settled otherwise since.",
}
_COMMENTS = {
    "no_words_to_delete": "Beside follow-up %(follow_up)s there are no such words to delete.",
    "say_something": "Write what you want to say, in one line.",
}
_HANDLED = {
    "asked_of_who_can_do_it": (
        "What follow-up %(follow_up)s asks is not yours to do, so it is answered by others. What you know of it, say in"
        " a comment."
    ),
    "closed_already": "%(who)s closed follow-up %(follow_up)s on %(day)s: %(outcome)s.",
    "closed_meanwhile": "Somebody else has just closed follow-up %(follow_up)s.",
    "no_such_follow_up": "There is no follow-up %(follow_up)s.",
    "no_such_follow_up_listed": "There is no follow-up %(follow_up)s; `accede follow-up list` shows them.",
    "outcome_wanted": "A follow-up is closed with its outcome: say what was done, or “not needed” and why.",
    "ready_closes_by_its_step": (
        "Everything is on file for a step, and stays so until it is taken: take the step, or let this rest with a"
        " reason until a day on which it is asked again."
    ),
    "rests_no_longer": "It can rest until %(latest)s at the latest, not until %(day)s.",
    "answer_not_saved": (
        "What you said of follow-up %(follow_up)s was not saved: nothing more could be written. Answer it again later."
    ),
    "rests_until_a_later_day": "It can rest until a day after %(today)s, not %(day)s.",
    "say_why_it_rests": "Say why it rests until then; the next person will want to know.",
    "taken_before_answered": (
        "Nothing is asked of you in follow-up %(follow_up)s: take it first, then answer it. What you know of it, you"
        " can also say in a comment."
    ),
    "tick_some": "Tick those that you mean.",
    "ticked_too_many": "At most %(most)s can be answered together.",
    "say_why_not_needed": "“Not needed” wants its reason, such as “not needed: the mission wrote on Friday”.",
}
SENTENCES = _HANDED_OVER | _HANDLED | _OWN | _REOPENED | _COMMENTS
