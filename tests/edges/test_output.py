"""A folder is there complete or not at all, on a real disk."""

import stat
from pathlib import Path

import pytest

from digest.edges.output import write_folder
from digest.errors import FolderInUse, OutputError

ISSUE = {"digest.json": b'{"documents": [{"id": "a"}]}', "digest.html": b"<p>", "documents/a.txt": b"a"}
EARLIER = ISSUE | {"digest.json": b'{"documents": [{"id": "a"}, {"id": "old"}]}', "documents/old.txt": b"old"}


def held(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def beside(folder: Path) -> list[str]:
    return [entry.name for entry in folder.parent.iterdir()]


def test_a_new_folder_with_its_parents(tmp_path: Path) -> None:
    """The folder and its parents are made, readable as the umask says, and nothing else is left beside it."""
    out = tmp_path / "2026" / "第1期"
    write_folder(out, ISSUE)
    assert held(out) == ISSUE
    assert beside(out) == ["第1期"]
    assert stat.S_IMODE(out.stat().st_mode) & 0o500 == 0o500


def test_an_earlier_issue_is_replaced_whole(tmp_path: Path) -> None:
    """Nothing of the earlier issue stays, nothing but the new one is there."""
    out = tmp_path / "out"
    write_folder(out, EARLIER)
    write_folder(out, ISSUE)
    assert held(out) == ISSUE
    assert beside(out) == ["out"]


@pytest.mark.parametrize("name", ["notes.txt", "digest.html.bak"])
def test_a_folder_with_other_things_is_not_touched(tmp_path: Path, name: str) -> None:
    """A folder that holds what is no part of an issue is refused by name, and keeps everything."""
    (tmp_path / name).write_text("mine")
    with pytest.raises(FolderInUse, match=name):
        write_folder(tmp_path, ISSUE)
    assert held(tmp_path) == {name: b"mine"}


def test_notes_among_an_issues_documents_are_safe(tmp_path: Path) -> None:
    """What the issue's own record does not name is no part of it, wherever it lies."""
    out = tmp_path / "out"
    write_folder(out, ISSUE)
    (out / "documents" / "notes.txt").write_text("mine")
    with pytest.raises(FolderInUse, match=r"documents/notes\.txt"):
        write_folder(out, ISSUE)
    assert held(out) == ISSUE | {"documents/notes.txt": b"mine"}


def test_the_folder_that_one_works_in_is_not_moved_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replacing the current folder would leave the shell in one that is gone."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FolderInUse, match="work in"):
        write_folder(Path(), ISSUE)


def test_an_interrupt_between_the_renames_brings_the_earlier_issue_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C at the worst moment leaves the earlier issue where it was."""
    out = tmp_path / "out"
    write_folder(out, EARLIER)
    rename, calls = Path.rename, []

    def interrupted(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 3:  # refused because it is not empty, moved aside, and then
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_folder(out, ISSUE)
    assert held(out) == EARLIER
    assert beside(out) == ["out"]


def test_a_failing_write_leaves_the_earlier_issue(tmp_path: Path) -> None:
    """When a file cannot be written the earlier issue stays as it was and no half-made folder is left."""
    out = tmp_path / "out"
    write_folder(out, ISSUE)
    with pytest.raises(OutputError, match="out"):
        write_folder(out, ISSUE | {"documents/" + "x" * 300: b"too long a name"})
    assert held(out) == ISSUE
    assert beside(out) == ["out"]


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    """A file where the folder or its parent should be is an error, not a traceback."""
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError, match="out: Not a directory"):
        write_folder(tmp_path / "out", ISSUE)
    with pytest.raises(OutputError, match="deeper: Not a directory"):
        write_folder(tmp_path / "out" / "deeper", ISSUE)
    assert (tmp_path / "out").read_text() == "mine"
