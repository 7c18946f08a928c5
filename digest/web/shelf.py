"""Which issues the desk shows, and whether one is being built."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from zlib import crc32

_PERIOD = re.compile(r"(\d{4})-W(\d{2})")
_RECORD = "digest.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """A built issue: its key within URLs, its title in lists, its folder."""

    key: str
    title: str
    folder: Path


@dataclass(frozen=True, slots=True)
class State:
    """What became of building: a version that changes with each rebuild, whether one is at work, what went wrong last."""

    version: int = 0
    building: bool = False
    error: str | None = None


class Shelf(Protocol):
    """Where the desk takes its issues from; both are asked anew for every page, from several threads."""

    def entries(self) -> Sequence[Entry]:
        """The issues, newest first."""

    def state(self) -> State:
        """What became of building."""


class Series(Protocol):
    """What an edition's issues are listed by."""

    @property
    def name(self) -> str:
        """Its short name, unique among the editions."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def out(self) -> Path:
        """The folder of its period folders."""


@dataclass(frozen=True, slots=True)
class FixedShelf:
    """Issues in folders that are given."""

    fixed: tuple[Entry, ...]

    def entries(self) -> Sequence[Entry]:
        return self.fixed

    def state(self) -> State:
        """The version tells their records apart: pages are loaded again when a folder has been built anew."""
        return State(version=crc32(repr([_identity(entry.folder / _RECORD) for entry in self.fixed]).encode()))


class EditionShelf:
    """The issues in the period folders of some editions."""

    def __init__(self, editions: Iterable[Series]) -> None:
        self._editions = tuple(editions)

    def entries(self) -> Sequence[Entry]:
        """The newest week first, within a week in the order of the editions."""
        found = [
            (week, Entry(f"{edition.name}-{week}", f"{edition.title}　{week_title(week)}", edition.out / week))
            for edition in self._editions
            for week in _weeks(edition.out)
        ]
        return [entry for _, entry in sorted(found, key=lambda pair: pair[0], reverse=True)]

    def state(self) -> State:
        """The version is the number of issues: pages are loaded again when one has come."""
        return State(version=len(self.entries()))


def week_title(week: str) -> str:
    """2026-W46 as readers write it: 2026年第46周（11月9日—11月15日）."""
    year, number = map(int, week.split("-W"))
    monday = dt.date.fromisocalendar(year, number, 1)
    sunday = monday + dt.timedelta(days=6)
    return f"{year}年第{number}周（{monday.month}月{monday.day}日—{sunday.month}月{sunday.day}日）"


def _identity(file: Path) -> tuple[int, int] | None:
    """What tells a file from another one of its name; None where there is none."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns


def _weeks(out: Path) -> list[str]:
    """The names of the folders of built periods; none where the folder is missing or may not be read."""
    try:
        return [folder.name for folder in out.iterdir() if _is_week(folder.name) and (folder / _RECORD).is_file()]
    except OSError:
        return []


def _is_week(name: str) -> bool:
    found = _PERIOD.fullmatch(name)
    if found is None:
        return False
    try:
        dt.date.fromisocalendar(int(found.group(1)), int(found.group(2)), 7)
    except (ValueError, OverflowError):
        return False
    return True
