"""What an issue is made from is watched: a change builds once more, a failure keeps the last good issue."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from digest.errors import DigestError, TemplateFault
from digest.web.watching import WatchingShelf

WAIT_S = 8.0
"""Far more than a change needs to be noticed, for a machine that is busy."""
QUIET_S = 0.9
"""Longer than a change needs to be noticed, for what should not be."""


class Builder:
    """Counts its builds; fails while the source says so."""

    def __init__(self, out: Path, source: Path) -> None:
        self.out, self.source, self.built = out, source, 0

    def __call__(self) -> Path:
        self.built += 1
        text = self.source.read_text(encoding="utf-8") if self.source.exists() else ""
        if text == "坏":
            raise TemplateFault("mail.html.j2", 3, "unexpected end")
        if text == "意外":
            raise ZeroDivisionError("by nothing")
        self.out.mkdir(parents=True, exist_ok=True)
        (self.out / "digest.html").write_text(text, encoding="utf-8")
        return self.out


def until(condition: Callable[[], bool]) -> None:
    """Wait for it."""
    limit = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < limit, "did not come true"
        time.sleep(0.01)


@contextmanager
def watching(folder: Path, *paths: str, ignored: tuple[str, ...] = ()) -> Iterator[tuple[WatchingShelf, Builder]]:
    """A shelf that watches paths of the folder; it builds from the first into `out`."""
    build = Builder(folder / "out", folder / paths[0])
    with WatchingShelf([folder / path for path in paths], build, [folder / path for path in ignored]) as shelf:
        time.sleep(0.3)  # a watch that has just begun may still tell of what was before it
        yield shelf, build


def test_a_changed_file_builds_again(tmp_path: Path) -> None:
    """The version grows, and a neighbour of the file that is no source changes nothing."""
    source = tmp_path / "稿件.txt"
    source.write_text("一", encoding="utf-8")
    with watching(tmp_path, "稿件.txt") as (shelf, build):
        assert (shelf.state().version, build.built) == (0, 1)
        (tmp_path / "旁边.txt").write_text("x")
        time.sleep(QUIET_S)
        assert build.built == 1
        source.write_text("二", encoding="utf-8")
        until(lambda: shelf.state().version == 1)
        assert (shelf.entries()[0].folder / "digest.html").read_text(encoding="utf-8") == "二"


def test_a_failure_keeps_the_last_issue(tmp_path: Path) -> None:
    """The error is told in its words until a build succeeds; the version stays."""
    source = tmp_path / "稿件.txt"
    source.write_text("好", encoding="utf-8")
    with watching(tmp_path, "稿件.txt") as (shelf, _):
        source.write_text("坏", encoding="utf-8")
        until(lambda: shelf.state().error == "mail.html.j2, line 3: unexpected end")
        assert shelf.state().version == 0
        assert (shelf.entries()[0].folder / "digest.html").read_text(encoding="utf-8") == "好"
        source.write_text("意外", encoding="utf-8")
        until(lambda: shelf.state().error == "unexpected ZeroDivisionError: by nothing")
        source.write_text("又好", encoding="utf-8")
        until(lambda: shelf.state().error is None)
        assert shelf.state().version == 1


def test_a_first_failure_is_raised(tmp_path: Path) -> None:
    """Without any issue there is nothing to show: the error is the caller's."""
    (tmp_path / "稿件.txt").write_text("坏", encoding="utf-8")
    with pytest.raises(DigestError, match=r"mail\.html\.j2"), watching(tmp_path, "稿件.txt"):
        pass


def test_files_of_a_folder_come_and_go(tmp_path: Path) -> None:
    """At any depth, and the folder itself."""
    folder = tmp_path / "来稿"
    (folder / "一").mkdir(parents=True)
    with watching(tmp_path, "来稿/总.txt", "来稿") as (_, build):
        (folder / "一" / "甲.txt").write_text("甲")
        until(lambda: build.built == 2)
        (folder / "一" / "甲.txt").unlink()
        until(lambda: build.built == 3)
        shutil.rmtree(folder)
        until(lambda: build.built > 3)
        time.sleep(QUIET_S)
        before = build.built
        folder.mkdir()
        until(lambda: build.built > before)
        time.sleep(QUIET_S)
        before = build.built
        (folder / "乙.txt").write_text("乙")
        until(lambda: build.built > before)


def test_a_file_that_was_not_there_is_noticed(tmp_path: Path) -> None:
    """A configuration file that is written later counts from then on."""
    with watching(tmp_path, "digest.toml") as (_, build):
        (tmp_path / "digest.toml").write_text("")
        until(lambda: build.built == 2)


def test_what_is_built_among_the_sources_starts_nothing(tmp_path: Path) -> None:
    """Neither the output folder nor one that is filled beside it builds again and again."""
    (tmp_path / "稿件.txt").write_text("一", encoding="utf-8")
    with watching(tmp_path, "稿件.txt", "", ignored=("out",)) as (_, build):
        (tmp_path / "out" / "digest.txt").write_text("x")
        (tmp_path / ".digest-0123-ab").mkdir()
        (tmp_path / ".digest-0123-ab" / "digest.txt").write_text("x")
        time.sleep(QUIET_S)
        assert build.built == 1
        (tmp_path / "另一篇.txt").write_text("二", encoding="utf-8")
        until(lambda: build.built == 2)


def test_leaving_is_quick(tmp_path: Path) -> None:
    """Nothing is waited for but a build that is at work."""
    with watching(tmp_path, "稿件.txt"):
        started = time.monotonic()
    assert time.monotonic() - started < 1.5
