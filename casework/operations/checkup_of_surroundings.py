"""The check-up of the surroundings: the home, the ways out for letters, links, Prefect."""

from __future__ import annotations

import shutil
import smtplib
import ssl
import stat
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from casework.core.settings import BadSettings, Settings
from casework.core.workspace import Workspace
from casework.files.attachments import may_be_written
from casework.letters.channels import offices_of
from casework.operations.findings import Condition, Finding
from notifications.hosts import is_loopback, system_resolve
from notifications.offices import BadChannel

#: Where in Prefect's home the supervisor writes its address, and where that is in ours.
PREFECT_ADDRESS, _PREFECT_HOME = "address", "prefect"
PATIENCE, _GRACE = 3.0, 0.3  # seconds
_LITTLE, _NOTHING = 200_000_000, 20_000_000  # bytes


def of_surroundings(workspace: Workspace, *, training: bool, patience: float = PATIENCE) -> list[Finding]:
    """Look at what stands around the record; each thing that is far is waited for so many seconds, all at once."""
    settings = workspace.settings
    mail, links, prefect = _at_once(
        {
            "mail server": lambda: _mail(settings, patience, training=training),
            "links": lambda: _links(settings, patience, training=training),
            "Prefect": lambda: _prefect(settings, patience),
        },
        patience,
    )
    return [*_home(settings), *_files(workspace), mail, *_offices(settings), links, prefect]


def _at_once(looks: Mapping[str, Callable[[], Finding]], patience: float) -> list[Finding]:
    """Look at several things side by side; a name that nobody resolves is not waited for beyond patience."""
    pool = ThreadPoolExecutor(max_workers=len(looks))
    looking = {name: pool.submit(look) for name, look in looks.items()}
    wait(looking.values(), timeout=patience + _GRACE)
    pool.shutdown(wait=False, cancel_futures=True)
    return [found.result() if found.done() else _too_slow(name, patience) for name, found in looking.items()]


def _too_slow(name: str, patience: float) -> Finding:
    if name == "Prefect":
        return _busy("Prefect", patience)
    return Finding(
        name=name,
        condition=Condition.LATE,
        says=f"No answer within {patience:g} seconds; perhaps its name is not found.",
        todo="accede doctor, which waits longer; then the network or the name",
    )


