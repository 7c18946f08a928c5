"""The real APScheduler with its clock moved by hand: every period is made once, at its time, whatever happens to the process."""

import datetime as dt
import logging
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Event, Thread

import pytest
import time_machine
from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.base import BaseScheduler

from digest.edges.locks import held
from digest.errors import SourceError
from digest.schedule import Edition, Mailed, Make, Outcome, Run, latest_run, next_runs
from digest.schedule.ticker import Deliver, Ticker, Weekly
from tests.schedule.editions import (
    MONDAY,
    SUNDAY,
    TUESDAY,
    counting,
    edition,
    issue,
    numbers_in,
    weeks_in,
)

WEEK = dt.timedelta(days=7)
WEEKS = 60
START = dt.datetime(2026, 2, 18, 12, tzinfo=dt.UTC)
"""Sixty weeks from here hold both changes of the clock, a year's end with a week 53, and the next spring's change."""

CALENDARS = [
    (zone, weekday, hour)
    for zone in ("Asia/Shanghai", "Europe/Berlin", "America/New_York")
    for weekday, hour in ((MONDAY, 8), (SUNDAY, 1), (SUNDAY, 2), (SUNDAY, 3), (TUESDAY, 23))
]

Clock = time_machine.Traveller


class SteppedScheduler(BaseScheduler):
    """The real scheduler without a thread of its own: it looks at the clock when it is woken, and says how long to wait."""

    wait_s: float

    def __init__(self) -> None:
        super().__init__(timezone=dt.UTC, executors={"default": DebugExecutor()})

    def shutdown(self, wait: bool = True) -> None:
        super().shutdown(wait)

    def wakeup(self) -> None:
        self.wait_s = self._process_jobs()


class Process:
    """A ticker from its start to its stop, with the runs that it made and when."""

    def __init__(self, of: Edition, make: Make = issue, deliver: Deliver | None = None) -> None:
        self.of, self.make = of, make
        self.made: list[tuple[Run, dt.datetime]] = []
        self.lines: list[str] = []
        self.scheduler = SteppedScheduler()
        delivers = {of.name: deliver} if deliver else {}
        self.ticker = Ticker({of: self._note}, self.lines.append, self.scheduler, delivers)

    def _note(self, run: Run) -> Mapping[str, bytes]:
        self.made.append((run, dt.datetime.now(dt.UTC)))
        return self.make(run)

    def __enter__(self) -> "Process":
        self.ticker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ticker.stop()

    @property
    def weeks(self) -> list[str]:
        return [run.week for run, _ in self.made]

    @property
    def outcome(self) -> Outcome:
        return self.ticker.reports[self.of.name].outcome


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The clock of the process, standing at START until it is moved."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def wait(clock: Clock, process: Process, until: dt.datetime) -> None:
    """Let time pass: the scheduler sleeps as long as it says, again and again."""
    while (end := dt.datetime.now(dt.UTC) + dt.timedelta(seconds=process.scheduler.wait_s)) < until:
        clock.move_to(end)
        process.scheduler.wakeup()
    clock.move_to(until)


def due_weeks(of: Edition, since: dt.datetime, until: dt.datetime) -> list[str]:
    """The weeks due after `since` and up to `until`."""
    runs = next_runs(of, since, WEEKS + 2)
    return [run.week for run in runs if run.due.astimezone(dt.UTC) <= until]


@pytest.mark.parametrize(("zone", "weekday", "hour"), CALENDARS)
def test_sixty_weeks(tmp_path: Path, clock: Clock, zone: str, weekday: int, hour: int) -> None:
    """Each period is made once, at its due moment, with the number after the one before."""
    of = edition(tmp_path, zone, weekday, hour, number_start=100)
    end = START + WEEKS * WEEK
    with Process(of) as process:
        first = process.weeks
        wait(clock, process, end)
    assert len(first) == 1
    assert process.weeks == first + due_weeks(of, START, end) == weeks_in(tmp_path)
    assert len(process.weeks) == WEEKS + 1
    assert numbers_in(tmp_path) == list(range(100, 101 + WEEKS))
    late = [now - run.due.astimezone(dt.UTC) for run, now in process.made[1:]]
    assert max(late) < dt.timedelta(milliseconds=1)
    assert {now.astimezone(of.zone).weekday() for _, now in process.made[1:]} == {weekday}


