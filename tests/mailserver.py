"""A real SMTP server on loopback for the tests: it keeps what it receives and answers as it is told.

A pytest plugin, loaded by tests/conftest.py. Answers are given per recipient or to all, and may change between letters.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import Enum
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
_LOOKS = 0.05  # seconds between looks whether another answer was given


class Answer(Enum):
    """What a recipient's server does with a letter."""

    ACCEPT = "250 taken"
    LATER = "450 mailbox busy, try again later"
    REFUSE = "550 no such mailbox here"
    QUOTE = "550 the letter is refused, and its words are quoted"
    CLOSE = "the connection ends before the letter is taken"
    CLOSE_AFTER = "the letter is taken, and the connection ends before that is said"
    HANG = "no answer at all, until another is given"
    GREYLIST = "450 not known here yet, try again later"  # an address that is met for the first time


@dataclass(frozen=True, kw_only=True)
class Received:
    """One letter as it came."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def text(self) -> str:
        """The plain text of the letter, decoded."""
        body = self.message.get_body(("plain",))
        return "" if body is None else str(body.get_content()).replace("\r\n", "\n")


@dataclass(kw_only=True)
class MailServer:
    """What the tests see of the server. Answers default to `otherwise`, and pauses, in seconds, to none.

    `unsaid` are the letters that were taken without its being said, `visits` how often somebody came; `is_shut`:
    whoever comes is sent away at the door.
    """

    host: str = HOST
    port: int = 0
    messages: list[Received] = field(default_factory=list)
    unsaid: list[Received] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    otherwise: Answer = Answer.ACCEPT
    is_shut: bool = False
    visits: int = 0
    known: set[str] = field(default_factory=set)
    before_address: float = 0.0
    before_taken: float = 0.0

    def to(self, address: str) -> list[Received]:
        """Return the letters that one address received, oldest first."""
        return [letter for letter in self.messages if address in letter.recipients]

    def answer(self, address: str) -> Answer:
        """Return what is done with a letter to an address."""
        return self.answers.get(address, self.otherwise)


@contextmanager
def serving() -> Iterator[MailServer]:
    """Serve on a free port until the block ends, whatever hangs."""
    mail, loop = MailServer(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="mail server of the tests", daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(_listen(mail), loop).result()
    mail.port = server.sockets[0].getsockname()[1]
    try:
        yield mail
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """Give a mail server of the test's own."""
    with serving() as mail:
        yield mail


async def _listen(mail: MailServer) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: _Door(mail, hostname="mail.test", loop=loop), HOST, 0)


async def _close(server: asyncio.Server) -> None:
    server.close()
    running = asyncio.all_tasks() - {asyncio.current_task()}
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


class _Door(SMTP):
    def __init__(self, mail: MailServer, **said: Any) -> None:
        super().__init__(_Desk(mail), **said)
        self._mail = mail

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._mail.visits += 1
        if self._mail.is_shut:
            _hang_up(self)


class _Desk:
    """The hooks that aiosmtpd calls; their names and arguments are its."""

    def __init__(self, mail: MailServer) -> None:
        self._mail = mail

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(self._mail.before_address)
        answer = self._answer(address)
        while answer is Answer.HANG:
            await asyncio.sleep(_LOOKS)
            answer = self._answer(address)
        if answer is Answer.CLOSE:
            _hang_up(server)
        is_new = address not in self._mail.known
        self._mail.known.add(address)
        if answer in {Answer.LATER, Answer.REFUSE} or (answer is Answer.GREYLIST and is_new):
            return str(answer.value)
        envelope.rcpt_tos.append(address)
        return str(Answer.ACCEPT.value)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self._mail.before_taken)
        content: Any = envelope.content
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        recipients = tuple(envelope.rcpt_tos)
        received = Received(sender=envelope.mail_from or "", recipients=recipients, message=message)
        self._mail.messages.append(received)
        if Answer.CLOSE_AFTER in map(self._answer, recipients):
            self._mail.unsaid.append(received)
            _hang_up(server)
        if Answer.QUOTE in map(self._answer, recipients):
            return f"550 blocked for {received.text.split()[-1].rpartition('/')[2]}"
        return str(Answer.ACCEPT.value)

    def _answer(self, address: str) -> Answer:
        return self._mail.answer(address)


def _hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()
