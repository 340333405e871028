"""With CI=true nothing is left out in silence."""

import pytest

LEFT_OUT = {
    "test_skipped": "import pytest as p\ndef test_it(): p.skip('no sea here')",
    "test_marked": "import pytest as p\n@p.mark.skip(reason='no sea here')\ndef test_it(): pass",
    "test_expected_to_fail": "import pytest as p\n@p.mark.xfail(reason='no sea here')\ndef test_it(): 1 / 0",
    "test_a_whole_file": "import pytest as p\np.skip('no sea here', allow_module_level=True)",
    "test_a_missing_library": "import pytest as p\np.importorskip('no_sea', reason='no sea here')",
}


@pytest.fixture
def suite(pytester, pytestconfig, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(pytestconfig.rootpath))
    pytester.makeconftest("pytest_plugins = ['tests.nothing_left_out']")
    pytester.makepyfile(test_run="def test_run(): pass")
    return pytester


@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["alone", "in parallel"])
def test_with_ci_each_thing_left_out_fails(suite, monkeypatch, workers):
    monkeypatch.setenv("CI", "true")
    suite.makepyfile(**LEFT_OUT)
    result = suite.runpytest_subprocess("--continue-on-collection-errors", *workers)
    result.assert_outcomes(passed=1, failed=2, errors=3)
    result.stdout.fnmatch_lines_random(
        f"Nothing may be left out with CI=true, and {name}.py* was: *no sea here*" for name in LEFT_OUT
    )


@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["alone", "in parallel"])
def test_without_ci_each_thing_left_out_is_said_loudly(suite, monkeypatch, workers):
    monkeypatch.delenv("CI", raising=False)
    suite.makepyfile(**LEFT_OUT)
    result = suite.runpytest_subprocess(*workers)
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["*NOT RUN HERE*"])
    result.stdout.fnmatch_lines_random(f"{name}.py*: *no sea here*" for name in LEFT_OUT)


def test_a_suite_that_runs_whole_is_green_with_ci(suite, monkeypatch):
    monkeypatch.setenv("CI", "true")
    result = suite.runpytest_subprocess()
    assert result.ret == pytest.ExitCode.OK
    result.stdout.no_fnmatch_line("*NOT RUN*")


SLOW = "import pytest as p\n@p.mark.slow\ndef test_it(): pass"
EVERYTHING = "[pytest]\nmarkers = slow\ntestpaths = ."


@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["alone", "in parallel"])
def test_a_bare_run_leaves_the_slow_tests_for_later_and_says_so(suite, monkeypatch, workers):
    monkeypatch.delenv("CI", raising=False)
    suite.makefile(".ini", pytest=EVERYTHING)
    suite.makepyfile(test_slow=SLOW)
    result = suite.runpytest_subprocess(*workers)
    assert result.parseoutcomes()["passed"] == 1
    result.stdout.fnmatch_lines(["The slow tests were left out. Every test: make test"])


@pytest.mark.parametrize("words", [(".",), ("test_slow.py", "test_run.py"), ("-m", "slow or not slow")], ids=" ".join)
def test_whoever_names_what_to_run_gets_the_slow_tests_too(suite, monkeypatch, words):
    monkeypatch.delenv("CI", raising=False)
    suite.makefile(".ini", pytest=EVERYTHING)
    suite.makepyfile(test_slow=SLOW)
    result = suite.runpytest_subprocess(*words)
    result.assert_outcomes(passed=2)
    result.stdout.no_fnmatch_line("*left out*")


def test_with_ci_a_bare_run_leaves_nothing_for_later(suite, monkeypatch):
    monkeypatch.setenv("CI", "true")
    suite.makefile(".ini", pytest=EVERYTHING)
    suite.makepyfile(test_slow=SLOW)
    suite.runpytest_subprocess().assert_outcomes(passed=2)
