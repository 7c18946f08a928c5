"""Reports of one event -> one group, whichever papers they come from (同题稿件合并).

Two articles of one city tell the same event when one largely repeats the other with its figures, or when headlines and
openings agree; in either case they are of the same days and the headlines' numbers do not differ. Official reports are alike
from meeting to meeting and from month to month, which is why likeness of words alone is not enough. What is not sure stays
apart: two stories cost a reader less than one that mixes two events.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

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

_LIKE_FIGURES = 0.6
"""A reprint, even a shortened one, keeps most numbers; next month's report on the same form has others."""

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
        for i, j in _copies(articles) | _reprints(articles) | _retellings(articles):
            parents[_root(parents, members[j])] = _root(parents, members[i])
    groups = defaultdict(list)
    for i, summary in enumerate(ordered):
        groups[_root(parents, i)].append(summary)
    position = {id(summary): i for i, summary in enumerate(summaries)}
    in_order = [sorted(members, key=lambda summary: position[id(summary)]) for members in groups.values()]
    return tuple(tuple(members) for members in sorted(in_order, key=lambda members: position[id(members[0])]))


def _copies(articles: Sequence[Article]) -> set[tuple[int, int]]:
    """Each article whose text is the same to the character as an earlier one's, with that one."""
    first: dict[str, int] = {}
    return {(k, i) for i, article in enumerate(articles) if (k := first.setdefault(_dense(article.text), i)) != i}


def _reprints(articles: Sequence[Article]) -> set[tuple[int, int]]:
    """The pairs of which one repeats most of the other and most of its figures."""
    alike = _alike([_shingles(article.text) for article in articles], _containment, _REPRINT_SHARE)
    return {
        (i, j) for i, j in alike if _may_be_one(articles[i], articles[j]) and _share_figures(articles[i], articles[j])
    }


def _retellings(articles: Sequence[Article]) -> set[tuple[int, int]]:
    """The pairs of known and like dates with like headlines and openings."""
    alike = _alike([frozenset(bigrams(article.title)) for article in articles], _dice, _LIKE_HEADLINES)
    dated = {(i, j) for i, j in alike if articles[i].published and articles[j].published}
    return {(i, j) for i, j in dated if _may_be_one(articles[i], articles[j]) and _open_alike(articles[i], articles[j])}


def _may_be_one(one: Article, other: Article) -> bool:
    """Whether neither the days of two articles nor the numbers of their headlines speak against one event."""
    if one.published and other.published and abs((one.published - other.published).days) > _LIKE_DAYS:
        return False
    if not one.title or not other.title:
        return True
    return set(_NUMBER.findall(one.title)) == set(_NUMBER.findall(other.title))


def _share_figures(one: Article, other: Article) -> bool:
    """Whether the article with fewer numbers shares most of them with the other."""
    a, b = set(_NUMBER.findall(one.text)), set(_NUMBER.findall(other.text))
    return len(a & b) >= _LIKE_FIGURES * min(len(a), len(b))


def _open_alike(one: Article, other: Article) -> bool:
    a, b = frozenset(bigrams(_opening(one))), frozenset(bigrams(_opening(other)))
    return _dice(len(a & b), len(a), len(b)) >= _LIKE_OPENINGS


def _opening(article: Article) -> str:
    body = "".join(paragraph.quote.text for paragraph in article.paragraphs if paragraph.role == "body")
    return article.title + body[:_OPENING_CHARS]


def _dense(text: str) -> str:
    return "".join(text.split())


def _shingles(text: str) -> frozenset[str]:
    dense = _dense(text)
    return frozenset(dense[i : i + _SHINGLE] for i in range(len(dense) - _SHINGLE + 1))


def _alike(
    features: Sequence[frozenset[str]], similarity: Callable[[int, int, int], float], least: float
) -> set[tuple[int, int]]:
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
