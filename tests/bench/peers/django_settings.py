"""What Django is told before anything of viewflow is imported."""

from __future__ import annotations

from typing import Any

import django
from django.conf import settings
from sqlalchemy.engine import make_url

_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "viewflow",
    "viewflow.workflow",
    "tests.bench.peers",
]
_SQLITE = {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000"}


def begin(url: str) -> None:
    """Set Django up for a database."""
    address = make_url(url)
    if address.drivername == "sqlite":
        database: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": _SQLITE}
    else:
        at = {"HOST": address.query["host"], "PORT": address.query["port"], "USER": address.username}
        database = {"ENGINE": "django.db.backends.postgresql", **at}
    settings.configure(
        INSTALLED_APPS=_APPS,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {"NAME": address.database, **database}},
    )
    django.setup()
