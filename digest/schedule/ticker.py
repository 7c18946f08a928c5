"""Editions -> the keeper woken when one is due. The only file that knows APScheduler.

APScheduler is the ticker and nothing more: its jobs live in memory, when they fire is asked of the calendar, and whether
anything is to be done is read from the disk each time. So a lost tick, a second process or a restart changes nothing.
"""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.base import BaseTrigger

from digest.schedule.calendar import Edition, latest_run, next_runs
from digest.schedule.keeper import Make, catch_up
from digest.schedule.reports import Mailed, Outcome, Report, report_lines

Tell = Callable[[str], None]
"""Takes a line that says what was done, for a terminal or a log; called from the ticker's thread."""

Deliver = Callable[[Path], Mailed]
"""Sends what is missing of the mails of the issue in a folder; expected failures are in what it returns."""

LOOK_EVERY_S = 60
"""A timer stands still while a computer sleeps and knows nothing of a clock that is set: the clock is looked at this often."""

RETRY_AFTER = dt.timedelta(hours=1)
"""When a failed issue is tried again: sources that come late, a disk that was full. Reading them costs seconds."""

_log = logging.getLogger(__name__)
for _name in (__name__, "apscheduler"):
    # without a handler Python prints warnings and tracebacks on the terminal
    logging.getLogger(_name).addHandler(logging.NullHandler())


class Weekly(BaseTrigger):  # type: ignore[misc] # no type information is published for it
    """Fires when an edition is due, as its calendar has it."""

    __slots__ = ("edition",)

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def get_next_fire_time(self, previous_fire_time: dt.datetime | None, now: dt.datetime) -> dt.datetime:
        """The first due moment after the one before it; after `now` for the first."""
        # in UTC: two local times of one zone are compared by their wall clocks
        return next_runs(self.edition, previous_fire_time or now, 1)[0].due.astimezone(dt.UTC)


class Ticker:
    """Keeps the editions: catches up with each at the start and whenever one is due.

    One issue is built at a time. `make` holds what makes an edition's issues, `deliver`, by the edition's name, what sends
    them. Each line is told once.
    """

    def __init__(
        self,
        make: Mapping[Edition, Make],
        tell: Tell,
        scheduler: BaseScheduler | None = None,
        deliver: Mapping[str, Deliver] | None = None,
    ) -> None:
        self._deliver = deliver or {}
        self._make = {edition.name: (edition, making) for edition, making in make.items()}
        self._tell = tell
        self._scheduler = scheduler or _background_scheduler()
        self._reports: dict[str, Report] = {}
        self._attended: str | None = None
        self._stopping = Event()
        self._looking = Thread(target=self._look_on, name="digest-clock", daemon=True)

    @property
    def reports(self) -> Mapping[str, Report]:
        """The last report of each edition that has one, by the edition's name."""
        return dict(self._reports)

    @property
    def building(self) -> bool:
        """Whether an edition is attended to at this moment."""
        return self._attended is not None

    @property
    def failure(self) -> str | None:
        """What went wrong with the editions whose last run failed, or did not reach every reader; None where none did."""
        told = ((report, report_lines(report)) for report in self.reports.values())
        failed = [
            lines[0] if report.outcome is Outcome.FAILED else lines[-1] for report, lines in told if _wanting(report)
        ]
        return "\n".join(failed) or None

    def start(self) -> None:
        """Begin; returns at once, the first catching up is done in the ticker's thread."""
        for name, (edition, _) in self._make.items():
            self._scheduler.add_job(
                self._attend,
                Weekly(edition),
                (name,),
                id=name,
                next_run_time=_now(),
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        self._scheduler.start()
        self._looking.start()

    def stop(self) -> None:
        """End; waits for the issue that is being built, and begins no other."""
        self._stopping.set()
        self._looking.join()
        self._scheduler.shutdown(wait=True)

    def look(self) -> None:
        """Look at the clock: fire what is due, set right what an earlier clock had put off, try again what was not made."""
        now = _now()
        for name, (edition, _) in self._make.items():
            report = self._reports.get(name)
            again = report is not None and _to_be_tried_again(report, now)
            due = now if again else Weekly(edition).get_next_fire_time(None, now)
            if due < self._scheduler.get_job(name).next_run_time:
                self._scheduler.modify_job(name, next_run_time=due)
        self._scheduler.wakeup()

    def _look_on(self) -> None:
        while not self._stopping.wait(LOOK_EVERY_S):
            self.look()

    def _attend(self, name: str) -> None:
        """Catch up with an edition, and again where its next run fell due meanwhile."""
        edition, make = self._make[name]
        self._attended = name
        try:
            while not self._stopping.is_set():
                report = _caught_up(edition, make, self._deliver.get(name))
                self._keep(name, report)
                if latest_run(edition, _now()).week == report.run.week:
                    break
        finally:
            self._attended = None

    def _keep(self, name: str, report: Report) -> None:
        last = self._reports.get(name)
        told = report_lines(last) if last else ()
        self._reports[name] = report
        for line in report_lines(report):
            if line not in told:
                self._tell(line)


def _to_be_tried_again(report: Report, now: dt.datetime) -> bool:
    return report.outcome is Outcome.BUSY or (
        _wanting(report) and abs(now - report.at) >= RETRY_AFTER  # abs: the clock may have been set back
    )


def _wanting(report: Report) -> bool:
    """Whether there is no issue, or one that some reader has not got."""
    return report.outcome is Outcome.FAILED or (report.mailed is not None and not report.mailed.whole)


def _caught_up(edition: Edition, make: Make, deliver: Deliver | None) -> Report:
    """The keeper's report with that of the mails; a failed one where something unexpected was raised, which is logged."""
    now = _now()
    try:
        report = catch_up(edition, now, make)
        if deliver and report.outcome in (Outcome.MADE, Outcome.PRESENT):
            return replace(report, mailed=deliver(report.folder))
        return report
    except Exception as e:  # the other editions and the weeks to come are not to suffer
        _log.exception("%s", edition.name)
        run = latest_run(edition, now)
        return Report(run, now, Outcome.FAILED, edition.out / run.week, f"unexpected {type(e).__name__}: {e}")


def _background_scheduler() -> BaseScheduler:
    """A scheduler with threads of its own, one for the jobs: an issue takes a processor and the memory of one."""
    return BackgroundScheduler(timezone=dt.UTC, executors={"default": ThreadPoolExecutor(1)})


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
