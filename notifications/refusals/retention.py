"""What is refused and told of what is kept about persons, and for how long."""

from __future__ import annotations

SENTENCES = {
    "kept_about_others": "What is kept about somebody is told to that person, or to an administrator.",
}
