"""The latest due issue is there, made once; what was missed is said."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from digest.edges.locks import held
from digest.errors import FolderInUse, NothingToDo, OutputError, SourceError, UsageError
from digest.schedule import Outcome, Run, catch_up, make_period, outlook
from tests.schedule.editions import at, counting, edition, issue, numbers_in, put_issue, weeks_in

MONDAY = at("2026-11-16 08:00")
WEEK = dt.timedelta(days=7)


def test_a_fresh_folder_gets_the_latest_issue_at_once(tmp_path: Path) -> None:
    """Whenever it begins, an edition's first issue is that of the week before, and nothing was missed."""
    out = tmp_path / "of" / "hunan"
    report = catch_up(edition(out, number_start=12), MONDAY + dt.timedelta(days=3), issue)
    assert (report.outcome, report.run.week, report.run.number) == (Outcome.MADE, "2026-W46", 12)
    assert (report.folder, report.missed) == (out / "2026-W46", ())
    assert weeks_in(out) == ["2026-W46"]
    assert (out / "2026-W46" / "digest.html").read_bytes() == b"2026-W46"


def test_an_issue_is_made_once(tmp_path: Path) -> None:
    """Where the issue is there nothing is asked for and nothing changes."""
    made: list[Run] = []
    outcomes = [catch_up(edition(tmp_path), MONDAY, counting(made)).outcome for _ in range(3)]
    assert outcomes == [Outcome.MADE, Outcome.PRESENT, Outcome.PRESENT]
    assert len(made) == 1


def test_after_missed_weeks_the_latest_is_made(tmp_path: Path) -> None:
    """The weeks between the first issue and the latest due that have none are reported, each with its number, not made."""
    put_issue(tmp_path, "2026-W41", 5)
    put_issue(tmp_path, "2026-W43", 7)
    report = catch_up(edition(tmp_path), MONDAY, issue)
    assert (report.outcome, report.run.week, report.run.number) == (Outcome.MADE, "2026-W46", 10)
    assert [(run.week, run.number) for run in report.missed] == [("2026-W42", 6), ("2026-W44", 8), ("2026-W45", 9)]
    assert weeks_in(tmp_path) == ["2026-W41", "2026-W43", "2026-W46"]


def test_weeks_made_up_in_any_order_keep_their_numbers(tmp_path: Path) -> None:
    """A missed week gets the number that it would have had, and one before the first issue the number before."""
    of = edition(tmp_path, number_start=3)
    catch_up(of, MONDAY, issue)
    catch_up(of, MONDAY + 4 * WEEK, issue)
    for monday in [dt.date(2026, 11, 30), dt.date(2026, 11, 16), dt.date(2026, 11, 23), dt.date(2026, 11, 2)]:
        make_period(of, monday, MONDAY + 4 * WEEK, issue)
    assert weeks_in(tmp_path) == ["2026-W45", "2026-W46", "2026-W47", "2026-W48", "2026-W49", "2026-W50"]
    assert numbers_in(tmp_path) == [2, 3, 4, 5, 6, 7]


def test_a_failure_is_reported_and_leaves_nothing(tmp_path: Path) -> None:
    """An expected failure is in the report with its words; the folder is as before and the next try makes the issue."""

    def broken(run: Run) -> Mapping[str, bytes]:
        raise SourceError("news", f"no article of {run.week}")

    put_issue(tmp_path, "2026-W44", 1)
    report = catch_up(edition(tmp_path), MONDAY, broken)
    assert (report.outcome, report.why) == (Outcome.FAILED, "news: no article of 2026-W46")
    assert [run.week for run in report.missed] == ["2026-W45"]
    assert weeks_in(tmp_path) == ["2026-W44"]
    assert catch_up(edition(tmp_path), MONDAY, issue).outcome is Outcome.MADE


def test_the_unexpected_is_raised(tmp_path: Path) -> None:
    """A fault of the maker is nobody's report; the folder is free for the next."""

    def faulty(run: Run) -> Mapping[str, bytes]:
        raise KeyError(run.week)

    with pytest.raises(KeyError):
        catch_up(edition(tmp_path), MONDAY, faulty)
    assert catch_up(edition(tmp_path), MONDAY, issue).outcome is Outcome.MADE


