"""What a check finds: whether it is in order, and in words what is or what to do."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

State = Literal["ok", "warn", "fail"]
"""`warn`: an issue can be built, and something will be missing or slow. `fail`: it cannot, or would be wrong."""


class Finding(NamedTuple):
    """The outcome of one check, in one line."""

    state: State
    words: str


Find = Callable[[], Finding]
"""One check, its material bound; what it raises is told as its failure."""


def ok(words: str) -> Finding:
    return Finding("ok", words)


def warn(words: str) -> Finding:
    return Finding("warn", words)


def fail(words: str) -> Finding:
    return Finding("fail", words)


def nearest_existing(path: Path) -> Path:
    """The path itself where something is there, else the nearest folder above it."""
    return next((above for above in (path, *path.parents) if os.path.lexists(above)), path)


def why_unwritable(folder: Path) -> str | None:
    """Why no file can be made in the folder, or in a folder that would be made there; None where one can."""
    try:
        with tempfile.TemporaryFile(dir=nearest_existing(folder)):
            return None
    except OSError as e:
        return e.strerror or str(e)