@pytest.mark.parametrize(("zone", "weekday", "hour"), CALENDARS)
@pytest.mark.parametrize("seed", range(3))
def test_restarts_and_downtime(tmp_path: Path, clock: Clock, zone: str, weekday: int, hour: int, seed: int) -> None:
    """Whatever is due while the process runs, and the latest due at each start, is made once; the rest is told as missed."""
    chance = random.Random(seed)  # noqa: S311 # a test's dice
    of = edition(tmp_path, zone, weekday, hour)
    expected, made, end = set(), [], START + WEEKS * WEEK
    while (now := dt.datetime.now(dt.UTC)) < end:
        stop = min(end, now + dt.timedelta(hours=chance.uniform(0, 24 * 21)))
        expected |= {latest_run(of, now).week, *due_weeks(of, now, stop)}
        with Process(of) as process:
            wait(clock, process, stop)
        made += process.weeks
        clock.shift(dt.timedelta(hours=chance.choice([0, 0.01, chance.uniform(0, 24), chance.uniform(0, 24 * 30)])))
    assert sorted(made) == sorted(expected) == weeks_in(tmp_path)
    missed = [run.week for run in process.ticker.reports[of.name].missed]
    last = process.ticker.reports[of.name].run
    assert sorted([*missed, *made]) == [latest_run(of, START).week, *due_weeks(of, START, last.due)]


def test_a_computer_that_slept(tmp_path: Path, clock: Clock) -> None:
    """When the clock has jumped over several due moments, a look at it makes the latest, and the others are told."""
    of = edition(tmp_path)
    with Process(of) as process:
        clock.shift(3 * WEEK)
        assert process.weeks == ["2026-W07"]
        process.ticker.look()
        assert process.weeks == ["2026-W07", "2026-W10"]
    assert process.lines[-1].startswith("weekly: no issue of 2026-W08, 2026-W09;")


def test_a_clock_that_was_wrong_at_the_start(tmp_path: Path, clock: Clock) -> None:
    """A clock set back by years puts no run off: the next due moment is that of the right time."""
    of = edition(tmp_path)
    clock.shift(4 * 52 * WEEK)
    with Process(of) as process:
        clock.move_to(START)
        process.ticker.look()
        wait(clock, process, START + 2 * WEEK)
    assert process.weeks[1:] == due_weeks(of, START, START + 2 * WEEK)


def test_two_tickers_on_one_folder(tmp_path: Path, clock: Clock) -> None:
    """While one builds the other is told that it is busy, and finds the issue there afterwards: each is built once."""
    of = edition(tmp_path)
    with Process(of) as second:

        def meanwhile(run: Run) -> Mapping[str, bytes]:
            second.ticker.look()
            assert second.outcome is Outcome.BUSY
            return issue(run)

        with Process(of, meanwhile) as first:
            for _ in range(5):
                clock.shift(WEEK)
                first.ticker.look()
                second.ticker.look()
                assert second.outcome is Outcome.PRESENT
    assert first.weeks == weeks_in(tmp_path)[1:]
    assert second.weeks == weeks_in(tmp_path)[:1]


def test_the_other_makes_what_one_could_not(tmp_path: Path, clock: Clock) -> None:
    """Where the process that was building has ended without an issue, the next look at the clock makes it."""
    of = edition(tmp_path)
    with Process(of) as second:

        def broken(run: Run) -> Mapping[str, bytes]:
            second.ticker.look()
            raise SourceError("news", f"is gone in {run.week}")

        with Process(of, broken) as first:
            clock.shift(WEEK)
            first.ticker.look()
        assert (first.outcome, second.outcome) == (Outcome.FAILED, Outcome.BUSY)
        second.ticker.look()
        assert second.outcome is Outcome.MADE


def test_a_line_is_told_once(tmp_path: Path, clock: Clock) -> None:
    """However often a busy folder is looked at, it is told once; what follows is told."""
    (tmp_path / "issues").mkdir()
    with held(tmp_path / "issues"), Process(edition(tmp_path / "issues")) as process:
        for _ in range(3):
            clock.shift(60)
            process.ticker.look()
        assert len(process.lines) == 1
    with Process(edition(tmp_path / "issues")) as process:
        clock.shift(WEEK)
        process.ticker.look()
        assert len(process.lines) == 2


