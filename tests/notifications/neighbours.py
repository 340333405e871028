"""Real neighbours on loopback: a web server for webhooks, and mail servers that ask for TLS or a password."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import json
import ssl
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, kw_only=True)
class Posted:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class WebServer:
    port: int = 0
    status: int = 200
    says: bytes = b"ok"
    location: str = ""
    posted: list[Posted] = field(default_factory=list)


@contextmanager
def web_server(tls: Path | None = None) -> Iterator[WebServer]:
    web = WebServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # http.server's name
            body = self.rfile.read(int(self.headers["Content-Length"]))
            web.posted.append(Posted(path=self.path, headers=dict(self.headers), body=json.loads(body)))
            self.send_response(web.status)
            if web.location:
                self.send_header("Location", web.location)
            self.send_header("Content-Length", str(len(web.says)))
            self.end_headers()
            self.wfile.write(web.says)

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = _server_side(tls).wrap_socket(server.socket, server_side=True)
    web.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Inbox:
    port: int = 0
    subjects: list[str] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)


@contextmanager
def guarded_mail_server(
    tls: Path | None,
    *,
    implicit: bool = False,
    accepts: bool = True,
    without: Collection[str] = (),
    says: str | None = None,
) -> Iterator[Inbox]:
    """Serve mail to who logs in; over TLS from the first byte, after STARTTLS, or without when tls is None."""
    inbox, loop = Inbox(), asyncio.new_event_loop()

    class Desk:
        async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
            inbox.subjects.append(str(envelope.content))
            return "250 taken"

    def authenticate(_s: SMTP, _n: Session, _e: Envelope, _m: str, data: LoginPassword) -> AuthResult:
        inbox.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=accepts, handled=False, message=says)

    def smtp() -> SMTP:
        context = _server_side(tls) if tls and not implicit else None
        return SMTP(
            Desk(), hostname="mail.test", loop=loop, tls_context=context, require_starttls=context is not None,
            authenticator=authenticate, auth_require_tls=context is not None, auth_exclude_mechanism=without,
        )  # fmt: skip

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    served = loop.create_server(smtp, "127.0.0.1", 0, ssl=_server_side(tls) if tls and implicit else None)
    server = asyncio.run_coroutine_threadsafe(served, loop).result()
    inbox.port = server.sockets[0].getsockname()[1]
    try:
        yield inbox
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def certificate(folder: Path) -> Path:
    """Write a certificate of this machine's own, with its key, that only who is told so trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begin = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + dt.timedelta(days=36500))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    pem = folder / "machine.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return pem


def _server_side(tls: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tls)
    return context
