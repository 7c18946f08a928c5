"""An issue -> what the templates see of it: put in order, counted and worded."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.model import ELSEWHERE, PROVINCE, Brief, Checks, Issue, Period, Section, Source, Story
from digest.stages.render.views import BriefView, IssueView, SectionView, SourceView, StoryView, TileView, Words

_PREHEADER_STORIES = 3
"""An inbox shows some 35 to 90 characters beside the subject: about three headlines."""

_SHADES = 4
"""Of the map, besides that of a prefecture without news."""

_ANCHOR_DIGITS = 8
"""Of a story's anchor, in hexadecimal: four billion names for some hundred stories."""

_SHAPELESS = re.compile("[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]+")
"""White space, controls, and the marks that turn the direction of writing."""

_HOST = re.compile(r"https?://(?:www\.)?([^/?#@\s:]+)", re.IGNORECASE)

_TURNING = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Letters that are written from right to left."""
_ISOLATE, _POP = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class _Issue:
    """What every part of the view needs of the whole."""

    words: Words
    period: Period | None
    most: int
    """Stories and briefs of the section that has most."""
    labels: Mapping[str, str]
    """The short names of cities."""
    sections: Mapping[str, str]
    """The title of the section that a story stands in, by the story's id."""
    untitled: frozenset[str]
    referred: frozenset[str]


def issue_view(issue: Issue, words: Words, checks: Checks, web_address: str) -> IssueView:
    """The view of the whole issue: what the web page and the plain text show."""
    filled = [section for section in issue.sections if _entries(section)]
    whole = _Issue(
        words,
        issue.period,
        max(map(_entries, filled), default=0),
        {tile.city: tile.label for row in issue.tiles for tile in row if tile},
        {story.id: _title(section, words) for section in filled for story in section.stories},
        frozenset(story.id for story in issue.stories if story.headline is None),
        frozenset(brief.article for section in filled for brief in section.briefs),
    )
    number = words("masthead.number", number=issue.number) if issue.number is not None else ""
    period = _period(issue.period, words) if issue.period is not None else ""
    title = _line(issue.edition)
    checked = words("count.checked", faithful=checks.faithful, total=checks.total) if checks.total else ""
    return IssueView(
        language=words.language,
        title=title,
        number=number,
        period=period,
        subject=" ".join(filter(None, (title, number, period))),
        counts=tuple(_counts(filled, words)),
        checked=checked,
        checks=checks,
        preheader=words("list.clauses").join(story.label.text for story in issue.stories[:_PREHEADER_STORIES]),
        sections=tuple(_section(section, whole) for section in filled),
        tiles=_tiles(issue),
        silent=words("list.names").join(section.title for section in issue.sections if _is_silent(section)),
        keywords=issue.keywords,
        notes=tuple(_notes(issue, words)),
        left_out=_left_out(issue, words),
        web_address=web_address,
        created=issue.period.until.isoformat() if issue.period else "",
    )


def web_address(template: str, issue: Issue) -> str:
    """The address of the issue's web page, its fields filled in; empty where none is configured."""
    since, until = (issue.period.since, issue.period.until) if issue.period else (None, None)
    week = "{}-W{:02}".format(*since.isocalendar()[:2]) if since else ""
    fields = {"since": since or "", "until": until or "", "week": week, "number": issue.number or ""}
    return template.format(**fields) if template else ""


def _entries(section: Section) -> int:
    return len(section.stories) + len(section.briefs)


def _is_silent(section: Section) -> bool:
    return _is_city(section) and not _entries(section)


def _is_city(section: Section) -> bool:
    return section.city not in (PROVINCE, ELSEWHERE)


def _title(section: Section, words: Words) -> str:
    """What heads a section: a city's own name, else words of the language."""
    return section.title if _is_city(section) else words(f"section.{section.city}")


def _period(period: Period, words: Words) -> str:
    """The period with the year once, where both ends share it: 2026年11月9日—11月15日."""
    since, until = period.since, period.until
    if since == until:
        return words.day(since)
    return words("masthead.period", since=words.day(since), until=words.day(until, since.year))


def _counts(filled: Sequence[Section], words: Words) -> Iterator[str]:
    """What the issue holds: cities with news, stories, briefs."""
    yield words.count("count.cities", sum(map(_is_city, filled)))
    yield words.count("count.stories", sum(len(section.stories) for section in filled))
    if briefs := sum(len(section.briefs) for section in filled):
        yield words.count("count.briefs", briefs)


def _notes(issue: Issue, words: Words) -> Iterator[str]:
    """How the issue was made, and what each mark means that it holds."""
    yield words("footer.made")
    if any(len(_runs(story)) > 1 for story in issue.stories):
        yield words("footer.gap")
    if any(source.truncated for story in issue.stories for source in story.sources):
        yield words("footer.truncated")