def test_what_falls_due_during_a_build(tmp_path: Path, clock: Clock) -> None:
    """A build that lasts beyond the next due moment is followed by the next at once."""

    def slow(run: Run) -> Mapping[str, bytes]:
        if run.week == "2026-W07":
            clock.shift(WEEK)
        return issue(run)

    with Process(edition(tmp_path), slow) as process:
        assert process.weeks == ["2026-W07", "2026-W08"]


def test_a_failed_edition_is_tried_again_when_it_is_next_due(tmp_path: Path, clock: Clock) -> None:
    """A failure is told once and spoils neither another edition nor the edition's next week."""
    lines: list[str] = []

    def broken(run: Run) -> Mapping[str, bytes]:
        if run.week == "2026-W07":
            raise SourceError("news", "is gone")
        return issue(run)

    first, second = edition(tmp_path / "a", name="a"), edition(tmp_path / "b", name="b")
    ticker = Ticker({first: broken, second: issue}, lines.append, SteppedScheduler())
    ticker.start()
    ticker.look()
    assert lines == [
        "a 2026-W07, due 2026-02-16 08:00 Asia/Shanghai (UTC+08:00): not built: news: is gone",
        f"b 2026-W07, due 2026-02-16 08:00 Asia/Shanghai (UTC+08:00): built as number 1 in {tmp_path}/b/2026-W07",
    ]
    clock.shift(WEEK)
    ticker.look()
    ticker.stop()
    assert (weeks_in(tmp_path / "a"), weeks_in(tmp_path / "b")) == (["2026-W08"], ["2026-W07", "2026-W08"])


