"""Files that hold slow tests are run first, so that the many quick ones fill the end of a run on two workers."""

FILES = {
    "test_a": "def test_quick(): pass",
    "test_b": "import pytest\ndef test_one(): pass\n@pytest.mark.slow\ndef test_two(): pass",
    "test_c": "def test_quick(): pass",
    "test_d": "import pytest\npytestmark = pytest.mark.slow\ndef test_slow(): pass",
}


def test_files_that_hold_a_slow_test_come_first_and_nothing_else_moves(pytester):
    pytester.makeini("[pytest]\nmarkers = slow")
    pytester.makepyfile(**FILES)
    collected = pytester.inline_run("-p", "tests.long_files_first", "--collect-only", "-q").getcalls(
        "pytest_collection_finish"
    )
    order = [item.nodeid for item in collected[0].session.items]
    assert order == [
        "test_b.py::test_one",
        "test_b.py::test_two",
        "test_d.py::test_slow",
        "test_a.py::test_quick",
        "test_c.py::test_quick",
    ]
