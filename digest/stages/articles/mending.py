"""What a page has and none of its articles keeps, recorded on the articles that it stands among."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest.model import Article, Mending
from digest.quote import Span
from digest.stages.articles.forms import Item
from digest.text import fold_width

_SHORTEST_COPY_CHARS = 8
"""A shorter line may stand within another one by chance."""
_REACH = 400
"""How many spans above and below an original is looked for; a printed page has fewer than 150 lines."""


@dataclass(frozen=True, slots=True)
class Told:
    """An article, and the items that it was made of."""

    article: Article
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A span that an article kept, and its text without white space."""

    span: Span
    text: str
    article: int


def with_left_out(told: Sequence[Told], items: Sequence[Item], text: str) -> list[Article]:
    """The articles, the lines that none of them kept recorded on them; `items` are the page's, furniture (which is of no article) and all.

    A line that says again what an article kept counts to that article; any other to the article of the nearest line above it
    that is an article's, or below where there is none above.
    """
    found: list[list[Mending]] = [list(one.article.mendings) for one in told]
    copies: dict[tuple[int, Span], list[Span]] = defaultdict(list)
    kept = _kept(told, text)
    for item, nearest in _left_out(told, items):
        if original := _original(item, kept):
            copies[original.article, original.span] += item.line.spans
        else:
            found[nearest].append(Mending("dropped", item.line.spans))
    for (article, original_span), spans in copies.items():
        found[article].append(Mending("deduplicated", (original_span, *spans)))
    return [
        replace(one.article, mendings=tuple(sorted(own, key=lambda mending: min(mending.spans))))
        for one, own in zip(told, found, strict=True)
    ]


def _left_out(told: Sequence[Told], items: Sequence[Item]) -> Iterator[tuple[Item, int]]:
    """The lines of text that no article is made of, each with the position of the article that is nearest."""
    owners = {item.line.start: k for k, one in enumerate(told) for item in one.items}
    nearest = next((owners[item.line.start] for item in items if item.line.start in owners), None)
    if nearest is None:
        return
    for item in items:
        owner = owners.get(item.line.start)
        if owner is not None:
            nearest = owner
        elif item.text and item.form != "furniture":
            yield item, nearest


def _kept(told: Sequence[Told], text: str) -> list[_Kept]:
    """The spans of all headlines and paragraphs, in the order of the document."""
    spans = []
    for k, one in enumerate(told):
        quotes = [paragraph.quote for paragraph in one.article.paragraphs]
        quotes += [one.article.headline] if one.article.headline else []
        spans += [(span, k) for quote in quotes for span in quote.spans]
    return [_Kept((a, b), _bare(fold_width(text[a:b])), k) for (a, b), k in sorted(spans)]


def _original(item: Item, kept: Sequence[_Kept]) -> _Kept | None:
    """What a line says again: the same text, else one that it stands in word for word."""
    text = _bare(item.text)
    if len(text) < _SHORTEST_COPY_CHARS:
        return None
    at = bisect_left(kept, item.line.start, key=lambda one: one.span[0])
    near = [one for one in kept[max(0, at - _REACH) : at + _REACH] if text in one.text]
    return next((one for one in near if one.text == text), near[0] if near else None)


def _bare(text: str) -> str:
    return "".join(text.split())
