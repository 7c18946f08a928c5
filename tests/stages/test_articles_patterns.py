"""The splitter's regular expressions against text made to mislead them."""

import importlib
import pkgutil
import random
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from digest.stages import articles as splitter

HOSTILE_CHARS = 5_000
SLOWEST_S = 1.0
"""For one call on HOSTILE_CHARS characters."""
_LITERAL = re.compile(r"\\u[0-9a-f]{4}|[\u4e00-\u9fff]{1,4}|\\?[^\\\w\s]|[A-Za-z0-9 ]")


def patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled regular expression of the splitter, by where it stands."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.iter_modules(splitter.__path__, f"{splitter.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for k, pattern in enumerate(_within(value)):
                found[f"{module.name.rpartition('.')[2]}.{name}[{k}]"] = pattern
    return found


def _within(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _within(tuple(value.values()))
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _within(one)


PATTERNS = patterns()


def hostile(pattern: re.Pattern[str], rng: random.Random) -> Iterator[str]:
    """Long strings that a pattern almost matches: repetitions of its own literals, with one at the end that spoils it."""
    literals = [_plain(literal) for literal in _LITERAL.findall(pattern.pattern)]
    literals += ["1", "a", " ", "一", ",", "("]
    for _ in range(20):
        unit = "".join(rng.choices(literals, k=rng.choice((1, 1, 2, 2, 3, 4, 6))))
        lead = "".join(rng.choices(literals, k=rng.randrange(3)))
        yield (lead + unit * HOSTILE_CHARS)[:HOSTILE_CHARS] + rng.choice(("", "\x00", "。", "\n"))


def _plain(literal: str) -> str:
    return chr(int(literal[2:], 16)) if literal.startswith("\\u") else literal.removeprefix("\\")


@contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    """Ends what takes longer of the processor, whatever else the machine does, by an alarm: a regular expression looks out for
    signals while it searches."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def test_patterns_are_found() -> None:
    """The walk through the modules meets the patterns that are known to be there."""
    assert {"lines._BREAK[0]", "dates._LABELLED[0]", "forms._OPENER[0]"} <= set(PATTERNS)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_regular_expression_blows_up(name: str) -> None:
    """Searched, matched, and matched whole, against 5,000 characters made to mislead it, a pattern answers within a second."""
    rng = random.Random(name)  # noqa: S311 (no secret)
    for text in hostile(PATTERNS[name], rng):
        for call in (PATTERNS[name].search, PATTERNS[name].match, PATTERNS[name].fullmatch):
            try:
                with no_longer_than(SLOWEST_S):
                    call(text)
            except TimeoutError:
                pytest.fail(f"{name}: {text[:40]!r}… took longer than {SLOWEST_S} s")
