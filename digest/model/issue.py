"""What is composed: stories and briefs in the sections of an issue."""

import datetime as dt
from dataclasses import dataclass

from digest.model.documents import Document, Failure
from digest.model.places import Tiles
from digest.model.summary import Sentence
from digest.quote import Quote


@dataclass(frozen=True, slots=True)
class Source:
    """Where one report of a story stands."""

    document: str
    path: str
    article: str
    medium: str | None
    authors: tuple[str, ...]
    published: dt.date | None
    url: str | None
    truncated: bool


@dataclass(frozen=True, slots=True)
class Story:
    """One event, told by one or more articles; headline and sentences are those of the most complete one."""

    id: str
    """The id of the article that tells it."""
    headline: Quote | None
    label: Quote
    """What heads it in the mail: the headline or, where there is none (无题), the opening clause of the first sentence."""
    city: str
    county: str | None
    published: dt.date | None
    """None: 日期不明."""
    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    length_chars: int = 0
    """Characters of all sentences of the article that tells it."""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """One sentence or clause (简讯) that refers to a story elsewhere in the issue."""

    article: str
    """The id of the story that it is taken from."""
    label: str
    """What heads that story in the mail."""
    sentence: Quote


@dataclass(frozen=True, slots=True)
class Section:
    """A city's stories and briefs."""

    city: str
    """A prefecture's official name, PROVINCE or ELSEWHERE."""
    code: str
    """The prefecture's or the province's code, empty for ELSEWHERE."""
    title: str
    """What the reader sees: 株洲市, 全省/多地, 省外·其他."""
    stories: tuple[Story, ...]
    briefs: tuple[Brief, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """The days that an issue covers, both ends included."""

    since: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class Issue:
    """One digest of one period (期)."""

    edition: str
    """The masthead's title: 湖南市州新闻周报."""
    province: str
    number: int | None
    period: Period | None
    """None where no date is known and none was asked for."""
    sections: tuple[Section, ...]
    """All cities of the province in official order, then PROVINCE, then ELSEWHERE; empty ones included."""
    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]
    articles: int
    """Articles that were found and are of the period."""
    without_article: tuple[str, ...]
    """The paths of documents in which no article was found."""
    left_out: int
    """Articles dated outside the period."""
    told_before: int
    """Undated articles that an earlier issue held."""
    unquotable: int
    """Articles of which no sentence can stand alone."""
    keywords: tuple[str, ...]
    method: str
    fingerprint: str
    """A hash of all the rest: what names the message and its boundaries."""
    tiles: Tiles = ()
    """The map of the province, empty where there is none."""

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories in the order of the mail."""
        return tuple(story for section in self.sections for story in section.stories)
