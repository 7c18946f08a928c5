"""Edition, moment -> runs: which week is due when, under which number. Touches no clock and no disk.

A run covers the Monday to Sunday before the week in which it is due, on whichever weekday that is: what is due in ISO week
47 covers ISO week 46. It is due once for every ISO week, at an hour of the edition's own zone.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Edition:
    """A series of issues (刊): its key and title, its zone, when it is due, where its issues are kept.

    `weekday` is 0 for Monday to 6 for Sunday, `hour` 0 to 23 of the zone's local time, `out` the folder of the
    period folders, `number_start` the number of its first issue.
    """

    name: str
    title: str
    zone: ZoneInfo
    weekday: int
    hour: int
    out: Path
    number_start: int = 1


@dataclass(frozen=True, slots=True)
class Run:
    """One issue to be made of an edition: its ISO week ("2026-W46") with first and last day, number, due moment.

    `number` is None for a week before issue 1. `due` is local time of the edition's zone.
    """

    edition: str
    week: str
    since: dt.date
    until: dt.date
    number: int | None
    due: dt.datetime


@dataclass(frozen=True, slots=True)
class Anchor:
    """The week, by its Monday, whose number is known; every other week's number follows from the distance to it."""

    since: dt.date
    number: int


def week_name(day: dt.date) -> str:
    """The ISO week of a day, written 2026-W46."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def run_of(edition: Edition, since: dt.date, anchor: Anchor | None = None) -> Run:
    """The run that covers the week beginning on the Monday `since`; without an anchor it is the edition's first issue.

    Its number is the anchor's and the weeks between, so that a week made up later gets the number it would have had, and no
    number comes twice.
    """
    anchor = anchor or Anchor(since, edition.number_start)
    number = anchor.number + (since - anchor.since).days // 7
    until = since + _WEEK - dt.timedelta(days=1)
    return Run(edition.name, week_name(since), since, until, number if number >= 1 else None, _due(edition, since))


def latest_run(edition: Edition, now: dt.datetime, anchor: Anchor | None = None) -> Run:
    """The run that was due last at `now`, this very moment included; without an anchor it is the edition's first issue."""
    day = now.astimezone(edition.zone).date()
    since = day - dt.timedelta(days=day.weekday()) - _WEEK
    while _due(edition, since).astimezone(dt.UTC) > now:
        since -= _WEEK
    return run_of(edition, since, anchor)


def next_runs(edition: Edition, now: dt.datetime, count: int, anchor: Anchor | None = None) -> tuple[Run, ...]:
    """The first `count` runs due after `now`; without an anchor the latest run before them is the edition's first issue."""
    latest = latest_run(edition, now)
    anchor = anchor or Anchor(latest.since, edition.number_start)
    return tuple(run_of(edition, since, anchor) for since in islice(_mondays(latest.since + _WEEK), count))


def runs_between(edition: Edition, since: dt.date, until: dt.date, anchor: Anchor | None = None) -> tuple[Run, ...]:
    """The runs of the weeks that begin on the Mondays from `since` up to and without `until`.

    Without an anchor the week that begins on `until` is the edition's first issue.
    """
    anchor = anchor or Anchor(until, edition.number_start)
    return tuple(
        run_of(edition, monday, anchor) for monday in islice(_mondays(since), max(0, (until - since) // _WEEK))
    )


def _mondays(since: dt.date) -> Iterator[dt.date]:
    while True:
        yield since
        since += _WEEK


def _due(edition: Edition, since: dt.date) -> dt.datetime:
    """When the week beginning on the Monday `since` is due, in local time.

    Of an hour that comes twice it is the first; for one that is skipped, the first moment after the gap.
    """
    day = since + _WEEK + dt.timedelta(days=edition.weekday)
    wall = dt.datetime.combine(day, dt.time(edition.hour), edition.zone)  # fold=0: the first of two
    real = wall.astimezone(dt.UTC).astimezone(edition.zone)
    return wall if real.replace(tzinfo=None) == wall.replace(tzinfo=None) else _after_gap(wall)


def _after_gap(wall: dt.datetime) -> dt.datetime:
    """The first moment after the gap that swallowed `wall`.

    PEP 495: in a gap fold=0 reads the wall time by the offset before it, which gives a moment after the gap, and fold=1 by
    the offset after it, a moment before the gap.
    """
    late, early = (int(wall.replace(fold=fold).timestamp()) for fold in (0, 1))
    after = wall.replace(fold=1).utcoffset()
    seconds = range(early, late + 1)
    first = bisect_left(
        seconds, True, key=lambda second: dt.datetime.fromtimestamp(second, wall.tzinfo).utcoffset() == after
    )
    return dt.datetime.fromtimestamp(seconds[first], wall.tzinfo)
