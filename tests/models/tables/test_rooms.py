"""The tables stand in rooms; who reads from one makes no table of another."""

import subprocess
import sys
from pathlib import Path

from models import tables
from models.tables.every import ROOMS

_NO_ROOMS = {"__init__", "column_types", "every"}


def test_every_room_of_tables_is_named():
    there = {file.stem for file in Path(tables.__file__).parent.glob("*.py")} - _NO_ROOMS
    assert {room.__name__.rpartition(".")[2] for room in ROOMS} == there


def test_a_look_at_the_counts_makes_the_tables_of_the_ledger_and_the_record_alone():
    looks = "import casework.overview.status, sys; print(*sorted(m for m in sys.modules if 'models.tables.' in m))"
    made = subprocess.run([sys.executable, "-c", looks], capture_output=True, text=True, check=True)
    assert {name.removeprefix("models.tables.") for name in made.stdout.split()} == {
        *("column_types", "ledger", "record"),
    }
