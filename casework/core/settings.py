"""Configuration: the environment first, then `accede.toml` in the home. The one place that reads either."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from ipaddress import ip_address
from pathlib import Path
from pwd import getpwuid
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from casework.core.running_desk import where_it_runs
from notifications.addresses import as_on_file, is_address
from pathways import pathways

_SECRETS = frozenset({"smtp_password", "prefect_auth_string"})
#: Of a room: who knows them writes there, or reads.
_SECRETS_OF_ROOMS = frozenset({"token", "password", "user", "topic", "workflow", "signature"})
_SECRET_KEYS = ("AGE-SECRET-KEY", "PRIVATE KEY")  # how age's and SSH's say what they are
_LONGEST_ADDRESS = 120  # characters; its person is called by it
_WHERE = re.compile(r"\(at [a-z0-9 ,]+\)")


class BadSettings(Exception):
    """The configuration cannot be used as it is."""


class Settings(BaseSettings):
    """What is in force; `accede doctor` prints it, secrets as “set”."""

    model_config = SettingsConfigDict(env_prefix="ACCEDE_", extra="forbid", frozen=True)

    home: Path = Path("var")
    database_url: str = ""
    zone: str = "Europe/Zurich"
    treaty: str = "att"  # the one the desk shows, and a command speaks of where none is named
    base_url: str = "http://127.0.0.1:8300"
    smtp_host: str | None = None
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["tls", "starttls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_password_file: Path | None = None
    mail_from: str = "accede@localhost"
    lease_seconds: int = Field(default=60, ge=5)
    shared_from: int = Field(default=10_000, ge=1)  # dossiers due, from which several runs share a sweep
    sweep_runs: int = Field(default=1, ge=1)  # of a shared sweep, with Prefect
    log_format: Literal["text", "json"] = "text"  # what the desk, the flows and `accede up` say of themselves
    intake_limit: int = Field(default=20_000_000, ge=1)  # bytes
    attachment_limit: int = Field(default=20_000_000, ge=1)  # bytes
    backup_folder: Path | None = None  # where the nightly backups are kept; `backups` in the home without it
    backup_recipients: str = ""  # public keys, with commas between: who can open them
    seals_folder: Path | None = None  # where number and hash of each seal are kept outside the home, as `seals.txt`
    seals_to: str = ""  # the address of a second party, who gets the newest each week
    retention_years: int = Field(default=5, ge=1)  # after the last mandate, or of personal words after they were filed
    retention_years_unused: int = Field(default=1, ge=1)  # of whoever was entered and never served
    prefect_url: str | None = None  # its page, for links and questions; `accede up` tells its own
    prefect_auth_string: SecretStr | None = None  # its password
    prefect_is_ours: bool = False  # told by `accede up`: its page takes the password from the desk
    offices: dict[str, dict[str, Any]] = Field(default_factory=dict)

    @field_validator("database_url")
    @classmethod
    def _a_record_that_stays(cls, address: str) -> str:
        if not address:
            return address
        kind, _, place = address.partition("://")
        if kind.startswith("sqlite") and place.partition("?")[0].strip("/") in ("", ":memory:"):
            raise ValueError("such a record is gone when the program ends; name a file, as in sqlite:////srv/accede.db")
        return address

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # a continent is a folder
            raise ValueError(f"“{name}” is no time zone; write one such as Europe/Zurich") from None
        return name

    @field_validator("treaty")
    @classmethod
    def _declared_treaty(cls, key: str) -> str:
        if key not in pathways():
            raise ValueError(f"“{key}” is no treaty; those there are: {', '.join(pathways())}")
        return key

    @field_validator("mail_from", "seals_to")
    @classmethod
    def _an_address(cls, address: str, info: ValidationInfo) -> str:
        plain = address.strip()
        if not plain and info.field_name == "seals_to":
            return plain
        if not is_address(as_on_file(plain)) or len(plain) > _LONGEST_ADDRESS:
            raise ValueError(f"“{plain}” is no address; write one such as office@example.org")
        return plain

    @field_validator("backup_recipients")
    @classmethod
    def _no_secret_half(cls, keys: str) -> str:
        if any(mark in keys.upper() for mark in _SECRET_KEYS):
            raise ValueError("a secret key stands there, and belongs elsewhere; write its public half (age1…)")
        return keys.strip(" ,")

    @field_validator("base_url")
    @classmethod
    def _a_name_alone(cls, address: str) -> str:
        plain = address.rstrip("/")
        if not _is_name_alone(plain):
            raise ValueError(
                "the desk stands at a name and no path, user or question behind or before it;"
                " write an address such as https://accede.example.org"
            )
        return plain

    @field_validator("prefect_url")
    @classmethod
    def _a_page(cls, address: str | None) -> str | None:
        if not address:
            return None
        if "@" in address:
            raise ValueError("a password does not belong into the address; write it as prefect_auth_string")
        if not address.startswith(("http://", "https://")):  # a file is no page
            raise ValueError(f"“{address}” is no page; write one such as http://127.0.0.1:4200")
        return address.rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file, which arrives as the initial values."""
        return env_settings, init_settings

    @property
    def url(self) -> str:
        """Return the database's address."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'accede.db'}"

    @property
    def is_desk_known(self) -> bool:
        """Tell whether an address of the desk was configured, or a desk of this home has told where it runs."""
        return "base_url" in self.model_fields_set

    @property
    def backups(self) -> Path:
        """Return where backups are kept."""
        return self.backup_folder or self.home / "backups"

    @property
    def sends_mail(self) -> bool:
        """Tell whether there is a mail server to give letters to."""
        return self.smtp_host is not None

    @property
    def timezone(self) -> ZoneInfo:
        """Return the zone whose date is “today”."""
        return ZoneInfo(self.zone)

    def password(self) -> str | None:
        """Return the mail server's password, from the environment or a file of mode 600."""
        if self.smtp_password is not None:
            return self.smtp_password.get_secret_value()
        if self.smtp_password_file is None:
            return None
        _refuse_readable_by_others(self.smtp_password_file)
        try:
            return self.smtp_password_file.read_text(encoding="utf-8").strip()
        except UnicodeDecodeError:
            raise BadSettings(f"{self.smtp_password_file} is not written in UTF-8.") from None


