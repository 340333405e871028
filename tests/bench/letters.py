"""Letters carried to a real mail server on this machine, by the post and by Python's own library for mail."""

from __future__ import annotations

import smtplib
from contextlib import closing
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from casework.letters.posting import post
from casework.operations.sweep import sweep
from tests.bench.figures import Race, alone
from tests.bench.made_up import open_made_up
from tests.bench.sweeps import copied
from tests.builders import a_workspace
from tests.casework.letters.at_the_post import letters_to_offices
from tests.mailserver import HOST, serving

_SENDER = "desk@accede.test"
_ENOUGH = 300


class Carried(NamedTuple):
    """How many letters left, and how long that took in seconds."""

    letters: int
    seconds: float


def prepare(kept: Path, letters: int) -> None:
    """Make a record in which so many letters wait."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    letters_to_offices(kept.parent, f"sqlite:///{kept}", letters)


def beside_smtplib(kept: Path, letters: int, rounds: int, *, address: float = 0.0, taken: float = 0.0) -> Race:
    """Let the post and smtplib, with a line for each letter, carry the same letters, in turn.

    `address` and `taken` are the seconds after which the server takes a reader's address, and the letter. smtplib does
    as long for each letter, so that a slow server need not be waited for three thousand times.
    """
    ours: list[float] = []
    theirs: list[float] = []
    with serving() as mail:
        mail.before_address, mail.before_taken = address, taken
        for _ in range(rounds):
            mail.messages.clear()
            ours.append(alone(_post_all, kept, mail.port, letters))
            assert len(mail.messages) == letters
            sent = mail.messages[: _ENOUGH if address or taken else letters]
            seconds = alone(_send_all, mail.port, [letter.recipients[0] for letter in sent], sent[0].text)
            theirs.append(seconds * letters / len(sent))
    return Race(ours=tuple(ours), theirs=tuple(theirs))


def _post_all(kept: Path, port: int, letters: int) -> float:
    with copied(kept) as url:
        home = a_workspace(kept.parent, url, opened=False, smtp_host=HOST, smtp_port=port, smtp_security="none")
        with closing(home) as workspace:
            start = perf_counter()
            posted = post(workspace, run="bench")
            taken = perf_counter() - start
    assert posted.sent == letters
    return taken


def _send_all(port: int, readers: list[str], text: str) -> float:
    start = perf_counter()
    for reader in readers:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = _SENDER, reader, "Accede: a notice"
        message.set_content(text)
        with smtplib.SMTP(HOST, port) as line:
            line.send_message(message)
    return perf_counter() - start


def carried(kept: Path, day: date) -> Carried:
    """Sweep a record and carry its letters; the mail server lives in another process than the post."""
    with serving() as mail:
        done = alone(_post, kept, day, mail.port)
        assert len(mail.messages) == done.letters > 0
        return done


def _post(kept: Path, day: date, port: int) -> Carried:
    with copied(kept) as url:
        workspace = open_made_up(kept.parent, day, url, smtp_host=HOST, smtp_port=port, smtp_security="none")
        with closing(workspace):
            sweep(workspace, None, run="bench")
            start = perf_counter()
            posted = post(workspace, run="bench")
            taken = perf_counter() - start
    assert (posted.again, posted.dead, posted.held) == (0, 0, 0)
    return Carried(letters=posted.sent, seconds=taken)
