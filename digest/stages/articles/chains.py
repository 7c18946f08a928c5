"""Which lines make one article, and in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.stages.articles.borders import divide
from digest.stages.articles.forms import Item, are_marked, reads_on
from digest.stages.articles.joins import join_columns
from digest.stages.articles.reading import Block, read_strands
from digest.stages.articles.topic import Topics

_NEAR = 6
"""How many lines above and below show what a line belongs to."""
_STRAY_TOPIC = 8.0
_STRAY_UNMARKED = 4.0
_STRAY = 2.0
"""In logits: what a line above a headline shares with the text above it and not with the text below, what it lacks where headings have
marks, and how much of this and of the look of prose it takes to be no kicker."""


@dataclass(frozen=True, slots=True)
class Chain:
    """One article's items in reading order."""

    items: tuple[Item, ...]
    head: int
    """How many of its first items stand above its text."""
    joined: frozenset[int]
    """Which items, by their place in the chain, go on in mid-sentence where the one before breaks off."""


def read_chains(items: Sequence[Item], single: bool = False) -> list[Chain]:
    """The articles among the items, in the order of their beginnings; `single`: all of them are one article."""
    topics = Topics([item.text for item in items])
    joins = join_columns(items, topics, single)
    pieces = joins.keys() | set(joins.values())
    marked = are_marked(items)
    strays = [_is_stray(items, topics, i, marked) for i in range(len(items))]
    items = [_as_prose(item) if i in pieces or strays[i] else item for i, item in enumerate(items)]
    strands = read_strands(items, joins)
    if single:
        return [_chain(items, joins, [block for strand in strands for block in strand])]
    return [_chain(items, joins, blocks) for blocks in divide(items, topics, strands)]


def _chain(items: Sequence[Item], joins: Mapping[int, int], blocks: Sequence[Block]) -> Chain:
    order = [i for block in blocks for i in block.items]
    joined = frozenset(k for k in range(1, len(order)) if joins.get(order[k - 1]) == order[k])
    return Chain(tuple(items[i] for i in order), len(blocks[0].head) if blocks else 0, joined)


def merge_chains(chains: Sequence[Chain]) -> Chain:
    """The chains of one long article as one."""
    items: tuple[Item, ...] = ()
    joined: set[int] = set()
    for chain in chains:
        joined.update(k + len(items) for k in chain.joined)
        items += chain.items
    return Chain(items, chains[0].head, frozenset(joined))


def _is_stray(items: Sequence[Item], topics: Topics, at: int, marked: bool) -> bool:
    """Whether a line above a headline is not its kicker, but what is left of a sentence of the article before.

    Above a byline that closes an article no heading can stand.
    """
    if not 0 < at < len(items) - 1 or items[at].form != "short" or items[at - 1].closes:
        return False
    if items[at + 1].form != "short" or items[at - 1].form not in ("body", "short"):
        return items[at + 1].form == "closing"
    own = topics.union([at])
    above = topics.overlap(own, topics.union(i for i in range(max(0, at - _NEAR), at) if items[i].is_prose))
    below = topics.overlap(own, topics.union(range(at + 1, min(len(items), at + _NEAR))))
    unmarked = _STRAY_UNMARKED * (marked and not items[at].line.level)
    return reads_on(items[at].text) + unmarked + _STRAY_TOPIC * (above - below) > _STRAY


def _as_prose(item: Item) -> Item:
    """An item that a seam shows to be a piece of a paragraph."""
    return item if item.is_prose else replace(item, form="stump")
