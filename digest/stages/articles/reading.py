"""The order in which a page's runs are read: the runs that columns tore apart as blocks, blocks that follow each other as strands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.stages.articles.forms import Item
from digest.stages.articles.runs import Run, read_runs


@dataclass(frozen=True, slots=True)
class Block:
    """Runs that open ends lead through, in reading order: nothing parts them."""

    runs: tuple[Run, ...]

    @property
    def head(self) -> range:
        first = self.runs[0]
        return range(first.first, first.first + first.head)

    @property
    def text(self) -> tuple[int, ...]:
        """The positions below the head, in reading order."""
        return tuple(i for run in self.runs for i in run.text)

    @property
    def items(self) -> tuple[int, ...]:
        return tuple(i for run in self.runs for i in range(run.first, run.last + 1))

    @property
    def last(self) -> int:
        return self.runs[-1].last


Strand = tuple[Block, ...]
"""Blocks of which each begins on the page where the one before it ends."""


def read_strands(items: Sequence[Item], joins: Mapping[int, int]) -> list[Strand]:
    """The strands of the items, in the order of their beginnings; every item stands in exactly one of them."""
    runs = read_runs(items, set(joins.values()))
    at = {run.first: k for k, run in enumerate(runs)}
    following = {k: at[joins[run.last]] for k, run in enumerate(runs) if run.last in joins}
    reader = _Reader(runs, following)
    led_to = set(following.values())
    for k in range(len(runs)):
        if k in led_to:
            continue
        if k - 1 in led_to and k - 1 not in reader.read:
            reader.waiting[k - 1].append(k)
        else:
            reader.go_on(k)
    for k in range(len(runs)):
        if k not in reader.read:
            reader.go_on(k)
    return [tuple(strand) for strand in reader.strands]


class _Reader:
    """Goes over the runs as a reader does: on to where a column goes on, and from there down the page."""

    def __init__(self, runs: Sequence[Run], following: Mapping[int, int]) -> None:
        self.runs, self.following = runs, following
        self.strands: list[list[Block]] = []
        self.waiting: dict[int, list[int]] = defaultdict(list)
        """Run -> the runs below it that are read once it has been read."""
        self.read: set[int] = set()
        self._tails: dict[int, list[Block]] = {}

    def go_on(self, run: int) -> None:
        todo = [run]
        while todo:
            first = todo.pop()
            chain = self._chain(first)
            self.read.update(chain)
            strand = self._tails.pop(first - 1, None)
            if strand is None:
                strand = []
                self.strands.append(strand)
            strand.append(Block(tuple(self.runs[k] for k in chain)))
            self._tails[chain[-1]] = strand
            todo += [below for k in chain for below in self.waiting.pop(k, ())]

    def _chain(self, first: int) -> list[int]:
        chain = [first]
        while (after := self.following.get(chain[-1])) is not None and after not in self.read and after != first:
            chain.append(after)
        return chain
