"""Which week is due when, in any zone, and under which number."""

import datetime as dt
from zoneinfo import available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.schedule.calendar import Anchor, Edition, latest_run, next_runs, run_of, runs_between, week_name
from tests.schedule.editions import FRIDAY, MONDAY, SUNDAY, TUESDAY, at, edition

WEEK = dt.timedelta(days=7)
INSTANT = dt.timedelta(microseconds=1)
MONDAYS = st.integers(0, 5269).map(lambda weeks: dt.date(1990, 1, 1) + weeks * WEEK)
"""Every Monday from 1990 to 2090."""

ODD_ZONES = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "America/St_Johns",
    "Africa/Casablanca",
]
ZONES = st.sampled_from(ODD_ZONES) | st.sampled_from(sorted(available_timezones() - {"localtime"}))
EDITIONS = st.builds(edition, zone=ZONES, weekday=st.integers(0, 6), hour=st.integers(0, 23))


def due(local: str, zone: str) -> list[str]:
    """When an edition is due on the day and at the hour of a local time: local time with its offset."""
    moment = dt.datetime.fromisoformat(local)
    of_zone = edition(zone=zone, weekday=moment.weekday(), hour=moment.hour)
    before = (moment - dt.timedelta(days=3)).replace(tzinfo=dt.UTC)
    return [run.due.isoformat() for run in next_runs(of_zone, before, 1)]


@pytest.mark.parametrize("weekday", [MONDAY, TUESDAY, FRIDAY, SUNDAY])
def test_a_run_covers_the_week_before_its_own(weekday: int) -> None:
    """On whichever weekday it is due, a run covers the Monday to Sunday before its ISO week."""
    run = latest_run(edition(weekday=weekday), at("2026-11-22 23:00"))
    assert (run.week, run.since, run.until) == ("2026-W46", dt.date(2026, 11, 9), dt.date(2026, 11, 15))
    assert run.due.replace(tzinfo=None) == dt.datetime(2026, 11, 16 + weekday, 8)  # noqa: DTZ001 # local time


def test_the_due_moment_itself_counts() -> None:
    """A run is the latest from its due moment on, and the next until then."""
    monday = at("2026-11-16 08:00")
    assert latest_run(edition(), monday).week == "2026-W46"
    assert latest_run(edition(), monday - INSTANT).week == "2026-W45"
    assert next_runs(edition(), monday, 1)[0].week == "2026-W47"
    assert next_runs(edition(), monday - INSTANT, 1)[0].week == "2026-W46"


def test_a_year_of_53_weeks() -> None:
    """Week 53 is a week like any other, and week 1 follows it."""
    weeks = [run.week for run in next_runs(edition(), at("2026-12-20 12:00"), 4)]
    assert weeks == ["2026-W51", "2026-W52", "2026-W53", "2027-W01"]


def test_the_hour_is_of_the_editions_zone() -> None:
    """Winter and summer the edition is due at the same local hour."""
    assert due("2026-11-16 08:00", "Asia/Shanghai") == ["2026-11-16T08:00:00+08:00"]
    assert due("2026-01-05 08:00", "Europe/Berlin") == ["2026-01-05T08:00:00+01:00"]
    assert due("2026-07-06 08:00", "Europe/Berlin") == ["2026-07-06T08:00:00+02:00"]


@pytest.mark.parametrize(
    ("local", "zone", "expected"),
    [
        ("2026-03-29 02:00", "Europe/Berlin", "2026-03-29T03:00:00+02:00"),
        ("2026-03-08 02:00", "America/New_York", "2026-03-08T03:00:00-04:00"),
        ("2026-10-04 02:00", "Australia/Lord_Howe", "2026-10-04T02:30:00+11:00"),
        ("2018-11-04 00:00", "America/Sao_Paulo", "2018-11-04T01:00:00-02:00"),
        ("2011-12-30 08:00", "Pacific/Apia", "2011-12-31T00:00:00+14:00"),
    ],
)
def test_a_skipped_hour_is_due_at_the_end_of_the_gap(local: str, zone: str, expected: str) -> None:
    """Where the clock jumps over the hour, or over the whole day, the first moment after the jump counts."""
    assert due(local, zone) == [expected]


