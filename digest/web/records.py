"""The files of a built issue as values: what the desk reads of `digest.json` and `articles.json`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from digest.model import MendingKind
from digest.quote import Repair, Span


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a quote stands in its document, and how it was repaired."""

    document: str
    spans: tuple[Span, ...]
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quoted text with its receipt."""

    text: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class StorySentence:
    """A sentence of a story; `index` is its position among the sentences of the article."""

    text: str
    index: int
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class StorySource:
    """Where one report of a story stands."""

    document: str
    article: str
    medium: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """A story of the issue; `id` is that of the article that tells it."""

    id: str
    headline: str | None
    label: str
    label_receipt: Receipt
    county: str | None
    published: dt.date | None
    sentences: tuple[StorySentence, ...]
    sources: tuple[StorySource, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief, and the id of the story that it refers to."""

    article: str
    sentence: Quoted


@dataclass(frozen=True, slots=True)
class Section:
    """A city's stories and briefs."""

    city: str
    code: str
    title: str
    stories: tuple[Story, ...]
    briefs: tuple[Brief, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the issue."""

    id: str
    path: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read."""

    path: str


@dataclass(frozen=True, slots=True)
class Period:
    """The days that an issue covers, both ends included."""

    since: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class Issue:
    """`digest.json`, as far as the desk shows it."""

    edition: str
    number: int | None
    period: Period | None
    method: str
    documents: tuple[Document, ...]
    sections: tuple[Section, ...]
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A mention of a place, and what it counted for; `spans` is empty where the match lies across a repair."""

    matched: str
    place: str
    weight: float
    reason: str
    field: Literal["title", "text"]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article; what a ranking gave it is None and empty where the issue does not tell."""

    index: int
    text: str
    receipt: Receipt
    chosen: bool
    score: float | None = None
    terms: Mapping[str, float] = field(default_factory=dict)
    worth: float | None = None
    facts: Mapping[str, float] = field(default_factory=dict)
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Mending:
    """What was mended on the page so that the article could be read from it."""

    kind: MendingKind
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """How an article was read; `confidence` is None where the issue does not tell."""

    id: str
    document: str
    headline: Quoted | None
    subtitle: Quoted | None
    dateline: Quoted | None
    city: str
    county: str | None
    sentences: tuple[Sentence, ...]
    method: str = ""
    confidence: float | None = None
    runner_up: str | None = None
    evidence: tuple[Evidence, ...] = ()
    mendings: tuple[Mending, ...] = ()


@dataclass(frozen=True, slots=True)
class Articles:
    """`articles.json`."""

    articles: tuple[Article, ...]


def articles_of(issue: Issue) -> tuple[Article, ...]:
    """The articles that tell the issue's stories, with what the stories quote of them and nothing of how they were read."""
    return tuple(_article(story, section) for section in issue.sections for story in section.stories)


def _article(story: Story, section: Section) -> Article:
    return Article(
        id=story.id,
        document=story.label_receipt.document,
        headline=Quoted(story.headline, story.label_receipt) if story.headline is not None else None,
        subtitle=None,
        dateline=None,
        city=section.city,
        county=story.county,
        sentences=tuple(Sentence(each.index, each.text, each.receipt, True) for each in story.sentences),
    )
