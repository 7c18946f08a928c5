"""The best division of a page once whole articles are weighed too: small changes of a first division, as long as one is better."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Worth = Callable[[tuple[int, ...]], float]

_MOST_LOSS = 5.0
"""A change that costs more by its links alone is not tried."""
_SWEEPS = 8
_MOST_LINES = 100
"""Chains that hold more lines together stay as they are: no printed article is so long, and a look at one costs its length."""
_NEVER = -1e5

Change = tuple[tuple[int, int], ...]
"""Pairs of a line and the one that it goes on with from now on: -1 for none, the line itself where it belongs to no article."""


def improve(after: Sequence[int], gain: NDArray[np.float64], worth: Worth) -> list[int]:
    """The successor of each line in a division that no change of those that are tried makes better; -1 for none, itself where it is dropped.

    `gain[i, j]` is what it is worth that line i goes on with line j rather than ends while j begins, `gain[i, i]` that it
    belongs to no article; `worth` is what a chain of lines is worth as a whole.
    """
    state = _State(list(after), gain, worth)
    for _ in range(_SWEEPS):
        if not state.sweep():
            break
    return state.after


class _State:
    def __init__(self, after: list[int], gain: NDArray[np.float64], worth: Worth) -> None:
        self.after = after
        self.gain = gain.tolist()
        self.worth = worth
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
            ((loss, change) for loss, change in self._changes() if loss > -_MOST_LOSS), key=lambda one: -one[0]
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
        gain, after, before = self.gain, self.after, self.before
        for i in range(len(after)):
            j = after[i]
            if j == i:
                yield from self._taken_back(i)
                continue
            now = gain[i][j] if j >= 0 else 0.0
            if j >= 0:
                yield -now, ((i, -1),)
            for k in self.options[i]:
                if k == j or after[k] == k:
                    continue
                p = before[k]
                free = gain[i][k] - now - (gain[p][k] if p >= 0 else 0.0)
                if p < 0:
                    yield free, ((i, k),)
                else:
                    yield free, ((p, -1), (i, k))
                    if j >= 0 and p != j and gain[p][j] > _NEVER:
                        yield free + gain[p][j], ((p, j), (i, k))
            yield from self._left_out(i)

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
