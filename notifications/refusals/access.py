"""What is refused at the door: links, passwords, and trying too often."""

from __future__ import annotations

_PASSWORDS = {
    "current_password_wrong": (
        "The current password is not right. You can also sign in by a link, and choose a new one then."
    ),
    "password_changed_elsewhere": "Your password was changed elsewhere just now. Nothing was changed here.",
    "password_of_this_length": (
        "A password has at least %(shortest)s and at most %(longest)s characters; several words are a good one."
    ),
    "password_too_plain": "This password is made of very few different characters; choose several words.",
    "passwords_differ": "The new password was not written the same way twice.",
}
SENTENCES = _PASSWORDS | {
    "address_wanted": "Write your e-mail address, such as desk@mission.example.",
    "invited_without_mandate": "%(name)s holds no mandate today and could not sign in. Give a mandate first.",
    "link_of_an_administrator": "Only an administrator hands over a link for an administrator.",
    "link_over": "This link was used before, or is too old. Ask for a new one.",
    "many_sign_in": "Many are signing in just now. Try again in a minute.",
    "not_let_in": "This address and this password do not let you in. Try again, or ask for a link by letter.",
    "too_many_tries": "That was tried %(most)s times within a minute. Try again from %(hour)s on.",
}
