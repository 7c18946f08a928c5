"""Which weeks of an edition's folder have their issue, and what their numbers say of the others."""

import datetime as dt
from pathlib import Path

import pytest

from digest.errors import FolderInUse, OutputError
from digest.schedule.calendar import Anchor
from digest.schedule.periods import built_weeks, find_anchor, is_built
from tests.schedule.editions import put_issue


def test_only_folders_of_weeks_with_an_issue_count(tmp_path: Path) -> None:
    """Other names, weeks that no year has, half-made folders and folders without an issue are no built weeks."""
    for name in ["2026-W46", "2025-W53", "2026-w45", "2026-W45.old", ".digest-0-1", "notes"]:
        put_issue(tmp_path, name, 1)
    (tmp_path / "2026-W44").mkdir()
    (tmp_path / "2026-W43").write_text("mine")
    assert built_weeks(tmp_path) == {dt.date(2026, 11, 9): tmp_path / "2026-W46"}


def test_weeks_come_in_order(tmp_path: Path) -> None:
    """The earliest week comes first, across years too."""
    for week in ["2027-W01", "2026-W09", "2026-W53", "2026-W10"]:
        put_issue(tmp_path, week, 1)
    assert [folder.name for folder in built_weeks(tmp_path).values()] == [
        "2026-W09",
        "2026-W10",
        "2026-W53",
        "2027-W01",
    ]


def test_no_folder_holds_no_weeks(tmp_path: Path) -> None:
    """A folder that is not there has no issue, and is not made by being looked at."""
    assert built_weeks(tmp_path / "issues") == {}
    assert not (tmp_path / "issues").exists()


def test_what_is_no_folder_is_an_error(tmp_path: Path) -> None:
    """A file in the place of the edition's folder is named."""
    (tmp_path / "issues").write_text("mine")
    with pytest.raises(OutputError, match="issues: Not a directory"):
        built_weeks(tmp_path / "issues")


def test_the_earliest_number_is_the_anchor(tmp_path: Path) -> None:
    """Issues without a number and records that cannot be read are passed over, the later numbers are not asked."""
    put_issue(tmp_path, "2026-W40", None)
    for week, record in [
        ("2026-W41", b"{"),
        ("2026-W42", b"[]"),
        ("2026-W43", b'{"number": true}'),
        ("2026-W44", b"\xff"),
    ]:
        (put_issue(tmp_path, week, 1) / "digest.json").write_bytes(record)
    put_issue(tmp_path, "2026-W45", 7)
    put_issue(tmp_path, "2026-W46", 99)
    assert find_anchor(built_weeks(tmp_path)) == Anchor(dt.date(2026, 11, 2), 7)
    assert find_anchor({}) is None


def test_somebodys_own_folder_is_no_record(tmp_path: Path) -> None:
    """What stands in the place of an issue and holds none is named, be it a folder, a file or a link to nowhere."""
    for week in ["2026-W44", "2026-W45", "2026-W46"]:
        assert not is_built(tmp_path / week)
    (tmp_path / "2026-W44").mkdir()
    (tmp_path / "2026-W45").write_text("mine")
    (tmp_path / "2026-W46").symlink_to("nowhere")
    for week in ["2026-W44", "2026-W45", "2026-W46"]:
        with pytest.raises(FolderInUse, match=rf"{week}.*holds no digest\.json; move it elsewhere"):
            is_built(tmp_path / week)
