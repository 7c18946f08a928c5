"""Runs: stretches of a page that stand together whatever the columns did, each with what opens and what ends it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from digest.stages.articles.forms import Item


@dataclass(frozen=True, slots=True)
class Run:
    """The positions first..last (both included) of items without a possible border between them."""

    first: int
    last: int
    head: int
    """How many of its first items are headlines, subtitles, names or labels; 0 where it begins with prose."""

    @property
    def text(self) -> range:
        """The positions below its head."""
        return range(self.first + self.head, self.last + 1)


def read_runs(items: Sequence[Item], inner: Collection[int] = ()) -> list[Run]:
    """The runs of the items, in order.

    A border stands before every heading, behind every byline that closes, behind every open end, and at `inner`.
    """
    borders = [i for i in range(len(items)) if i == 0 or i in inner or _border(items[i - 1], items[i])]
    ends = [*borders[1:], len(items)]
    return [Run(a, b - 1, _head(items, a, b)) for a, b in zip(borders, ends, strict=False)]


def _border(before: Item, here: Item) -> bool:
    if here.form in ("closing", "meta"):
        return False
    if before.closes or before.form == "meta":
        return True
    if heads(here) or here.opens:
        return not heads(before)
    return before.form == "stump"


def heads(item: Item) -> bool:
    """Whether an item may stand above an article's text."""
    return item.form in ("short", "subtitle", "names", "label")


def _head(items: Sequence[Item], first: int, end: int) -> int:
    size = 0
    while first + size < end and heads(items[first + size]):
        size += 1
    return size
