"""Starts the mailbox on two ports of this machine, and says where it is."""

from __future__ import annotations

import asyncio
import socket
import sys
from contextlib import suppress
from pathlib import Path

import click
import uvicorn

from desk.mailbox.keeping import Box
from desk.mailbox.pages import site
from desk.mailbox.receiving import receive

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
    receiver = await receive(box, mail)
    try:
        await pages.serve(sockets=[web])
    finally:
        receiver.close()


def _listener(port: int) -> socket.socket:
    try:
        return socket.create_server((_HERE, port))
    except OSError as wrong:
        raise OSError(f"port {port} on {_HERE} is in use or not allowed ({wrong.strerror}).") from None


if __name__ == "__main__":
    main()
