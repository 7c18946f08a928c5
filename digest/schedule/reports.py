"""What became of a run, and the lines that say so."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from digest.schedule.calendar import Run

_NAMED_WEEKS = 8
"""More missed weeks than this are counted, not named: the line stays one line."""


class Outcome(Enum):
    """What was done about the latest due run."""

    MADE = "made"
    PRESENT = "present"
    BUSY = "busy"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Mailed:
    """What became of the mails of an issue, in lines, and whether every reader has it."""

    lines: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What was done at the moment `at` about the latest due run of an edition.

    `folder` is where its issue belongs; `why` is empty unless it failed; `missed` are the earlier weeks since the first
    issue that have none, the oldest first; `mailed` is None where the issue is not there, or is not sent by itself.
    """

    run: Run
    at: dt.datetime
    outcome: Outcome
    folder: Path
    why: str = ""
    missed: tuple[Run, ...] = ()
    mailed: Mailed | None = None


def moment(due: dt.datetime) -> str:
    """A due moment as it is read, with its zone and offset: 2026-11-23 08:00 Asia/Shanghai (UTC+08:00)."""
    offset = due.strftime("%z")
    return f"{due:%Y-%m-%d %H:%M} {due.tzinfo} (UTC{offset[:3]}:{offset[3:5]})"


def report_lines(report: Report) -> tuple[str, ...]:
    """The lines that tell a report: what became of the run, where weeks were missed which, and of the mails."""
    run = report.run
    done = {
        Outcome.MADE: f"built{f' as number {run.number}' if run.number else ''} in {report.folder}",
        Outcome.PRESENT: f"is there: {report.folder}",
        Outcome.BUSY: "another process is building in the same folder",
        Outcome.FAILED: f"not built: {one_line(report.why)}",
    }[report.outcome]
    first = f"{run.edition} {run.week}, due {moment(run.due)}: {done}"
    missed = (missed_line(run.edition, report.missed),) if report.missed else ()
    mailed = report.mailed.lines if report.mailed else ()
    return (first, *missed, *(f"{run.edition} {run.week}: {one_line(line)}" for line in mailed))


def missed_line(edition: str, missed: Sequence[Run]) -> str:
    """The line that names the weeks without an issue and what makes one up."""
    weeks = [run.week for run in missed]
    more = len(weeks) - _NAMED_WEEKS
    named = ", ".join(weeks[-_NAMED_WEEKS:]) + (f" and {more} before" if more > 0 else "")
    command = f"digest schedule run --week {weeks[-1]}"
    return (
        f"{edition}: no issue of {named}; one is made up with: {command} (and --config FILE unless it is digest.toml)"
    )


def one_line(text: str) -> str:
    """A message with its lines joined."""
    return "; ".join(line.strip() for line in text.splitlines() if line.strip())
