"""Weights under which the right division of a page is the best one.

Max-margin learning over whole divisions (Taskar, Guestrin and Koller 2003) by stochastic subgradient steps: in each lesson the
division is sought that is best once every wrong choice is given a bonus; what it takes and the right one does not is weighed
less from now on, and the other way round. The weights are averaged over the later epochs (Collins 2002).
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bench.lessons import KINDS, MOST_SIGNS, Lesson, Rows, Taken, read_taken
from digest.stages.articles.objective import Gains, Scores, Solution, assigned, gains, solution, total
from digest.stages.articles.search import improve

ByKind = Mapping[str, NDArray[np.float64]]
"""A weight for each column, for each kind of choice."""

_WRONG = 1.0
"""The bonus of a wrong choice."""
_MERGED = 1.5
"""The further bonus of a new paragraph in place of an article's beginning: two articles in one are both lost."""
_RATE = 0.005
"""The length of the first steps, with signs scaled to one size."""
_SLOWING = 0.5
"""By how much of the first epoch's steps' number they grow shorter each epoch."""
_DECAY = 0.08
"""The share of a weight, for a step of length 1, that is lost each lesson: signs that say the same share what is learnt, and none grows
beyond what pages of another hand bear out."""
_LEAST_SCALE = 0.05
"""A sign that is smaller or rarer is not scaled up further: one page would decide its weight."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """The weights of one look."""

    links: ByKind
    wholes: Mapping[str, float]
    """For articles as wholes, by sign; empty where the lessons do not weigh them."""


def learn(lessons: Sequence[Lesson], epochs: int, seed: int, start: ByKind | None = None) -> Learnt:
    """The weights learnt from some lessons, beginning with others or with nought; the same arguments yield the same weights."""
    learner = _Learner(lessons, start)
    rng = random.Random(seed)  # noqa: S311 (no secret)
    lines = sum(len(lesson.truth.flow.after) for lesson in lessons)
    for epoch in range(epochs):
        order = list(range(len(lessons)))
        rng.shuffle(order)
        learner.step = _RATE / (1 + _SLOWING * epoch)
        wrong = 0.0
        for k in order:
            wrong += learner.correct(k)
            if epoch >= epochs // 2:
                learner.remember()
        print(f"epoch {epoch}: {wrong / max(1, lines):.4f} wrong choices a line", flush=True)
    return learner.averaged()


def divide(lesson: Lesson, weights: ByKind) -> Solution:
    """The division of a lesson that the product would find by its links alone."""
    options = replace(lesson.options, droppable=lesson.droppable)
    gain, joined = gains(options, Scores(**{kind: lesson.signs[kind] @ weights[kind] for kind in KINDS}))
    return solution(assigned(gain), joined)


def scales(lessons: Sequence[Lesson]) -> ByKind:
    """The size of each sign: the root of its mean square; 1 for a column that holds none."""
    found = {}
    for kind in KINDS:
        squares = sum(np.asarray(one.signs[kind].power(2).sum(axis=0)).ravel() for one in lessons)
        size = np.sqrt(squares / max(1, sum(one.signs[kind].shape[0] for one in lessons)))
        found[kind] = np.where(size > 0, np.clip(size, _LEAST_SCALE, None), 1.0)
    return found


class _Learner:
    """The weights while they are learnt: those of links for scaled signs."""

    def __init__(self, lessons: Sequence[Lesson], start: ByKind | None) -> None:
        self._lessons = lessons
        self._right = [read_taken(lesson, lesson.truth) for lesson in lessons]
        self._scale = scales(lessons)
        self._links = {kind: start[kind] * self._scale[kind] if start else np.zeros(MOST_SIGNS) for kind in KINDS}
        self._links_sum = {kind: np.zeros(MOST_SIGNS) for kind in KINDS}
        self._wholes: dict[str, float] = {}
        self._wholes_sum: dict[str, float] = {}
        self._remembered = 0
        self.step = _RATE

    def correct(self, k: int) -> float:
        """Moves the weights by one lesson; returns how many choices were wrong."""
        lesson, right = self._lessons[k], self._right[k]
        found = self._tempted(lesson, right)
        wrong = 0.0
        for weights in self._links.values():
            weights *= 1 - self.step * _DECAY
        for kind, difference in _differences(lesson, right, read_taken(lesson, found)).items():
            wrong += float(np.abs(difference).sum())
            self._links[kind] += self.step * (lesson.signs[kind].T @ difference) / self._scale[kind]
        if lesson.whole:
            self._correct_wholes(lesson, found)
        return wrong

    def _tempted(self, lesson: Lesson, right: Taken) -> Solution:
        """The division that is best where wrong choices have their bonus."""
        given = {
            kind: lesson.signs[kind] @ (self._links[kind] / self._scale[kind]) + _WRONG * (1 - right.rows[kind])
            for kind in KINDS
        }
        given["nexts"] += _MERGED * right.rows["starts"][lesson.options.nexts.right]
        gain, joined = gains(lesson.options, Scores(**given))
        return solution(self._best(lesson, gain), joined)

    def _best(self, lesson: Lesson, gain: Gains) -> list[int]:
        after = assigned(gain)
        if not (whole := lesson.whole):
            return after
        return improve(after, gain, lambda chain: total(whole(chain), self._wholes), lesson.options.headings)

    def _correct_wholes(self, lesson: Lesson, found: Solution) -> None:
        true, said = _articles(lesson.truth), _articles(found)
        for chains, step in ((true - said, self.step), (said - true, -self.step)):
            for chain in sorted(chains):
                for sign, value in lesson.whole(chain).items():  # type: ignore[misc]
                    self._wholes[sign] = self._wholes.get(sign, 0.0) + step * value

    def remember(self) -> None:
        """Takes the present weights into the average."""
        self._remembered += 1
        for kind in KINDS:
            self._links_sum[kind] += self._links[kind]
        for sign, value in self._wholes.items():
            self._wholes_sum[sign] = self._wholes_sum.get(sign, 0.0) + value

    def averaged(self) -> Learnt:
        """The mean of the weights that were remembered, for signs as they are."""
        count = max(1, self._remembered)
        links = {kind: self._links_sum[kind] / count / self._scale[kind] for kind in KINDS}
        return Learnt(links, {sign: value / count for sign, value in self._wholes_sum.items()})


def _differences(lesson: Lesson, right: Taken, found: Taken) -> dict[str, Rows]:
    """For each kind what the right division takes less what was found; nothing of lines whose right link is not on offer."""
    lefts, rights = [i for i, _ in right.unseen], [j for _, j in right.unseen]
    difference = {kind: right.rows[kind] - found.rows[kind] for kind in KINDS}
    difference["ends"][lefts] = 0
    difference["starts"][rights] = 0
    for kind, pairs in (("joins", lesson.options.joins), ("nexts", lesson.options.nexts)):
        difference[kind][np.isin(pairs.left, lefts) | np.isin(pairs.right, rights)] = 0
    return {kind: rows for kind, rows in difference.items() if rows.any()}


def _articles(division: Solution) -> set[tuple[int, ...]]:
    return {tuple(chain) for chain in division.flow.chains() if chain[0] not in division.dropped}
