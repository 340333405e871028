"""What was not run is said, and where nothing may be left out (CI=true) it is a failure.

A bare `pytest` leaves the slow tests for `make test`, and says so. A pytest plugin, loaded by tests/conftest.py. It
must never make a red test green.
"""

import os
from collections.abc import Generator

import pytest

SENTENCE = "Nothing may be left out with CI=true, and {what} was: {why}"


def pytest_configure(config: pytest.Config) -> None:
    """Settle what this run leaves out, and let every summary find it."""
    config.stash[_STRICT] = os.environ.get("CI") == "true"
    is_bare = config.args_source is config.ArgsSource.TESTPATHS and not config.stash[_STRICT]
    config.stash[_WITHOUT_SLOW] = is_bare and not (config.option.markexpr or config.option.keyword)
    if config.stash[_WITHOUT_SLOW]:
        config.option.markexpr = "not slow"  # as an option it reaches the workers of a parallel run too


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test, or one expected to fail, into a failure."""
    report = yield
    if report.skipped and item.config.stash[_STRICT]:
        report.longrepr = SENTENCE.format(what=report.nodeid, why=_why(report))
        report.outcome = "failed"
        report.__dict__.pop("wasxfail", None)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a file that skips itself into an error of collection."""
    report = yield
    if report.skipped and collector.config.stash[_STRICT]:
        report.longrepr = SENTENCE.format(what=report.nodeid, why=_why(report))
        report.outcome = "failed"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what did not run."""
    if terminalreporter.config.stash[_WITHOUT_SLOW]:
        terminalreporter.write_line("The slow tests were left out. Every test: make test", yellow=True, bold=True)
    left_out = terminalreporter.getreports("skipped") + terminalreporter.getreports("xfailed")
    if not left_out:
        return
    terminalreporter.section("NOT RUN HERE", sep="!", red=True, bold=True)
    for report in left_out:
        terminalreporter.write_line(f"{report.nodeid}: {_why(report)}")


_STRICT = pytest.StashKey[bool]()
_WITHOUT_SLOW = pytest.StashKey[bool]()


def _why(report: pytest.TestReport | pytest.CollectReport) -> str:
    expected = getattr(report, "wasxfail", None)
    if expected is not None:
        return f"expected to fail ({expected or 'no reason given'})"
    return str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
