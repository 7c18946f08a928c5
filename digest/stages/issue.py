"""Stories -> the issue: sections in official order, stories in a stated order, nothing dropped without a word.

Order of the stories of a section: those that more papers report first, those without a headline last, then the longer
report first, then document order.
"""

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from digest.model import (
    ELSEWHERE,
    PROVINCE,
    Article,
    Brief,
    Document,
    Gazetteer,
    Issue,
    Period,
    Section,
    Source,
    Story,
    Summary,
)
from digest.quote import Quote

PROVINCE_TITLE = "全省/多地"
ELSEWHERE_TITLE = "省外·其他"

_LABEL_MIN, _LABEL_MAX = 10, 40
"""Characters of what heads a story without a headline: a date alone (11月10日) is too short to tell anything."""

_CLAUSE_END = re.compile(r"[，。；：！？、,;:!?…—]")


def in_period(article: Article, since: dt.date | None, until: dt.date | None) -> bool:
    """Whether an article belongs to a period, each end of which may be open; one without a date always does (日期不明)."""
    day = article.published
    return day is None or ((since is None or since <= day) and (until is None or day <= until))


def shown_period(articles: Sequence[Article], since: dt.date | None, until: dt.date | None) -> Period | None:
    """The period as asked for, an open end closed by the articles' known dates; None where neither tells."""
    known = [article.published for article in articles if article.published]
    first, last = since or min(known, default=until), until or max(known, default=since)
    return Period(first, last) if first and last else None


def tell(group: Sequence[Summary], documents: Mapping[str, Document]) -> Story:
    """The story of a group of reports: told by the most complete one, all sources kept in document order."""
    best = max(group, key=lambda summary: (not summary.article.truncated, len(summary.chosen), _body_chars(summary)))
    article = best.article
    sentences = tuple(best.sentences[i] for i in best.chosen)
    dates = [summary.article.published for summary in group if summary.article.published]
    return Story(
        id=article.id,
        headline=article.headline,
        label=article.headline or _opening_clause(sentences[0].quote),
        city=best.placement.city,
        county=best.placement.county,
        published=article.published or min(dates, default=None),
        sentences=sentences,
        length_chars=_body_chars(best),
        sources=tuple(_source(summary.article, documents[summary.article.document]) for summary in group),
    )


def compose(
    stories: Sequence[Story],
    briefs: Mapping[str, Sequence[Brief]],
    gazetteer: Gazetteer,
    blank: Issue,
) -> Issue:
    """The issue that `blank` is, with its sections and its fingerprint; briefs are given by city."""
    by_city = defaultdict(list)
    for story in stories:
        by_city[story.city].append(story)
    heads = [(division.name, division.code, division.name) for division in gazetteer.prefectures]
    heads += [(PROVINCE, gazetteer.province.code, PROVINCE_TITLE), (ELSEWHERE, "", ELSEWHERE_TITLE)]
    sections = tuple(
        Section(city, code, title, _ordered(by_city[city]), tuple(briefs.get(city, ()))) for city, code, title in heads
    )
    issue = replace(blank, sections=sections, fingerprint="")
    return replace(issue, fingerprint=hashlib.sha256(ascii(issue).encode()).hexdigest())


def quotes(issue: Issue) -> Iterator[Quote]:
    """Everything that an issue quotes: sentences, briefs, headlines and labels."""
    for section in issue.sections:
        yield from (brief.sentence for brief in section.briefs)
        for story in section.stories:
            yield story.label
            yield from (sentence.quote for sentence in story.sentences)


def dated(article: Article, fallback: dt.date | None) -> Article:
    """The article with a date given by the caller where it states none itself."""
    return replace(article, published=article.published or fallback)


def _ordered(stories: Sequence[Story]) -> tuple[Story, ...]:
    """The stories of a section in the order that the module's docstring states."""
    return tuple(sorted(stories, key=lambda story: (-len(story.sources), story.headline is None, -story.length_chars)))


def _opening_clause(first: Quote) -> Quote:
    """The first sentence up to the first clause mark that leaves a telling length, else the last before that, else cut."""
    ends = [m.start() for m in _CLAUSE_END.finditer(first.text, 1, _LABEL_MAX + 1)]
    telling = [end for end in ends if end >= _LABEL_MIN]
    end = telling[0] if telling else ends[-1] if ends else min(len(first.text), _LABEL_MAX)
    return first.part(0, end)


def _source(article: Article, document: Document) -> Source:
    return Source(
        article.document,
        document.path,
        article.id,
        article.medium,
        article.authors,
        article.published,
        article.url,
        article.truncated,
    )


def _body_chars(summary: Summary) -> int:
    return sum(len(sentence.text) for sentence in summary.sentences)
