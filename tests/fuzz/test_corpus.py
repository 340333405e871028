"""What fuzzing has found worth keeping is read again: each file is answered or refused in words, in time and memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.readers import CORPUS, READ, READERS

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(f"{file.parent.name}/{file.name}" for file in CORPUS.glob("*/*"))
MOST_KB = 300_000
LARGEST = 20_000  # bytes of a kept file


@pytest.fixture(scope="module")
def read_again():
    """Give what came of each file, all read by one process: it is told of a fault in any, and who hangs is killed."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.read_again"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    lines = [json.loads(line) for line in made.stdout.splitlines()]
    assert made.returncode == 0, f"{lines[-1] if lines else 'nothing was read'}: {made.returncode} {made.stderr}"
    return {named["file"]: came for named, came in zip(lines[::2], lines[1::2], strict=True)}


@pytest.mark.parametrize("file", FILES)
def test_a_kept_file_is_answered_or_refused_in_words(read_again, file):
    came = read_again[file]
    assert came["raised"] == ""
    assert all(line == READ or line.endswith((".", "?", "!")) for line in came["came_to"].splitlines())
    assert came["came_to"]


def test_reading_them_all_takes_no_more_memory_than_was_promised(read_again):
    assert max(came["most_kb"] for came in read_again.values()) < MOST_KB


@pytest.mark.parametrize("reader", READERS)
def test_each_reader_has_files_that_it_reads_and_some_that_it_refuses(read_again, reader):
    answers = [came["came_to"] for file, came in read_again.items() if file.startswith(f"{reader}/")]
    assert any(READ in answer.splitlines() for answer in answers)
    assert any(answer != READ for answer in answers)
    assert (CORPUS.parent / "words" / f"{reader}.dict").is_file()


def test_what_is_kept_is_small():
    assert [file for file in FILES if (CORPUS / file).stat().st_size > LARGEST] == []
