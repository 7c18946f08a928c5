"""What every test gets: a home and a cache of its own, and in CI no skipping."""

import os
from collections.abc import Iterator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """With DIGEST_NO_SKIP set, a test that skips fails: CI has everything that a test may need."""
    report = yield
    if os.environ.get("DIGEST_NO_SKIP") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {report.longrepr}"
    return report
