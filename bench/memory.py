"""How much memory a system takes, measured in a process of its own."""

import multiprocessing
import resource
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from bench.peers import Item, System


def peak_mb(system: System, items: Sequence[Item]) -> float:
    """By how many megabytes a process that does the items grows at its peak; Linux only, else not a number."""
    if not Path("/proc/self/statm").exists():
        return float("nan")
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    child = context.Process(target=_work, args=(system, items, there))
    child.start()
    grown: float = here.recv()
    child.join()
    return grown


def _work(system: System, items: Sequence[Item], out: Connection) -> None:
    before = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    for item in items:
        try:
            system(item)
        except Exception:  # noqa: S112 # counted as a failure where the scores are
            continue
    out.send(max(0.0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before / 2**20))