def _is_name_alone(address: str) -> bool:
    """Tell whether an address says where a program is, and nothing else; only such a one can begin every link."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:  # brackets, or a port, that are none
        return False
    is_whole = address == f"{parts.scheme}://{parts.netloc}" and "@" not in parts.netloc
    return is_whole and parts.scheme in ("http", "https") and bool(parts.hostname)


def load(home: Path | None = None) -> Settings:
    """Read the configuration of a home; BadSettings says in a sentence what is wrong with it."""
    where = home or Path(os.environ.get("ACCEDE_HOME") or "var")
    _refuse_root_in_the_home_of_another(where)
    try:
        settings = Settings(**{**_from_file(where / "accede.toml"), "home": where})
    except ValidationError as wrong:
        said = "; ".join(map(_in_words, wrong.errors(include_input=False)))
        raise BadSettings(f"The configuration cannot be used: {said}.") from None
    if home is not None:
        settings = settings.model_copy(update={"home": home})
    if not settings.is_desk_known and (running := where_it_runs(where)):
        settings = settings.model_copy(update={"base_url": running})
    _refuse_clear_mail(settings)
    return settings


def is_home_in_shell() -> bool:
    """Tell whether the environment names a home."""
    return bool(os.environ.get("ACCEDE_HOME"))


def names_another_database(file: Path, settings: Settings) -> bool:
    """Tell whether a configuration that lies aside has the record somewhere else than the one that is in force."""
    try:
        return bool(_from_file(file).get("database_url", settings.database_url) != settings.database_url)
    except BadSettings:
        return False  # which is said when it is put in force


def _from_file(path: Path) -> dict[str, Any]:
    if not os.path.lexists(path):
        return {}
    if not path.is_file():  # a link whose disk is away: without it another record would be opened
        raise BadSettings(f"{path} leads to no file. Put back what it leads to, or take it away.")
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise BadSettings(f"{path} is not written in UTF-8.") from None
    except tomllib.TOMLDecodeError as wrong:
        where = _WHERE.search(str(wrong))  # and no word more: it may be of a password
        raise BadSettings(f"{path} is not valid TOML{f' {where[0]}' if where else ''}.") from None
    if _holds_a_secret(given):
        _refuse_readable_by_others(path)
    return given


def _holds_a_secret(given: dict[str, Any]) -> bool:
    """Tell whether a configuration holds a password or a token; a database's address may."""
    offices = given.get("offices", {})
    rooms = offices.values() if isinstance(offices, dict) else ()
    tokens = any(_SECRETS_OF_ROOMS & room.keys() for room in rooms if isinstance(room, dict))
    server = not str(given.get("database_url", "sqlite:")).startswith("sqlite:")
    return tokens or server or bool(_SECRETS & given.keys())


def _refuse_readable_by_others(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except OSError as wrong:
        raise BadSettings(f"{path} cannot be read: {wrong.strerror}.") from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadSettings(f"{path} holds a secret and others can read it. Run: chmod 600 {path}")


def _refuse_root_in_the_home_of_another(home: Path) -> None:
    """Root could write there, and the account that Accede runs as could not read what it wrote."""
    if os.geteuid() != 0 or not home.is_dir() or (owner := home.stat().st_uid) == 0:
        return
    try:
        name = getpwuid(owner).pw_name
    except KeyError:
        name = f"'#{owner}'"
    raise BadSettings(
        f"{home} is the home of the account {name}, which could not use what root leaves there."
        f" Type it as that account: sudo -u {name} …"
    )


def _refuse_clear_mail(settings: Settings) -> None:
    host = settings.smtp_host or "localhost"
    if settings.smtp_security == "none" and not _is_this_machine(host):
        raise BadSettings(
            f"Mail to {host} would travel in clear. Set ACCEDE_SMTP_SECURITY to tls or starttls;"
            " none is for a server on this machine only."
        )


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _in_words(error: Any) -> str:
    """Say what is wrong with one setting, without the library's own words."""
    name = ".".join(map(str, error["loc"]))
    if error["type"] == "extra_forbidden":
        return f"there is no setting “{name}”"
    return f"{name}: {str(error['msg']).removeprefix('Value error, ')}"
