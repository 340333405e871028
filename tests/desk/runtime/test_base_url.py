"""Where links in letters lead: to the desk that runs, unless the operator says where it is found from outside."""

import pytest

from casework.core.settings import load
from desk.runtime.supervisor import _at_home, _environment


@pytest.fixture(autouse=True)
def unsaid(monkeypatch):
    for name in ("ACCEDE_BASE_URL", "ACCEDE_PREFECT_URL", "ACCEDE_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


def links_of(home, port):
    return _environment(_at_home(load(home), home, port), None, alone=False)["ACCEDE_BASE_URL"]


def test_without_a_word_they_lead_to_the_desk_that_runs(tmp_path):
    assert links_of(tmp_path, 8310) == "http://127.0.0.1:8310"


def test_what_the_operator_says_stands_whatever_the_port(tmp_path, monkeypatch):
    (tmp_path / "accede.toml").write_text('base_url = "https://accede.example.org"')
    assert links_of(tmp_path, 8310) == "https://accede.example.org"
    monkeypatch.setenv("ACCEDE_BASE_URL", "https://desk.example.org")
    assert links_of(tmp_path, 8310) == "https://desk.example.org"


def test_a_prefect_that_others_run_is_told_to_the_desk(tmp_path, monkeypatch):
    monkeypatch.setenv("ACCEDE_PREFECT_URL", "https://prefect.example.org")
    told = _environment(_at_home(load(tmp_path), tmp_path, 8300), None, alone=False)
    assert told["ACCEDE_PREFECT_URL"] == "https://prefect.example.org"
