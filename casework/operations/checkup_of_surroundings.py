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
from casework.operations.findings import NOTHING, Command, Condition, Finding
from notifications.hosts import is_loopback, system_resolve
from notifications.offices import BadChannel
from pathways.grammar.refusals import Remark, remark

#: Where in Prefect's home the supervisor writes its address, and where that is in ours.
PREFECT_ADDRESS, _PREFECT_HOME = "address", "prefect"
PATIENCE, _GRACE = 3.0, 0.3  # seconds
_DESK_IS_WELL, _PREFECT_IS_WELL = b"ok", b"true"  # what they answer when asked how they are
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
        return _busy("", patience)
    return Finding(
        name=name,
        condition=Condition.LATE,
        says=remark("no_answer_in_time", seconds=f"{patience:g}"),
        todo=remark("doctor_waits_longer"),
    )


def _home(settings: Settings) -> Iterator[Finding]:
    home = settings.home.resolve()
    if not home.is_dir():
        return
    free = shutil.disk_usage(home).free
    condition = Condition.BROKEN if free < _NOTHING else Condition.TO_DO if free < _LITTLE else Condition.FINE
    todo = NOTHING if condition is Condition.FINE else remark("free_some_space")
    says = remark("disk_free", free=f"{free // 1_000_000:,}")
    yield Finding(name="disk", condition=condition, says=says, todo=todo)
    open_to_others = bool(home.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    yield Finding(
        name="home",
        condition=Condition.TO_DO if open_to_others else Condition.FINE,
        says=remark("home_open_to_others", home=str(home)) if open_to_others else remark("home_closed", home=str(home)),
        todo=Command(f"chmod 700 {home}") if open_to_others else NOTHING,
    )


def _files(workspace: Workspace) -> Iterator[Finding]:
    home = workspace.settings.home.resolve()
    folder = home / "attachments"
    if home.is_dir() and not may_be_written(workspace):
        yield Finding(
            name="files",
            condition=Condition.BROKEN,
            says=remark("folder_not_writable", folder=str(folder)),
            todo=remark("let_the_account_write_folders", folder=str(folder)),
        )


def _mail(settings: Settings, patience: float, *, training: bool) -> Finding:
    if settings.smtp_host is None:
        return Finding(
            name="mail server",
            condition=Condition.NOT_SET,
            says=remark("letters_are_held"),
            todo=remark("set_a_mail_server"),
        )
    where = f"{settings.smtp_host}:{settings.smtp_port} ({settings.smtp_security})"
    wrong = _why_not_mailed(settings, patience, training=training)
    return Finding(
        name="mail server",
        condition=Condition.BROKEN if wrong else Condition.FINE,
        says=remark("it_is_wrong", where=where, wrong=wrong) if wrong else remark("it_answers", where=where),
        todo=remark("correct_the_mail_server") if wrong else NOTHING,
    )


def _why_not_mailed(settings: Settings, patience: float, *, training: bool) -> Remark | None:
    assert settings.smtp_host is not None
    if training and not is_loopback(settings.smtp_host, system_resolve):
        return remark("letters_stay_on_this_machine")
    try:
        settings.password()
        return _greet(settings.smtp_host, settings.smtp_port, settings.smtp_security, patience)
    except BadSettings as wrong:
        return remark("plain", sentence=str(wrong))
    except (OSError, smtplib.SMTPException) as wrong:
        return remark("does_not_answer", why=str(getattr(wrong, "strerror", None) or wrong))


def _greet(host: str, port: int, security: str, patience: float) -> Remark | None:
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
            return remark("no_starttls")
        return None


def _offices(settings: Settings) -> Iterator[Finding]:
    if not settings.offices:
        return
    try:
        found = offices_of(settings)
    except BadChannel as wrong:
        says, todo = remark("plain", sentence=str(wrong)), remark("correct_the_offices")
        yield Finding(name="offices", condition=Condition.BROKEN, says=says, todo=todo)
        return
    served = tuple(sorted(workspace.serves for workspace in found))
    yield Finding(name="offices", condition=Condition.FINE, says=remark("rooms_served", served=served))


def _links(settings: Settings, patience: float, *, training: bool) -> Finding:
    url, parts = settings.base_url, urlsplit(settings.base_url)
    here = is_loopback(parts.hostname or "", system_resolve)
    if here and not training and settings.smtp_host is not None:
        condition, says = Condition.TO_DO, remark("links_to_this_machine", url=url)
    elif not here and parts.scheme == "http":
        condition, says = Condition.TO_DO, remark("links_in_clear", url=url)
    elif not settings.is_desk_known:  # whatever answers there is the desk of another record
        return Finding(
            name="links",
            condition=Condition.TO_DO,
            says=remark("links_to_no_desk_of_ours", url=url),
            todo=remark("start_or_correct_the_desk"),
        )
    elif answers := _answers(f"{url}/health", patience, with_words=_DESK_IS_WELL):
        condition, says = Condition.FINE, remark("links_answer", url=url)
    elif answers is False and _answers(f"{url}/", patience):
        return Finding(
            name="links",
            condition=Condition.BROKEN,
            says=remark("links_lead_elsewhere", url=url),
            todo=remark("correct_the_base_url"),
        )
    else:
        return Finding(
            name="links",
            condition=Condition.TO_DO,  # it may have been stopped on purpose
            says=remark("links_do_not_answer", url=url),
            todo=remark("start_or_correct_the_desk"),
        )
    todo = NOTHING if condition is Condition.FINE else remark("set_the_base_url")
    return Finding(name="links", condition=condition, says=says, todo=todo)


def _prefect(settings: Settings, patience: float) -> Finding:
    told = settings.home / _PREFECT_HOME / PREFECT_ADDRESS
    address = settings.prefect_url or (told.read_text(encoding="utf-8").strip() if told.is_file() else "")
    if not address:
        return Finding(
            name="Prefect",
            condition=Condition.NOT_SET,
            says=remark("not_started_here"),
            todo=remark("start_or_deploy"),
        )
    answers = _answers(f"{address}/api/health", patience, with_words=_PREFECT_IS_WELL)
    if answers and _answers(f"{address}/api/version", patience):  # which it tells nobody without the password
        return Finding(
            name="Prefect",
            condition=Condition.BROKEN,
            says=remark("prefect_without_password", url=address),
            todo=remark("set_a_prefect_password"),
        )
    if answers:
        return Finding(name="Prefect", condition=Condition.FINE, says=remark("prefect_answers", url=address))
    if answers is None:
        return _busy(address, patience)
    return Finding(
        name="Prefect",
        condition=Condition.TO_DO,  # it may have been stopped on purpose
        says=remark("prefect_does_not_answer", where=address),
        todo=remark("start_that_prefect") if _is_a_prefect_of_others(settings) else Command("accede up"),
    )


def _is_a_prefect_of_others(settings: Settings) -> bool:
    """Tell whether Prefect runs apart from `accede up`, which tells the desk its own."""
    return settings.prefect_url is not None and not settings.prefect_is_ours


def _busy(where: str, patience: float) -> Finding:
    seconds = f"{patience:g}"
    busy = remark("prefect_busy", seconds=seconds)
    says = remark("prefect_busy_there", where=where, seconds=seconds) if where else busy
    return Finding(name="Prefect", condition=Condition.NOT_YET, says=says)


def _answers(address: str, patience: float, *, with_words: bytes = b"") -> bool | None:
    """Tell whether something answers there, with these words; None when it is there and takes longer than patience."""
    try:
        with build_opener(ProxyHandler({})).open(address, timeout=patience) as answer:
            return bool(answer.status == 200) and with_words in (b"", answer.read(len(with_words) + 1))
    except (URLError, OSError, ValueError) as wrong:
        return None if isinstance(getattr(wrong, "reason", wrong), TimeoutError) else False
