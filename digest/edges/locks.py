"""A folder that one process at a time works on."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl


@contextmanager
def held(folder: Path) -> Iterator[bool]:
    """Whether this process, and no other, holds the folder while the block runs; never waits.

    The lock (flock(2)) is on the folder itself: nothing is written, and the kernel frees it when the process dies, however
    it dies. Two blocks of one process exclude each other too. Where the system has no such lock the answer is True.

    Raises OSError where the folder is missing or may not be read.
    """
    if sys.platform == "win32":
        yield True
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