def test_another_process_is_left_alone(tmp_path: Path) -> None:
    """While the edition's folder is held, nothing is made and nothing waits."""
    made: list[Run] = []
    with held(tmp_path) as ours:
        assert ours
        assert catch_up(edition(tmp_path), MONDAY, counting(made)).outcome is Outcome.BUSY
        with pytest.raises(OutputError, match="another process is building"):
            make_period(edition(tmp_path), None, MONDAY, counting(made))
    assert made == []


def test_an_issue_that_comes_meanwhile_stays(tmp_path: Path) -> None:
    """What was put into the week's place by hand while the issue was built is the issue of that week."""

    def overtaken(run: Run) -> Mapping[str, bytes]:
        put_issue(tmp_path, run.week, 77)
        return issue(run)

    assert catch_up(edition(tmp_path), MONDAY, overtaken).outcome is Outcome.PRESENT
    assert weeks_in(tmp_path) == ["2026-W46"]
    assert numbers_in(tmp_path) == [77]


def test_somebodys_own_folder_stays(tmp_path: Path) -> None:
    """A folder without an issue in the week's place is named and kept, and no issue is built in vain."""
    (tmp_path / "2026-W46").mkdir()
    (tmp_path / "2026-W46" / "notes.txt").write_text("mine")
    made: list[Run] = []
    report = catch_up(edition(tmp_path), MONDAY, counting(made))
    assert report.outcome is Outcome.FAILED
    assert str(tmp_path / "2026-W46") in report.why
    assert (tmp_path / "2026-W46" / "notes.txt").read_text() == "mine"
    with pytest.raises(FolderInUse, match="2026-W46"):
        make_period(edition(tmp_path), None, MONDAY, counting(made))
    assert made == []


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    """An edition whose folder cannot be made fails with the folder's name."""
    out = tmp_path / "issues"
    out.write_text("mine")
    report = catch_up(edition(out), MONDAY, issue)
    assert (report.outcome, report.why) == (Outcome.FAILED, f"{out}: File exists")


def test_one_week_is_made_up(tmp_path: Path) -> None:
    """The week that is asked for, else the latest due; a second time there is nothing to do."""
    of = edition(tmp_path)
    assert make_period(of, None, MONDAY, issue).run.week == "2026-W46"
    assert make_period(of, dt.date(2026, 10, 5), MONDAY, issue).folder == tmp_path / "2026-W41"
    for since in [None, dt.date(2026, 10, 5)]:
        with pytest.raises(NothingToDo, match="is there"):
            make_period(of, since, MONDAY, issue)


def test_a_week_is_not_made_before_it_is_due(tmp_path: Path) -> None:
    """Its news is not complete: the error says when it is due."""
    with pytest.raises(UsageError, match=r"2026-W47 is not due before 2026-11-23 08:00 Asia/Shanghai \(UTC\+08:00\)"):
        make_period(edition(tmp_path), dt.date(2026, 11, 16), MONDAY, issue)
    assert weeks_in(tmp_path) == []


def test_a_clock_before_the_first_issue(tmp_path: Path) -> None:
    """Issues later than the latest due one are no reason for missed weeks, and keep the numbers in step."""
    put_issue(tmp_path, "2026-W46", 2)
    report = catch_up(edition(tmp_path), MONDAY - 2 * WEEK, issue)
    assert (report.run.week, report.run.number, report.missed) == ("2026-W44", None, ())


def test_the_outlook_touches_nothing(tmp_path: Path) -> None:
    """It tells the latest due run, whether it is built, what was missed and what is next, and makes no folder."""
    of = edition(tmp_path / "issues", number_start=5)
    fresh = outlook(of, MONDAY, 2)
    assert (fresh.due.week, fresh.due.number, fresh.built, fresh.missed) == ("2026-W46", 5, False, ())
    assert [(run.week, run.number) for run in fresh.runs] == [("2026-W47", 6), ("2026-W48", 7)]
    assert not of.out.exists()
    catch_up(of, MONDAY - 2 * WEEK, issue)
    later = outlook(of, MONDAY)
    assert (later.due.week, later.due.number, later.built) == ("2026-W46", 7, False)
    assert [(run.week, run.number) for run in later.missed] == [("2026-W45", 6)]
    assert [run.number for run in later.runs] == [8, 9, 10, 11, 12]
    catch_up(of, MONDAY, issue)
    assert outlook(of, MONDAY).built
