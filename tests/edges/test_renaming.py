"""Two renames at once, and a rename that never replaces, as the kernel and the file system do them."""

import sys
from pathlib import Path

import pytest

from digest.edges.renaming import swap, take_free

pytestmark = pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="the system has no such call")


def folder(path: Path, content: str) -> Path:
    path.mkdir()
    (path / "what").write_text(content)
    return path


def test_two_folders_swap_names(tmp_path: Path) -> None:
    """Each has the other's name, and both are there."""
    one, other = folder(tmp_path / "一", "one"), folder(tmp_path / "二", "other")
    assert swap(one, other)
    assert ((one / "what").read_text(), (other / "what").read_text()) == ("other", "one")


def test_nothing_swaps_with_what_is_missing(tmp_path: Path) -> None:
    """A missing folder is an error, and the other one stays."""
    one = folder(tmp_path / "one", "one")
    with pytest.raises(FileNotFoundError):
        swap(one, tmp_path / "nowhere")
    assert (one / "what").read_text() == "one"


def test_a_free_name_is_taken(tmp_path: Path) -> None:
    """What takes a name that nothing has stands there."""
    assert take_free(folder(tmp_path / "one", "one"), tmp_path / "free")
    assert (tmp_path / "free" / "what").read_text() == "one"


def test_a_name_in_use_is_not_taken(tmp_path: Path) -> None:
    """Not even an empty folder is replaced."""
    one = folder(tmp_path / "one", "one")
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileExistsError):
        take_free(one, tmp_path / "empty")
    assert (one / "what").read_text() == "one"
