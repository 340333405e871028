"""What the check-up says of a Prefect that is gone or busy, and of a home that takes no writing."""

import os
import socket
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from sqlalchemy import text

from casework.core.running_desk import running_at
from casework.core.settings import Settings, load
from casework.operations.checkup import check_up
from casework.operations.checkup_of_surroundings import of_surroundings
from casework.operations.findings import Condition
from desk.processes.ports import HOST, free_from
from pathways.grammar.refusals import remark


def of_prefect(workspace, port):
    settings = workspace.settings.model_copy(update={"prefect_url": f"http://{HOST}:{port}"})
    workspace.settings = settings
    [found] = [one for one in of_surroundings(workspace, training=False, patience=0.3) if one.name == "Prefect"]
    return found


def test_a_prefect_that_takes_its_time_is_busy_and_nobody_is_sent_to_start_it(record):
    with socket.create_server((HOST, 0)) as hangs:  # takes the connection and never answers
        found = of_prefect(record, hangs.getsockname()[1])
    assert found.condition == Condition.NOT_YET
    assert (found.says.code, found.says.values["seconds"]) == ("prefect_busy_there", "0.3")
    assert found.todo == ""


def test_a_prefect_that_is_gone_is_to_be_started(record):
    found = of_prefect(record, free_from(0))
    assert found.condition == Condition.TO_DO
    assert found.says.code == "prefect_does_not_answer"
    assert found.todo == remark("start_that_prefect")
    record.settings = record.settings.model_copy(update={"prefect_is_ours": True})
    assert of_prefect(record, free_from(0)).todo == "accede up"


@contextmanager
def a_prefect(*, has_password):
    """Give the port of a stand-in for Prefect's server, which tells that it is well, and its version to whom it may."""

    class Far(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(401 if has_password and self.path == "/api/version" else 200)
            self.end_headers()
            self.wfile.write(b"true")

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer((HOST, 0), Far) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_a_prefect_without_a_password_is_broken(record):
    with a_prefect(has_password=False) as port:
        found = of_prefect(record, port)
    assert (found.condition, found.says.code) == (Condition.BROKEN, "prefect_without_password")
    assert found.todo.code == "set_a_prefect_password"
    with a_prefect(has_password=True) as port:
        assert of_prefect(record, port).condition == Condition.FINE


def test_nothing_of_this_machine_is_asked_for_through_a_proxy(record, monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://{HOST}:{free_from(0)}")  # where nobody is
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with a_prefect(has_password=True) as port:
        assert of_prefect(record, port).condition == Condition.FINE


def of_links(workspace, port):
    settings = workspace.settings.model_copy(update={"base_url": f"http://{HOST}:{port}"})
    workspace.settings = settings
    [found] = [one for one in of_surroundings(workspace, training=False, patience=1) if one.name == "links"]
    return found


def test_links_that_lead_to_another_program_than_the_desk_are_broken(record):
    with a_prefect(has_password=True) as port:  # which answers every page, and says “true”
        found = of_links(record, port)
    assert (found.condition, found.says.code) == (Condition.BROKEN, "links_lead_elsewhere")


def test_a_desk_of_another_record_is_not_taken_for_this_ones(record):
    """Both without an address of their own: the other one answers where this one's would be."""
    record.settings = Settings(home=record.settings.home)
    [found] = [one for one in of_surroundings(record, training=False, patience=1) if one.name == "links"]
    assert (found.condition, found.says.code) == (Condition.TO_DO, "links_to_no_desk_of_ours")
    with running_at(record.settings.home, "http://127.0.0.1:9"):
        record.settings = load(record.settings.home)
        [found] = [one for one in of_surroundings(record, training=False, patience=1) if one.name == "links"]
    assert found.says.code == "links_do_not_answer"


def test_a_record_that_cannot_be_written_is_broken(record, monkeypatch):
    shut_the_record(record.store, monkeypatch)
    found = next(one for one in check_up(record, patience=0.3).findings if one.name == "record")
    assert (found.condition, found.says.code) == (Condition.BROKEN, "record_not_writable")
    assert found.todo == remark("let_the_account_write")


def shut_the_record(store, monkeypatch):
    """Let nobody write there any more, by the means of the machine or of the server."""
    if store.is_sqlite:
        monkeypatch.setattr(os, "access", lambda path, _mode: str(path) != store.where)
        return
    with store.writing() as connection:
        shut = f'ALTER DATABASE "{store.url.database}" SET default_transaction_read_only = on'
        connection.execute(text(shut))
    store.dispose()


@pytest.mark.parametrize("part", ["attachments", "attachments/incoming"])
def test_a_folder_that_takes_no_files_is_broken(record, monkeypatch, part):
    files = record.settings.home / "attachments"
    (files / "incoming").mkdir(parents=True)
    looked = [one.name for one in of_surroundings(record, training=False, patience=0.3)]
    assert "files" not in looked, "what is well is not spoken of"
    allowed = os.access  # of the machine: whoever runs the tests may be let in everywhere
    shut = record.settings.home / part
    monkeypatch.setattr(os, "access", lambda path, mode: path != shut and allowed(path, mode))
    [found] = [one for one in of_surroundings(record, training=False, patience=0.3) if one.name == "files"]
    assert found.condition == Condition.BROKEN
    assert found.says.code == "folder_not_writable"


def test_a_file_in_the_place_of_the_folder_is_broken_too(record):
    (record.settings.home / "attachments").write_text("no folder")
    assert "files" in [one.name for one in of_surroundings(record, training=False, patience=0.3)]
