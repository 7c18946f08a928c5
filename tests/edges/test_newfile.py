"""A file that appears complete or not at all, on a real disk."""

import os
import stat
from pathlib import Path

import pytest

from digest.edges.newfile import write_new_file
from digest.errors import OutputError, UsageError


def test_a_new_file_and_nothing_else(tmp_path: Path) -> None:
    """The file holds what was given, can be read as the umask says, and nothing is left beside it."""
    before = os.umask(0o027)
    try:
        write_new_file(tmp_path / "a.toml", b"x = 1\n")
    finally:
        os.umask(before)
    assert (tmp_path / "a.toml").read_bytes() == b"x = 1\n"
    assert stat.S_IMODE((tmp_path / "a.toml").stat().st_mode) == 0o640
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.toml"]


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_what_is_there_stays(tmp_path: Path, kind: str) -> None:
    """A file, a folder and a link that leads nowhere keep their name."""
    there = tmp_path / "a.toml"
    {"file": there.touch, "folder": there.mkdir, "link": lambda: there.symlink_to("nowhere")}[kind]()
    with pytest.raises(UsageError, match=r"a\.toml: is there already"):
        write_new_file(there, b"x")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.toml"]
    assert there.is_symlink() or there.is_dir() or there.read_bytes() == b""


def test_a_file_made_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another process puts there at the last moment is not replaced."""
    there = tmp_path / "a.toml"

    def overtaken(descriptor: int) -> None:  # noqa: ARG001 # as os.fsync
        there.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", overtaken)
    with pytest.raises(UsageError, match="is there already"):
        write_new_file(there, b"ours")
    assert there.read_bytes() == b"theirs"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.toml"]


def test_a_folder_that_is_missing_or_none(tmp_path: Path) -> None:
    """A missing folder and a file in its place are named."""
    (tmp_path / "file").touch()
    for name in ("no", "file"):
        with pytest.raises(OutputError, match=rf"a\.toml: there is no folder {tmp_path / name}"):
            write_new_file(tmp_path / name / "a.toml", b"x")
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_folder_that_cannot_be_written() -> None:
    """Where no file can be made the file that was asked for is named, not the one that was tried."""
    with pytest.raises(OutputError, match=r"^/sys/a\.toml: [A-Z]"):
        write_new_file(Path("/sys/a.toml"), b"x")
