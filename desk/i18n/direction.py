"""Direction: in lines that run from the right, what runs from the left is set apart, or its signs change sides.

A path there would end in the slash that it begins with, and an option in its two hyphens.
"""

from __future__ import annotations

import re
from dataclasses import replace

from markupsafe import Markup, escape

from notifications.refusals import Wording

_COMMAND = re.compile(r"`([^`]+)`")
#: An option or a path that stands in a sentence by itself: it begins with a sign.
_SIGN_FIRST = re.compile(r"(?<![\w<`/%)-])(--[a-z][a-z-]*|/[a-z][\w./-]*)(?![^<]*</code>)")


def set_apart(wording: Wording) -> Wording:
    """Return a wording whose sentences are markup: commands, options and what was typed each run their own way."""
    return replace(
        wording,
        text=lambda text: _marked(wording.text(text)),
        typed=lambda text: Markup("<bdi>{}</bdi>").format(text),  # filled in escaped
        comma=escape(wording.comma),
        either=escape(wording.either),
    )


def _marked(text: str) -> Markup:
    code = _COMMAND.sub(r'<code dir="ltr">\1</code>', str(escape(text)))
    return Markup(_SIGN_FIRST.sub(r'<bdi dir="ltr">\1</bdi>', code))  # escaped above
