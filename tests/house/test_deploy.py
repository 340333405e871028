"""What several machines are set up with speaks of the program that stands: its commands, its settings, its links."""

import re
import shlex
import tomllib
from importlib.util import find_spec

import pytest
import yaml  # type: ignore[import-untyped]

from casework.core.settings import Settings
from desk.runtime.prefect_server import POOL
from desk.web.caller import ADDED_BY_PROXIES
from desk.web.visit import OPEN
from tests.architecture.tree import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TOLD = dict(re.findall(r"^(\w+)=(.*)$", (DEPLOY / "accede.env.example").read_text(), re.MULTILINE))
RUN = [shlex.split(line) for unit in UNITS for line in re.findall(r"^ExecStart=(.*)$", unit.read_text(), re.MULTILINE)]
RUN += [service["command"] for service in COMPOSE["services"].values() if "command" in service]


def test_each_command_is_one_of_the_program_s():
    named = [words[words.index("-m") + 1] for words in RUN if "-m" in words]
    assert set(named) == {"desk.server.app"}
    assert all(find_spec(module) for module in named)
    others = [words for words in RUN if "-m" not in words]
    assert {tuple(words[:3])[-2:] for words in others if "worker" in words} == {("worker", "start")}
    assert [words[words.index("--pool") + 1] for words in others if "--pool" in words] == [POOL] * 2


def test_each_file_that_is_named_is_there():
    services = COMPOSE["services"].values()
    mounted = [place for service in services for place in service.get("volumes", ()) if place.startswith("./")]
    files = {place.split(":")[0] for place in mounted} - {"./tls"}  # whoever sets it up brings those
    built = {service["build"]["dockerfile"] for service in services if "build" in service}
    assert files
    assert [file for file in files if not (DEPLOY / file).is_file()] == []
    assert [file for file in built if not (ROOT / file).is_file()] == []
    assert (DEPLOY / "tell-prefect.sh").is_file()


def test_what_processes_are_told_are_settings_there_are():
    ours = {name.removeprefix("ACCEDE_").lower() for name in TOLD if name.startswith("ACCEDE_")}
    assert ours
    assert ours - Settings.model_fields.keys() == set()
    others = {name for name in TOLD if not name.startswith("ACCEDE_")}
    assert {name for name in others if not name.startswith(("PREFECT_", "POSTGRES_"))} == {"DO_NOT_TRACK"}
    assert TOLD["PREFECT_API_AUTH_STRING"] == TOLD["ACCEDE_PREFECT_AUTH_STRING"]


def test_a_word_to_be_replaced_stands_for_each_password():
    assert {name for name, value in TOLD.items() if "PASSWORD-" in value} >= {
        name for name in TOLD if "PASSWORD" in name or "AUTH" in name
    }


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_again_what_ended(unit):
    said = unit.read_text()
    assert "Restart=always" in said
    assert "User=accede" in said
    assert ("EnvironmentFile=/etc/accede.env" in said) is (unit.name != "accede.service"), "one machine has accede.toml"


def test_any_command_is_told_what_the_units_are_told():
    said = (DEPLOY / "accede").read_text()
    assert "--property=EnvironmentFile=-/etc/accede.env" in said
    for unit in ("accede.service", "accede-desk.service", "accede-worker.service"):
        [home] = re.findall(r"^Environment=(ACCEDE_HOME=\S+)", (DEPLOY / "systemd" / unit).read_text(), re.MULTILINE)
        assert f"--setenv={home} " in said


def test_a_container_begins_with_an_empty_home_as_a_restore_needs_it():
    assert not re.search(r"useradd [^&]*(--create-home| -m )", (DEPLOY / "Containerfile").read_text())


def test_the_proxy_goes_on_with_the_other_desk_when_a_door_says_that_its_own_is_gone():
    assert "\n    proxy_next_upstream error timeout http_502;" in (DEPLOY / "proxy.conf").read_text()


def test_whoever_comes_through_the_door_does_not_pass_for_this_machine():
    handed_on = re.findall(r"proxy_set_header (\S+) \$hostname;", (DEPLOY / "door.conf").read_text())
    assert [name.lower() for name in handed_on if name.lower() in ADDED_BY_PROXIES] == ["via"]


def test_the_proxy_writes_no_link_that_lets_somebody_in_into_its_log():
    proxy, door = ((DEPLOY / name).read_text() for name in ("proxy.conf", "door.conf"))
    [quiet] = re.findall(r"location ~ (\S+) \{[^}]*?^ *access_log off;", proxy, re.MULTILINE)
    assert [path for path in OPEN if "{token}" in path and not re.match(quiet, path)] == []
    assert "\n    access_log off;\n" in door


def test_a_container_gets_the_program_and_no_record_no_password_and_nothing_that_was_made_here():
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")]
    brought = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert lines[0] == "*"
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert set(declared["root_packages"]) < brought
    assert not brought & {"var", "build", ".git", ".venv", "node_modules", "tests"}
    assert {"deploy/accede.env", "deploy/tls"} <= set(lines[1:])
