"""Offices: chat rooms in which an operator wants letters to arrive instead of by mail, as typed fields.

The kinds here are the allow-list. No URL is taken from anybody; what is unknown or out of place is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import ClassVar, get_type_hints

from notifications.hosts import Forbidden, require_name
from notifications.letters import LETTER_HEADER
from notifications.wires import PLAIN, credentials, part, place, query

#: A redirect would lead where nobody allowed: it is not followed.
_HTTP = PLAIN | {"redirect": "no", "rto": "15", "cto": "10"}


class BadChannel(ValueError):
    """An office's channel cannot be used as it is written; each line says one thing that is wrong."""


def _secret(default: str = "") -> str:
    return field(default=default, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """A room of an office.

    `serves` names the person or office on file whose letters go there instead of by mail.
    """

    scheme: ClassVar[str]
    serves: str
    host: str
    port: int = 443
    tls: bool = True  # without only on this machine, or with allow_private
    allow_private: bool = False

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return what no log may show: what is hidden from repr."""
        hidden = (getattr(self, known.name) for known in fields(self) if not known.repr)
        return tuple(filter(None, hidden))

    def url(self, *, letter: str) -> str:
        """Return the address of one letter."""
        scheme = self.scheme + ("s" if self.tls else "")
        where = f"{self._user()}{place(self.host, self.port)}/{self._path()}"
        return f"{scheme}://{where}?{query(self._asked(letter))}"

    def _user(self) -> str:
        return ""

    def _path(self) -> str:
        return ""

    def _asked(self, letter: str) -> dict[str, str]:
        return dict(_HTTP)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mattermost(Office):
    """An incoming webhook of a Mattermost server."""

    scheme = "mmost"
    token: str = field(repr=False)
    channel: str = ""

    def _path(self) -> str:
        return part(self.token)

    def _asked(self, letter: str) -> dict[str, str]:
        return _HTTP | {"image": "no"} | ({"channel": self.channel} if self.channel else {})


@dataclass(frozen=True, kw_only=True, slots=True)
class Slack(Office):
    """An incoming webhook of Slack; `token` is the three parts after /services/, with their slashes."""

    scheme = "slack"
    host: str = "hooks.slack.com"
    token: str = field(repr=False)

    def url(self, *, letter: str) -> str:
        """Return the address of one letter; its host is Slack's own."""
        parts = "/".join(part(text) for text in self.token.strip("/").split("/"))
        return f"slack://{parts}/?{query(_HTTP | {'image': 'no', 'footer': 'no', 'mode': 'hook'})}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Teams(Office):
    """A workflow of Microsoft Teams that posts what a webhook brings."""

    scheme = "workflow"
    workflow: str = field(repr=False)
    signature: str = field(repr=False)

    def _path(self) -> str:
        return f"{part(self.workflow)}/{part(self.signature)}/"

    def _asked(self, letter: str) -> dict[str, str]:
        return _HTTP | {"image": "no"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Ntfy(Office):
    """A topic of an ntfy server."""

    scheme = "ntfy"
    topic: str = field(repr=False)  # who knows a topic reads it
    token: str = _secret()

    def _user(self) -> str:
        return f"{part(self.token)}@" if self.token else ""

    def _path(self) -> str:
        return part(self.topic)

    def _asked(self, letter: str) -> dict[str, str]:
        return _HTTP | {"image": "no", "mode": "private"} | ({"auth": "token"} if self.token else {})


@dataclass(frozen=True, kw_only=True, slots=True)
class Webhook(Office):
    """A program of the operator's that takes JSON: version, title, message, type."""

    scheme = "json"
    path: str = ""
    user: str = _secret()
    password: str = _secret()

    def _user(self) -> str:
        return credentials(self.user, self.password)

    def _path(self) -> str:
        return "/".join(part(text) for text in self.path.strip("/").split("/"))

    def _asked(self, letter: str) -> dict[str, str]:
        return _HTTP | {f"+{LETTER_HEADER}": letter}


#: The allow-list: what is not here is no channel.
KINDS: Mapping[str, type[Office]] = {
    "mattermost": Mattermost,
    "slack": Slack,
    "teams": Teams,
    "ntfy": Ntfy,
    "webhook": Webhook,
}


def office(name: str, given: Mapping[str, object]) -> Office:
    """Read an office's channel as the operator wrote it; BadChannel lists every fault at once."""
    kind = KINDS.get(str(given.get("kind")))
    if kind is None:
        raise BadChannel(f"offices.{name}: kind is one of {', '.join(KINDS)}, not “{given.get('kind', '')}”.")
    values = {key: value for key, value in given.items() if key != "kind"}
    faults = [f"offices.{name}: {fault}" for fault in _faults(kind, values)]
    if faults:
        raise BadChannel("\n".join(faults))
    return kind(**values)  # type: ignore[arg-type]  # _faults has compared every type


def _faults(kind: type[Office], values: Mapping[str, object]) -> list[str]:
    known = {known.name: known for known in fields(kind)}
    hints = get_type_hints(kind)
    strange = sorted(values.keys() - known.keys())
    faults = [f"“{name}” is no field of it; its fields: {', '.join(known)}." for name in strange]
    faults += [f"{n} is missing." for n, k in known.items() if k.default is MISSING and not values.get(n)]
    faults += [
        f"{name} is to be {hints[name].__name__}."
        for name, value in values.items()
        if name in known and type(value) is not hints[name]
    ]
    return faults or _closer_faults(kind, values)


def _closer_faults(kind: type[Office], values: Mapping[str, object]) -> list[str]:
    faults = []
    try:
        require_name(str(values.get("host", "localhost")))
    except Forbidden as wrong:
        faults.append(str(wrong))
    if not 0 < int(str(values.get("port", 443))) < 65536:
        faults.append("port is a number from 1 to 65535.")
    if kind is Teams and values.get("tls") is False:
        faults.append("Teams is reached only with TLS.")
    if kind is Slack and values.keys() & {"host", "port", "tls", "allow_private"}:
        faults.append("Slack's host is its own; give the token only.")
    if kind is Slack and len(str(values["token"]).strip("/").split("/")) != 3:
        faults.append("token is the three parts after /services/, as T…/B…/….")
    return faults
