"""What is refused and told of what is kept about persons, and for how long."""

from __future__ import annotations

SENTENCES = {
    "erasing_for_an_administrator": "What is kept about persons is erased by an administrator.",
    "not_proposed": "“%(key)s” is not among what is proposed; `accede retention list` shows that.",
    "say_that_erasing_is_meant": "Nothing is erased before you tick that it is meant.",
    "kept_too_long": "proposed to be erased by the rules of retention: %(number)s",
    "kept_as_long_as_the_rule_says": "It was kept as long as the rule of retention says.",
    "kept_about_others": "What is kept about somebody is told to that person, or to an administrator.",
}
