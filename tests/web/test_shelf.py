"""What the desk lists: the period folders of editions, newest first."""

from dataclasses import dataclass
from pathlib import Path

from digest.edges.catalogue import load_words
from digest.edges.resources import resource_folder
from digest.schedule import built_weeks
from digest.web.shelf import EditionShelf, Entry, FixedShelf, week_title

CHINESE, ENGLISH = (load_words(resource_folder("templates") / "locale", name) for name in ("zh-CN", "en"))


@dataclass(frozen=True, slots=True)
class Edition:
    name: str
    title: str
    out: Path


def edition(folder: Path, name: str, *weeks: str) -> Edition:
    """An edition with built issues of these weeks."""
    out = folder / name
    for week in weeks:
        (out / week).mkdir(parents=True)
        (out / week / "digest.json").write_text("{}")
    return Edition(name, f"{name}周报", out)


def test_issues_of_all_editions_newest_first(tmp_path: Path) -> None:
    """By week from the last to the first, within a week in the order of the editions."""
    shelf = EditionShelf(
        [edition(tmp_path, "b", "2026-W45", "2026-W46"), edition(tmp_path, "a", "2026-W46")], built_weeks, CHINESE
    )
    assert [entry.key for entry in shelf.entries()] == ["b-2026-W46", "a-2026-W46", "b-2026-W45"]
    assert shelf.entries()[0].title == "b周报　2026年第46周（11月9日—11月15日）"


def test_only_built_weeks_are_issues(tmp_path: Path) -> None:
    """Other names, weeks that no year has, and folders without an issue are passed over."""
    own = edition(tmp_path, "a", "2026-W46", "2025-W53", "2026-W00", "W46", ".digest-2026-W47")
    (own.out / "2026-W47").mkdir()
    assert [entry.key for entry in EditionShelf([own], built_weeks, CHINESE).entries()] == ["a-2026-W46"]


def test_an_edition_without_a_folder_has_no_issue(tmp_path: Path) -> None:
    """Before the first issue there is nothing, and nothing fails."""
    shelf = EditionShelf([Edition("a", "A", tmp_path / "none")], built_weeks, CHINESE)
    assert list(shelf.entries()) == []
    assert shelf.state() == EditionShelf([], built_weeks, CHINESE).state()


def test_a_further_issue_is_another_version(tmp_path: Path) -> None:
    """Open pages are loaded again when an issue has come."""
    own = edition(tmp_path, "a", "2026-W46")
    shelf = EditionShelf([own], built_weeks, CHINESE)
    before = shelf.state().version
    edition(tmp_path, "a", "2026-W47")
    assert shelf.state().version != before


def test_a_folder_that_is_built_anew_is_another_version(tmp_path: Path) -> None:
    """Open pages are loaded again when an issue takes the place of the one that they show."""
    own = edition(tmp_path, "a", "2026-W46")
    shelf = FixedShelf((Entry("a", "A", own.out / "2026-W46"),))
    before = shelf.state().version
    assert shelf.state().version == before
    (own.out / "2026-W46").rename(own.out / "old")
    gone = shelf.state().version
    edition(tmp_path, "a", "2026-W46")
    assert len({before, gone, shelf.state().version}) == 3


def test_what_is_built_and_what_failed_is_told(tmp_path: Path) -> None:
    """Whether an issue is being built, what went wrong last, and a folder that cannot be read."""
    own = edition(tmp_path, "a", "2026-W46")
    state = EditionShelf([own], built_weeks, CHINESE, lambda: (True, "坏")).state()
    assert (state.building, state.error) == (True, "坏")
    (tmp_path / "file").touch()
    error = EditionShelf([Edition("b", "B", tmp_path / "file")], built_weeks, CHINESE).state().error
    assert error is not None
    assert str(tmp_path / "file") in error


def test_weeks_are_written_for_readers() -> None:
    """With the days from Monday to Sunday, over the year's end too."""
    assert week_title("2026-W53", CHINESE) == "2026年第53周（12月28日—1月3日）"
    assert week_title("2026-W53", ENGLISH) == "2026 week 53 (Dec 28 – Jan 3)"
