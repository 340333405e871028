"""Cookies: what the desk calls its own, so that a browser tells its desks apart."""

from __future__ import annotations

from urllib.parse import urlsplit

from casework.core.settings import Settings

COOKIE = "accede"
_USUAL_PORT = 8300


def cookie_of(settings: Settings) -> str:
    """Return what the cookie is called.

    Over TLS so that no other name can have set it; else so that desks on several ports of one machine, which browsers
    do not tell apart, keep their visitors.
    """
    base = urlsplit(settings.base_url)
    if base.scheme == "https":
        return f"__Host-{COOKIE}"
    return COOKIE if base.port in (None, _USUAL_PORT) else f"{COOKIE}-{base.port}"


def is_secure(settings: Settings) -> bool:
    """Tell whether the desk's cookies go over TLS alone."""
    return settings.base_url.startswith("https:")