@pytest.mark.parametrize(
    ("local", "zone", "expected"),
    [
        ("2026-10-25 02:00", "Europe/Berlin", "2026-10-25T02:00:00+02:00"),
        ("2026-11-01 01:00", "America/New_York", "2026-11-01T01:00:00-04:00"),
    ],
)
def test_of_an_hour_that_comes_twice_the_first_counts(local: str, zone: str, expected: str) -> None:
    """Where the clock goes back, the edition is due once, at the first of the two hours."""
    assert due(local, zone) == [expected]
    after = dt.datetime.fromisoformat(expected) + dt.timedelta(hours=1)
    moment = dt.datetime.fromisoformat(local)
    assert latest_run(edition(zone=zone, weekday=SUNDAY, hour=moment.hour), after).due.isoformat() == expected


@given(EDITIONS, MONDAYS)
@example(edition(zone="Pacific/Apia", weekday=FRIDAY), dt.date(2011, 12, 19))
@example(edition(zone="Pacific/Kiritimati", weekday=SUNDAY), dt.date(1994, 12, 19))
@example(edition(zone="America/Sao_Paulo", weekday=SUNDAY, hour=0), dt.date(2018, 10, 22))
def test_every_week_is_due_once(of: Edition, since: dt.date) -> None:
    """The run of a week is the latest exactly from its due moment to that of the week after it."""
    run, following = run_of(of, since), run_of(of, since + WEEK)
    moment, end = run.due.astimezone(dt.UTC), following.due.astimezone(dt.UTC)
    assert moment < end
    for now, latest in [(moment, since), (end - INSTANT, since), (moment - INSTANT, since - WEEK), (end, since + WEEK)]:
        assert latest_run(of, now).since == latest
        assert next_runs(of, now, 1)[0].since == latest + WEEK


@given(EDITIONS, MONDAYS)
def test_due_on_its_day_at_its_hour_or_at_once_after(of: Edition, since: dt.date) -> None:
    """A due moment is the hour of its weekday; where the zone skips that, no moment of the gap's end is earlier."""
    moment = run_of(of, since).due
    day = since + WEEK + dt.timedelta(days=of.weekday)
    wall = dt.datetime.combine(day, dt.time(of.hour))
    assert moment.replace(tzinfo=None) >= wall
    if moment.replace(tzinfo=None) != wall:
        before = (moment.astimezone(dt.UTC) - dt.timedelta(seconds=1)).astimezone(of.zone)
        assert before.replace(tzinfo=None) < wall


@given(EDITIONS, MONDAYS, st.integers(0, 20))
def test_the_next_runs_are_of_successive_weeks(of: Edition, since: dt.date, count: int) -> None:
    """They begin with the first due after now and leave no week out, whatever the zone does."""
    now = dt.datetime.combine(since, dt.time(), dt.UTC)
    runs = next_runs(of, now, count)
    assert [run.since for run in runs] == [latest_run(of, now).since + (n + 1) * WEEK for n in range(count)]
    moments = [run.due.astimezone(dt.UTC) for run in runs]
    assert moments == sorted(set(moments))
    assert all(moment > now for moment in moments)


def test_the_first_issue_has_the_number_to_start_with() -> None:
    """Without an issue whose number is known the latest due run is the first issue, and the next count on."""
    of, now = edition(number_start=12), at("2026-11-16 09:00")
    assert latest_run(of, now).number == 12
    assert [run.number for run in next_runs(of, now, 3)] == [13, 14, 15]


def test_numbers_follow_from_the_known_one() -> None:
    """Each week's number is the anchor's and the weeks between; before issue 1 there is none."""
    anchor = Anchor(dt.date(2026, 11, 2), 2)
    runs = runs_between(edition(), dt.date(2026, 10, 19), dt.date(2026, 11, 23), anchor)
    assert [(run.week, run.number) for run in runs] == [
        ("2026-W43", None),
        ("2026-W44", 1),
        ("2026-W45", 2),
        ("2026-W46", 3),
        ("2026-W47", 4),
    ]


def test_no_runs_between_a_week_and_an_earlier_one() -> None:
    """The same week twice, or the later before the earlier, holds nothing."""
    monday = dt.date(2026, 11, 9)
    assert runs_between(edition(), monday, monday) == ()
    assert runs_between(edition(), monday, monday - WEEK) == ()


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_the_name_of_a_week(day: dt.date) -> None:
    """It is what strftime calls the ISO year and week."""
    assert week_name(day) == day.strftime("%G-W%V")
