"""What is refused and told around people: persons, their addresses, mandates given and ended, and who holds them."""

from __future__ import annotations

_PERSONS = {
    "administrator_names_another": "Only an administrator names another.",
    "vouched_at_an_administrators": "Only an administrator vouches for somebody at an administrator's address.",
    "no_code_of_a_language": "“%(code)s” is no code of a language; write two or three letters, such as en or fr.",
    "choose_a_language": "Choose one of %(languages)s.",
    "person_on_file_already": "%(name)s is on file at this address already: person %(person)s, in “%(code)s”.",
}
_ADDRESSES = {
    "address_of_an_administrator": "Only an administrator gives an administrator another address.",
    "letters_of_an_administrator": "Only an administrator notes that letters to an administrator come back.",
    "no_such_address": "No address on file has the number %(channel)s.",
    "say_why_letters_come_back": "Say why letters come back, in one line.",
}
_APPOINTMENTS = {
    "term_ends_before_it_begins": "The term cannot end on %(last)s, before it begins on %(first)s.",
    "consent_not_a_line": "The reference of a note verbale is one line of at most %(most)s characters.",
    "no_such_role": "“%(role)s” is no role; choose from %(roles)s.",
    "choose_a_state": "Choose a State.",
    "is_no_state": "%(name)s is no State.",
    "role_of_a_state": "A %(role)s is a State. %(why)s",
    "region_or_states": "Give a region or listed States, not both.",
    "say_region_or_states": "A %(role)s serves a region or listed States; say which.",
    "no_such_scheme": "“%(scheme)s” is no way to group States; choose from %(schemes)s.",
    "role_of_its_own_state": "A %(role)s serves its own State; leave out the region and the States.",
    "role_of_no_state": "A %(role)s serves no State; leave out the region and the States.",
    "role_of_every_state": "A %(role)s serves every State; leave out the region and the States.",
    "no_region_here": (
        "“%(region)s” is no region of this record. Its regions: %(regions)s; the regional groups of the United"
        " Nations: %(groups)s."
    ),
}
_CHAMPIONS = {
    "champion_without_consent": ("A champion serves by its own consent: give the reference of its note verbale."),
    "coordinator_is_no_champion": "%(name)s is coordinator, and that alone never makes it champion.",
    "champion_not_on_file": "A champion is a State Party; %(name)s is not on file on %(day)s.",
    "champion_no_party": "A champion is a State Party; %(name)s is %(status)s on %(day)s.",
    "champion_of_another_region": "A champion serves its own region: %(name)s is of %(own)s, not of %(region)s.",
    "champion_of_no_region": "A champion serves its own region: %(name)s is in none, not of %(region)s.",
    "champion_of_strangers": "A champion serves its own region: %(name)s is of %(own)s, and %(states)s not.",
    "champion_of_no_region_of_strangers": (
        "A champion serves its own region: %(name)s is in none, and %(states)s not."
    ),
}
_MANDATES = {
    "no_such_mandate": "There is no mandate %(mandate)s.",
    "no_such_mandate_listed": "There is no mandate %(mandate)s; `accede mandate list` shows them.",
    "mandate_ends_before_it_begins": "This mandate begins on %(first)s; it cannot end before, on %(day)s.",
    "mandate_beyond_the_calendar": "The calendar we keep runs to %(last)s; no mandate ends after it, on %(day)s.",
    "mandate_ends_by_itself": "Its term ends on %(last)s by itself; ending it on %(day)s would change nothing.",
    "mandate_ended_already": "This mandate was ended on %(day)s.",
    "still_owns_one": (
        "%(name)s still owns 1 open follow-up. Let that person lay the mandate down first, naming who takes over."
    ),
    "still_owns_several": (
        "%(name)s still owns %(count)s open follow-ups. Let that person lay the mandate down first, naming who takes"
        " over."
    ),
}
_HOLDS = {
    "administrator_takes_up": "Only an administrator lets an administrator serve the Secretariat.",
    "hold_of_an_administrator": "Only an administrator ends what an administrator holds.",
    "no_such_hold": "There is no hold %(hold)s.",
    "held_already": "%(name)s holds this mandate from %(day)s already.",
    "held_until_before_from": "It cannot be held until %(last)s, before it is taken up on %(first)s.",
    "held_before_the_mandate": "The mandate begins on %(begins)s; nobody holds it from %(first)s.",
    "held_beyond_the_term": "The mandate's term ends on %(last)s.",
    "held_beyond_the_end": "The mandate was ended on %(day)s.",
    "not_held_on": "%(name)s does not hold mandate %(mandate)s on %(day)s.",
    "hold_ends_before_it_begins": ("%(name)s holds this mandate from %(first)s; it cannot end before, on %(day)s."),
}
_LEAVING = {
    "hands_over_to_oneself": "Somebody else has to take over; name another person.",
    "one_hangs_on_it": (
        "%(name)s cannot lay this mandate down while one open follow-up hangs on it: name who takes over."
    ),
    "several_hang_on_it": (
        "%(name)s cannot lay this mandate down while %(count)s open follow-ups hang on it: name who takes over."
    ),
    "heir_wanted": "Say who takes over: %(about)s.",
    "heir_leaves_too": "Somebody else has to take over: %(about)s.",
    "about_a_state": "%(state)s, follow-up %(follow_up)s",
    "about_no_state": "follow-up %(follow_up)s",
}
#: What is told of what was done, and refuses nothing.
_REMARKS = {
    "mandate_on_file_already": "This mandate is on file already.",
    "mandate_ended_so_already": "This mandate was ended on %(day)s already.",
    "coordinator_without_a_last_day": "No last day is given; a coordinator serves for the term of the Bureau.",
    "coordinator_of_another_region": "%(name)s is not of %(region)s; Vice-Presidents coordinate in their own region.",
    "led_until_now": ("%(before)s led this mandate until now; %(now)s leads it from here on and is written to first."),
    "holds_it_so_already": "%(name)s holds this mandate so already.",
    "leads_it_now": "%(name)s leads this mandate now.",
    "takes_over_one": "%(name)s takes over one open follow-up.",
    "takes_over_several": "%(name)s takes over %(count)s open follow-ups.",
}
SENTENCES = _PERSONS | _ADDRESSES | _APPOINTMENTS | _CHAMPIONS | _MANDATES | _HOLDS | _LEAVING | _REMARKS
