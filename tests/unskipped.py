"""Where every program is installed, a test that is skipped has failed: `python -m pytest -p tests.unskipped …`."""

from __future__ import annotations

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """The report of a test, in which a skip is a failure."""
    return (yield from _refused())


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """The same for a whole file that would be skipped."""
    return (yield from _refused())


def _refused():
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {report.longrepr[2]}"
    return report
