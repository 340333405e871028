"""Where links in letters lead: to the desk that runs, unless the operator says where it is found from outside."""

import pytest

from casework.core.running_desk import running_at
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


def test_while_a_desk_runs_a_command_in_the_same_home_links_to_it(tmp_path):
    with running_at(tmp_path, "http://127.0.0.1:8310"):
        assert load(tmp_path).base_url == "http://127.0.0.1:8310"
        with running_at(tmp_path, "http://127.0.0.1:8320"):  # a second one does not take the place of the first
            assert load(tmp_path).base_url == "http://127.0.0.1:8310"
        (tmp_path / "accede.toml").write_text('base_url = "https://accede.example.org"')
        assert load(tmp_path).base_url == "https://accede.example.org"
    (tmp_path / "accede.toml").unlink()
    assert load(tmp_path).base_url == "http://127.0.0.1:8300"  # what a desk left that ended is not believed
