"""A room that is added is added everywhere: installed, typed, fenced."""

import tomllib

import pytest

from tests.architecture.shape import KNOWN
from tests.architecture.tree import ROOMS, ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
FENCE = PYPROJECT["importlinter"]
# Whom a contract of the fence does not bind, since the thing is theirs.
THEIRS = {"storage": {"models"}, "prefect": {"flows"}}


def test_every_room_is_installed():
    assert {name.removesuffix(".*") for name in PYPROJECT["setuptools"]["packages"]["find"]["include"]} == {*ROOMS}


def test_every_room_and_the_tests_are_typed():
    assert {*PYPROJECT["mypy"]["files"]} == {*ROOMS, "tests"}


def test_every_room_is_known_and_fenced():
    [layers] = [contract for contract in FENCE["contracts"] if contract["id"] == "layers"]
    stacked = [room.strip() for layer in layers["layers"] for room in layer.split("|")]
    assert sorted(stacked) == sorted(FENCE["root_packages"]) == sorted(ROOMS)
    assert {*ROOMS} <= KNOWN.keys()


@pytest.mark.parametrize("contract", FENCE["contracts"], ids=lambda contract: contract["id"])
def test_a_contract_binds_every_room_but_the_one_it_is_for(contract):
    if contract["type"] == "forbidden":
        assert {*contract["source_modules"]} == {*ROOMS} - THEIRS.get(contract["id"], set())
