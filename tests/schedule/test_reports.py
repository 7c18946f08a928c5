"""What a run did, in lines."""

import datetime as dt
from pathlib import Path

from digest.schedule import Mailed, Outcome, Report, moment, report_lines
from digest.schedule.calendar import Anchor, Run, latest_run, runs_between
from tests.schedule.editions import at, edition

RUN = latest_run(edition(number_start=46), at("2026-11-16 08:00"))
DUE = "weekly 2026-W46, due 2026-11-16 08:00 Asia/Shanghai (UTC+08:00): "


def lines(outcome: Outcome, why: str = "", missed: tuple[Run, ...] = ()) -> tuple[str, ...]:
    return report_lines(Report(RUN, at("2026-11-16 08:00"), outcome, Path("issues/2026-W46"), why, missed))


def test_a_line_for_each_outcome() -> None:
    """Each names the edition, the week and when it was due, in the edition's zone."""
    assert lines(Outcome.MADE) == (DUE + "built as number 46 in issues/2026-W46",)
    assert lines(Outcome.PRESENT) == (DUE + "is there: issues/2026-W46",)
    assert lines(Outcome.BUSY) == (DUE + "another process is building in the same folder",)


def test_the_mails_have_lines_of_their_own() -> None:
    """Each names the edition and the week; they come last."""
    mailed = Mailed(("a@example.org: failed: 550\nno such user", "9 sent, 1 failed"), whole=False)
    report = Report(RUN, at("2026-11-16 08:00"), Outcome.MADE, Path("issues/2026-W46"), mailed=mailed)
    assert report_lines(report)[1:] == (
        "weekly 2026-W46: a@example.org: failed: 550; no such user",
        "weekly 2026-W46: 9 sent, 1 failed",
    )


def test_a_failure_stays_on_one_line() -> None:
    """A message of several lines is joined."""
    assert lines(Outcome.FAILED, "a.toml: wrong\n  b.toml: wrong\n") == (
        DUE + "not built: a.toml: wrong; b.toml: wrong",
    )


def test_missed_weeks_are_named() -> None:
    """A line of their own names them and the command that makes one up; of very many the last ones."""
    anchor = Anchor(dt.date(2026, 11, 9), 46)
    few = runs_between(edition(), dt.date(2026, 10, 26), dt.date(2026, 11, 9), anchor)
    (line,) = lines(Outcome.PRESENT, missed=few)[1:]
    assert line.startswith(
        "weekly: no issue of 2026-W44, 2026-W45; one is made up with: digest schedule run --week 2026-W45 (and --config"
    )
    many = runs_between(edition(), dt.date(2026, 1, 5), dt.date(2026, 11, 9), anchor)
    assert lines(Outcome.PRESENT, missed=many)[1].startswith(
        "weekly: no issue of 2026-W38, 2026-W39, 2026-W40, 2026-W41, 2026-W42, 2026-W43, 2026-W44, 2026-W45 and 36 before;"
    )


def test_a_moment_with_its_zone_and_offset() -> None:
    """Offsets of half hours and west of Greenwich are written as they are."""
    kathmandu = latest_run(edition(zone="Asia/Kathmandu"), at("2026-11-18 00:00")).due
    assert moment(kathmandu) == "2026-11-16 08:00 Asia/Kathmandu (UTC+05:45)"
    new_york = latest_run(edition(zone="America/New_York"), at("2026-11-18 00:00")).due
    assert moment(new_york) == "2026-11-16 08:00 America/New_York (UTC-05:00)"
