"""A built issue -> the list of its stories and sentences by city, each with the address of its receipt."""

from collections.abc import Iterator
from dataclasses import dataclass

from digest.edges.catalogue import Words
from digest.web.issues import BuiltIssue
from digest.web.links import Links, Place
from digest.web.marking import shown
from digest.web.missing import Missing
from digest.web.records import Issue, Section, Story


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote of the issue in the list; `current` where its receipt is open."""

    text: str
    link: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story: its head, where and when, its sentences."""

    head: QuoteView
    note: str
    sentences: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A city's stories and briefs."""

    title: str
    count: str
    stories: tuple[StoryView, ...]
    briefs: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose among, by a link; `current` for what is chosen."""

    name: str
    link: str
    current: bool


def contents(built: BuiltIssue, links: Links, current: Place | None, words: Words) -> tuple[SectionView, ...]:
    """The sections that have something to read, or the one of the city that the links are bound to.

    Raises Missing for a city that is no section of the issue; one without any story is an empty section.
    """
    titles = [section.title for section in built.record.sections]
    if links.city is not None and links.city not in titles:
        raise Missing("city", links.city, {title: links.issue + links.query(city=title) for title in titles})
    views = _sections(built, links, current, words)
    if links.city is not None:
        return tuple(view for view in views if view.title == links.city)
    return tuple(view for view in views if view.stories or view.briefs)


def cities(built: BuiltIssue, links: Links, words: Words) -> tuple[Choice, ...]:
    """All, then each city with something to read."""
    sections = [section for section in built.record.sections if section.stories or section.briefs]
    everything = Choice(words("desk.all"), links.here(city=None), links.city is None)
    return (
        everything,
        *(Choice(each.title, links.here(city=each.title), links.city == each.title) for each in sections),
    )


def quote_views(built: BuiltIssue, links: Links, current: Place | None, words: Words) -> Iterator[QuoteView]:
    """Every quote of the issue in its order."""
    for section in _sections(built, links, current, words):
        for story in section.stories:
            yield story.head
            yield from story.sentences
        yield from section.briefs


def heading(record: Issue, words: Words) -> str:
    """第46期 · 2026年11月9日—11月15日; empty where neither is known."""
    parts = [words("masthead.number", number=record.number)] if record.number is not None else []
    if record.period:
        since, until = record.period.since, record.period.until
        parts.append(words("masthead.period", since=words.day(since), until=words.day(until, since.year)))
    return words("count.separator").join(parts)


def _sections(built: BuiltIssue, links: Links, current: Place | None, words: Words) -> list[SectionView]:
    """All sections of the issue, empty ones included."""
    taken: dict[str, int] = {}
    return [_section(section, built, links, current, taken, words) for section in built.record.sections]


def _section(
    section: Section, built: BuiltIssue, links: Links, current: Place | None, taken: dict[str, int], words: Words
) -> SectionView:
    """The view of a section; `taken` counts the briefs taken from each article so far."""
    briefs = []
    for brief in section.briefs:
        i = taken.get(brief.article, 0)
        taken[brief.article] = i + 1
        place = Place(built.article_number(brief.article) or 0, "briefs", i)
        briefs.append(_quote(brief.sentence.text, place, links, current))
    stories = tuple(_story(story, built, links, current, words) for story in section.stories)
    counts = [words.count("count.stories", len(stories))] if stories else []
    counts += [words.count("count.briefs", len(briefs))] if briefs else []
    return SectionView(section.title, " ".join(counts) or words("desk.nothing"), stories, tuple(briefs))


def _story(story: Story, built: BuiltIssue, links: Links, current: Place | None, words: Words) -> StoryView:
    article = built.article_number(story.id) or 0
    title = story.label + ("" if story.headline is not None else words("desk.untitled"))
    day = words.day(story.published, story.published.year) if story.published else words("story.undated")
    reports = words.count("desk.reports.count", len(story.sources)) if len(story.sources) > 1 else ""
    return StoryView(
        _quote(title, Place(article, "headline"), links, current),
        "　".join(filter(None, (story.county, day, reports))),
        tuple(_quote(each.text, Place(article, "sentences", each.index), links, current) for each in story.sentences),
    )


def _quote(text: str, place: Place, links: Links, current: Place | None) -> QuoteView:
    return QuoteView(shown(text), links.receipt(place), place == current)