def test_a_failed_edition_is_tried_again_after_an_hour(tmp_path: Path, clock: Clock) -> None:
    """What failed is tried again each hour, not each minute, and told once; sources that come late make the issue."""
    tried: list[dt.datetime] = []

    def late(run: Run) -> Mapping[str, bytes]:
        tried.append(dt.datetime.now(dt.UTC))
        if len(tried) < 4:
            raise SourceError("news", "is not there yet")
        return issue(run)

    with Process(edition(tmp_path), late) as process:
        for _ in range(8 * 60):
            clock.shift(dt.timedelta(minutes=1))
            process.ticker.look()
    assert [(moment - tried[0]) // dt.timedelta(minutes=1) for moment in tried] == [0, 60, 120, 180]
    assert ["not built" in line for line in process.lines] == [True, False]
    assert weeks_in(tmp_path) == ["2026-W07"]


def test_the_unexpected_is_told_in_a_line(tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    """A fault in a build is a line and a logged traceback; the ticker goes on."""

    def faulty(run: Run) -> Mapping[str, bytes]:
        if run.week == "2026-W07":
            raise KeyError("a\nb")
        return issue(run)

    with caplog.at_level(logging.ERROR), Process(edition(tmp_path), faulty) as process:
        clock.shift(WEEK)
        process.ticker.look()
    assert process.lines[0].endswith(r"not built: unexpected KeyError: 'a\nb'")
    assert [record.name for record in caplog.records if record.exc_info] == ["digest.schedule.ticker"]
    assert weeks_in(tmp_path) == ["2026-W08"]


def test_show_and_ticker_agree() -> None:
    """The moments at which the ticker fires are those of the calendar's next runs."""
    of = edition(zone="Europe/Berlin", weekday=SUNDAY, hour=2)
    fired = [Weekly(of).get_next_fire_time(None, START)]
    while len(fired) < WEEKS:
        fired.append(Weekly(of).get_next_fire_time(fired[-1], START))
    assert fired == [run.due.astimezone(dt.UTC) for run in next_runs(of, START, WEEKS)]


def test_in_threads_of_its_own(tmp_path: Path) -> None:
    """The ticker starts at once, makes the issue beside the caller, and its stop waits for the issue that is being built."""
    building, go_on, lines = Event(), Event(), list[str]()

    def slow(run: Run) -> Mapping[str, bytes]:
        building.set()
        assert go_on.wait(30)
        return issue(run)

    ticker = Ticker({edition(tmp_path): slow}, lines.append)
    ticker.start()
    assert building.wait(30)
    stopping = Thread(target=ticker.stop)
    stopping.start()
    assert weeks_in(tmp_path) == []
    go_on.set()
    stopping.join(30)
    assert not stopping.is_alive()
    assert len(weeks_in(tmp_path)) == len(lines) == 1


def test_stop_begins_no_other_edition(tmp_path: Path) -> None:
    """An edition that waits for its turn when the ticker is stopped is left to the next start."""
    building, go_on, made = Event(), Event(), list[Run]()

    def slow(run: Run) -> Mapping[str, bytes]:
        building.set()
        assert go_on.wait(30)
        return issue(run)

    editions = {edition(tmp_path / "a", name="a"): slow, edition(tmp_path / "b", name="b"): counting(made)}
    ticker = Ticker(editions, lambda _: None)
    ticker.start()
    assert building.wait(30)
    stopping = Thread(target=ticker.stop)
    stopping.start()
    assert ticker._stopping.wait(30)
    go_on.set()
    stopping.join(30)
    assert (weeks_in(tmp_path / "a") != [], made) == (True, [])


def test_nothing_is_printed(tmp_path: Path) -> None:
    """Neither APScheduler nor a fault in a build writes to the terminal of a process that has set up no logging."""
    script = f"""
from pathlib import Path
from threading import Event
from digest.schedule.ticker import Ticker
from tests.schedule.editions import edition
told = Event()
ticker = Ticker({{edition(Path({str(tmp_path)!r})): lambda run: 1 / 0}}, lambda line: (print(line), told.set()))
ticker.start()
told.wait(30)
ticker.stop()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=True)
    assert done.stderr == b""
    assert done.stdout.decode().endswith("not built: unexpected ZeroDivisionError: division by zero\n")


def test_an_issue_is_sent_once_it_is_there(tmp_path: Path, clock: Clock) -> None:
    """Behind each build, and at the start where it is there already: what is missing is the record's to say."""
    folders: list[str] = []

    def deliver(folder: Path) -> Mailed:
        assert (folder / "digest.json").exists()
        folders.append(folder.name)
        return Mailed(("2 sent",), whole=True)

    of = edition(tmp_path)
    with Process(of, deliver=deliver) as process:
        wait(clock, process, START + 2 * WEEK)
    assert folders == process.weeks == weeks_in(tmp_path)
    assert process.ticker.failure is None
    assert process.lines[-1] == f"weekly {folders[-1]}: 2 sent"
    with Process(of, deliver=deliver) as process:
        assert (process.weeks, folders[-2:]) == ([], [folders[-1]] * 2)


def test_what_some_reader_has_not_got_is_tried_again(tmp_path: Path, clock: Clock) -> None:
    """Every hour until all have it; the issue itself is made once, the failure shown until then, and each line told once."""
    outcomes = [Mailed(("1 sent, 1 failed",), whole=False)] * 2 + [Mailed(("1 sent, 1 sent before",), whole=True)]

    with Process(edition(tmp_path), deliver=lambda _: outcomes.pop(0)) as process:
        week = process.weeks[0]
        assert process.ticker.failure == f"weekly {week}: 1 sent, 1 failed"
        for minutes, left in ((59, 2), (60, 1), (119, 1), (120, 0), (300, 0)):
            clock.move_to(START + dt.timedelta(minutes=minutes))
            process.ticker.look()
            assert len(outcomes) == left
        assert process.ticker.failure is None
    assert process.weeks == [week]
    assert [line for line in process.lines if "sent" in line] == [
        f"weekly {week}: 1 sent, 1 failed",
        f"weekly {week}: 1 sent, 1 sent before",
    ]


def test_where_nothing_was_made_nothing_is_sent(tmp_path: Path, clock: Clock) -> None:
    """A failed build has no mails."""

    def failing(run: Run) -> Mapping[str, bytes]:
        raise SourceError("news", f"nothing of {run.week}")

    def never(folder: Path) -> Mailed:
        raise AssertionError(folder)

    assert clock is not None
    with Process(edition(tmp_path), failing, never) as process:
        assert process.outcome is Outcome.FAILED