def _home(settings: Settings) -> Iterator[Finding]:
    home = settings.home.resolve()
    if not home.is_dir():
        return
    free = shutil.disk_usage(home).free
    condition = Condition.BROKEN if free < _NOTHING else Condition.TO_DO if free < _LITTLE else Condition.FINE
    todo = "" if condition is Condition.FINE else "Free some space; a record that cannot grow refuses every change"
    yield Finding(name="disk", condition=condition, says=f"{free // 1_000_000:,} MB free.", todo=todo)
    open_to_others = bool(home.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    yield Finding(
        name="home",
        condition=Condition.TO_DO if open_to_others else Condition.FINE,
        says=f"Others on this machine can look into {home}." if open_to_others else f"{home}, closed to others.",
        todo=f"chmod 700 {home}" if open_to_others else "",
    )


def _files(workspace: Workspace) -> Iterator[Finding]:
    home = workspace.settings.home.resolve()
    folder = home / "attachments"
    if home.is_dir() and not may_be_written(workspace):
        yield Finding(
            name="files",
            condition=Condition.BROKEN,
            says=f"{folder} cannot be written; a file that comes with a fact is refused.",
            todo=f"Let the account that Accede runs as write to {folder} and all folders in it",
        )


def _mail(settings: Settings, patience: float, *, training: bool) -> Finding:
    if settings.smtp_host is None:
        return Finding(
            name="mail server",
            condition=Condition.NOT_SET,
            says="No mail server is configured; letters are held.",
            todo="Set ACCEDE_SMTP_HOST and ACCEDE_MAIL_FROM, then accede letters --retry ID",
        )
    where = f"{settings.smtp_host}:{settings.smtp_port} ({settings.smtp_security})"
    wrong = _why_not_mailed(settings, patience, training=training)
    return Finding(
        name="mail server",
        condition=Condition.BROKEN if wrong else Condition.FINE,
        says=f"{where}: {wrong}" if wrong else f"{where} answers.",
        todo="Correct ACCEDE_SMTP_HOST, _PORT, _SECURITY, or ask whoever runs the server" if wrong else "",
    )


def _why_not_mailed(settings: Settings, patience: float, *, training: bool) -> str | None:
    assert settings.smtp_host is not None
    if training and not is_loopback(settings.smtp_host, system_resolve):
        return "a training record sends letters to this machine alone."
    try:
        settings.password()
        return _greet(settings.smtp_host, settings.smtp_port, settings.smtp_security, patience)
    except BadSettings as wrong:
        return str(wrong)
    except (OSError, smtplib.SMTPException) as wrong:
        return f"it does not answer ({getattr(wrong, 'strerror', None) or wrong})."


def _greet(host: str, port: int, security: str, patience: float) -> str | None:
    """Say EHLO, and see whether the server offers what letters need; nothing is sent."""
    own_name = "localhost"  # the machine's full name may take a name server's patience to find
    if security == "tls":
        with smtplib.SMTP_SSL(
            host, port, local_hostname=own_name, timeout=patience, context=ssl.create_default_context()
        ) as server:
            server.ehlo()
            return None
    with smtplib.SMTP(host, port, local_hostname=own_name, timeout=patience) as server:
        server.ehlo()
        if security == "starttls" and not server.has_extn("starttls"):
            return "it offers no STARTTLS."
        return None


def _offices(settings: Settings) -> Iterator[Finding]:
    if not settings.offices:
        return
    try:
        found = offices_of(settings)
    except BadChannel as wrong:
        todo = "Correct [offices] in accede.toml"
        yield Finding(name="offices", condition=Condition.BROKEN, says=str(wrong), todo=todo)
        return
    served = ", ".join(sorted(workspace.serves for workspace in found))
    yield Finding(name="offices", condition=Condition.FINE, says=f"Letters go to rooms of {served}.")


def _links(settings: Settings, patience: float, *, training: bool) -> Finding:
    parts = urlsplit(settings.base_url)
    here = bool(parts.hostname) and is_loopback(parts.hostname or "", system_resolve)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        condition, says = Condition.BROKEN, f"“{settings.base_url}” is no address of a page."
    elif here and not training and settings.smtp_host is not None:
        condition, says = Condition.TO_DO, f"Letters link to {settings.base_url}, which is this machine alone."
    elif not here and parts.scheme == "http":
        condition, says = Condition.TO_DO, f"Letters link to {settings.base_url}, which travels in clear."
    elif _answers(f"{settings.base_url.rstrip('/')}/health", patience):
        condition, says = Condition.FINE, f"Letters link to the desk at {settings.base_url}, which answers."
    else:
        return Finding(
            name="links",
            condition=Condition.TO_DO,  # it may have been stopped on purpose
            says=f"Letters link to the desk at {settings.base_url}, which does not answer.",
            todo="accede up; or correct ACCEDE_BASE_URL, if the desk is elsewhere",
        )
    todo = "" if condition is Condition.FINE else "Set ACCEDE_BASE_URL, such as https://accede.example.org"
    return Finding(name="links", condition=condition, says=says, todo=todo)


def _prefect(settings: Settings, patience: float) -> Finding:
    told = settings.home / _PREFECT_HOME / PREFECT_ADDRESS
    address = settings.prefect_url or (told.read_text(encoding="utf-8").strip() if told.is_file() else "")
    if not address:
        return Finding(
            name="Prefect",
            condition=Condition.NOT_SET,
            says="Not started from this home.",
            todo="accede up; or prefect deploy --all on a server of your own, and ACCEDE_PREFECT_URL",
        )
    answers = _answers(f"{address}/api/health", patience)
    if answers:
        return Finding(name="Prefect", condition=Condition.FINE, says=f"{address} answers.")
    if answers is None:
        return _busy(f"Prefect at {address}", patience)
    return Finding(
        name="Prefect",
        condition=Condition.TO_DO,  # it may have been stopped on purpose
        says=f"{address} does not answer; nothing runs by itself.",
        todo="accede up",
    )


def _busy(who: str, patience: float) -> Finding:
    says = f"{who} is busy and has not answered within {patience:g} seconds; look again in a moment."
    return Finding(name="Prefect", condition=Condition.NOT_YET, says=says)


def _answers(address: str, patience: float) -> bool | None:
    """Tell whether something answers there; None when it is there and takes longer than patience."""
    try:
        with build_opener(ProxyHandler({})).open(address, timeout=patience) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError, ValueError) as wrong:
        return None if isinstance(getattr(wrong, "reason", wrong), TimeoutError) else False
