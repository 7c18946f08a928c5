"""A folder is worked on by one at a time, and a dead process holds nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from digest.edges.locks import held


def test_one_block_holds_a_folder_at_a_time(tmp_path: Path) -> None:
    """A second block is told at once that another one works there, in the same process too."""
    with held(tmp_path) as first, held(tmp_path) as second:
        assert (first, second) == (True, False)
    with held(tmp_path) as again:
        assert again


def test_two_folders_are_held_side_by_side(tmp_path: Path) -> None:
    """A lock is on one folder only."""
    (tmp_path / "other").mkdir()
    with held(tmp_path) as one, held(tmp_path / "other") as other:
        assert (one, other) == (True, True)


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    """The kernel frees the folder of a process that was killed."""
    code = (
        "import sys; from digest.edges.locks import held\n"
        "with held(sys.argv[1]) as ours: print(ours, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"True\n"
        with held(tmp_path) as ours:
            assert not ours
        process.kill()
        process.wait()
    with held(tmp_path) as ours:
        assert ours


def test_a_missing_folder_cannot_be_held(tmp_path: Path) -> None:
    """There is nothing to lock."""
    with pytest.raises(FileNotFoundError), held(tmp_path / "nowhere"):
        pass
