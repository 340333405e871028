"""Encryption: age's, so that whoever holds a key can open a backup without us. The one place that knows the library."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread
from typing import IO, Any, BinaryIO

from pyrage import (  # type: ignore[import-untyped]  # it has no types
    DecryptError,
    IdentityError,
    RecipientError,
    decrypt_io,
    encrypt_io,
    ssh,
    x25519,
)

from pathways.grammar.refusals import Refused, refusal

_BEGINS = b"age-encryption.org/v1"
Recipient = Any  # a public key of age's or of SSH's, as the library has them
Identity = Any  # the key that belongs to one


class NoKey(Refused):
    """What is encrypted cannot be opened with what was given, or not be encrypted to it."""


def recipients_of(written: Sequence[str]) -> list[Recipient]:
    """Read whom backups are encrypted to: public keys of age's or of SSH's; NoKey names the one that is none."""
    return [_recipient(one.strip()) for one in written if one.strip()]


def identities_of(text: str) -> list[Identity]:
    """Read the keys in an identity file: age's own, a line each, or one of SSH's; NoKey where there are none."""
    if text.lstrip().startswith("-----BEGIN"):
        return [_identity(text)]
    lines = (line.strip() for line in text.splitlines())
    found = [_identity(line) for line in lines if line and not line.startswith("#")]
    if not found:
        raise NoKey(refusal("no_key_in_file"))
    return found


def passing_key() -> tuple[Identity, Recipient]:
    """Make a key that stands nowhere, with which this process alone can open what it has encrypted."""
    identity = x25519.Identity.generate()
    return identity, identity.to_public()


def begins_encrypted(stream: BinaryIO) -> bool:
    """Tell whether a stream is encrypted, and leave it at its beginning."""
    found = stream.read(len(_BEGINS)) == _BEGINS
    stream.seek(0)
    return found


def decrypt(stream: BinaryIO, to: IO[bytes], identities: Sequence[Identity]) -> None:
    """Write what a stream holds; NoKey where none of the keys opens it, or it was changed."""
    if not identities:
        raise NoKey(refusal("backup_is_encrypted"))
    try:
        decrypt_io(stream, to, list(identities))
    except DecryptError:
        raise NoKey(refusal("key_does_not_open")) from None
    except OSError as wrong:
        if wrong.errno is not None:
            raise
        raise NoKey(refusal("key_does_not_open")) from None  # the library's word for what was cut off or changed


@contextmanager
def encrypting(to: IO[bytes], recipients: Sequence[Recipient]) -> Iterator[IO[bytes]]:
    """Yield what to write to: the file itself, or a pipe behind which another thread encrypts into it."""
    if not recipients:
        yield to
        return
    comes, goes = os.pipe()
    work = _Encrypting(os.fdopen(comes, "rb"), to, recipients)
    work.start()
    try:
        with suppress(BrokenPipeError), os.fdopen(goes, "wb") as sink:
            yield sink
    finally:
        work.join()
    if work.failed is not None:
        raise work.failed


class _Watched:
    """Passes on what is written, and remembers why it could not be: the library says it in words of its own."""

    def __init__(self, to: IO[bytes]) -> None:
        self._to = to
        self.failed: OSError | None = None

    def write(self, piece: bytes) -> int:
        try:
            return self._to.write(piece)
        except OSError as wrong:
            self.failed = wrong
            raise

    def flush(self) -> None:
        self._to.flush()


class _Encrypting(Thread):
    """Encrypts what comes out of a pipe."""

    def __init__(self, source: IO[bytes], to: IO[bytes], recipients: Sequence[Recipient]) -> None:
        super().__init__(name="encrypting", daemon=True)
        self._source, self._to, self._recipients = source, _Watched(to), list(recipients)
        self.failed: OSError | None = None

    def run(self) -> None:
        try:
            encrypt_io(self._source, self._to, self._recipients)
        except Exception:  # noqa: BLE001  # told to whoever writes, as the machine said it
            self.failed = self._to.failed or OSError(errno.EIO, "it could not be encrypted")
        finally:
            self._source.close()  # who writes on hears of it, and does not wait for ever


def _recipient(text: str) -> Recipient:
    try:
        return ssh.Recipient.from_str(text) if text.startswith("ssh-") else x25519.Recipient.from_str(text)
    except RecipientError:
        raise NoKey(refusal("no_public_key", text=text)) from None


def _identity(text: str) -> Identity:
    try:
        if text.lstrip().startswith("-----BEGIN"):
            return ssh.Identity.from_buffer(text.encode())
        return x25519.Identity.from_str(text)
    except IdentityError:
        raise NoKey(refusal("no_key_in_file")) from None
