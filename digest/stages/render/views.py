"""What the templates see: plain values in their order. A template may ask for what is declared here and for nothing else."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Protocol

from digest.model import Checks


class Words(Protocol):
    """The interface words and dates of a language, as `words` in the templates."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key; a KeyError where there is none."""
        ...

    def count(self, key: str, number: int) -> str:
        """The words of a key for a number of things."""
        ...

    def day(self, day: dt.date, within: int | None = None) -> str:
        """The date, without the year where that is `within`."""
        ...


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where a report stands: the medium's name, the authors, a web address, whether its end is missing."""

    name: str
    authors: str
    url: str | None
    truncated: bool


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story; `runs` are its sentences, those that follow each other in the article joined: between runs text is left out.

    `title` is empty where the source has no headline (无题); `opening` is then what the first run begins with and is
    set off, and `runs` go on behind it.
    """

    anchor: str
    title: str
    opening: str
    county: str
    date: str
    runs: tuple[str, ...]
    sources: tuple[SourceView, ...]
    keywords: str
    referred: bool
    """Whether a brief leads to it."""


@dataclass(frozen=True, slots=True)
class BriefView:
    """A brief, the section and headline of the story that it refers to, and a link to that story."""

    text: str
    section: str
    headline: str
    untitled: bool
    """Whether the headline is but the opening clause of a story without one."""
    link: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section that has something to read; `moved` of its stories and briefs stand on the web page, at `moved_link`."""

    city: str
    anchor: str
    title: str
    label: str
    """The short name."""
    counts: tuple[str, ...]
    """2篇, 简讯1条."""
    story_count: int
    brief_count: int
    entries: int
    """Stories and briefs together: what the map and the bars show."""
    percent: int
    """The length of its bar, 100 for the section with most entries."""
    stories: tuple[StoryView, ...]
    briefs: tuple[BriefView, ...]
    moved: int = 0
    moved_link: str = ""


@dataclass(frozen=True, slots=True)
class TileView:
    """A prefecture on the map: its short name, its number of stories and briefs, a shade from 0 to 4, its section's anchor or none."""

    label: str
    count: int
    shade: int
    anchor: str


@dataclass(frozen=True, slots=True)
class IssueView:
    """All that a template may ask for, as `issue`; an empty string or tuple where there is nothing to say."""

    language: str
    title: str
    number: str
    period: str
    subject: str
    counts: tuple[str, ...]
    checked: str
    checks: Checks
    preheader: str
    sections: tuple[SectionView, ...]
    tiles: tuple[tuple[TileView | None, ...], ...]
    silent: str
    keywords: tuple[str, ...]
    notes: tuple[str, ...]
    left_out: str
    web_address: str
    created: str
    """The last day of the period, ISO; empty where it is not known."""
    moved: int = 0


def names() -> frozenset[str]:
    """Every attribute that a template may ask of a value."""
    views = (SourceView, StoryView, BriefView, SectionView, TileView, IssueView, Checks)
    declared = {field.name for view in views for field in fields(view)}
    return frozenset(declared | {"language", "count", "day"})
