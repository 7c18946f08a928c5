"""Reports of one event -> one group, whichever papers they come from (同题稿件合并).

Two articles of one section tell the same event when one largely repeats the other, or when their headlines and openings
agree. Only articles of the same city are compared, and what is not sure stays apart: two stories cost a reader less than
one that mixes two events.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from digest.model import Article, Summary
from digest.text import bigrams

_SHINGLE = 5
"""Characters in a row that two texts must share to be counted: longer than any common phrase's core."""

_REPRINT_SHARE = 0.5
"""One article repeats another when the shorter shares this part of its shingles."""

_EVENT_SIMILARITY = 0.45
"""Two reports agree when headline and opening together share this part of their bigrams (Dice)."""

_OPENING_CHARS = 120

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
        events = _alike([frozenset(bigrams(_opening(article))) for article in articles], _dice, _EVENT_SIMILARITY)
        for i, j in reprints | events:
            parents[_root(parents, members[j])] = _root(parents, members[i])
    groups = defaultdict(list)
    for i, summary in enumerate(ordered):
        groups[_root(parents, i)].append(summary)
    position = {id(summary): i for i, summary in enumerate(summaries)}
    in_order = [sorted(members, key=lambda summary: position[id(summary)]) for members in groups.values()]
    return tuple(tuple(members) for members in sorted(in_order, key=lambda members: position[id(members[0])]))


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
