"""The best division of a page once whole articles are weighed too: small changes of a first division, as long as one is better."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digest.stages.articles.flow import Flags

Worth = Callable[[tuple[int, ...]], float]

_MOST_LOSS = 5.0
"""A change that costs more by its links alone is not tried."""
_MOST_LOSS_BELOW = 16.0
"""That a line goes on with the next one of the page, as most do, is tried at a higher price."""
_SWEEPS = 8
_MOST_LINES = 100
"""Chains that hold more lines together stay as they are: no printed article is so long, and a look at one costs its length."""
_NEVER = -1e5

Change = tuple[tuple[int, int], ...]
"""Pairs of a line and the one that it goes on with from now on: -1 for none, the line itself where it belongs to no article."""


def improve(after: Sequence[int], gain: NDArray[np.float64], worth: Worth, headings: Flags) -> list[int]:
    """The successor of each line in a division that no change of those that are tried makes better; -1 for none, itself where it is dropped.

    `gain[i, j]` is what it is worth that line i goes on with line j rather than ends while j begins, `gain[i, i]` that it
    belongs to no article; `worth` is what a chain of lines is worth as a whole; `headings` are the lines that may begin an article
    in place of another one.
    """
    state = _State(list(after), gain, worth, headings)
    for _ in range(_SWEEPS):
        if not state.sweep():
            break
    return state.after


def _most_loss(change: Change) -> float:
    """What a change may cost by its links."""
    return _MOST_LOSS_BELOW if any(j == i + 1 for i, j in change) else _MOST_LOSS


class _State:
    def __init__(self, after: list[int], gain: NDArray[np.float64], worth: Worth, headings: Flags) -> None:
        self.after = after
        self.gain = gain.tolist()
        self.worth = worth
        self.headings = headings.tolist()
        self._worths: dict[tuple[int, ...], float] = {}
        self.before = [-1] * len(after)
        for i, j in enumerate(after):
            if j >= 0 and j != i:
                self.before[j] = i
        possible = (gain > _NEVER) & ~np.eye(len(after), dtype=bool)
        self.options = [np.flatnonzero(row).tolist() for row in possible]

    def sweep(self) -> bool:
        """Tries all changes, those that cost least first; returns whether one was made."""
        found = sorted(
            ((loss, change) for loss, change in self._changes() if loss > -_most_loss(change)), key=lambda one: -one[0]
        )
        made = False
        touched: set[int] = set()
        for links, change in found:
            lines = {i for pair in change for i in pair if i >= 0}
            if lines & touched:
                continue
            gain = self._gain(links, change)
            if gain > 1e-9:
                self._make(change)
                touched |= lines
                made = True
        return made

    def _changes(self) -> Iterator[tuple[float, Change]]:
        after, before = self.after, self.before
        open_ends = [i for i, j in enumerate(after) if j < 0]
        for i in range(len(after)):
            j = after[i]
            if j == i:
                yield from self._taken_back(i)
                continue
            if j >= 0:
                yield -self.gain[i][j], ((i, -1),)
            for k in self.options[i]:
                if k != j and after[k] != k:
                    yield from self._linked(i, k, open_ends)
            yield from self._left_out(i)
            if j < 0 and i + 1 in self.options[i] and before[i + 1] < 0 and after[i + 1] != i + 1:
                yield from self._border_moved(i)

    def _linked(self, i: int, k: int, open_ends: Sequence[int]) -> Iterator[tuple[float, Change]]:
        """Line i goes on with line k: what it went on with is left alone, or taken by the line that loses k, or by an open end."""
        gain = self.gain
        j, p = self.after[i], self.before[k]
        free = gain[i][k] - (gain[i][j] if j >= 0 else 0.0) - (gain[p][k] if p >= 0 else 0.0)
        if p < 0:
            yield free, ((i, k),)
            return
        yield free, ((p, -1), (i, k))
        if j < 0:
            return
        if p != j and gain[p][j] > _NEVER:
            yield free + gain[p][j], ((p, j), (i, k))
        if gain[i][k] > 0:
            yield from ((free + gain[e][j], ((p, -1), (e, j), (i, k))) for e in open_ends if gain[e][j] > 0)

    def _border_moved(self, i: int) -> Iterator[tuple[float, Change]]:
        """Of two articles that stand below each other, the one ending with line i: where else the second could begin."""
        chain = [*self._chain(self._first(i)), *self._chain(i + 1)]
        for a, b in pairwise(chain):
            if b == a + 1 and a != i and self.headings[b]:
                yield self.gain[i][i + 1] - self.gain[a][b], ((a, -1), (i, i + 1))

    def _left_out(self, k: int) -> Iterator[tuple[float, Change]]:
        gain = self.gain
        if gain[k][k] <= _NEVER:
            return
        p, s = self.before[k], self.after[k]
        free = gain[k][k] - (gain[p][k] if p >= 0 else 0.0) - (gain[k][s] if s >= 0 else 0.0)
        if p >= 0 and s >= 0 and gain[p][s] > _NEVER:
            yield free + gain[p][s], ((k, k), (p, s))
        elif p >= 0:
            yield free, ((k, k), (p, -1))
        else:
            yield free, ((k, k),)

    def _taken_back(self, k: int) -> Iterator[tuple[float, Change]]:
        gain = self.gain
        lost = -gain[k][k]
        yield lost, ((k, -1),)
        for p in (k - 1, k - 2):
            if p < 0 or self.after[p] == p or gain[p][k] <= _NEVER:
                continue
            s = self.after[p]
            if s < 0:
                yield lost + gain[p][k], ((p, k), (k, -1))
            elif gain[k][s] > _NEVER:
                yield lost + gain[p][k] + gain[k][s] - gain[p][s], ((p, k), (k, s))
        for s in (k + 1, k + 2):
            if s < len(self.after) and self.before[s] < 0 and self.after[s] != s and gain[k][s] > _NEVER:
                yield lost + gain[k][s], ((k, s),)

    def _gain(self, links: float, change: Change) -> float:
        """What a change is worth; very low where it would close a circle or the chains are too long."""
        new = dict(change)
        lines = [i for pair in change for i in pair if i >= 0]
        old_chains = {self._chain(self._first(i)) for i in lines if self.after[i] != i}
        members = {i for chain in old_chains for i in chain} | set(lines)
        if len(members) > _MOST_LINES:
            return _NEVER

        def get(i: int) -> int:
            return new.get(i, self.after[i])

        followed = {get(i) for i in members if get(i) != i}
        covered = 0
        total = links
        for i in members:
            if get(i) == i:
                covered += 1
            elif i not in followed:
                chain = [i]
                while (j := get(chain[-1])) >= 0:
                    chain.append(j)
                covered += len(chain)
                total += self._worth(tuple(chain))
        if covered != len(members):
            return _NEVER
        return total - sum(self._worth(chain) for chain in old_chains)

    def _worth(self, chain: tuple[int, ...]) -> float:
        if chain not in self._worths:
            self._worths[chain] = self.worth(chain)
        return self._worths[chain]

    def _first(self, i: int) -> int:
        while self.before[i] >= 0:
            i = self.before[i]
        return i

    def _chain(self, i: int) -> tuple[int, ...]:
        chain = [i]
        while (j := self.after[chain[-1]]) >= 0:
            chain.append(j)
        return tuple(chain)

    def _make(self, change: Change) -> None:
        for i, _ in change:
            old = self.after[i]
            if old >= 0 and old != i and self.before[old] == i:
                self.before[old] = -1
        for i, j in change:
            if j == i:
                self.before[i] = -1
        for i, j in change:
            self.after[i] = j
            if j >= 0 and j != i:
                self.before[j] = i
