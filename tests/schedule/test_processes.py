"""Processes of their own on one edition's folder: an issue is made by one of them, and by another where that is killed."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from digest.schedule import Outcome, catch_up, next_runs
from tests.schedule.editions import at, edition, issue, numbers_in, weeks_in

ROUNDS = 25

WORKER = """
import datetime as dt, sys
from pathlib import Path
from digest.schedule import catch_up
from tests.schedule.editions import edition, issue

out, log, patient = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "patient"

def make(run):
    with open(log, "a") as f:
        f.write(f"{run.week}\\n")
    if patient:
        print("building", flush=True)
        sys.stdin.readline()
    return {**issue(run), "documents/long.txt": bytes(3_000_000)}

print("ready", flush=True)
for line in sys.stdin:
    print(catch_up(edition(out), dt.datetime.fromisoformat(line.strip()), make).outcome.value, flush=True)
"""
"""Catches up at each moment that it is told; prints what became of it. A patient one goes on building when it is told to."""

Worker = subprocess.Popen[str]


@contextmanager
def workers(folder: Path, manner: str = "quick", count: int = 2) -> Iterator[list[Worker]]:
    """So many processes, all ready, on the folder's `issues`; what they begin to build is in its `log`."""
    command = [sys.executable, "-c", WORKER, str(folder / "issues"), str(folder / "log"), manner]
    with ExitStack() as stack:
        started = []
        for _ in range(count):
            worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            stack.enter_context(worker)
            stack.callback(worker.kill)
            started.append(worker)
        assert [said(worker) for worker in started] == ["ready"] * count
        yield started


def tell(worker: Worker, line: str = "") -> None:
    assert worker.stdin
    worker.stdin.write(line + "\n")
    worker.stdin.flush()


def said(worker: Worker) -> str:
    assert worker.stdout
    return worker.stdout.readline().strip()


def begun(folder: Path) -> list[str]:
    """The weeks that were begun to be built, in order."""
    return (folder / "log").read_text().split()


def test_side_by_side(tmp_path: Path) -> None:
    """Three processes at the same instant, week after week: each week is begun by one of them, and made by that one."""
    runs = next_runs(edition(), at("2026-11-16 08:00"), ROUNDS)
    with workers(tmp_path, count=3) as all_of_them:
        for run in runs:
            for worker in all_of_them:
                tell(worker, run.due.isoformat())
            outcomes = sorted(said(worker) for worker in all_of_them)
            assert outcomes.count("made") == 1
            assert set(outcomes) <= {"made", "busy", "present"}
    assert begun(tmp_path) == weeks_in(tmp_path / "issues") == [run.week for run in runs]
    assert numbers_in(tmp_path / "issues") == list(range(1, ROUNDS + 1))


def test_the_second_does_not_wait_for_the_first(tmp_path: Path) -> None:
    """While one builds the other is told at once that it is busy, and afterwards that the issue is there."""
    with workers(tmp_path, "patient") as (first, second):
        tell(first, "2026-11-16T08:00+08:00")
        assert said(first) == "building"
        tell(second, "2026-11-16T08:00+08:00")
        assert said(second) == "busy"
        tell(first)
        assert said(first) == "made"
        tell(second, "2026-11-16T08:01+08:00")
        assert said(second) == "present"
    assert begun(tmp_path) == ["2026-W46"]


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_the_other_builds_where_one_is_killed(tmp_path: Path, end: signal.Signals) -> None:
    """Nothing keeps the folder of a process that was killed while it built: the other makes the issue, whole."""
    with workers(tmp_path, "patient") as (first, second):
        tell(first, "2026-11-16T08:00+08:00")
        assert said(first) == "building"
        first.send_signal(end)
        first.wait(30)
        assert weeks_in(tmp_path / "issues") == []
        tell(second, "2026-11-16T08:01+08:00")
        assert said(second) == "building"
        tell(second)
        assert said(second) == "made"
    assert weeks_in(tmp_path / "issues") == begun(tmp_path)[1:] == ["2026-W46"]


def test_the_next_start_builds_where_one_was_killed(tmp_path: Path) -> None:
    """A later process finds no trace of the one that was killed, and gives the issue the same number."""
    with workers(tmp_path, "patient", 1) as (only,):
        tell(only, "2026-11-16T08:00+08:00")
        assert said(only) == "building"
        only.kill()
    report = catch_up(edition(tmp_path / "issues"), at("2026-11-17 12:00"), issue)
    assert (report.outcome, report.run.number) == (Outcome.MADE, 1)
