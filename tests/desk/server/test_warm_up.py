"""A desk that has been made ready reads its program no more: every page is asked for, and what is opened is watched."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
ASK_FOR_EVERYTHING = """
import json, sys
from contextlib import closing
from pathlib import Path
from desk.server.warm_up import make_ready
from tests.desk.pages.everybody import Everybody
from tests.desk.pages.route_table import ROWS
from tests.desk.pages.sent import set_stage

PROGRAM = (sys.argv[1], sys.prefix, sys.base_prefix)
opened = set()


def watch(event, given):
    path = str(given[0]) if given else ""
    if event == "open" and path.startswith(PROGRAM) and "/desk/static/" not in path and not is_quoted(path):
        opened.add(path)


def is_quoted(path):
    return "/desk/pages/" in path  # by the framework, in a message that nobody reads; it does without


with closing(Everybody.at(Path(sys.argv[2]))) as there:
    stage = set_stage(there)
    make_ready(there.workspace)
    there.ask("stranger", "GET", "/health")
    sys.addaudithook(watch)
    for row in ROWS:
        for language in ("en", "ar"):
            for part in ("stranger", "champion", "administrator"):
                address = stage.address(row.path) + ("?lang=" + language if row.method == "GET" else "")
                there.ask(part, row.method, address, **stage.sent(row))
print(json.dumps(sorted(opened)))
"""


def test_no_page_is_the_first_to_read_or_import_a_part_of_the_program(a_home_with_cast):
    asked = [sys.executable, "-c", ASK_FOR_EVERYTHING, str(ROOT), str(a_home_with_cast())]
    said = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=ROOT)
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout) == []
