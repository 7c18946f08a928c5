"""Which lines make one article, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.stages.articles.forms import Item, heads
from digest.stages.articles.objective import Model, Solution, solve
from digest.stages.articles.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Chain:
    """One article's items in reading order."""

    items: tuple[Item, ...]
    head: int
    """How many of its first items stand above its text."""
    joined: frozenset[int]
    """Which items, by their place in the chain, go on in mid-sentence where the one before breaks off."""


def read_chains(items: Sequence[Item], model: Model, single: bool = False) -> list[Chain]:
    """The articles among the items, in the order of their beginnings; `single`: all of them are one article. No sentence, no article."""
    paragraphs = sum(item.is_prose for item in items)
    if not paragraphs:
        return []
    if single and paragraphs == 1:
        return [whole_chain(items)]
    solution = solve(Sheet(items, model.language, model.places, single), model)
    chains = [_chain(items, solution, chain) for chain in solution.flow.chains() if chain[0] not in solution.dropped]
    return [merge_chains(chains)] if single and chains else chains


def _chain(items: Sequence[Item], solution: Solution, order: Sequence[int]) -> Chain:
    first = next((k for k, i in enumerate(order) if items[i].is_prose), len(order))
    # a seam between lines of the head is that of a headline over two lines
    joined = {k + 1 for k, i in enumerate(order) if i in solution.joined and k + 1 >= first}
    pieces = joined | {k - 1 for k in joined}
    own = tuple(_as_prose(items[i]) if k in pieces else items[i] for k, i in enumerate(order))
    head = next((k for k, item in enumerate(own) if not heads(item)), len(own))
    return Chain(own, head, frozenset(joined))


def whole_chain(items: Sequence[Item]) -> Chain:
    """All items as one article, in their order, nothing joined."""
    return Chain(tuple(items), next((k for k, item in enumerate(items) if not heads(item)), len(items)), frozenset())


def merge_chains(chains: Sequence[Chain]) -> Chain:
    """The chains of one long article as one."""
    items: tuple[Item, ...] = ()
    joined: set[int] = set()
    for chain in chains:
        joined.update(k + len(items) for k in chain.joined)
        items += chain.items
    return Chain(items, chains[0].head, frozenset(joined))


def _as_prose(item: Item) -> Item:
    """An item that a seam shows to be a piece of a paragraph."""
    return item if item.is_prose else replace(item, form="stump")
