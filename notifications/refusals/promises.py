"""What is refused of a promise and of what became of it."""

from __future__ import annotations

SENTENCES = {
    "no_such_promise": "%(fact)s is no promise of this State that is on file.",
    "only_a_renewal_has_a_day": "A day or a condition is named only where the promise was renewed.",
    "outcome_held_otherwise": "By its source, what became of the promise is held as %(levels)s.",
    "promise_is_over": (
        "The promise stands as %(standing)s already. If that was said by mistake, take it back first; it is a fact like"
        " every other."
    ),
    "say_since_when": "Say since when it is so: a day, a month or a year.",
    "say_what_became_of_it": "Say whether the promise was kept, was renewed or has lapsed.",
    "settled_before_it_was_made": "The promise was made on %(made)s; nothing can have become of it on %(day)s.",
}
