"""Channels: the ways on which letters are carried: mail, webhooks.

The only file that imports Apprise, and only when a letter leaves. One fresh Apprise object per letter and
recipient: a reused one waits 5.5 seconds between mails, and with several recipients a retry would repeat to
the good ones. Apprise writes mail and we hand it over, so that its server answers us; of a room Apprise answers
with one bool, and what the server said is overheard.
"""

from __future__ import annotations

import logging
import smtplib
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_string
from functools import partial
from typing import Any, Protocol

from notifications import proxies, replies
from notifications.addresses import as_on_file, is_address
from notifications.carried import Carried, NoChannel, Rejected, Sent, TryAgain
from notifications.hosts import Forbidden, Hosts, NetworkReach, NotResolved, is_loopback, system_resolve
from notifications.letters import Message
from notifications.mail_lines import Authorities, line_to
from notifications.offices import Office
from notifications.turns import Turn, at_once
from notifications.wires import MailServer
from pathways.grammar.refusals import remark

NO_MAIL_SERVER = "no_mail_server"


@dataclass(frozen=True, kw_only=True, slots=True)
class OutgoingLetter:
    """A letter ready to leave: its random id, its text, and a mail address where the channel needs one.

    `secrets` stand in its text and nowhere else, whatever a server says of them.
    """

    id: str
    message: Message
    to: str = ""
    secrets: tuple[str, ...] = ()

    def addressed(self, to: str) -> OutgoingLetter:
        """Return the letter with a mail address on it."""
        return replace(self, to=to)


class Channel(Protocol):
    """A way to carry a letter. What became of the try is told, never raised."""

    def carry(self, letter: OutgoingLetter, turn: Turn = at_once) -> Carried:
        """Try once, now; take the turn before the letter may be received. LetGo when there is none any more."""


@dataclass(frozen=True, kw_only=True)
class MailChannel:
    """E-mail to a person, through the operator's mail server; in a training record, on this machine alone."""

    server: MailServer
    training: bool = False
    hosts: Hosts = field(default_factory=lambda: Hosts(system_resolve))
    authorities: Authorities = field(default_factory=Authorities)

    def carry(self, letter: OutgoingLetter, turn: Turn = at_once) -> Carried:
        """Mail a letter."""
        to = as_on_file(letter.to.strip())
        if not is_address(to):
            return Rejected(remark("address_not_taken", address=letter.to))
        in_clear = self.server.security == "none"
        reach = NetworkReach.LOOPBACK if self.training or in_clear else NetworkReach.ANY
        if (barred := _barred(self.hosts, self.server.host, reach)) is not None:
            return barred
        delivery = _Delivery(letter=letter.id, to=to, line=partial(line_to, self.server, self.authorities, turn))
        secrets = self.server.secrets
        carried = _notify(self.server.url(to=to, letter=letter.id), letter, secrets, delivery.replace_in)
        if delivery.wrong is None:
            return carried
        if not isinstance(delivery.wrong, (OSError, smtplib.SMTPException, UnicodeError)):
            raise delivery.wrong
        return replies.from_exception(delivery.wrong, (*secrets, *letter.secrets))


@dataclass(frozen=True, kw_only=True)
class OfficeChannel:
    """A room of an office: Mattermost, Slack, Teams, ntfy, or a program that takes JSON."""

    office: Office
    training: bool = False
    hosts: Hosts = field(default_factory=lambda: Hosts(system_resolve))

    def carry(self, letter: OutgoingLetter, turn: Turn = at_once) -> Carried:
        """Post a letter."""
        office = self.office
        reach = NetworkReach.ANY if office.allow_private else NetworkReach.PUBLIC
        if not office.tls and not office.allow_private and not is_loopback(office.host, self.hosts.resolve):
            return Rejected(f"{office.host} would get the letter in clear; set tls = true for it.")
        reach = NetworkReach.LOOPBACK if self.training else reach
        if (barred := _barred(self.hosts, office.host, reach)) is not None:
            return barred
        if is_loopback(office.host, self.hosts.resolve):
            proxies.speak_directly_to(office.host)
        turn()  # of what Apprise says to a room, every word may be the one that is received
        return _notify(office.url(letter=letter.id), letter, office.secrets)


