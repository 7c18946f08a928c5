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
