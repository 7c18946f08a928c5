"""The mail of each theme is the one that was last looked at."""

import difflib

import pytest

from tests.golden.mails import THEMES, golden, mail


@pytest.mark.parametrize("theme", THEMES)
def test_the_mail_is_the_golden_one(theme: str) -> None:
    """Whatever changes a mail shows here; `python -m tests.golden` prints the difference and takes it over."""
    before, made = golden(theme).read_text(encoding="utf-8"), mail(theme)
    assert made == before, "".join(difflib.unified_diff(before.splitlines(True), made.splitlines(True)))
