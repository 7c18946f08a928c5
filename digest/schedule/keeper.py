"""An edition, a moment -> its latest due issue is there, made once, whoever else is at it.

The folder of a period is put in its place complete (digest.edges.output) and is the only record. One process at a time
works on an edition: the kernel's lock on the edition's folder ends with the process, however that ends.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from digest.edges.locks import held
from digest.edges.output import write_folder
from digest.errors import DigestError, FolderInUse, NothingToDo, OutputError, UsageError
from digest.schedule.calendar import Anchor, Edition, Run, latest_run, next_runs, run_of, runs_between
from digest.schedule.periods import built_weeks, find_anchor, is_built
from digest.schedule.reports import Outcome, Report, moment

Make = Callable[[Run], Mapping[str, bytes]]
"""A run -> the files of its issue, by path in the issue's folder; raises DigestError where there can be none."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where an edition stands: its latest due run and whether it is built, the missed ones, the next."""

    due: Run
    built: bool
    missed: tuple[Run, ...]
    runs: tuple[Run, ...]


def outlook(edition: Edition, now: dt.datetime, count: int = 5) -> Outlook:
    """Where the edition stands at `now`, with the next `count` runs. Raises OutputError where its folder cannot be read."""
    weeks = built_weeks(edition.out)
    anchor = find_anchor(weeks)
    due = latest_run(edition, now, anchor)
    missed = _missed(edition, due, weeks, anchor)
    return Outlook(due, due.since in weeks, missed, next_runs(edition, now, count, anchor))


def catch_up(edition: Edition, now: dt.datetime, make: Make) -> Report:
    """What was done so that the issue due last at `now` is there: it is made unless it is there or another process is at it.

    Only the latest is made, on a fresh folder too; earlier weeks without an issue are reported. An expected failure is in
    the report; what is unexpected is raised.
    """
    run = latest_run(edition, now)
    folder = edition.out / run.week
    missed: tuple[Run, ...] = ()
    try:
        with _locked(edition.out) as ours:
            if not ours:
                return Report(run, now, Outcome.BUSY, folder)
            weeks = built_weeks(edition.out)
            anchor = find_anchor(weeks)
            run = latest_run(edition, now, anchor)
            missed = _missed(edition, run, weeks, anchor)
            outcome = Outcome.MADE if _fill(folder, run, make) else Outcome.PRESENT
            return Report(run, now, outcome, folder, missed=missed)
    except DigestError as e:
        return Report(run, now, Outcome.FAILED, folder, str(e), missed)


def make_period(edition: Edition, since: dt.date | None, now: dt.datetime, make: Make) -> Report:
    """The report of an issue made at once: of the week beginning on the Monday `since`, or of the latest due at `now`.

    Raises NothingToDo where it is there already, UsageError where it is not due yet, OutputError where another process
    builds the edition, and what `make` raises.
    """
    with _locked(edition.out) as ours:
        if not ours:
            raise OutputError(str(edition.out), "another process is building in this folder; try again when it is done")
        anchor = find_anchor(built_weeks(edition.out))
        run = run_of(edition, since, anchor) if since else latest_run(edition, now, anchor)
        if run.due.astimezone(dt.UTC) > now:
            raise UsageError(f"{run.week} is not due before {moment(run.due)}")
        folder = edition.out / run.week
        if not _fill(folder, run, make):
            raise NothingToDo(f"{folder}: the issue of {run.week} is there")
        return Report(run, now, Outcome.MADE, folder)


def _fill(folder: Path, run: Run, make: Make) -> bool:
    """Whether the run's issue was made: False where it is there, also when it came while this one was built."""
    if is_built(folder):
        return False
    files = make(run)
    try:
        write_folder(folder, files, replace=False)
    except FolderInUse:
        if is_built(folder):
            return False
        raise
    return True


def _missed(edition: Edition, due: Run, weeks: Mapping[dt.date, Path], anchor: Anchor | None) -> tuple[Run, ...]:
    """The runs from the earliest built week to the one before `due` that are not built."""
    earliest = next(iter(weeks), due.since)
    return tuple(run for run in runs_between(edition, earliest, due.since, anchor) if run.since not in weeks)


@contextmanager
def _locked(out: Path) -> Iterator[bool]:
    """Whether this process alone works on the edition while the block runs; makes the folder where it is missing."""
    with ExitStack() as stack:
        try:
            out.mkdir(parents=True, exist_ok=True)
            ours = stack.enter_context(held(out))
        except OSError as e:
            raise OutputError(str(out), e.strerror or str(e)) from e
        yield ours