def _left_out(issue: Issue, words: Words) -> str:
    """What was read, what is not in the issue, and why, in one line."""
    reasons = {
        "footer.outside": issue.left_out,
        "footer.told": issue.told_before,
        "footer.unquotable": issue.unquotable,
        "footer.unread": len(issue.failures),
        "footer.empty": len(issue.without_article),
    }
    said = [words.count(key, number) for key, number in reasons.items() if number]
    read = words("footer.read", articles=issue.articles)
    return read + (words("footer.left_out") + words("list.clauses").join(said) + words("list.end") if said else "")


def _tiles(issue: Issue) -> tuple[tuple[TileView | None, ...], ...]:
    """The map, the shade of a prefecture being its share of the most that one has."""
    sections = {section.city: section for section in issue.sections}
    counts = {city: _entries(section) for city, section in sections.items()}
    most = max((counts.get(tile.city, 0) for row in issue.tiles for tile in row if tile), default=0)

    def view(city: str, label: str) -> TileView:
        count = counts.get(city, 0)
        shade = -(-_SHADES * count // most) if most else 0
        return TileView(label, count, shade, _anchor(sections[city]) if count else "")

    return tuple(tuple(view(tile.city, tile.label) if tile else None for tile in row) for row in issue.tiles)


# --- a section -------------------------------------------------------------------------------------------------------


def _anchor(section: Section) -> str:
    return f"c{section.code}" if section.code else section.city


def story_anchor(story: str) -> str:
    """The anchor of a story, from its id alone: that others come or go does not change it."""
    return "s" + hashlib.sha256(story.encode("utf-8", "surrogatepass")).hexdigest()[:_ANCHOR_DIGITS]


def _section(section: Section, whole: _Issue) -> SectionView:
    words = whole.words
    count = [words.count("count.stories", len(section.stories))] if section.stories else []
    count += [words.count("count.briefs", len(section.briefs))] if section.briefs else []
    title = _title(section, words)
    return SectionView(
        city=section.city,
        anchor=_anchor(section),
        title=title,
        label=whole.labels.get(section.city, title),
        counts=tuple(count),
        story_count=len(section.stories),
        brief_count=len(section.briefs),
        entries=_entries(section),
        percent=max(round(100 * _entries(section) / whole.most), 1),
        stories=tuple(_story(story, whole) for story in section.stories),
        briefs=tuple(_brief(brief, whole) for brief in section.briefs),
    )


def _story(story: Story, whole: _Issue) -> StoryView:
    words, runs = whole.words, _runs(story)
    opening = story.label.text if story.headline is None else ""
    if opening and runs and runs[0].startswith(opening):
        runs = (runs[0][len(opening) :], *runs[1:])
    within = whole.period.until.year if whole.period is not None else None
    return StoryView(
        anchor=story_anchor(story.id),
        title=story.label.text if story.headline else "",
        opening=opening,
        county=story.county or "",
        date=words.day(story.published, within) if story.published else words("story.undated"),
        runs=runs,
        sources=tuple(_source(source, words) for source in story.sources),
        keywords=words("list.names").join(story.keywords),
        referred=story.id in whole.referred,
    )


def _runs(story: Story) -> tuple[str, ...]:
    """The sentences, those that follow each other in the article joined."""
    runs: list[str] = []
    following = None
    for sentence in story.sentences:
        if sentence.index == following:
            runs[-1] += _between(runs[-1], sentence.text) + sentence.text
        else:
            runs.append(sentence.text)
        following = sentence.index + 1
    return tuple(runs)


def _between(before: str, after: str) -> str:
    """A space between two sentences that both are Latin where they meet; nothing between Chinese ones."""
    return " " if before[-1:].isascii() and after[:1].isascii() else ""


def _source(source: Source, words: Words) -> SourceView:
    """The medium, else the site; a file's name says nothing to a reader."""
    url = _web_address(source.url)
    return SourceView(
        name=isolated(_line(source.medium or "") or (_site(url) if url else words("story.contributed"))),
        authors=isolated(words("list.names").join(map(_line, source.authors))),
        url=url,
        truncated=source.truncated,
    )


def _site(url: str) -> str:
    """The host of an address, the address itself where it has none."""
    found = _HOST.match(url)
    return found[1] if found else url


def _web_address(url: str | None) -> str | None:
    """The address where it is one of the web's; any other scheme would be a link that runs or opens something."""
    address = _line(url or "")
    return address if address.lower().startswith(("http://", "https://")) else None


def _brief(brief: Brief, whole: _Issue) -> BriefView:
    known = brief.article in whole.sections
    return BriefView(
        text=brief.sentence.text,
        section=whole.sections.get(brief.article, ""),
        headline=_line(brief.label),
        untitled=brief.article in whole.untitled,
        link=f"#{story_anchor(brief.article)}" if known else "",
    )


def _line(text: str) -> str:
    """A name from outside (a medium, an author) on one line, without characters that have no shape."""
    return _SHAPELESS.sub(" ", text).strip()


# --- right to left ---------------------------------------------------------------------------------------------------


def isolated(text: str) -> str:
    """The text for a line that it shares with others: one with letters written from right to left turns nothing but itself."""
    return f"{_ISOLATE}{text}{_POP}" if _TURNING.search(text) else text