@dataclass(frozen=True, slots=True)
class NoMail:
    """No mail server is configured: letters are kept until one is."""

    def carry(self, letter: OutgoingLetter, turn: Turn = at_once) -> Carried:
        """Say so."""
        return NoChannel(remark("no_mail_server"), NO_MAIL_SERVER)


def _barred(hosts: Hosts, host: str, reach: NetworkReach) -> Carried | None:
    try:
        hosts.require(host, reach)
    except Forbidden as wrong:
        return Rejected(str(wrong))
    except NotResolved as wrong:
        return TryAgain(str(wrong))
    return None


class _Delivery:
    """Hands over the mail that Apprise wrote; its own way reads all authorities anew for every letter."""

    def __init__(self, *, letter: str, to: str, line: Callable[[], AbstractContextManager[smtplib.SMTP]]) -> None:
        self._letter, self._to, self._line = letter, to, line
        self._mail: Any = None
        self.wrong: Exception | None = None

    def replace_in(self, mail: Any) -> None:
        """Take the place of Apprise's own delivery."""
        mail.targets = [(False, self._to)]  # its reader takes an apostrophe for the end of a name, and writes elsewhere
        mail.send = self._send
        self._mail = mail

    def _send(self, *, title: str, body: str, **_: object) -> bool:
        try:
            with self._line() as line:
                line.sendmail(self._mail.from_addr[1], [self._to], self._written(title, body))
        except Exception as wrong:  # noqa: BLE001  # Apprise would take it for a no, and keep it to itself
            self.wrong = wrong
            return False
        return True

    def _written(self, title: str, body: str) -> str:
        mail = self._mail
        [written] = mail.prepare_emails(
            subject=title,
            body=body,
            notify_format=mail.notify_format,
            from_addr=mail.from_addr,
            to=mail.targets,
            headers=mail.headers,
            smtp_host=mail.smtp_host,
            tzinfo=mail.tzinfo,
        )
        message = message_from_string(written.body)
        # That of every try of one letter, so that mail programs show a repeat once; Apprise makes another each time.
        message.replace_header("Message-ID", f"<{self._letter}@{mail.from_addr[1].rpartition('@')[2]}>")
        return message.as_string()


def _notify(
    url: str,
    letter: OutgoingLetter,
    secrets: tuple[str, ...],
    fit: Callable[[Any], None] = lambda server: None,
) -> Carried:
    import apprise

    hidden = (*secrets, *letter.secrets, url)
    asset = apprise.AppriseAsset(app_id="Accede", app_desc="Accede", app_url="", timezone="UTC")
    with _overhearing() as heard:
        server: Any = apprise.Apprise.instantiate(url, asset=asset)
        if server is None:
            return TryAgain(replies.said(f"The channel cannot be used: {' '.join(heard.lines)}", hidden))
        fit(server)
        carrier = apprise.Apprise(asset=asset)
        carrier.add(server)
        if carrier.notify(
            title=letter.message.subject, body=letter.message.body_text, body_format=apprise.NotifyFormat.TEXT
        ):
            return Sent()
    if heard.wrong is not None:
        return replies.from_exception(heard.wrong, hidden)
    return replies.from_log(heard.lines, hidden)


class _Heard:
    """What Apprise said in this thread during one try."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.wrong: BaseException | None = None
        self.before = sys.exc_info()[1]


class _Ear(logging.Filter):
    """Hears Apprise's warnings, and with each the exception that Apprise is just handling.

    That exception carries the server's code and words whole, however Apprise words its log. Nothing of a try is
    passed on to other logs: these lines name addresses and tokens.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tries = threading.local()

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep a line for the try under way in this thread, away from every other log."""
        heard: _Heard | None = getattr(self.tries, "heard", None)
        if heard is None:
            return True
        if record.levelno >= logging.WARNING:
            heard.lines.append(record.getMessage())
        wrong = sys.exc_info()[1]
        if wrong is not None and wrong is not heard.before:
            heard.wrong = wrong
        return False


_ear = _Ear()


@contextmanager
def _overhearing() -> Iterator[_Heard]:
    logger = logging.getLogger("apprise")
    logger.addFilter(_ear)
    logger.disabled = False
    if not logger.isEnabledFor(logging.WARNING):
        logger.setLevel(logging.WARNING)
    _ear.tries.heard = heard = _Heard()
    try:
        yield heard
    finally:
        _ear.tries.heard = None
