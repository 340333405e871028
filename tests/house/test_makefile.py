"""What the two commands of the README run, as make itself says it."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("target", ["test", "check"])
def test_every_test_is_run_and_not_what_a_bare_pytest_runs(target):
    said = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    [runs] = [line for line in said.splitlines() if "bin/pytest" in line]
    assert ".venv/bin/pytest tests " in runs
    assert " -m" not in runs


def test_types_are_looked_at_beside_the_tests_and_waited_for_after_them():
    said = subprocess.run(["make", "-n", "check"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    begun, waited = (said.index(words) for words in (".venv/bin/mypy >", "if ! wait $types; then failed=1;"))
    assert begun < said.index("bin/pytest") < waited
