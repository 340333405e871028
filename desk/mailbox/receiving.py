"""Receiving: an SMTP server on loopback that takes every letter and passes none on."""

from __future__ import annotations

import asyncio
import socket

from aiosmtpd.smtp import SMTP, Envelope, Session

from desk.mailbox.keeping import Box


async def receive(box: Box, listener: socket.socket) -> asyncio.Server:
    """Take letters into the box on a socket that listens already."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: SMTP(_Sink(box), hostname="mailbox.localhost", loop=loop), sock=listener)


class _Sink:
    """What aiosmtpd calls; the names and arguments are its."""

    def __init__(self, box: Box) -> None:
        self._box = box

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        try:
            number = self._box.put(content, tuple(envelope.rcpt_tos))
        except OSError as wrong:
            return f"452 not kept: {wrong.strerror or type(wrong).__name__}"
        return f"250 kept as {number}"
