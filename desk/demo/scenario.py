"""The demonstration: a throw-away record on the day before a real entry into force, and the two days around it.

The participation is real, the offices are samples at example addresses; their letters stay in the local mailbox.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from casework.access.one_time_links import hand_over_link
from casework.core.settings import Settings
from casework.core.workspace import Workspace
from casework.dossiers.dossier_view import dossier_view
from casework.letters.administration import list_letters
from casework.operations.flows import Flow
from casework.record.opening import move_clock, open_record
from desk.demo.mailbox_folder import Box
from desk.demo.sample_cases import fill_cases
from desk.demo.sample_enquiry import ASKED, answer_at_once, answer_once_reminded, open_enquiry_of_samples, remind
from desk.demo.sample_meetings import fill_meetings
from desk.demo.sample_people import GUIDES, TREATY, fill_offices
from desk.processes.children import Children
from desk.processes.home_lock import LOCK
from desk.processes.ports import HOST, answers, free_from
from desk.terminal.console import from_here, long_day
from notifications.outbox import LetterState
from pathways.grammar.clearance import OPERATOR

#: The Philippines deposited on 24 March 2022 and is bound from 22 June 2022, art. 22(2).
STATE, EVE, DAY = "PHL", date(2022, 6, 21), date(2022, 6, 22)
_UNDER_WAY = (LetterState.WAITING, LetterState.AGAIN)
#: Says in a home that it may be emptied.
_MARK = "demonstration"
_SMTP_PORT, _MAILBOX_PORT = 2525, 8025
_STARTS_WITHIN = _ARRIVES_WITHIN = 60.0  # seconds

Echo = Callable[[str], None]
Do = Callable[[Flow], str]


class NoDemonstration(Exception):
    """A home was given that holds something else than a demonstration, which would be lost."""


def require_free_for_it(home: Path) -> None:
    """Raise NoDemonstration unless a home is empty or holds an earlier demonstration."""
    is_strange = home.is_dir() and not (home / _MARK).exists() and any(one.name != LOCK for one in home.iterdir())
    if is_strange:
        raise NoDemonstration(
            f"{home} holds something else than a demonstration, which begins with an empty home."
            " Choose another --home, or none."
        )


def fresh(settings: Settings, home: Path, port: int) -> Settings:
    """Empty the home of an earlier demonstration; return the configuration of a new one, kept there for others."""
    for old in home.iterdir():
        if old.name != LOCK:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    (home / _MARK).write_text("A throw-away record: the next demonstration here begins by emptying this folder.\n")
    chosen: dict[str, str | int] = {
        "base_url": f"http://{HOST}:{port}",
        "smtp_host": HOST,
        "smtp_port": free_from(_SMTP_PORT),
        "smtp_security": "none",
        "mail_from": "accede@secretariat.example",
    }
    lines = [f'{name} = "{value}"' if isinstance(value, str) else f"{name} = {value}" for name, value in chosen.items()]
    (home / "accede.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    defaults = {name: field.get_default(call_default_factory=True) for name, field in Settings.model_fields.items()}
    return settings.model_copy(update={**defaults, **chosen, "home": home})


class Mailbox:
    """The local mailbox of a demonstration: everything that is sent lands here."""

    def __init__(self, settings: Settings, children: Children) -> None:
        """Start it; it needs a second, in which there is other work to do."""
        self._folder = settings.home / "mailbox"
        self._port = free_from(_MAILBOX_PORT)
        self._household = children
        ports = ["--smtp-port", str(settings.smtp_port), "--http-port", str(self._port)]
        command = [sys.executable, "-m", "desk.demo.mailbox", *ports, "--folder", str(self._folder)]
        children.start("mailbox", command)

    def url(self) -> str:
        """Wait until it takes letters, and return its address."""
        self._household.until(lambda: answers(self._port), _STARTS_WITHIN, "The mailbox")
        return f"http://{HOST}:{self._port}"

    def box(self, workspace: Workspace) -> Box:
        """Wait until what was written has arrived, whichever post carries it, and return where it lies."""
        self._household.until(
            lambda: not list_letters(workspace, states=_UNDER_WAY, reader=OPERATOR), _ARRIVES_WITHIN, "The post"
        )
        return Box(self._folder)


def open_demonstration(workspace: Workspace) -> None:
    """Open the record, with its sample offices, an enquiry, a few cases they are at on the eve, and a workshop."""
    open_record(workspace, training=ASKED, treaty=TREATY)
    fill_offices(workspace)
    open_enquiry_of_samples(workspace)
    move_clock(workspace, EVE)
    fill_cases(workspace)
    fill_meetings(workspace)


def play(workspace: Workspace, mailbox: Mailbox, do: Do, echo: Echo) -> None:
    """Say where to look, let the two days pass, and say what happens."""
    home, program = map(from_here, (workspace.settings.home, Path(sys.executable).with_name("accede")))
    echo(f"record: {home}")
    echo(f"Try: {program} dossier philippines --home {home}")
    letters = 0
    for day, answer in ((EVE, answer_at_once), (DAY, answer_once_reminded)):
        move_clock(workspace, day)
        echo(f"Training record, {long_day(day)}. {_where(workspace)}")
        remind(workspace)
        for flow in (Flow.SWEEP, Flow.POST):
            echo(f"  {do(flow)}")
        box = mailbox.box(workspace)
        letters = box.count()
        answer(workspace, box)  # what it tells the Secretariat is in tomorrow's letter
    echo(f"{_where(workspace)} The mailbox holds {letters} letters of sample offices.")


def ways_in(workspace: Workspace) -> Iterator[str]:
    """Yield a one-time link for the sample Secretariat, and one for each office of the region to see what it sees."""
    for sample in GUIDES:
        whose = "" if sample.is_secretariat else f" as {sample.office}"
        link = hand_over_link(workspace, sample.address, treaty=TREATY, reader=OPERATOR)
        yield f"sign-in{whose}: {link}"


def _where(workspace: Workspace) -> str:
    seen = dossier_view(workspace, STATE, treaty=TREATY, reader=OPERATOR)
    return f"{seen.name} (deposit {seen.deposit_date}, bound from {seen.entry_into_force}) is at stage “{seen.stage}”."
