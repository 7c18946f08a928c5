"""Which line of a page goes on with which, and the arrays that speak of lines and links."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Lines = NDArray[np.intp]
Flags = NDArray[np.bool_]
Values = NDArray[np.float64]
Signs = dict[str, Values]
"""The value of each sign by its name, for as many links, beginnings, ends or lines."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Which line goes on with which, as far as it is known: `before` and `after` hold a position or -1; no cycles."""

    before: tuple[int, ...]
    after: tuple[int, ...]

    @classmethod
    def of(cls, after: Sequence[int]) -> "Flow":
        before = [-1] * len(after)
        for i, j in enumerate(after):
            if j >= 0:
                before[j] = i
        return cls(tuple(before), tuple(after))

    def chains(self) -> Iterator[list[int]]:
        """The lines that follow each other, by their beginnings."""
        for i, earlier in enumerate(self.before):
            if earlier < 0:
                chain = [i]
                while (following := self.after[chain[-1]]) >= 0:
                    chain.append(following)
                yield chain


@dataclass(frozen=True, slots=True)
class Pairs:
    """Possible links: line `left[k]` goes on with line `right[k]`."""

    left: Lines
    right: Lines
    signs: Signs


@dataclass(frozen=True, slots=True)
class Rows:
    """The lines of all chains in a row: `lines[k]` stands at k; its chain begins at `first[k]` and ends at `last[k]`."""

    lines: Lines
    first: Lines
    last: Lines

    @classmethod
    def of(cls, chains: Sequence[Sequence[int]]) -> "Rows":
        lengths = np.array([len(chain) for chain in chains])
        ends = np.cumsum(lengths)
        lines = np.array([i for chain in chains for i in chain])
        return cls(lines, np.repeat(ends - lengths, lengths), np.repeat(ends - 1, lengths))

    def counted(self, marked: Flags) -> tuple[Values, Values]:
        """How many marked lines stand before and behind each line in its chain, the line itself included in both."""
        here = marked[self.lines].astype(float)
        counts = np.cumsum(here)
        above, below = np.empty(len(here)), np.empty(len(here))
        above[self.lines] = counts - counts[self.first] + here[self.first]
        below[self.lines] = counts[self.last] - counts + here
        return above, below

    def rivals(self, headings: Flags, bylines: Flags) -> Values:
        """For each line how many headings stand between the bylines above and below it, at least 1; those in a row are one."""
        at_first = self.first == np.arange(len(self.lines))
        here = headings[self.lines]
        begins = here & (at_first | ~np.append(False, here[:-1]))
        part = np.cumsum(at_first | np.append(False, bylines[self.lines][:-1]))
        found = np.empty(len(here))
        found[self.lines] = np.maximum(1, np.bincount(part, weights=begins)[part])
        return found
