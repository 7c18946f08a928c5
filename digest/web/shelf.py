"""Which issues the desk shows, and whether one is being built."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from zlib import crc32

from digest.edges.catalogue import Words
from digest.errors import DigestError
from digest.web.issues import identity_of

_RECORD = "digest.json"

Weeks = Callable[[Path], Mapping[dt.date, Path]]
"""The folder of an edition's issues -> the folders of the built weeks by their Monday."""
News = Callable[[], tuple[bool, str | None]]
"""Whether an issue is being built, and what went wrong last, None where nothing did."""


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
        """The version tells their files apart: pages are loaded again when a folder has been built anew or changed."""
        return State(crc32(repr([identity_of(entry.folder) for entry in self.fixed]).encode()))


class EditionShelf:
    """The issues in the period folders of some editions.

    `weeks` gives the folders of the built weeks below an edition's folder, by Monday; `words` is what their titles are made
    of; `news` tells whether an issue is being built, and what went wrong last.
    """

    def __init__(
        self, editions: Iterable[Series], weeks: Weeks, words: Words, news: News = lambda: (False, None)
    ) -> None:
        self._editions = tuple(editions)
        self._weeks, self._words, self._news = weeks, words, news

    def entries(self) -> Sequence[Entry]:
        """The newest week first, within a week in the order of the editions. Raises DigestError where a folder is closed."""
        found = [
            (monday, Entry(f"{edition.name}-{folder.name}", self._title(edition, folder), folder))
            for edition in self._editions
            for monday, folder in self._weeks(edition.out).items()
        ]
        return [entry for _, entry in sorted(found, key=lambda pair: pair[0], reverse=True)]

    def _title(self, edition: Series, folder: Path) -> str:
        return f"{edition.title}\u3000{week_title(folder.name, self._words)}"

    def state(self) -> State:
        """The version tells the issues apart: pages are loaded again when one has come."""
        building, error = self._news()
        try:
            return State(_version(self.entries()), building, error)
        except DigestError as e:
            return State(0, building, str(e))


def _version(entries: Iterable[Entry]) -> int:
    return crc32(repr([(entry.key, _identity(entry.folder / _RECORD)) for entry in entries]).encode())


def week_title(week: str, words: Words) -> str:
    """2026-W46 as readers write it: 2026年第46周（11月9日—11月15日）."""
    year, number = map(int, week.split("-W"))
    monday = dt.date.fromisocalendar(year, number, 1)
    sunday = monday + dt.timedelta(days=6)
    since, until = words.day(monday, monday.year), words.day(sunday, sunday.year)
    return words("desk.week", year=year, week=number, since=since, until=until)


def _identity(file: Path) -> tuple[int, int] | None:
    """What tells a file from another one of its name; None where there is none."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns
