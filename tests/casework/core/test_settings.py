"""Configuration: what is refused, and what of it may be shown."""

import os
from dataclasses import fields
from os import mkfifo

import pytest

from casework.core.settings import BadSettings, load
from casework.core.workspace import open_workspace
from casework.record.opening import open_record
from notifications.offices import KINDS


def configured(home, text, mode=0o600):
    (home / "accede.toml").write_text(text)
    (home / "accede.toml").chmod(mode)
    return load(home)


@pytest.mark.parametrize(
    "text",
    [
        'smtp_password = "x"',
        'database_url = "postgresql://u:x@h/d"',
        '[offices.one]\nkind = "slack"\nserves = "One"\ntoken = "x"',
    ],
)
def test_a_file_with_a_secret_that_others_can_read_is_refused(tmp_path, text):
    with pytest.raises(BadSettings, match="holds a secret and others can read it"):
        configured(tmp_path, text, mode=0o644)
    assert configured(tmp_path, text)


@pytest.mark.parametrize(
    "secret", sorted({known.name for kind in KINDS.values() for known in fields(kind) if not known.repr})
)
def test_whatever_of_a_room_is_a_secret_makes_its_file_one(tmp_path, secret):
    with pytest.raises(BadSettings, match="holds a secret and others can read it"):
        configured(tmp_path, f'[offices.one]\nserves = "One"\n{secret} = "x"', mode=0o644)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('zone = "America"', "“America” is no time zone"),
        ('zonne = "x"', "there is no setting “zonne”"),
        ('mail_from = "the office"', "“the office” is no address"),
        ('mail_from = ""', "“” is no address"),
        ('seals_to = "the court"', "“the court” is no address"),
        ("[[offices]]\nkind = 'slack'", "offices"),
        ("zone = ", "is not valid TOML"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(tmp_path, text, said):
    with pytest.raises(BadSettings, match=said):
        configured(tmp_path, text)


@pytest.mark.parametrize(
    "key", ["age-secret-key-1HUSH", "age1abc, AGE-SECRET-KEY-1HUSH", "-----BEGIN PRIVATE KEY HUSH"]
)
def test_a_secret_key_is_nobody_to_encrypt_to_and_is_not_shown(tmp_path, key):
    with pytest.raises(BadSettings, match="a secret key stands there") as refused:
        configured(tmp_path, f'backup_recipients = "{key}"')
    assert "HUSH" not in str(refused.value)


def test_commas_alone_name_nobody_who_could_open_a_backup(tmp_path):
    assert configured(tmp_path, 'backup_recipients = " , "').backup_recipients == ""


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_a_configuration_that_is_out_of_reach_is_not_taken_for_none(tmp_path, kind):
    place = tmp_path / "accede.toml"
    {"link": lambda: place.symlink_to(tmp_path / "away"), "folder": place.mkdir, "pipe": lambda: mkfifo(place)}[kind]()
    with pytest.raises(BadSettings, match="leads to no file"):
        load(tmp_path)


def test_nothing_of_a_secret_is_shown_when_its_file_cannot_be_read(tmp_path):
    for written in (
        b'smtp_password = "caf\xe9"',
        b'smtp_password = "hush',
        b"smtp_password = hush",
        b'smtp_password = "hu\x01sh"',
        b"[hush]\n[hush]",
    ):
        (tmp_path / "accede.toml").write_bytes(written)
        with pytest.raises(BadSettings) as refused:
            load(tmp_path)
        said = str(refused.value).removeprefix(str(tmp_path))
        assert [word for word in ("xe9", "hush", "h'", "position") if word in said] == []
        assert "x01" not in said
    (tmp_path / "accede.toml").write_text("smtp_password_file = '" + str(tmp_path / "secret") + "'")
    (tmp_path / "secret").write_bytes(b"caf\xe9")
    (tmp_path / "secret").chmod(0o600)
    with pytest.raises(BadSettings, match=r"secret is not written in UTF-8\.$"):
        load(tmp_path).password()


def test_root_does_not_work_in_the_home_of_another_account(tmp_path, monkeypatch):
    assert load(tmp_path)
    if os.geteuid() == 0:
        os.chown(tmp_path, 1, 1)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(BadSettings, match=r"could not use what root leaves there\. Type it as that account: sudo -u "):
        load(tmp_path)
    assert load(tmp_path / "not there yet")


@pytest.mark.parametrize("host", ["mail.example.org", "localhost.example.org", "127.0.0.1.example.org"])
def test_mail_in_clear_stays_on_this_machine(tmp_path, host):
    with pytest.raises(BadSettings, match="would travel in clear"):
        configured(tmp_path, f'smtp_host = "{host}"\nsmtp_security = "none"')
    assert configured(tmp_path, 'smtp_host = "127.0.0.1"\nsmtp_security = "none"')


def test_a_question_mark_in_the_homes_name_does_not_lead_the_record_elsewhere(tmp_path):
    home = tmp_path / "Who? 1"
    workspace = open_workspace(home)
    open_record(workspace, treaty="att")
    workspace.close()
    assert (home / "accede.db").is_file()


def test_a_record_is_its_owners_alone_to_read_also_in_a_home_that_was_there(tmp_path):
    tmp_path.chmod(0o755)
    workspace = open_workspace(tmp_path)
    open_record(workspace, treaty="att")
    workspace.close()
    assert (tmp_path / "accede.db").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "address",
    [
        "https://u.example/accede",
        "https://u.example/?a",
        "https://me:hush@u.example",
        "u.example",
        "http://[",
        "",
        "x://u",
        "http://u.example:hush",
        "https://u.example#top",
    ],
)
def test_a_desk_stands_at_a_name_alone(tmp_path, monkeypatch, address):
    monkeypatch.setenv("ACCEDE_BASE_URL", address)
    with pytest.raises(BadSettings, match="base_url: the desk stands at a name and no path") as refused:
        load(tmp_path)
    assert "hush" not in str(refused.value)


def test_a_slash_at_the_end_of_its_address_is_no_path(tmp_path, monkeypatch):
    monkeypatch.setenv("ACCEDE_BASE_URL", "https://accede.example.org:8443/")
    assert load(tmp_path).base_url == "https://accede.example.org:8443"


def test_a_password_in_prefect_s_address_is_refused_and_not_shown(tmp_path, monkeypatch):
    monkeypatch.setenv("ACCEDE_PREFECT_URL", "http://me:hush@127.0.0.1:4200")
    with pytest.raises(BadSettings, match="write it as prefect_auth_string") as refused:
        load(tmp_path)
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "127.0.0.1:4200"])
def test_prefect_has_a_page_and_nothing_else_is_asked(tmp_path, monkeypatch, address):
    monkeypatch.setenv("ACCEDE_PREFECT_URL", address)
    with pytest.raises(BadSettings, match="is no page"):
        load(tmp_path)
    monkeypatch.setenv("ACCEDE_PREFECT_URL", "http://127.0.0.1:4200/")
    assert load(tmp_path).prefect_url == "http://127.0.0.1:4200"


@pytest.mark.parametrize(
    "address", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///:memory:?cache=shared"]
)
def test_a_record_that_would_be_gone_when_the_program_ends_is_refused(tmp_path, monkeypatch, address):
    monkeypatch.setenv("ACCEDE_DATABASE_URL", address)
    with pytest.raises(BadSettings, match="gone when the program ends"):
        load(tmp_path)
