"""Reports of one event -> one group, whichever papers they come from (同题稿件合并).

Two articles of one city tell the same event when one largely repeats the other, or when they are of the same days, their
headlines and their openings agree, and the headlines' numbers do not differ. Official openings are alike from meeting to
meeting, which is why likeness of words alone is not enough. What is not sure stays apart: two stories cost a reader less
than one that mixes two events.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from digest.model import Article, Summary
from digest.text import bigrams

_SHINGLE = 5
"""Characters in a row that two texts must share to be counted: longer than any common phrase's core."""

_REPRINT_SHARE = 0.5
"""One article repeats another when the shorter shares this part of its shingles."""

_LIKE_HEADLINES = 0.4
"""Two headlines agree when they share this part of their bigrams (Dice 1945)."""

_LIKE_OPENINGS = 0.25
"""The same for headline and opening together."""

_LIKE_DAYS = 2
"""Papers report an event within this many days of each other."""

_OPENING_CHARS = 120

_NUMBER = re.compile(r"\d+(?:\.\d+)?|第[一二三四五六七八九十百]+")

_COMMON = 40
"""A shingle or bigram of more articles than this tells nothing apart, and would make comparing quadratic."""


def group(summaries: Sequence[Summary]) -> tuple[tuple[Summary, ...], ...]:
    """The summaries in groups of one event, each in document order, groups by their first member.

    Every summary is in exactly one group, whatever the order in which they are given; cost grows with the text, not with
    the number of pairs.
    """
    ordered = sorted(summaries, key=lambda summary: (summary.article.document, summary.article.n))
    parents = list(range(len(ordered)))
    by_city = defaultdict(list)
    for i, summary in enumerate(ordered):
        by_city[summary.placement.city].append(i)
    for members in by_city.values():
        articles = [ordered[i].article for i in members]
        reprints = _alike([_shingles(article.text) for article in articles], _containment, _REPRINT_SHARE)
        headlines = _alike([frozenset(bigrams(article.title)) for article in articles], _dice, _LIKE_HEADLINES)
        events = {(i, j) for i, j in headlines if _is_one_event(articles[i], articles[j])}
        for i, j in reprints | events:
            parents[_root(parents, members[j])] = _root(parents, members[i])
    groups = defaultdict(list)
    for i, summary in enumerate(ordered):
        groups[_root(parents, i)].append(summary)
    position = {id(summary): i for i, summary in enumerate(summaries)}
    in_order = [sorted(members, key=lambda summary: position[id(summary)]) for members in groups.values()]
    return tuple(tuple(members) for members in sorted(in_order, key=lambda members: position[id(members[0])]))


def _is_one_event(one: Article, other: Article) -> bool:
    """Whether days, numbers of the headlines, and openings of two articles with like headlines agree."""
    if one.published is None or other.published is None or abs((one.published - other.published).days) > _LIKE_DAYS:
        return False
    if set(_NUMBER.findall(one.title)) != set(_NUMBER.findall(other.title)):
        return False
    a, b = frozenset(bigrams(_opening(one))), frozenset(bigrams(_opening(other)))
    return _dice(len(a & b), len(a), len(b)) >= _LIKE_OPENINGS


def _opening(article: Article) -> str:
    body = "".join(paragraph.quote.text for paragraph in article.paragraphs if paragraph.role == "body")
    return article.title + body[:_OPENING_CHARS]


def _shingles(text: str) -> frozenset[str]:
    dense = "".join(text.split())
    return frozenset(dense[i : i + _SHINGLE] for i in range(len(dense) - _SHINGLE + 1))


def _alike(features: Sequence[frozenset[str]], similarity, least: float) -> set[tuple[int, int]]:  # type: ignore[no-untyped-def]
    """The pairs (i < j) whose similarity, a function of the shared and the two own numbers, is at least `least`."""
    holders = defaultdict(list)
    for i, own in enumerate(features):
        for feature in own:
            holders[feature].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for held in holders.values():
        if 1 < len(held) <= _COMMON:
            shared.update((i, j) for k, i in enumerate(held) for j in held[k + 1 :])
    return {(i, j) for (i, j), n in shared.items() if similarity(n, len(features[i]), len(features[j])) >= least}


def _containment(shared: int, a: int, b: int) -> float:
    return shared / min(a, b)


def _dice(shared: int, a: int, b: int) -> float:
    return 2 * shared / (a + b)


def _root(parents: list[int], i: int) -> int:
    """The representative of a member (disjoint sets, Tarjan 1975, with path halving)."""
    while parents[i] != i:
        parents[i] = parents[parents[i]]
        i = parents[i]
    return i
