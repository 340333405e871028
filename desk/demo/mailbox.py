"""The local mailbox of a training record: takes every letter, shows it, and sends nothing on.

Reachable from this machine alone. Run as `python -m desk.demo.mailbox --smtp-port N --http-port N --folder DIR`.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from contextlib import suppress
from pathlib import Path

import click
import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session

from desk.demo.mailbox_folder import Box
from desk.demo.mailbox_pages import site

_HERE = "127.0.0.1"


@click.command()
@click.option("--smtp-port", type=click.IntRange(0, 65535), required=True, help="Where letters come in; 0: any free.")
@click.option("--http-port", type=click.IntRange(0, 65535), required=True, help="Where they are read; 0: any free.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), required=True, help="Where they are kept.")
def main(smtp_port: int, http_port: int, folder: Path) -> None:
    """Take every letter of a training record, and show it."""
    try:
        box, mail, web = Box(folder), _listener(smtp_port), _listener(http_port)
    except OSError as wrong:
        raise SystemExit(f"The mailbox cannot start: {wrong}") from None
    click.echo(f"smtp: {_HERE}:{mail.getsockname()[1]}")
    click.echo(f"mailbox: http://{_HERE}:{web.getsockname()[1]}")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):  # how a person ends it
        asyncio.run(_serve(box, mail, web))


async def _serve(box: Box, mail: socket.socket, web: socket.socket) -> None:
    pages = uvicorn.Server(
        uvicorn.Config(site(box), log_level="warning", access_log=False, lifespan="off", server_header=False)
    )
    loop = asyncio.get_running_loop()
    receiver = await loop.create_server(lambda: SMTP(_Sink(box), hostname="mailbox.localhost", loop=loop), sock=mail)
    try:
        await pages.serve(sockets=[web])
    finally:
        receiver.close()


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


def _listener(port: int) -> socket.socket:
    try:
        return socket.create_server((_HERE, port))
    except OSError as wrong:
        raise OSError(f"port {port} on {_HERE} is in use or not allowed ({wrong.strerror}).") from None


if __name__ == "__main__":
    main()
